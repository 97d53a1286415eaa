//! Feedback: what comes back after mail went out, and whether it is welcome.
//!
//! Owns bounces, complaints, wishes to leave and answers that come by mail or
//! by a provider's webhook, the checks of a sending domain, and the webhooks
//! that tell other programs. Never knows HTTP's routes or pages.
//!
//! Whatever the way in, everything becomes a [`Report`] and goes through
//! [`take`]: [`take_mail`] reads a mail first, [`provider`] reads webhooks.

use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::store::StoreError;

pub mod listener;
mod mail;
pub mod mailbox;
pub mod provider;
pub mod reading;
mod report;
pub mod returns;
mod take;
pub mod webhook;

pub use mail::{Arrival, take_mail};
pub use report::{Proof, Report};
pub use take::{Taken, take};

/// Why feedback could not be taken; the bearer should try again later.
#[derive(Debug, thiserror::Error)]
pub enum FeedbackError {
    /// The audience.
    #[error(transparent)]
    Audience(#[from] AudienceError),
    /// The campaign.
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this room.
pub type Result<T> = std::result::Result<T, FeedbackError>;
