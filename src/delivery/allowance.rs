//! When and how fast a campaign may go out: its quiet hours, and its limit for
//! any hour, which all workers share.

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::store::campaigns::{Campaign, CampaignLimits};
use crate::store::{Db, StoreError, transports};
use crate::text::moment::zone;

const MINUTE: i64 = 60_000;
const WINDOW_MINUTES: i64 = 60;

/// Whether it is a campaign's quiet time.
pub fn is_quiet(cx: &Context, campaign: &Campaign, now: Timestamp) -> bool {
    let limits = &campaign.limits;
    let Some((from, until)) = limits.quiet_from.zip(limits.quiet_until) else {
        return false;
    };
    // The zone was read once when the house was opened.
    let Ok(zone) = zone(&cx.config.time_zone) else {
        return false;
    };
    let local = now.to_jiff().to_zoned_datetime(zone);
    is_within(
        i64::from(local.hour()) * 60 + i64::from(local.minute()),
        from,
        until,
    )
}

/// Whether a minute of the day lies between two others, midnight perhaps among
/// them.
fn is_within(minute: i64, from: i64, until: i64) -> bool {
    match from <= until {
        true => (from..until).contains(&minute),
        false => minute >= from || minute < until,
    }
}

/// How many of `wanted` deliveries a campaign may claim now.
///
/// # Errors
/// Where the database fails.
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

/// Counts what was claimed against the limit.
///
/// # Errors
/// Where the database fails.
pub async fn note(
    db: &mut Db,
    id: CampaignId,
    limits: &CampaignLimits,
    claimed: usize,
    now: Timestamp,
) -> Result<(), StoreError> {
    if limits.hourly_limit.is_none() || claimed == 0 {
        return Ok(());
    }
    let minute = now.millis().div_euclid(MINUTE);
    transports::add_claimed(db, id, minute, claimed as i64).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_span_midnight() {
        let night = |hour: i64| is_within(hour * 60, 22 * 60, 7 * 60);
        assert!(night(22) && night(0) && night(6));
        assert!(!night(7) && !night(12) && !night(21));
        assert!(is_within(13 * 60, 12 * 60, 14 * 60));
        assert!(!is_within(14 * 60, 12 * 60, 14 * 60));
        assert!(!is_within(0, 0, 0));
    }
}
