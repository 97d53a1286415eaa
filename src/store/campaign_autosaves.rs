//! Queries on what was typed into the forms of campaigns and not saved.

use super::revisions::Unsaved;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, UserId};

/// Keeps what was typed; `campaign` is 0 for a new one.
pub async fn keep(
    db: &mut Db,
    user: UserId,
    campaign: CampaignId,
    form: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_autosaves (user_id, campaign_id, at, form)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, campaign_id)
             DO UPDATE SET at = excluded.at, form = excluded.form",
        )
        .bind(user)
        .bind(campaign)
        .bind(now)
        .bind(form)
    )?;
    Ok(())
}

/// What was typed and not saved.
pub async fn of(db: &mut Db, user: UserId, campaign: CampaignId) -> Result<Option<Unsaved>> {
    run!(db, c => sqlx::query_as(
        "SELECT at, form FROM campaign_autosaves WHERE user_id = $1 AND campaign_id = $2",
    )
    .bind(user)
    .bind(campaign)
    .fetch_optional(c))
}

/// Forgets what one user typed.
pub async fn forget(db: &mut Db, user: UserId, campaign: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_autosaves WHERE user_id = $1 AND campaign_id = $2")
            .bind(user)
            .bind(campaign)
    )?;
    Ok(())
}

/// Forgets what anybody typed into a campaign that is deleted.
pub async fn forget_all(db: &mut Db, campaign: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_autosaves WHERE campaign_id = $1").bind(campaign)
    )?;
    Ok(())
}
