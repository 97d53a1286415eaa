//! Inbound email and provider webhooks: bounces, complaints, unsubscribe requests and
//! replies. Knows neither routes nor pages.
//!
//! However they come in ([`listener`], [`mailbox`], [`provider`], and
//! [`smtp_rejections`] for what a relay rejected at once), everything becomes a
//! [`Report`] and is [processed](process()); [`process_email`] reads a mail first.

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
mod pause;
mod process;
pub mod provider;
mod report;
pub mod set_aside;
pub mod smtp_rejections;
mod subject;

pub use arrival::Arrival;
pub use mail::{process_email, retry_set_aside};
pub use process::{Processed, process, process_all};
pub use report::{Authentication, Report};

/// Up to `limit` events before row `before`, newest first.
pub async fn events(cx: &Context, before: Option<i64>, limit: i64) -> Result<Vec<Event>> {
    let before = before.unwrap_or(i64::MAX);
    Ok(feedback::page(&mut cx.store.read().await?, before, limit).await?)
}

/// Why a report could not be processed. The sender should try again later.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
    #[error(transparent)]
    Audience(#[from] AudienceError),
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl InboundError {
    /// Whether the same report may be processed later without intervention.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Audience(error) => error.is_temporary(),
            Self::Campaign(error) => error.is_temporary(),
        }
    }
}

pub type Result<T> = std::result::Result<T, InboundError>;
