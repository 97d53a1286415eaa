//! The audience: who is on which list, how they came, and how they leave.
//!
//! Owns lists, subscribers, subscriptions, consent and suppression. Never
//! knows of HTTP or of how mail is made: what a person must be told by mail is
//! queued as a notice. The way in for visitors is [`join`], then [`confirm`];
//! the way out is [`leave`]; [`preferences`] is for those between.

use crate::model::line::LineError;
use crate::model::mail_frequency::PauseError;
use crate::model::subscription::{ConsentAction, ConsentMethod};
use crate::model::{CampaignId, SubscriberId};
use crate::store::StoreError;
use crate::store::subscriptions::Choice;

pub mod address_change;
pub mod confirm;
pub mod confirmation_request;
pub mod expire;
pub mod export;
pub mod import;
pub mod import_job;
mod import_limits;
pub mod join;
pub mod join_fields;
pub mod join_queue;
pub mod join_rules;
pub mod leave;
pub mod mail_frequency;
pub mod manage;
pub mod never_mail;
pub mod personal_data;
pub mod preferences;
pub mod rejected_rows;
pub mod segment;
pub mod subscriber_admin;
pub mod suppression;
pub mod tags;

/// Where a request came from, as far as consent records keep it.
#[derive(Debug, Clone, Default)]
pub struct ConsentSource {
    /// The network of the visitor, cut to /24 or /48.
    pub network: String,
    /// The visitor's program.
    pub user_agent: String,
    /// Why an admin did it, in their words; empty for a visitor.
    pub reason: String,
    /// The campaign whose mail led them here.
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

/// Why a request of the audience could not be met.
#[derive(Debug, thiserror::Error)]
pub enum AudienceError {
    /// A question of the join form that cannot be taken.
    #[error("{0}")]
    JoinField(&'static str),
    /// No public list of that name.
    #[error("there is no public list {0:?}")]
    UnknownList(String),
    /// There is no list to join at all.
    #[error("there is no public list yet")]
    NoList,
    /// A line of text that cannot be taken.
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
    /// A pause that cannot be.
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
    /// Suppressions that are not taken back like this.
    #[error("{0}")]
    Undo(&'static str),
    /// A list that a campaign still needs.
    #[error("the campaign {0:?} goes to this list; delete or cancel it first, or let it end")]
    ListInUse(String),
    /// A list that would take its subscriptions with it.
    #[error("{0} subscribers are on this list; add with_subscriptions=true to delete it with them")]
    ListNotEmpty(i64),
    /// An address that is another subscriber's.
    #[error("a subscriber with this address already exists")]
    AddressTaken,
    /// An address that no mail goes to, or a person who wants none.
    #[error("{0}")]
    AddressSuppressed(&'static str),
    /// An import that stands elsewhere by now.
    #[error("the import has changed in the meantime; reload its page")]
    Moved,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of the audience.
pub type Result<T> = std::result::Result<T, AudienceError>;
