//! Queries on what campaigns were before their last save.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// What a campaign was when it was saved.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CampaignRevision {
    /// Its id.
    pub id: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it.
    pub actor: String,
    /// How often the campaign had been saved by then.
    pub edit_count: i64,
    /// The campaign, as JSON.
    pub edition: String,
}

/// Adds a revision.
pub async fn insert(
    db: &mut Db,
    campaign: CampaignId,
    edit_count: i64,
    (at, actor): (Timestamp, &str),
    edition: &str,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_revisions (campaign_id, at, actor, edit_count, edition)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(campaign)
        .bind(at)
        .bind(actor)
        .bind(edit_count)
        .bind(edition)
    )?;
    Ok(())
}

/// Whether a campaign has any revision.
pub async fn has_any(db: &mut Db, campaign: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_revisions WHERE campaign_id = $1)",
    )
    .bind(campaign)
    .fetch_one(c))
}

/// The last `limit` revisions of a campaign, newest first.
pub async fn last(db: &mut Db, campaign: CampaignId, limit: i64) -> Result<Vec<CampaignRevision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edit_count, edition FROM campaign_revisions
         WHERE campaign_id = $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(campaign)
    .bind(limit)
    .fetch_all(c))
}

/// One revision of a campaign.
pub async fn by_id(db: &mut Db, campaign: CampaignId, id: i64) -> Result<Option<CampaignRevision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edit_count, edition FROM campaign_revisions
         WHERE campaign_id = $1 AND id = $2",
    )
    .bind(campaign)
    .bind(id)
    .fetch_optional(c))
}

/// A campaign as it was after so many saves.
pub async fn after_saves(
    db: &mut Db,
    campaign: CampaignId,
    edit_count: i64,
) -> Result<Option<CampaignRevision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edit_count, edition FROM campaign_revisions
         WHERE campaign_id = $1 AND edit_count <= $2 ORDER BY edit_count DESC, id DESC LIMIT 1",
    )
    .bind(campaign)
    .bind(edit_count)
    .fetch_optional(c))
}

/// The last revision of a campaign that was made by `at`.
pub async fn at_or_before(
    db: &mut Db,
    campaign: CampaignId,
    at: Timestamp,
) -> Result<Option<CampaignRevision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edit_count, edition FROM campaign_revisions
         WHERE campaign_id = $1 AND at <= $2 ORDER BY edit_count DESC, id DESC LIMIT 1",
    )
    .bind(campaign)
    .bind(at)
    .fetch_optional(c))
}

/// Drops all but the last `kept` revisions of a campaign.
pub async fn trim(db: &mut Db, campaign: CampaignId, kept: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM campaign_revisions WHERE campaign_id = $1 AND id NOT IN (
                 SELECT id FROM campaign_revisions WHERE campaign_id = $1
                 ORDER BY id DESC LIMIT $2)",
        )
        .bind(campaign)
        .bind(kept)
    )?;
    Ok(())
}
