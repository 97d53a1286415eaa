//! Whether mail arrives: the checks of a sending domain, the DKIM keys that sign,
//! what a campaign links to, and how recent mail was received.

use std::time::Duration;

use crate::campaign::tally;
use crate::context::Context;
use crate::model::feedback::DeliverabilityStats;
use crate::store::{StoreError, feedback};

mod check;
pub mod dkim_keys;
mod dns;
pub mod domain;
pub mod public_url;
pub mod readiness;
pub mod records;
pub mod rotation;
pub mod sender_domains;

pub use check::{Check, Finding};
pub use dns::{Dns, Silent};

/// How mail was received in the last `span`: the messages of campaigns that were
/// started in it, and what came back of any.
pub async fn recent_stats(cx: &Context, span: Duration) -> Result<DeliverabilityStats, StoreError> {
    let since = cx.clock.now().before(span);
    let mut db = cx.store.read().await?;
    let (hard, complaints) = feedback::bad_news_since(&mut db, since).await?;
    let (sent, rejected) = tally::outcomes_since(&mut db, since).await?;
    Ok(DeliverabilityStats {
        sent,
        rejected,
        hard,
        complaints,
    })
}
