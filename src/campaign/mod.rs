//! Campaigns: one mailing from its draft to its report.
//!
//! Owns what a campaign mails ([`content`]), how it is laid out ([`compose`],
//! [`layouts`]), whether it may go out
//! ([`preflight`]), how it moves ([`lifecycle`]) and what became of it
//! ([`report`]). Never opens a connection to a relay: once started, the
//! deliveries are the worker's.

use crate::content::ContentError;
use crate::mail::design::DesignError;
use crate::mail::layout::LayoutError;
use crate::mail::personalise::TemplateError;
use crate::model::campaign::ForbiddenAction;
use crate::model::line::LineError;
use crate::render::RenderError;
use crate::store::StoreError;
use crate::text::bounds::TooComplex;

pub mod archive;
pub mod brake;
pub mod branding;
pub mod clicks;
pub mod compose;
pub mod content;
pub mod content_spec;
pub mod delay;
pub mod digest;
pub mod draft;
pub mod failed_start;
pub mod layouts;
pub mod lifecycle;
pub mod limits;
pub mod local_time;
pub mod pictures;
pub mod preflight;
pub mod preview;
pub mod rendering;
pub mod report;
pub mod subjects;
pub mod weekly_content;
pub mod weekly_digest;

/// Why a campaign cannot be made, changed or moved.
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
    /// A layout's name is taken.
    #[error("a layout with this name already exists")]
    LayoutExists,
    /// A layout cannot go.
    #[error(
        "the campaign “{0}” has not started and uses this layout; choose another layout for it first"
    )]
    LayoutInUse(String),
    /// A layout that stands around sign-in links.
    #[error("only an owner may change this layout: it is used for sign-in mail")]
    OwnersLayout,
    /// A digest of nothing.
    #[error("choose at least one post or event")]
    NoItem,
    /// A campaign of its own words that has none.
    #[error("write the mail in at least one language")]
    NoText,
    /// Own words that cannot be taken.
    #[error("{}: {cause}", .language.endonym())]
    Text {
        /// In which language.
        language: crate::text::locale::Language,
        /// What is wrong with them.
        cause: String,
    },
    /// What inboxes show in one language cannot be taken.
    #[error("{}: {cause}", .language.endonym())]
    Variant {
        /// In which language.
        language: crate::text::locale::Language,
        /// The field: `subject`, `preheader` or `from_name`.
        field: &'static str,
        /// What is wrong with it.
        cause: String,
    },
    /// A design without a link to leave by.
    #[error("{}: the design has no unsubscribe link; add a link to {{{{ unsubscribe_url }}}}", .0.endonym())]
    MissingUnsubscribeLink(crate::text::locale::Language),
    /// No list at all.
    #[error("choose at least one list")]
    NoList,
    /// The post it was made from is gone.
    #[error("the post of this campaign was deleted")]
    NoPost,
    /// Once it is under way it stays as it is.
    #[error("a campaign that has started cannot be changed; duplicate it instead")]
    Started,
    /// What was sent, or is to be, stays on record.
    #[error("only a draft can be deleted; unschedule or cancel this campaign instead")]
    NotDraft,
    /// A campaign that no person writes.
    #[error("the system makes the weekly digest; it cannot be changed or duplicated")]
    Automatic,
    /// A subject line that cannot be taken.
    #[error("the subject {0}")]
    Subject(LineError),
    /// A sender that cannot be taken.
    #[error("the sender {0}")]
    From(crate::mail::address_line::MailboxError),
    /// Its state has no such way out.
    #[error(transparent)]
    Forbidden(#[from] ForbiddenAction),
    /// Somebody else moved it at the same moment.
    #[error("someone else has just changed this campaign; reload it")]
    Overtaken,
    /// A start that has passed already.
    #[error("that time has passed; start the campaign now, or choose a later time")]
    Past,
    /// Limits that cannot be taken.
    #[error("{0}")]
    Limits(&'static str),
    /// Something must be mended before it may go out.
    #[error("{}", .0.join("; "))]
    Preflight(Vec<String>),
    /// A personal part that cannot be filled in.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A layout that cannot be rendered.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A text that is too deep, too long or too laborious.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// A rendering that came to nothing.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// MJML or HTML of its own that cannot be rendered.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// The post.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of the campaign room.
pub type Result<T> = std::result::Result<T, CampaignError>;
