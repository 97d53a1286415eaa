//! The audience: who is on which list, how they joined, and how they leave.
//!
//! Owns lists, subscribers, subscriptions, consent and suppression. Knows
//! neither HTTP nor how email is composed: emails to subscribers are
//! queued as transactional emails. Visitors come by [`join`], then [`confirm`],
//! and go by [`leave`]; every change of consent goes through [`subscription`].

use crate::model::import::Kept;
use crate::model::mail_frequency::PauseError;
use crate::model::subscription::{ConsentAction, ConsentMethod};
use crate::model::{CampaignId, SubscriberId};
use crate::store::StoreError;
use crate::store::subscriptions::Choice;
use crate::text::line::LineError;
use crate::text::numbers::in_english;

pub mod address_change;
pub mod attributes;
pub mod confirm;
pub mod confirmation_request;
pub mod engagement;
pub mod erased;
pub mod expire;
pub mod export;
mod export_pages;
pub mod former_links;
pub mod gone;
pub mod growth;
pub mod join;
pub mod join_fields;
pub mod join_queue;
pub mod join_rules;
pub mod kept_counts;
pub mod known_attributes;
pub mod leave;
pub mod list_admin;
pub mod mail_frequency;
pub mod never_mail;
pub mod personal_data;
pub mod preferences;
pub mod rejected_rows;
pub mod segment;
pub mod segment_export;
pub mod subscriber_admin;
pub mod subscriber_export;
pub mod subscriber_pages;
pub mod subscriber_rows;
pub mod subscriber_views;
pub mod subscribers;
pub mod subscription;
pub mod suppression;
pub mod suppression_file;
pub mod tags;

/// How many people, or deliveries, are counted while somebody waits for a page. Of more, the page
/// shows at once what is known, and the number when it is there.
pub const COUNTED_AT_ONCE: i64 = 20_000;

/// Where a request came from, as consent records store it.
#[derive(Debug, Clone, Default)]
pub struct ConsentSource {
    /// The network of the visitor, cut to /24 or /48.
    pub network: String,
    /// The visitor's user agent.
    pub user_agent: String,
    /// The reason that an admin gives; empty for a visitor.
    pub reason: String,
    /// The campaign whose email led here.
    pub campaign: Option<CampaignId>,
}

impl ConsentSource {
    /// The evidence of a choice that a subscriber made on their own page.
    fn choice(&self, subscriber: SubscriberId, action: ConsentAction, detail: String) -> Choice {
        Choice {
            subscriber,
            action,
            method: ConsentMethod::Preferences,
            detail,
            wording: String::new(),
            network: self.network.clone(),
            user_agent: self.user_agent.clone(),
            reason: self.reason.clone(),
        }
    }
}

fn stays(kept: Kept) -> &'static str {
    match kept {
        Kept::Left => "left",
        Kept::Blocked => "is blocked; lift that first",
        Kept::Bounced => "has an address that bounced; lift that first",
        Kept::Complained => "complained about email; lift that first",
        Kept::Erased => "had their data erased",
    }
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum AudienceError {
    /// An invalid question of the join form.
    #[error("{0}")]
    JoinField(&'static str),
    /// No list of that name, or none that may be joined.
    #[error("there is no list {0:?}")]
    UnknownList(String),
    /// There is no list to join at all.
    #[error("there is no public list yet")]
    NoList,
    /// An invalid line of text.
    #[error("{field} {error}")]
    Line {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        error: LineError,
    },
    /// A slug or address that is taken.
    #[error("{0} already exists")]
    Exists(&'static str),
    /// An invalid pause.
    #[error(transparent)]
    Pause(#[from] PauseError),
    /// A new name for a tag that is another tag's.
    #[error("the tag “{0}” already exists; set merge to true to merge the two")]
    TagExists(String),
    /// More tags than a subscriber may have.
    #[error("a subscriber may have at most {} tags", crate::model::tag::MOST)]
    TooManyTags,
    /// Attributes that are no JSON object.
    #[error("attributes must be a JSON object")]
    Attributes,
    /// A segment that a campaign still needs.
    #[error("{0}")]
    InUse(&'static str),
    /// A segment's rule that is out of bounds.
    #[error(transparent)]
    Rule(#[from] crate::model::segment::RuleError),
    /// A segment that an open campaign goes to.
    #[error("the campaign “{0}” uses this segment; choose another segment for it first")]
    SegmentInUse(String),
    /// Suppressions that cannot be lifted this way.
    #[error("{0}")]
    Undo(&'static str),
    /// A list that a campaign still needs.
    #[error("the campaign {0:?} goes to this list; delete or cancel it first, or let it end")]
    ListInUse(String),
    /// A segment that a series asks for.
    #[error("the series “{0}” asks for this segment; choose another segment for it first")]
    SegmentInSeries(String),
    /// A list whose readers are in a series.
    #[error("the series “{0}” is for this list; end it first")]
    ListInSeries(String),
    /// A list to which a series adds its readers.
    #[error("the series “{0}” adds its readers to this list; change that step or end it first")]
    ListInStep(String),
    /// A list that still has subscriptions.
    #[error("{} subscribers are on this list; add with_subscriptions=true to delete it with them", in_english(*.0))]
    ListNotEmpty(i64),
    /// The address of another subscriber.
    #[error("a subscriber with this address already exists")]
    AddressTaken,
    /// A suppressed address.
    #[error("{0}")]
    AddressSuppressed(&'static str),
    /// Something that has changed in the meantime.
    #[error("it has changed in the meantime; reload the page")]
    Moved,
    /// A person who left or is suppressed, and whom nobody gave a reason to subscribe.
    #[error("this person {}; to subscribe them all the same, say how they asked for it", stays(*.0))]
    StaysAway(Kept),
    /// More views of the table of subscribers than one person, or the team, may keep.
    #[error(
        "at most {} views can be kept; delete one first",
        subscriber_views::MOST
    )]
    TooManyViews,
    /// An address whose owner had their data erased.
    #[error(
        "the owner of this address had their data erased; to add them again, say how they asked for it"
    )]
    Erased,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AudienceError {
    /// Whether the same call may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_temporary())
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, AudienceError>;
