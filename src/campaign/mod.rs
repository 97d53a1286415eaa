//! Campaigns: one mailing from its draft to its report.
//!
//! Owns what a campaign mails ([`content`]), how it is laid out ([`compose`],
//! [`layouts`]), whether it may start
//! ([`preflight`]), its states ([`lifecycle`]) and its results
//! ([`report`]). Never opens a connection to a relay: once started, the
//! deliveries are the worker's.

use crate::address::mailbox::MailboxError;
use crate::content::ContentError;
use crate::mail::design::DesignError;
use crate::mail::layout::LayoutError;
use crate::mail::personalise::TemplateError;
use crate::model::attachment::{MOST, NameError};
use crate::model::campaign::{ContentKind, ForbiddenAction};
use crate::model::segment::RuleError;
use crate::render::RenderError;
use crate::store::StoreError;
use crate::store::campaigns::Campaign;
use crate::text::bounds::TooComplex;
use crate::text::line::LineError;

pub mod ab_test;
pub mod approval;
pub mod archive;
pub mod attachments;
pub mod audience;
pub mod automatic_pause;
pub mod branding;
pub mod calendar;
pub mod campaign_draft;
mod cards;
pub mod clicks;
pub mod comparison;
pub mod compose;
pub mod content;
pub mod content_spec;
pub mod delay;
pub mod delayed_start;
pub mod digest;
pub mod draft;
pub mod draft_merge;
mod embedded;
pub mod engagement;
mod event_calendar;
pub mod event_change;

pub mod failed_start;
pub mod filled;
mod footer;
pub mod gaps;
pub mod inspection;
pub mod layouts;
pub mod lifecycle;
pub mod limits;
pub mod local_time;
pub mod overview;
pub mod pictures;
pub mod piece;
pub mod preflight;
pub mod preview;
pub mod preview_reader;
pub mod recipient;
pub mod recurring;
pub mod rendering;
pub mod report;
pub mod resend;
pub mod retention;
pub mod revision;
pub mod series_email;
pub mod shipped_templates;
pub mod subjects;
pub mod summary;
pub mod tally;
pub mod tallying;
pub mod templates;
pub mod test_email;
pub mod translation;
pub mod weekly_content;
pub mod weekly_digest;

