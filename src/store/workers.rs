//! Queries on the workers that run, and on what holds campaigns up.

use uuid::Uuid;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::delay::DelayReason;

/// Why a campaign does not move in one worker.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DelayRow {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// What it waits for.
    pub reason: DelayReason,
    /// More of it, in words.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
}

/// Tells that a worker runs, what it knows of its relays, and what holds up the
/// campaigns that it sends.
pub async fn report(
    db: &mut Db,
    worker: Uuid,
    relays: &str,
    delays: &[DelayRow],
    now: Timestamp,
) -> Result<()> {
    let worker = worker.to_string();
    execute!(
        db,
        sqlx::query(
            "INSERT INTO workers (id, seen_at, relays) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, relays = excluded.relays",
        )
        .bind(&worker)
        .bind(now)
        .bind(relays)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM send_delays WHERE worker_id = $1").bind(&worker)
    )?;
    for delay in delays {
        // A campaign may have been deleted meanwhile.
        execute!(
            db,
            sqlx::query(
                "INSERT INTO send_delays (worker_id, campaign_id, reason, detail, since)
                 SELECT $1, id, $3, $4, $5 FROM campaigns WHERE id = $2",
            )
            .bind(&worker)
            .bind(delay.campaign_id)
            .bind(delay.reason)
            .bind(&delay.detail)
            .bind(delay.since)
        )?;
    }
    Ok(())
}

/// Forgets a worker that stops, and those not seen since `before`.
pub async fn forget(db: &mut Db, worker: Uuid, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM workers WHERE id = $1 OR seen_at < $2")
            .bind(worker.to_string())
            .bind(before)
    )?;
    Ok(())
}

/// What the workers seen since `since` know of their relays.
pub async fn relays(db: &mut Db, since: Timestamp) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar("SELECT relays FROM workers WHERE seen_at >= $1 ORDER BY id")
        .bind(since)
        .fetch_all(c))
}

/// How many workers were seen since `since`, and when the last of all was.
pub async fn alive(db: &mut Db, since: Timestamp) -> Result<(i64, Option<Timestamp>)> {
    run!(db, c => sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(CASE WHEN seen_at >= $1 THEN 1 ELSE 0 END), 0) AS BIGINT),
                MAX(seen_at)
         FROM workers",
    )
    .bind(since)
    .fetch_one(c))
}

/// What holds a campaign up in the workers seen since `since`, the
/// newest reason first.
pub async fn delays(db: &mut Db, campaign: CampaignId, since: Timestamp) -> Result<Vec<DelayRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.campaign_id, d.reason, d.detail, d.since
         FROM send_delays d JOIN workers w ON w.id = d.worker_id
         WHERE d.campaign_id = $1 AND w.seen_at >= $2 ORDER BY d.since DESC",
    )
    .bind(campaign)
    .bind(since)
    .fetch_all(c))
}

/// How many workers hold deliveries of a campaign without a reason, known since
/// `since`, why they do not go. (The `+` makes the planner look among what is leased.)
pub async fn undelayed_holders(
    db: &mut Db,
    campaign: CampaignId,
    since: Timestamp,
    now: Timestamp,
) -> Result<i64> {
    let holders: Vec<Uuid> = run!(db, c => sqlx::query_scalar(
        "SELECT lease_owner FROM delivery_slices
         WHERE campaign_id = $1 AND lease_until > $2 AND lease_owner IS NOT NULL
         UNION
         SELECT lease_owner FROM deliveries
         WHERE +campaign_id = $1 AND lease_until > $2 AND lease_owner IS NOT NULL",
    )
    .bind(campaign.0)
    .bind(now.millis())
    .fetch_all(c))?;
    let delayed: Vec<String> = run!(db, c => sqlx::query_scalar(
        "SELECT d.worker_id FROM send_delays d JOIN workers w ON w.id = d.worker_id
         WHERE d.campaign_id = $1 AND w.seen_at >= $2",
    )
    .bind(campaign.0)
    .bind(since.millis())
    .fetch_all(c))?;
    let is_delayed = |holder: &&Uuid| delayed.contains(&holder.to_string());
    Ok(holders.len() as i64 - holders.iter().filter(is_delayed).count() as i64)
}

/// How many deliveries of a campaign were put off, and when the next is due.
pub async fn put_off(db: &mut Db, campaign: CampaignId) -> Result<(i64, Option<Timestamp>)> {
    run!(db, c => sqlx::query_as(
        "SELECT COUNT(*), MIN(next_attempt_at) FROM deliveries
         WHERE campaign_id = $1 AND state = 'deferred' AND lease_until IS NULL",
    )
    .bind(campaign)
    .fetch_one(c))
}
