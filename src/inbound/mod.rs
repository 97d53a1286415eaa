//! Mail and webhooks that come in: bounces, complaints, unsubscribe requests and
//! answers. Never knows HTTP's routes or pages.
//!
//! Whatever the way in ([`listener`], [`mailbox`], [`provider`], and
//! [`smtp_rejections`] for what a relay refused at once), everything becomes a
//! [`Report`] and is processed by [`take`]; [`take_mail`] reads a mail first.

use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::context::Context;
use crate::store::StoreError;
use crate::store::feedback;
use crate::store::feedback::Event;

mod arrival;
pub mod listener;
mod mail;
pub mod mailbox;
pub mod parse;
mod process;
pub mod provider;
mod report;
pub mod set_aside;
pub mod smtp_rejections;

pub use arrival::Arrival;
pub use mail::{retry_set_aside, take_mail};
pub use process::{Taken, take, take_all};
pub use report::{Proof, Report};

/// Up to `limit` events before row `before`, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn events(cx: &Context, before: Option<i64>, limit: i64) -> Result<Vec<Event>> {
    let before = before.unwrap_or(i64::MAX);
    Ok(feedback::page(&mut cx.store.read().await?, before, limit).await?)
}

/// Why feedback could not be taken; the bearer should try again later.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
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

impl InboundError {
    /// Whether the same report may be taken later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Audience(AudienceError::Store(error)) => error.is_temporary(),
            Self::Campaign(CampaignError::Store(error)) => error.is_temporary(),
            Self::Audience(_) | Self::Campaign(_) => false,
        }
    }
}

/// A result of this room.
pub type Result<T> = std::result::Result<T, InboundError>;
