//! Statements that replace the deliveries of old campaigns by their numbers.

use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// Campaigns that ended before `before` and whose deliveries are still there, the oldest first.
pub async fn due(db: &mut Db, before: Timestamp, limit: i64) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns
         WHERE folded_at IS NULL AND finished_at IS NOT NULL AND finished_at < $1
           AND state IN ('finished', 'cancelled')
         ORDER BY finished_at, id LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// The statement that adds the numbers of a slice to those that are kept. What a cancelled
/// campaign has left open was skipped.
macro_rules! add {
    ($domain:literal, $which:literal) => {
        concat!(
            "INSERT INTO folded_deliveries (campaign_id, domain, state, count)
             SELECT d.campaign_id, COALESCE(",
            $domain,
            ", ''),
                    CASE WHEN d.state IN ('queued', 'deferred') THEN 'skipped'
                         WHEN d.state = 'sending' THEN 'uncertain' ELSE d.state END,
                    COUNT(*)
             FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
             WHERE d.campaign_id = $1 AND ",
            $which,
            " GROUP BY 1, 2, 3
             ON CONFLICT (campaign_id, domain, state)
             DO UPDATE SET count = folded_deliveries.count + excluded.count"
        )
    };
}

/// Whether none of a campaign's deliveries was folded yet.
pub async fn is_whole(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT NOT EXISTS (SELECT 1 FROM folded_deliveries WHERE campaign_id = $1)",
    )
    .bind(id)
    .fetch_one(c))
}

/// Folds up to `limit` deliveries of a campaign; `true` once none is left. The numbers of its
/// report stay the same with each slice.
pub async fn fold_slice(db: &mut Db, id: CampaignId, limit: i64, now: Timestamp) -> Result<bool> {
    // The row is locked, so that no other process counts the same deliveries.
    let is_open = execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET claimed_up_to = frozen_up_to, claimed_count = frozen_count
             WHERE id = $1 AND folded_at IS NULL",
        )
        .bind(id)
    )?;
    if is_open == 0 {
        return Ok(true);
    }
    // Those of erased subscribers are the last slice.
    let up_to: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT MAX(subscriber_id) FROM (
             SELECT subscriber_id FROM deliveries
             WHERE campaign_id = $1 AND subscriber_id IS NOT NULL
             ORDER BY subscriber_id LIMIT $2) slice",
    )
    .bind(id)
    .bind(limit)
    .fetch_one(c))?;
    let Some(up_to) = up_to else {
        fold_erased(db, id, now).await?;
        return Ok(true);
    };
    let add = match db.engine() {
        Engine::Sqlite => add!(
            "substr(m.email_key, instr(m.email_key, '@') + 1)",
            "d.subscriber_id <= $2"
        ),
        Engine::Postgres => add!("split_part(m.email_key, '@', 2)", "d.subscriber_id <= $2"),
    };
    execute!(db, sqlx::query(add).bind(id).bind(up_to))?;
    execute!(
        db,
        sqlx::query(
            "UPDATE subscribers SET was_mailed = TRUE
             WHERE NOT was_mailed AND id IN (
                 SELECT subscriber_id FROM deliveries
                 WHERE campaign_id = $1 AND subscriber_id <= $2
                   AND state IN ('sent', 'bounced', 'complained'))",
        )
        .bind(id)
        .bind(up_to)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM deliveries WHERE campaign_id = $1 AND subscriber_id <= $2")
            .bind(id)
            .bind(up_to)
    )?;
    Ok(false)
}

async fn fold_erased(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<()> {
    const ADD: &str = add!("NULL", "d.subscriber_id IS NULL");
    for statement in [
        ADD,
        "DELETE FROM deliveries WHERE campaign_id = $1 AND subscriber_id IS NULL",
    ] {
        execute!(db, sqlx::query(statement).bind(id))?;
    }
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET folded_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now)
    )?;
    Ok(())
}
