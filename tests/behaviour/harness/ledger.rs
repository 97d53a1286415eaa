//! What a worker does with the ledger, step by step.

use jarshy::clock::Timestamp;
use jarshy::model::CampaignId;
use jarshy::store::Db;
use jarshy::store::deliveries::{self, Claimed};
use uuid::Uuid;

/// Takes a campaign's deliveries into a worker's hands, and ends those that
/// nobody wants any more.
pub async fn claim_all(
    db: &mut Db,
    campaign: CampaignId,
    owner: Uuid,
    now: Timestamp,
    until: Timestamp,
) -> Vec<Claimed> {
    let claim = deliveries::claim(db, campaign, owner, 10, now, until)
        .await
        .unwrap();
    let found = deliveries::find(db, campaign, &claim, now).await.unwrap();
    assert_eq!(
        claim.count(),
        (found.wanted.len() + found.gone.len()) as i64
    );
    deliveries::skip(db, &found.gone, now).await.unwrap();
    found.wanted
}
