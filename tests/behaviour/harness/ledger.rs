//! What a worker does with the ledger, step by step.

use jarshy::campaign::audience;
use jarshy::clock::Timestamp;
use jarshy::context::Context;
use jarshy::delivery::recipients;
use jarshy::model::CampaignId;
use jarshy::model::campaign::CampaignState;
use jarshy::model::lease::Lease;
use jarshy::store::Db;
use jarshy::store::deliveries::Claimed;
use jarshy::store::{campaigns, delivery_claims};

/// Starts a campaign and queues it for its whole audience, as workers do step by step.
pub async fn start_campaign(cx: &Context, db: &mut Db, campaign: CampaignId, now: Timestamp) {
    let (from, to) = (CampaignState::Draft, CampaignState::Sending);
    campaigns::set_state(db, campaign, from, to, "", now)
        .await
        .unwrap();
    while !audience::freeze_slice(db, Some(&cx.keys), campaign, 5_000, now)
        .await
        .unwrap()
    {}
}

/// Leases a campaign's deliveries to a worker, and ends those that
/// nobody wants any more.
pub async fn claim_all(db: &mut Db, campaign: CampaignId, lease: &Lease) -> Vec<Claimed> {
    let now = lease.taken_at;
    let claim = delivery_claims::claim(db, campaign, lease, 10)
        .await
        .unwrap();
    let found = recipients::of_claim(db, campaign, &claim, now)
        .await
        .unwrap();
    assert_eq!(
        claim.count(),
        (found.deliverable.len() + found.stale.len()) as i64
    );
    recipients::skip(db, &found.stale, now).await.unwrap();
    found.deliverable
}
