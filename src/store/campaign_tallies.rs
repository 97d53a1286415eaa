//! Queries on what was counted of large campaigns for their reports.

use super::{Db, Result, claiming, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// What was counted last of a campaign.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Kept {
    /// When.
    pub counted_at: Timestamp,
    /// By what it is seen whether something has changed since.
    pub mark: String,
    /// The numbers, as JSON.
    pub tally: String,
}

/// Whether a campaign with more than `size` deliveries has no row yet.
pub async fn is_any_missing(db: &mut Db, size: i64) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaigns c
                        WHERE c.frozen_count > $1
                          AND NOT EXISTS (SELECT 1 FROM campaign_tallies t
                                          WHERE t.campaign_id = c.id))",
    )
    .bind(size)
    .fetch_one(c))
}

/// Gives each campaign with more than `size` deliveries a row, due at once.
pub async fn add_missing(db: &mut Db, size: i64, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_tallies (campaign_id, next_at)
             SELECT c.id, CAST($2 AS BIGINT) FROM campaigns c WHERE c.frozen_count > $1
             ON CONFLICT (campaign_id) DO NOTHING",
        )
        .bind(size)
        .bind(now)
    )?;
    Ok(())
}

/// Whether a campaign is to be looked at.
pub async fn is_any_due(db: &mut Db, now: Timestamp) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_tallies WHERE next_at <= $1)",
    )
    .bind(now)
    .fetch_one(c))
}

/// Takes the campaign that has waited longest to be looked at; no other process takes it before
/// `until`.
pub async fn claim(db: &mut Db, now: Timestamp, until: Timestamp) -> Result<Option<CampaignId>> {
    let statement = claiming!(
        db,
        "UPDATE campaign_tallies SET next_at = $2
         WHERE campaign_id = (SELECT campaign_id FROM campaign_tallies
                              WHERE next_at <= $1 ORDER BY next_at LIMIT 1",
        ") RETURNING campaign_id"
    );
    run!(db, c => sqlx::query_scalar(statement).bind(now).bind(until).fetch_optional(c))
}

/// Says when a campaign is looked at next.
pub async fn set_next(db: &mut Db, id: CampaignId, next: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE campaign_tallies SET next_at = $2 WHERE campaign_id = $1")
            .bind(id)
            .bind(next)
    )?;
    Ok(())
}

/// Keeps what was counted of a campaign, which is looked at again at `next`.
pub async fn keep(db: &mut Db, id: CampaignId, kept: &Kept, next: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_tallies (campaign_id, next_at, counted_at, mark, tally)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (campaign_id) DO UPDATE
             SET next_at = excluded.next_at, counted_at = excluded.counted_at,
                 mark = excluded.mark, tally = excluded.tally",
        )
        .bind(id)
        .bind(next)
        .bind(kept.counted_at)
        .bind(&kept.mark)
        .bind(&kept.tally)
    )?;
    Ok(())
}

/// What was counted of a campaign; `None` before it was counted the first time.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<Kept>> {
    run!(db, c => sqlx::query_as(
        "SELECT counted_at, mark, tally FROM campaign_tallies
         WHERE campaign_id = $1 AND counted_at IS NOT NULL",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The mark of what was counted of a campaign; `None` before it was counted the first time.
pub async fn mark(db: &mut Db, id: CampaignId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT mark FROM campaign_tallies WHERE campaign_id = $1 AND counted_at IS NOT NULL",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The campaigns that started at `since` or later. With each that has ended comes the mark of what
/// was counted of it since then; empty for all others.
pub async fn marks_since(db: &mut Db, since: Timestamp) -> Result<Vec<(CampaignId, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT c.id, COALESCE(t.mark, '') FROM campaigns c
         LEFT JOIN campaign_tallies t ON t.campaign_id = c.id AND c.state = 'finished'
              AND t.counted_at >= c.finished_at
         WHERE c.started_at >= $1 ORDER BY c.id",
    )
    .bind(since)
    .fetch_all(c))
}
