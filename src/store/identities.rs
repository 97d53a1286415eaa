//! Queries on accounts at a provider by which users sign in, and on sign-ins that were begun.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::UserId;

/// An account at a provider, linked to a user.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Identity {
    pub issuer: String,
    pub user_id: UserId,
    /// The account's address when it was last used.
    pub email: String,
    pub linked_at: Timestamp,
    pub used_at: Timestamp,
}

/// That of an account.
pub async fn of_account(db: &mut Db, issuer: &str, subject: &str) -> Result<Option<Identity>> {
    run!(db, c => sqlx::query_as(
        "SELECT issuer, user_id, email, linked_at, used_at FROM user_identities
         WHERE issuer = $1 AND subject = $2",
    )
    .bind(issuer)
    .bind(subject)
    .fetch_optional(c))
}

/// That of a user at an issuer.
pub async fn of_user(db: &mut Db, issuer: &str, user: UserId) -> Result<Option<Identity>> {
    run!(db, c => sqlx::query_as(
        "SELECT issuer, user_id, email, linked_at, used_at FROM user_identities
         WHERE issuer = $1 AND user_id = $2",
    )
    .bind(issuer)
    .bind(user)
    .fetch_optional(c))
}

/// Links an account to a user; `false` where either has a link at this issuer already.
pub async fn insert(
    db: &mut Db,
    (issuer, subject): (&str, &str),
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<bool> {
    let linked = execute!(
        db,
        sqlx::query(
            "INSERT INTO user_identities (issuer, subject, user_id, email, linked_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO NOTHING",
        )
        .bind(issuer)
        .bind(subject)
        .bind(user)
        .bind(email)
        .bind(now)
    )?;
    Ok(linked == 1)
}

/// Notes that an account was used, and its address then.
pub async fn see(
    db: &mut Db,
    (issuer, subject): (&str, &str),
    email: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE user_identities SET email = $3, used_at = $4
             WHERE issuer = $1 AND subject = $2",
        )
        .bind(issuer)
        .bind(subject)
        .bind(email)
        .bind(now)
    )?;
    Ok(())
}

/// Takes a user's links away; returns how many there were.
pub async fn delete(db: &mut Db, user: UserId) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM user_identities WHERE user_id = $1").bind(user)
    )
}

/// A sign-in that goes to the provider.
#[derive(Debug)]
pub struct NewSignIn<'a> {
    /// Of the state that comes back.
    pub digest: Digest,
    /// Of the browser's cookie.
    pub browser: Digest,
    /// Encrypted.
    pub secrets: &'a [u8],
    pub issuer: &'a str,
    /// The user who links an account.
    pub user: Option<UserId>,
    pub expires_at: Timestamp,
}

/// Keeps a sign-in until it comes back.
pub async fn begin(db: &mut Db, new: &NewSignIn<'_>) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO provider_sign_ins (digest, browser, secrets, issuer, user_id, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new.digest.as_slice())
        .bind(new.browser.as_slice())
        .bind(new.secrets)
        .bind(new.issuer)
        .bind(new.user)
        .bind(new.expires_at)
    )?;
    Ok(())
}

/// A sign-in that has come back.
#[derive(Debug, sqlx::FromRow)]
pub struct Begun {
    pub secrets: Vec<u8>,
    pub issuer: String,
    /// The user who links an account.
    pub user_id: Option<UserId>,
}

/// Uses a sign-in up: one caller gets it, from the browser that began it, nobody after.
pub async fn take(
    db: &mut Db,
    digest: &Digest,
    browser: &Digest,
    now: Timestamp,
) -> Result<Option<Begun>> {
    run!(db, c => sqlx::query_as(
        "DELETE FROM provider_sign_ins WHERE digest = $1 AND browser = $2 AND expires_at > $3
         RETURNING secrets, issuer, user_id",
    )
    .bind(digest.as_slice())
    .bind(browser.as_slice())
    .bind(now)
    .fetch_optional(c))
}
