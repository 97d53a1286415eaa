//! Queries on the approval of campaigns by a second person.

use std::collections::HashMap;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// The request for an approval, and the approval once there is one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ApprovalRow {
    pub campaign_id: CampaignId,
    pub requested_by: String,
    pub requested_at: Timestamp,
    pub approved_by: Option<String>,
    pub approved_at: Option<Timestamp>,
    /// The campaign's `change_count` that was approved.
    pub approved_change: Option<i64>,
}

pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<ApprovalRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT campaign_id, requested_by, requested_at, approved_by, approved_at, approved_change
         FROM campaign_approvals WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Asks for an approval; one that was given before is forgotten.
pub async fn request(db: &mut Db, id: CampaignId, by: &str, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_approvals (campaign_id, requested_by, requested_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (campaign_id) DO UPDATE
             SET requested_by = $2, requested_at = $3,
                 approved_by = NULL, approved_at = NULL, approved_change = NULL",
        )
        .bind(id)
        .bind(by)
        .bind(now)
    )?;
    Ok(())
}

/// Approves what was changed `change` times; `false` where nobody asks for it.
pub async fn approve(
    db: &mut Db,
    id: CampaignId,
    by: &str,
    change: i64,
    now: Timestamp,
) -> Result<bool> {
    let approved = execute!(
        db,
        sqlx::query(
            "UPDATE campaign_approvals
             SET approved_by = $2, approved_change = $3, approved_at = $4
             WHERE campaign_id = $1 AND approved_by IS NULL",
        )
        .bind(id)
        .bind(by)
        .bind(change)
        .bind(now)
    )?;
    Ok(approved == 1)
}

/// Those of the campaigns from `first` to `last`.
pub async fn between(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<HashMap<CampaignId, ApprovalRow>> {
    let rows: Vec<ApprovalRow> = run!(db, c => sqlx::query_as(
        "SELECT campaign_id, requested_by, requested_at, approved_by, approved_at, approved_change
         FROM campaign_approvals WHERE campaign_id BETWEEN $1 AND $2",
    )
    .bind(first)
    .bind(last)
    .fetch_all(c))?;
    Ok(rows.into_iter().map(|row| (row.campaign_id, row)).collect())
}

/// Whether the last change of a campaign has voided its approval.
pub async fn is_just_voided(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT 1 FROM campaign_approvals a JOIN campaigns c ON c.id = a.campaign_id
             WHERE a.campaign_id = $1 AND a.approved_change = c.change_count - 1)",
    )
    .bind(id)
    .fetch_one(c))
}
