//! Queries on who has a form open.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::UserId;
use crate::model::shared_text::SharedText;

/// Notes that a user has the form open.
pub async fn touch(db: &mut Db, user: UserId, text: SharedText, now: Timestamp) -> Result<()> {
    let (kind, row) = text.row();
    execute!(
        db,
        sqlx::query(
            "INSERT INTO presence (user_id, kind, row_id, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, kind, row_id) DO UPDATE SET at = excluded.at",
        )
        .bind(user)
        .bind(kind)
        .bind(row)
        .bind(now)
    )?;
    Ok(())
}

/// Notes that a user has closed the form.
pub async fn leave(db: &mut Db, user: UserId, text: SharedText) -> Result<()> {
    let (kind, row) = text.row();
    execute!(
        db,
        sqlx::query("DELETE FROM presence WHERE user_id = $1 AND kind = $2 AND row_id = $3")
            .bind(user)
            .bind(kind)
            .bind(row)
    )?;
    Ok(())
}

/// Deletes what was noted before `before`.
pub async fn prune(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM presence WHERE at < $1").bind(before)
    )?;
    Ok(())
}

/// The addresses of others who have had the form open since `since`.
pub async fn others(
    db: &mut Db,
    user: UserId,
    text: SharedText,
    since: Timestamp,
) -> Result<Vec<String>> {
    let (kind, row) = text.row();
    run!(db, c => sqlx::query_scalar(
        "SELECT u.email FROM presence p JOIN users u ON u.id = p.user_id
         WHERE p.kind = $1 AND p.row_id = $2 AND p.at >= $3 AND p.user_id <> $4
         ORDER BY u.email LIMIT 20",
    )
    .bind(kind)
    .bind(row)
    .bind(since)
    .bind(user)
    .fetch_all(c))
}
