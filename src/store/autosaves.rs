//! Queries on what was typed into forms and not saved.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::UserId;
use crate::model::autosave::Autosaved;

/// What somebody typed into a form and has not saved.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Unsaved {
    /// When it was typed.
    pub at: Timestamp,
    /// The fields, as a form is sent.
    pub form: String,
}

/// Keeps what was typed.
pub async fn keep(
    db: &mut Db,
    user: UserId,
    into: Autosaved,
    form: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO autosaves (user_id, kind, row_id, at, form) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id, kind, row_id)
             DO UPDATE SET at = excluded.at, form = excluded.form",
        )
        .bind(user)
        .bind(into.kind)
        .bind(into.row)
        .bind(now)
        .bind(form)
    )?;
    Ok(())
}

/// What was typed and not saved.
pub async fn of(db: &mut Db, user: UserId, into: Autosaved) -> Result<Option<Unsaved>> {
    run!(db, c => sqlx::query_as(
        "SELECT at, form FROM autosaves WHERE user_id = $1 AND kind = $2 AND row_id = $3",
    )
    .bind(user)
    .bind(into.kind)
    .bind(into.row)
    .fetch_optional(c))
}

/// Forgets what one user typed.
pub async fn forget(db: &mut Db, user: UserId, into: Autosaved) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM autosaves WHERE user_id = $1 AND kind = $2 AND row_id = $3")
            .bind(user)
            .bind(into.kind)
            .bind(into.row)
    )?;
    Ok(())
}

/// Forgets what anybody typed into the form of something that is deleted.
pub async fn forget_all(db: &mut Db, into: Autosaved) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM autosaves WHERE kind = $1 AND row_id = $2")
            .bind(into.kind)
            .bind(into.row)
    )?;
    Ok(())
}
