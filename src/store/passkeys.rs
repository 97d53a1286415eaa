//! Queries on passkeys, and on the challenges that authenticators have not answered yet.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::user::Role;
use crate::model::{PasskeyId, UserId};

/// A passkey of a user.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredPasskey {
    pub id: PasskeyId,
    pub user_id: UserId,
    /// When its user was added, which their authenticators name them by.
    pub user_created_at: Timestamp,
    pub role: Role,
    /// What its user calls it.
    pub name: String,
    /// Public key and counter, as JSON.
    pub credential: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// A passkey to be kept.
#[derive(Debug)]
pub struct NewPasskey<'a> {
    pub user: UserId,
    /// What the authenticator calls it.
    pub credential_id: &'a [u8],
    pub name: &'a str,
    pub credential: &'a str,
}

/// The passkeys of a user, oldest first.
pub async fn of_user(db: &mut Db, user: UserId) -> Result<Vec<StoredPasskey>> {
    run!(db, c => sqlx::query_as(
        "SELECT k.id, k.user_id, u.created_at AS user_created_at, u.role, k.name,
                k.credential, k.created_at, k.used_at
         FROM passkeys k JOIN users u ON u.id = k.user_id
         WHERE k.user_id = $1 ORDER BY k.id",
    )
    .bind(user)
    .fetch_all(c))
}

/// The passkey that an authenticator calls so, unless its user is kept out.
pub async fn by_credential_id(db: &mut Db, id: &[u8]) -> Result<Option<StoredPasskey>> {
    run!(db, c => sqlx::query_as(
        "SELECT k.id, k.user_id, u.created_at AS user_created_at, u.role, k.name,
                k.credential, k.created_at, k.used_at
         FROM passkeys k JOIN users u ON u.id = k.user_id
         WHERE k.credential_id = $1 AND u.disabled_by IS NULL",
    )
    .bind(id)
    .fetch_optional(c))
}

/// When a user was added.
pub async fn user_created_at(db: &mut Db, user: UserId) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar("SELECT created_at FROM users WHERE id = $1")
        .bind(user)
        .fetch_optional(c))
}

/// Adds a passkey.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where it is somebody's already.
pub async fn insert(db: &mut Db, new: &NewPasskey<'_>, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO passkeys (user_id, credential_id, name, credential, created_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(new.user)
        .bind(new.credential_id)
        .bind(new.name)
        .bind(new.credential)
        .bind(now)
    )?;
    Ok(())
}

/// Notes that a passkey was used; `false` where it was used or removed meanwhile, so that its
/// counter is checked against the last use.
pub async fn see(
    db: &mut Db,
    known: &StoredPasskey,
    credential: &str,
    now: Timestamp,
) -> Result<bool> {
    let seen = execute!(
        db,
        sqlx::query(
            "UPDATE passkeys SET credential = $3, used_at = $4 WHERE id = $1 AND credential = $2",
        )
        .bind(known.id)
        .bind(&known.credential)
        .bind(credential)
        .bind(now)
    )?;
    Ok(seen == 1)
}

/// Drops a passkey of a user; gives its name.
pub async fn delete(db: &mut Db, user: UserId, id: PasskeyId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name",
    )
    .bind(id)
    .bind(user)
    .fetch_optional(c))
}

/// Drops every passkey of a user.
pub async fn delete_all(db: &mut Db, user: UserId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM passkeys WHERE user_id = $1").bind(user)
    )?;
    Ok(())
}

/// Keeps a challenge to the authenticator of a user who adds it, or with `None` of anyone who
/// signs in.
pub async fn insert_challenge(
    db: &mut Db,
    digest: &Digest,
    user: Option<UserId>,
    state: &str,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO passkey_challenges (digest, user_id, state, expires_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(digest.as_slice())
        .bind(user)
        .bind(state)
        .bind(expires_at)
    )?;
    Ok(())
}

/// Uses a challenge up: one answer gets it, none after.
pub async fn take_challenge(
    db: &mut Db,
    digest: &Digest,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "DELETE FROM passkey_challenges
         WHERE digest = $1 AND COALESCE(user_id, 0) = $2 AND expires_at > $3 RETURNING state",
    )
    .bind(digest.as_slice())
    .bind(user.unwrap_or(UserId(0)))
    .bind(now)
    .fetch_optional(c))
}

/// Drops the challenges that nobody has answered in time.
pub async fn sweep(db: &mut Db, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM passkey_challenges WHERE expires_at <= $1").bind(now)
    )?;
    Ok(())
}
