//! Who of a claim still gets the campaign: since its audience was frozen, recipients may
//! have left, paused, been suppressed or erased.

use std::collections::{HashMap, HashSet};

use crate::clock::Timestamp;
use crate::model::delivery::SkipReason;
use crate::model::{CampaignId, SubscriberId};
use crate::store::deliveries::{self, Candidate, Claimed};
use crate::store::delivery_claims::Claim;
use crate::store::{Db, Result, weekly_digests};

/// The deliveries of a claim.
#[derive(Debug, Default)]
pub struct Found {
    /// To be sent.
    pub deliverable: Vec<Claimed>,
    /// To be [skipped](skip), by reason.
    pub stale: Vec<(i64, SkipReason)>,
}

/// Reads the deliveries of a claim.
pub async fn of_claim(
    db: &mut Db,
    campaign: CampaignId,
    claim: &Claim,
    now: Timestamp,
) -> Result<Found> {
    let candidates = deliveries::of_claim(db, campaign, claim, now).await?;
    let mut found = partition(candidates, claim.due());
    if let Some(week) = weekly_digests::week_of(db, campaign).await? {
        fill_digests(db, &week, &mut found).await?;
    }
    Ok(found)
}

/// Ends deliveries that are stale.
pub async fn skip(db: &mut Db, stale: &[(i64, SkipReason)], now: Timestamp) -> Result<()> {
    for (id, reason) in stale {
        deliveries::skip(db, *id, *reason, now).await?;
    }
    Ok(())
}

/// Sorts candidates; what of `claimed` is not among them was erased.
fn partition(candidates: Vec<Candidate>, claimed: &[i64]) -> Found {
    let present: HashSet<i64> = candidates.iter().map(|one| one.claimed.id.0).collect();
    let erased = claimed.iter().filter(|id| !present.contains(id));
    let mut found = Found {
        deliverable: Vec::with_capacity(candidates.len()),
        stale: erased.map(|id| (*id, SkipReason::Deleted)).collect(),
    };
    for candidate in candidates {
        match stale_reason(&candidate) {
            None => found.deliverable.push(candidate.claimed),
            Some(reason) => found.stale.push((candidate.claimed.id.0, reason)),
        }
    }
    found
}

fn stale_reason(candidate: &Candidate) -> Option<SkipReason> {
    if candidate.claimed.list.is_empty() {
        Some(SkipReason::Unsubscribed)
    } else if candidate.is_suppressed {
        Some(SkipReason::Suppressed)
    } else if candidate.is_paused {
        Some(SkipReason::Paused)
    } else {
        None
    }
}

/// Names in each delivery of a digest the campaigns that it includes for its recipient:
/// those collected for them from lists that they are still on.
async fn fill_digests(db: &mut Db, week: &str, found: &mut Found) -> Result<()> {
    let recipients: Vec<SubscriberId> = found
        .deliverable
        .iter()
        .map(|one| one.subscriber_id)
        .collect();
    let mut items: HashMap<SubscriberId, Vec<i64>> = HashMap::new();
    for (recipient, item) in weekly_digests::items_of(db, week, &recipients).await? {
        items.entry(recipient).or_default().push(item);
    }
    for mut delivery in std::mem::take(&mut found.deliverable) {
        let own = items.remove(&delivery.subscriber_id);
        match (own, delivery.attributes.as_object_mut()) {
            (Some(own), Some(attributes)) => {
                attributes.insert(weekly_digests::ATTRIBUTE.to_owned(), own.into());
                found.deliverable.push(delivery);
            }
            _ => found.stale.push((delivery.id.0, SkipReason::EmptyDigest)),
        }
    }
    Ok(())
}
