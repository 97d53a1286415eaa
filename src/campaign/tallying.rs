//! Counts in the background what reports of large campaigns show, again while a campaign changes
//! and once after its last change.
//!
//! One campaign at a time, and after each a rest of many times what it took: however many there
//! are and however large, counting takes no more than a small part of the time.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::ab_test::rest;
use super::tally::{self, Mark};
use super::{CampaignError, Result, audience};
use crate::audience::COUNTED_AT_ONCE;
use crate::context::Context;
use crate::model::CampaignId;
use crate::store::campaign_tallies::{self, Kept};
use crate::store::{campaign_progress, campaigns, folding};

/// The name of the task.
pub const TASK: &str = "tallies";
/// How often it looks for a campaign to count, unless the last took long.
pub const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// A rest is so many times as long as the work before it.
const REST: u32 = 20;
/// Another process takes a campaign that was not counted for so long.
const LEASE: Duration = Duration::from_secs(10 * 60);
/// How often a campaign is looked at that has not changed.
const UNCHANGED: Duration = Duration::from_secs(5 * 60);

/// Counts what is due until `stop`. Any number of processes may run it.
pub async fn work(cx: Context, stop: CancellationToken) {
    loop {
        let began = Instant::now();
        if let Err(error) = cx.health.with_heartbeats(TASK, count_next(&cx)).await {
            failed(&error, None);
        }
        let rest = POLL_INTERVAL.max(began.elapsed() * REST);
        let wait = tokio::time::timeout(rest, stop.cancelled());
        if cx.health.with_heartbeats(TASK, wait).await.is_ok() {
            return;
        }
    }
}

fn failed(error: &CampaignError, campaign: Option<CampaignId>) {
    tracing::error!(%error, ?campaign, "the numbers of a report cannot be counted");
    metrics::counter!("jarshy_tallies_failed_total").increment(1);
}

/// Looks at the campaign that has waited longest, if one is due; tells whether there was one. What
/// goes wrong with it reaches no other.
///
/// # Errors
/// Where the database fails.
pub async fn count_next(cx: &Context) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let is_any_missing = campaign_tallies::is_any_missing(&mut db, COUNTED_AT_ONCE).await?;
    if !is_any_missing && !campaign_tallies::is_any_due(&mut db, now).await? {
        return Ok(false);
    }
    drop(db);
    let mut db = cx.store.write().await?;
    if is_any_missing {
        campaign_tallies::add_missing(&mut db, COUNTED_AT_ONCE, now).await?;
    }
    let id = campaign_tallies::claim(&mut db, now, now.after(LEASE)).await?;
    db.commit().await?;
    let Some(id) = id else {
        return Ok(false);
    };
    if let Err(error) = look(cx, id).await {
        // It is looked at again when the lease ends.
        failed(&error, Some(id));
    }
    Ok(true)
}

/// Counts a campaign, if it has changed since it was counted last.
async fn look(cx: &Context, id: CampaignId) -> Result<()> {
    if count(cx, id).await? {
        return Ok(());
    }
    let mut db = cx.store.write().await?;
    campaign_tallies::set_next(&mut db, id, cx.clock.now().after(UNCHANGED)).await?;
    db.commit().await?;
    Ok(())
}

/// Counts a large campaign that has changed since it was counted last, and keeps the numbers; tells
/// whether it did.
pub(super) async fn count(cx: &Context, id: CampaignId) -> Result<bool> {
    let (began, at) = (Instant::now(), cx.clock.now());
    let mut db = cx.store.read().await?;
    let Some(campaign) = campaigns::by_id(&mut db, id).await? else {
        return Ok(false);
    };
    let counts = campaign_progress::counts(&mut db, id).await?;
    let kept = campaign_tallies::of_campaign(&mut db, id).await?;
    let is_folding = !folding::is_whole(&mut db, id).await?;
    // Once deliveries are folded, what was counted before says more.
    let is_known = kept.is_some() && is_folding;
    let is_between = is_folding && campaign.folded_at.is_none();
    if counts.total() <= COUNTED_AT_ONCE || is_known || is_between {
        return Ok(false);
    }
    let waits = rest::wait(&mut db, &campaign).await?.is_some();
    let mark = Mark::of(&mut db, id, counts).await?;
    let mark = serde_json::to_string(&mark).unwrap_or_default();
    // Who waits for an A/B test comes and goes without a trace in the ledger.
    if !waits && kept.is_some_and(|kept| kept.mark == mark) {
        return Ok(false);
    }
    let mut tally = tally::count(&mut db, &campaign).await?;
    if waits {
        tally.rest = Some(audience::count_rest(&mut db, &campaign, at).await?);
    }
    drop(db);
    let kept = Kept {
        counted_at: at,
        mark,
        tally: serde_json::to_string(&tally).unwrap_or_default(),
    };
    let next = cx
        .clock
        .now()
        .after(POLL_INTERVAL.max(began.elapsed() * REST));
    let mut db = cx.store.write().await?;
    campaign_tallies::keep(&mut db, id, &kept, next).await?;
    db.commit().await?;
    Ok(true)
}
