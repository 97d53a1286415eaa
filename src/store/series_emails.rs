//! Queries on the campaigns by which the emails of series are sent.

use std::ops::Range;

use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::series::Step;
use crate::model::{CampaignId, PostId, SeriesId};

/// Which email of a series: its version, position and edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EmailKey {
    pub version: i64,
    pub position: i64,
    /// The year in which its readers came in.
    pub edition: i64,
}

/// The campaign by which an email is sent.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct SeriesEmail {
    pub version: i64,
    pub position: i64,
    pub edition: i64,
    pub campaign_id: CampaignId,
    pub state: CampaignState,
    /// The post that it mails, until that is deleted permanently.
    pub post_id: Option<PostId>,
}

/// The campaign of an email, once it was made.
pub async fn by_key(db: &mut Db, id: SeriesId, key: EmailKey) -> Result<Option<SeriesEmail>> {
    run!(db, c => sqlx::query_as(
        "SELECT x.version, x.position, x.edition, x.campaign_id, k.state, k.post_id
         FROM series_emails x JOIN campaigns k ON k.id = x.campaign_id
         WHERE x.series_id = $1 AND x.version = $2 AND x.position = $3 AND x.edition = $4",
    )
    .bind(id)
    .bind(key.version)
    .bind(key.position)
    .bind(key.edition)
    .fetch_optional(c))
}

/// The campaigns of every email of a series.
pub async fn of_series(db: &mut Db, id: SeriesId) -> Result<Vec<SeriesEmail>> {
    run!(db, c => sqlx::query_as(
        "SELECT x.version, x.position, x.edition, x.campaign_id, k.state, k.post_id
         FROM series_emails x JOIN campaigns k ON k.id = x.campaign_id
         WHERE x.series_id = $1 ORDER BY x.version, x.position, x.edition",
    )
    .bind(id)
    .fetch_all(c))
}

/// The series whose email a campaign sends, its name, and the step; `None` for other campaigns.
pub async fn of_campaign(
    db: &mut Db,
    campaign: CampaignId,
) -> Result<Option<(SeriesId, String, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT z.id, z.name, x.position
         FROM series_emails x JOIN series z ON z.id = x.series_id WHERE x.campaign_id = $1",
    )
    .bind(campaign)
    .fetch_optional(c))
}

/// What the email is made of that a campaign sends, as its step says.
pub async fn content_kind(db: &mut Db, campaign: CampaignId) -> Result<Option<ContentKind>> {
    let step: Option<(Json<Step>,)> = run!(db, c => sqlx::query_as(
        "SELECT s.step FROM series_emails x JOIN series_steps s
             ON s.series_id = x.series_id AND s.version = x.version AND s.position = x.position
         WHERE x.campaign_id = $1",
    )
    .bind(campaign)
    .fetch_optional(c))?;
    Ok(step.and_then(|(step,)| step.content_kind()))
}

/// Why one of the emails of a series is paused, empty if a user did it; `None` where none is.
pub async fn pause_reason(db: &mut Db, id: SeriesId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT k.pause_reason FROM series_emails x JOIN campaigns k ON k.id = x.campaign_id
         WHERE x.series_id = $1 AND k.state = 'paused'
         ORDER BY x.version, x.position, x.edition LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Says by which campaign an email is sent.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where it has one.
pub async fn insert(db: &mut Db, id: SeriesId, key: EmailKey, campaign: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO series_emails (series_id, version, position, edition, campaign_id)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(key.version)
        .bind(key.position)
        .bind(key.edition)
        .bind(campaign)
    )?;
    Ok(())
}

/// Drops the emails of a draft, which nobody can have got: some of them were tested, or opened by
/// a start that failed.
pub async fn drop_of_draft(db: &mut Db, id: SeriesId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM campaigns WHERE kind = 'series'
               AND EXISTS (SELECT 1 FROM series z WHERE z.id = $1 AND z.state = 'draft')
               AND id IN (SELECT campaign_id FROM series_emails WHERE series_id = $1)",
        )
        .bind(id)
    )?;
    Ok(())
}

/// Drops the emails of versions that were never saved: nobody can have got them.
pub async fn drop_versions(db: &mut Db, id: SeriesId, versions: Range<i64>) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM campaigns WHERE kind = 'series'
               AND id IN (SELECT campaign_id FROM series_emails
                          WHERE series_id = $1 AND version >= $2 AND version < $3)",
        )
        .bind(id)
        .bind(versions.start)
        .bind(versions.end)
    )?;
    Ok(())
}

/// Takes an email as having no audience to freeze: its recipients come one by one.
pub async fn open(db: &mut Db, campaign: CampaignId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns
             SET is_frozen = TRUE, frozen_at = $2, frozen_up_to = $3, claimed_up_to = $3
             WHERE id = $1 AND kind = 'series'",
        )
        .bind(campaign)
        .bind(now)
        .bind(i64::MAX)
    )?;
    Ok(())
}