/// Why an operation on a campaign failed.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// No campaign of that number.
    #[error("there is no such campaign")]
    NotFound,
    /// No post of that slug.
    #[error("there is no post {0:?}")]
    UnknownPost(String),
    /// No list of that slug.
    #[error("there is no list {0:?}")]
    UnknownList(String),
    /// No layout of that name.
    #[error("there is no layout {0:?}")]
    UnknownLayout(String),
    /// No event of that slug.
    #[error("there is no event {0:?}")]
    UnknownEvent(String),
    /// No segment of that number.
    #[error("there is no such segment")]
    UnknownSegment,
    /// The name that its own conditions are to be saved by is taken.
    #[error("a segment with this name already exists")]
    SegmentExists,
    /// Conditions of its own that are out of bounds.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A layout's name is taken.
    #[error("a layout with this name already exists")]
    LayoutExists,
    /// A template's name is taken.
    #[error("a template with this name already exists")]
    TemplateExists,
    /// A recurring campaign's name is taken.
    #[error("a recurring campaign with this name already exists")]
    RecurringExists,
    /// No template by that key.
    #[error("there is no template {0:?}")]
    UnknownTemplate(String),
    /// No feed of that name.
    #[error("there is no feed {0:?}")]
    UnknownFeed(String),
    /// Neither a template nor a campaign to make another of.
    #[error("the campaign whose content it mails was deleted")]
    NoSource,
    /// An A/B test that cannot be.
    #[error("{0}")]
    AbTest(&'static str),
    /// A variant, named by its letter, that reads as the campaign does.
    #[error("Variant {0}: {same}", same = ab_test::plan::SAME_AS_A)]
    SameAsA(&'static str),
    /// No A/B test, or none with that variant.
    #[error("this campaign has no A/B test with that variant")]
    NoAbTest,
    /// An A/B test that has not started, or is over.
    #[error("the A/B test of this campaign is not running; reload the page")]
    AbTestOver,
    /// A recurring campaign whose blocks find nothing.
    #[error("there is nothing new since the last one")]
    NothingNew,
    /// Times that cannot be.
    #[error("{0}")]
    Times(&'static str),
    /// A layout that is still used.
    #[error(
        "the campaign “{0}” has not started and uses this layout; choose another layout for it first"
    )]
    LayoutInUse(String),
    /// A layout that surrounds sign-in links.
    #[error("only an owner may change this layout: it is used for sign-in mail")]
    OwnersLayout,
    /// More files than an email may carry.
    #[error("an email carries at most {MOST} files")]
    TooManyFiles,
    /// No file of that name in the library.
    #[error("there is no file {0:?} in the media library")]
    UnknownFile(String),
    /// An invalid name for an attached file.
    #[error(transparent)]
    FileName(#[from] NameError),
    /// A file of a started campaign that was deleted for good.
    #[error("the attached file {0} was deleted for good; the email cannot be sent without it")]
    LostFile(String),
    /// An event that the emails of a campaign did not bring to calendars.
    #[error("no email of this campaign brought that event to a calendar")]
    NotInCalendar,
    /// An update of what calendars have already.
    #[error("the calendars of the recipients have this event as it is now")]
    CalendarUpToDate,
    /// A digest without items.
    #[error("choose at least one post or event")]
    NoItem,
    /// A campaign without its text.
    #[error("write the mail in at least one language")]
    NoText,
    /// An invalid text.
    #[error("{}: {cause}", .language.endonym())]
    Text {
        /// In which language.
        language: crate::text::locale::Language,
        /// What is wrong with them.
        cause: String,
    },
    /// An invalid subject, preheader or sender name.
    #[error("{}: {cause}", .language.endonym())]
    Variant {
        /// In which language.
        language: crate::text::locale::Language,
        /// The field: `subject`, `preheader` or `from_name`.
        field: &'static str,
        /// What is wrong with it.
        cause: String,
    },
    /// A whole email without an unsubscribe link.
    #[error("{}: the design has no unsubscribe link; add a link to {{{{ unsubscribe_url }}}}", .0.endonym())]
    MissingUnsubscribeLink(crate::text::locale::Language),
    /// No list at all.
    #[error("choose at least one list")]
    NoList,
    /// Its post was deleted.
    #[error("the post of this campaign was deleted")]
    NoPost,
    /// A started campaign cannot be changed.
    #[error("a campaign that has started cannot be changed; duplicate it instead")]
    Started,
    /// Only drafts can be deleted.
    #[error("only a draft can be deleted; unschedule or cancel this campaign instead")]
    NotDraft,
    /// A gap of a shipped template in what starts by itself.
    #[error(
        "the gap “[{0}]” of the template is not filled in; fill it in in a template or draft of your own, or let a person look at each campaign"
    )]
    Gap(String),
    /// A campaign that the system makes.
    #[error("the system makes the weekly digest; it cannot be changed or duplicated")]
    Automatic,
    /// An email of a series, changed there.
    #[error("this is an email of a series; change, pause or end the series")]
    OfSeries,
    /// A campaign of which nobody is known not to have opened it.
    #[error("of this campaign nobody is known not to have opened it")]
    NotSeen,
    /// An invalid subject line.
    #[error("the subject {0}")]
    Subject(LineError),
    /// An invalid sender.
    #[error("the sender {0}")]
    From(MailboxError),
    /// Its state does not permit the action.
    #[error(transparent)]
    Forbidden(#[from] ForbiddenAction),
    /// Another request changed its state at the same time.
    #[error("someone else has just changed this campaign; reload it")]
    Overtaken,
    /// It waits for a second person.
    #[error("another person must approve this campaign before it can start")]
    NotApproved,
    /// Nobody has asked for an approval, or it was given.
    #[error("nobody asks for the approval of this campaign")]
    NotRequested,
    /// No approval is asked for here.
    #[error("campaigns need no approval here")]
    NoApprovalNeeded,
    /// An approval of one's own work.
    #[error("another person must approve it than who asks for it or has changed it last")]
    OwnApproval,
    /// A test to addresses that are suppressed.
    #[error("a test is not sent to suppressed addresses: {0}")]
    TestSuppressed(String),
    /// A test by a user who has sent many.
    #[error(
        "a user can send {most} test emails an hour; {left} are left, and this takes {wanted}; try again in {minutes} minutes"
    )]
    TestLimit {
        /// How many may be sent in an hour.
        most: i64,
        /// How many emails it is.
        wanted: i64,
        /// How many of them are left.
        left: i64,
        /// When it begins anew.
        minutes: i64,
    },
    /// A start time in the past.
    #[error("that time has passed; start the campaign now, or choose a later time")]
    Past,
    /// Invalid limits.
    #[error("{0}")]
    Limits(&'static str),
    /// Errors of the preflight checks.
    #[error("{}", .0.join("; "))]
    Preflight(Vec<String>),
    /// A merge tag that cannot be filled in.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A layout that cannot be rendered.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A text that exceeds the bounds of rendering.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// A rendering that failed.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// Whole-email MJML or HTML that cannot be rendered.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// The post.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CampaignError {
    /// Whether the same call may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Content(error) => error.is_temporary(),
            Self::Render(error) => error.is_temporary(),
            Self::Overtaken => true,
            _ => false,
        }
    }

    /// Whether it says nothing of what was asked: the database failed, or is busy, or
    /// rendering is.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Store(_) | Self::Content(ContentError::Store(_)) => true,
            Self::Content(ContentError::Render(error)) | Self::Render(error) => {
                error.is_temporary()
            }
            _ => false,
        }
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, CampaignError>;

/// Refuses what users do not write as a campaign.
fn require_own(campaign: &Campaign) -> Result<()> {
    match campaign.kind {
        ContentKind::Weekly => Err(CampaignError::Automatic),
        ContentKind::Series => Err(CampaignError::OfSeries),
        _ => Ok(()),
    }
}

/// Refuses an email of a series, which only the series moves.
fn require_outside_series(campaign: &Campaign) -> Result<()> {
    match campaign.kind {
        ContentKind::Series => Err(CampaignError::OfSeries),
        _ => Ok(()),
    }
}

impl From<MailboxError> for CampaignError {
    fn from(error: MailboxError) -> Self {
        CampaignError::From(error)
    }
}
