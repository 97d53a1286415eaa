//! Queries on invitations: users who have not signed in yet.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::UserId;

/// An invitation that was not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Invitation {
    pub user_id: UserId,
    /// Who sent it last.
    pub invited_by: String,
    pub expires_at: Timestamp,
}

/// A user's invitation; a new one replaces the last, whose link ends.
pub async fn set(
    db: &mut Db,
    user: UserId,
    digest: &Digest,
    invited_by: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO invitations (user_id, digest, invited_by, sent_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id) DO UPDATE
             SET digest = excluded.digest, invited_by = excluded.invited_by,
                 sent_at = excluded.sent_at, expires_at = excluded.expires_at",
        )
        .bind(user)
        .bind(digest.as_slice())
        .bind(invited_by)
        .bind(now)
        .bind(expires_at)
    )?;
    Ok(())
}

/// All that were not accepted yet.
pub async fn all(db: &mut Db) -> Result<Vec<Invitation>> {
    run!(db, c => sqlx::query_as("SELECT user_id, invited_by, expires_at FROM invitations")
        .fetch_all(c))
}

/// That of a user.
pub async fn of_user(db: &mut Db, user: UserId) -> Result<Option<Invitation>> {
    run!(db, c => sqlx::query_as(
        "SELECT user_id, invited_by, expires_at FROM invitations WHERE user_id = $1",
    )
    .bind(user)
    .fetch_optional(c))
}

/// That of a link, also after it has expired.
pub async fn of_link(db: &mut Db, digest: &Digest) -> Result<Option<Invitation>> {
    run!(db, c => sqlx::query_as(
        "SELECT user_id, invited_by, expires_at FROM invitations WHERE digest = $1",
    )
    .bind(digest.as_slice())
    .fetch_optional(c))
}

/// Uses a link up: one caller gets its user, nobody after.
pub async fn take_link(db: &mut Db, digest: &Digest, now: Timestamp) -> Result<Option<UserId>> {
    run!(db, c => sqlx::query_scalar(
        "DELETE FROM invitations WHERE digest = $1 AND expires_at > $2 RETURNING user_id",
    )
    .bind(digest.as_slice())
    .bind(now)
    .fetch_optional(c))
}

/// Notes that a user has signed in, by whatever way.
pub async fn accept(db: &mut Db, user: UserId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM invitations WHERE user_id = $1").bind(user)
    )?;
    Ok(())
}
