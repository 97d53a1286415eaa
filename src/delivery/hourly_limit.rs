//! The hourly limit of a campaign, which all workers share.

use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::store::campaigns::CampaignLimits;
use crate::store::{Db, StoreError, transports};

const MINUTE: i64 = 60_000;
const WINDOW_MINUTES: i64 = 60;

/// How many of `wanted` deliveries a campaign may claim now.
pub async fn room(
    db: &mut Db,
    id: CampaignId,
    limits: &CampaignLimits,
    wanted: i64,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let Some(limit) = limits.hourly_limit else {
        return Ok(wanted);
    };
    let minute = now.millis().div_euclid(MINUTE);
    let claimed = transports::claimed_since(db, id, minute - WINDOW_MINUTES).await?;
    Ok((limit - claimed).clamp(0, wanted))
}

/// Counts claimed deliveries against the limit; a negative number takes back those that are
/// not sent yet.
pub async fn note(
    db: &mut Db,
    id: CampaignId,
    limits: &CampaignLimits,
    claimed: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    if limits.hourly_limit.is_none() || claimed == 0 {
        return Ok(());
    }
    let minute = now.millis().div_euclid(MINUTE);
    transports::add_claimed(db, id, minute, claimed).await
}
