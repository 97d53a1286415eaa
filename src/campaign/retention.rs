//! Folds the deliveries of old campaigns into the numbers of their reports: who got what is
//! forgotten, how many did is kept. Consent records stay.

use std::collections::BTreeSet;
use std::time::Duration;

use super::ab_test::counts::Counts;
use super::ab_test::plan::AbTest;
use super::{Result, tallying};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::segment_condition::Condition;
use crate::store::{ab_tests, campaign_revisions, folding, segments};

/// Deliveries of a transaction: few enough that other writes wait only a moment.
const SLICE: i64 = 5_000;
/// Slices in a row, before other maintenance has its turn.
const SLICES: usize = 40;
/// Campaigns that are looked at in one go.
const CAMPAIGNS: i64 = 200;
const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);
/// Bounces and complaints may take weeks, and need their delivery.
const MIN_MONTHS: u32 = 3;

/// Folds some deliveries that are old enough; returns how many campaigns were completed.
pub async fn fold_due(cx: &Context) -> Result<u64> {
    let months = match cx.config().delivery_retention_months {
        0 => return Ok(0),
        months => months.max(MIN_MONTHS),
    };
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let due = folding::due(&mut db, now.before(MONTH * months), CAMPAIGNS).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let needed = needed_by_segments(segments::all(&mut db).await?);
    drop(db);
    let mut done = 0;
    let mut slices = 0;
    for id in due.into_iter().filter(|id| !needed.contains(id)) {
        keep_test(cx, id).await?;
        // What was counted of a large campaign tells its course still when that is forgotten.
        tallying::count(cx, id).await?;
        loop {
            if slices == SLICES {
                return Ok(done);
            }
            slices += 1;
            let mut db = cx.store.write().await?;
            let is_last = folding::fold_slice(&mut db, id, SLICE, now).await?;
            if is_last {
                campaign_revisions::trim(&mut db, id, 0).await?;
            }
            db.commit().await?;
            if is_last {
                done += 1;
                break;
            }
        }
    }
    Ok(done)
}

/// Keeps the numbers of a campaign's A/B test before who got which variant is forgotten.
async fn keep_test(cx: &Context, id: CampaignId) -> Result<()> {
    let mut db = cx.store.read().await?;
    let Some(test) = AbTest::of_campaign(&mut db, id).await? else {
        return Ok(());
    };
    // A slice may be folded already: then the numbers were kept before it.
    let is_whole = folding::is_whole(&mut db, id).await?;
    let counts = Counts::load(&mut db, &test, !is_whole).await?;
    drop(db);
    let counts = serde_json::to_string(&counts).unwrap_or_default();
    let mut db = cx.store.write().await?;
    ab_tests::counts::keep(&mut db, id, &counts).await?;
    db.commit().await?;
    Ok(())
}

/// Campaigns whose recipients a segment asks for: their deliveries stay.
fn needed_by_segments(segments: Vec<segments::Segment>) -> BTreeSet<CampaignId> {
    let mut needed = BTreeSet::new();
    for segment in segments {
        segment
            .rule
            .each_condition(&mut |condition| match condition {
                Condition::SentCampaign { value }
                | Condition::NotSentCampaign { value }
                | Condition::NotOpenedCampaign { value } => {
                    needed.insert(*value);
                }
                _ => {}
            });
    }
    needed
}
