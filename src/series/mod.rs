//! Series: emails that each reader gets one after the other, each at their own time.
//!
//! [`edit`] writes them down, [`lifecycle`] turns them on and off, [`work`] lets readers in by
//! days and takes the steps that are due, each in one transaction with its effect
//! ([`advance`]). Readers who come in by a confirmation or a tag do so in the transaction of that
//! cause, in the store. An email is the delivery of a campaign that is never shown among
//! campaigns ([`emails`]), so that the ledger's promises hold for it. `docs/series.md` says why.
//!
//! Never opens a connection to a relay, and knows no page.

use crate::address::mailbox::MailboxError;
use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::model::series::{ForbiddenMove, StepError};
use crate::store::StoreError;
use crate::text::locale::Language;

mod advance;
pub mod approval;
pub mod beginning;
pub mod daily;
pub mod edit;
mod effects;
mod email_content;
pub mod emails;
mod gaps;
pub mod lifecycle;
pub mod overview;
mod pausing;
pub mod readers;
pub mod ready_made;
pub mod rehearsal;
mod targets;
mod telling;
mod totals;
mod turn;
pub mod walk;
pub mod work;

/// Why an operation on a series failed.
#[derive(Debug, thiserror::Error)]
pub enum SeriesError {
    /// No series of that number, or of another list.
    #[error("there is no such series")]
    NotFound,
    /// The name is taken.
    #[error("a series with this name already exists")]
    Exists,
    /// No list of that slug.
    #[error("there is no list {0:?}")]
    UnknownList(String),
    /// No segment of that number.
    #[error("there is no such segment")]
    UnknownSegment,
    /// No layout of that name.
    #[error("there is no layout {0:?}")]
    UnknownLayout(String),
    /// No event of that slug, or it is not published.
    #[error("the event {0:?} is not there any more, or not published")]
    EventGone(String),
    /// An invalid sender.
    #[error("the sender {0}")]
    From(#[from] MailboxError),
    /// No user of that address.
    #[error("step {0}: there is no user with this address")]
    UnknownUser(usize),
    /// A start or a step that is out of bounds.
    #[error(transparent)]
    Step(#[from] StepError),
    /// Its state does not permit the action.
    #[error(transparent)]
    Forbidden(#[from] ForbiddenMove),
    /// What has ended is not changed.
    #[error("a series that has ended cannot be changed")]
    Over,
    /// Readers inside are on the list.
    #[error("a series that has been started keeps its list")]
    KeepsList,
    /// Its readers still go on.
    #[error("only a draft or a series that has ended can be deleted; end this series first")]
    NotOver,
    /// Another request changed it at the same time.
    #[error("someone else has just changed this series; reload it")]
    Overtaken,
    /// Campaigns need a second person here, and so do series.
    #[error("another person must start or resume this series than who has changed it last")]
    OwnStart,
    /// Nobody comes in now.
    #[error("this series lets nobody in: start or resume it first")]
    LetsNobodyIn,
    /// The subscriber cannot come in.
    #[error("the subscriber is in this series already, is not on its list, or gets no mail")]
    CannotEnter,
    /// No subscriber of that number or address.
    #[error("there is no such subscriber")]
    UnknownSubscriber,
    /// A step that sends nothing.
    #[error("this step sends no email")]
    NoEmail,
    /// An email that cannot be sent.
    #[error("step {position}: {cause}")]
    Email {
        /// Which step.
        position: i64,
        /// What is wrong.
        cause: Box<CampaignError>,
    },
    /// An email of a post that visitors may not see.
    #[error(
        "step {0}: the post “{1}” was deleted or is not published; publish it, or choose another"
    )]
    PostGone(i64, String),
    /// A gap of a ready-made text in an email.
    #[error(
        "step {position}: in the email “{subject}” ({}) the gap “[{gap}]” of the ready-made text is still to be filled in",
        .language.endonym()
    )]
    Gap {
        /// Which step.
        position: i64,
        /// The subject of the email.
        subject: String,
        /// In which language.
        language: Language,
        /// What stands in the brackets.
        gap: String,
    },
    /// An email whose campaign takes no recipients.
    #[error("step {0}: the email was cancelled, and takes no more recipients")]
    Closed(i64),
    /// An email that does not get ready.
    #[error("step {0}: the email cannot be made ready; change this step, or end the series")]
    NotReady(i64),
    /// A wait for a time that no calendar has.
    #[error("step {0}: it waits for a time that cannot come; choose another")]
    NoSuchTime(i64),
    /// A step's effect on a subscriber.
    #[error(transparent)]
    Audience(#[from] AudienceError),
    /// A campaign.
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, SeriesError>;

impl SeriesError {
    /// Whether it goes by itself, and is worth nothing but another try.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Campaign(error) => error.is_temporary(),
            Self::Audience(error) => error.is_temporary(),
            Self::Email { cause, .. } => cause.is_temporary(),
            Self::Overtaken => true,
            _ => false,
        }
    }
}
