//! Queries on what relays and campaigns have used of their allowances.

use super::{Db, Result, execute, run};
use crate::model::CampaignId;

/// Adds to what a relay has carried on a day.
pub async fn add_sent(db: &mut Db, transport: &str, day: i64, sent: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO transport_daily_totals (transport, day, sent) VALUES ($1, $2, $3)
         ON CONFLICT (transport, day) DO UPDATE SET sent = transport_daily_totals.sent + excluded.sent",
        )
        .bind(transport)
        .bind(day)
        .bind(sent)
    )?;
    Ok(())
}

/// A relay's first day, and what it has carried on `day`, by all workers.
pub async fn days(db: &mut Db, transport: &str, day: i64) -> Result<(Option<i64>, i64)> {
    run!(db, c => sqlx::query_as(
        "SELECT MIN(day), CAST(COALESCE(SUM(CASE WHEN day = $2 THEN sent ELSE 0 END), 0) AS BIGINT)
         FROM transport_daily_totals WHERE transport = $1",
    )
    .bind(transport)
    .bind(day)
    .fetch_one(c))
}

/// How many deliveries of a campaign were claimed after minute `after`. The
/// row of the campaign stays locked, so that two workers do not share one
/// allowance.
pub async fn claimed_since(db: &mut Db, campaign: CampaignId, after: i64) -> Result<i64> {
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET claimed_up_to = claimed_up_to WHERE id = $1")
            .bind(campaign)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_rate_windows WHERE campaign_id = $1 AND minute <= $2")
            .bind(campaign)
            .bind(after)
    )?;
    run!(db, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(claimed), 0) AS BIGINT) FROM campaign_rate_windows
         WHERE campaign_id = $1",
    )
    .bind(campaign)
    .fetch_one(c))
}

/// Adds to what was claimed of a campaign in a minute.
pub async fn add_claimed(db: &mut Db, campaign: CampaignId, minute: i64, count: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_rate_windows (campaign_id, minute, claimed) VALUES ($1, $2, $3)
         ON CONFLICT (campaign_id, minute)
         DO UPDATE SET claimed = campaign_rate_windows.claimed + excluded.claimed",
        )
        .bind(campaign)
        .bind(minute)
        .bind(count)
    )?;
    Ok(())
}
