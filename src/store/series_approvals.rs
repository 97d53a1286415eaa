//! Queries on who has approved that a series goes on as it is.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::SeriesId;

/// Whether somebody has, since it was last changed.
pub async fn is_approved(db: &mut Db, id: SeriesId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM series_approvals WHERE series_id = $1)",
    )
    .bind(id)
    .fetch_one(c))
}

/// Keeps who has.
pub async fn approve(db: &mut Db, id: SeriesId, by: &str, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO series_approvals (series_id, approved_by, approved_at)
             VALUES ($1, $2, $3) ON CONFLICT (series_id) DO NOTHING",
        )
        .bind(id)
        .bind(by)
        .bind(now)
    )?;
    Ok(())
}

/// Forgets it, as a change does.
pub async fn void(db: &mut Db, id: SeriesId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM series_approvals WHERE series_id = $1").bind(id)
    )?;
    Ok(())
}
