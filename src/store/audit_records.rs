//! Queries on the audit log.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// Stores an entry; gives its id.
pub async fn insert(
    db: &mut Db,
    actor: &str,
    action: &str,
    subject: &str,
    now: Timestamp,
) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO audit_records (at, actor, action, subject) VALUES ($1, $2, $3, $4)
         RETURNING id",
    )
    .bind(now)
    .bind(actor)
    .bind(action)
    .bind(subject)
    .fetch_one(c))
}

/// Brings the subject of an entry up to date, whose change goes on.
pub async fn set_subject(db: &mut Db, id: i64, subject: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE audit_records SET subject = $2 WHERE id = $1")
            .bind(id)
            .bind(subject)
    )?;
    Ok(())
}

/// A line of the audit log.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditRow {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What they did.
    pub action: String,
    /// To what.
    pub subject: String,
}

/// Up to `limit` lines of the audit log before row `before`, newest first: of
/// one actor or all, and of actions that begin so.
pub async fn page(
    db: &mut Db,
    actor: &str,
    action: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    run!(db, c => sqlx::query_as(
        r"SELECT id, at, actor, action, subject FROM audit_records
          WHERE id < $3 AND ($1 = '' OR actor = $1)
            AND ($2 = '' OR action LIKE $2 || '%' ESCAPE '\')
          ORDER BY id DESC LIMIT $4",
    )
    .bind(actor)
    .bind(super::search::escape_like(action))
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// When the last entry of this action on this subject was made, not before `since`.
pub async fn last_at(
    db: &mut Db,
    action: &str,
    subject: &str,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(at) FROM audit_records WHERE action = $1 AND subject = $2 AND at >= $3",
    )
    .bind(action)
    .bind(subject)
    .bind(since)
    .fetch_one(c))
}

/// Everybody who stands in the audit log.
pub async fn actors(db: &mut Db) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar("SELECT DISTINCT actor FROM audit_records ORDER BY actor")
        .fetch_all(c))
}
