//! What a worker does with the ledger, step by step.

use jarshy::model::CampaignId;
use jarshy::model::lease::Lease;
use jarshy::store::Db;
use jarshy::store::deliveries::{self, Claimed};

/// Leases a campaign's deliveries to a worker, and ends those that
/// nobody wants any more.
pub async fn claim_all(db: &mut Db, campaign: CampaignId, lease: &Lease) -> Vec<Claimed> {
    let now = lease.taken_at;
    let claim = deliveries::claim(db, campaign, lease, 10).await.unwrap();
    let found = deliveries::find(db, campaign, &claim, now).await.unwrap();
    assert_eq!(
        claim.count(),
        (found.wanted.len() + found.gone.len()) as i64
    );
    deliveries::skip(db, &found.gone, now).await.unwrap();
    found.wanted
}
