//! Feedback: what comes back after mail went out, and whether it is welcome.
//!
//! Owns bounces, complaints, wishes to leave and answers that come by mail or
//! by a provider's webhook, the checks of a sending domain, and the webhooks
//! that tell other programs. Never knows HTTP's routes or pages.
//!
//! Whatever the way in, everything becomes a [`Report`] and goes through
//! [`take`]: [`take_mail`] reads a mail first, [`provider`] reads webhooks.

use std::time::Duration;

use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::context::Context;
use crate::model::feedback::Reception;
use crate::store::StoreError;
use crate::store::feedback::Event;
use crate::store::{campaigns, feedback};

pub mod domain;
pub mod listener;
mod mail;
pub mod mailbox;
pub mod provider;
pub mod readiness;
pub mod reading;
pub mod refusals;
mod report;
pub mod set_aside;
mod take;
pub mod webhook;

pub use mail::{Arrival, take_mail};
pub use report::{Proof, Report};
pub use take::{Taken, take, take_all};

/// How mail was received in the last `span`: the messages of campaigns that were
/// started in it, and what came back of any.
///
/// # Errors
/// Where the database fails.
pub async fn reception(cx: &Context, span: Duration) -> Result<Reception> {
    let since = cx.clock.now().before(span);
    let mut db = cx.store.read().await?;
    let (hard, complaints) = feedback::bad_news_since(&mut db, since).await?;
    let mut sent = 0;
    for id in campaigns::started_since(&mut db, since).await? {
        sent += campaigns::counts(&mut db, id).await?.taken();
    }
    Ok(Reception {
        sent,
        hard,
        complaints,
    })
}

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

impl FeedbackError {
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
pub type Result<T> = std::result::Result<T, FeedbackError>;
