//! Queries on users, sign-in links, sessions and API tokens.

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::user::{Role, Scopes};
use crate::model::{TokenId, UserId};
use crate::text::locale::Language;

/// A SHA-256 digest of a secret that somebody else holds.
pub type Digest = [u8; 32];

/// A user.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Where sign-in links go.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// The language of their pages and mail, if they have chosen one.
    pub language: Option<Language>,
    /// Whether single keys are shortcuts on their pages.
    pub key_shortcuts: bool,
    /// Whether they reach some lists only.
    pub is_limited: bool,
}

/// Adds a user, or sets the role of the one with this address and lets them in again. An owner
/// reaches every list.
pub async fn upsert_user(
    db: &mut Db,
    email: &EmailAddress,
    role: Role,
    now: Timestamp,
) -> Result<User> {
    run!(db, c => sqlx::query_as(
        "INSERT INTO users (email, email_key, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email_key) DO UPDATE
         SET role = excluded.role, is_limited = users.is_limited AND excluded.role <> 'owner',
             disabled_by = NULL
         RETURNING id, email, role, language, key_shortcuts, is_limited",
    )
    .bind(email)
    .bind(email.lookup_key())
    .bind(role)
    .bind(now)
    .fetch_one(c))
}

/// The user with this address.
pub async fn user_by_email(db: &mut Db, email: &EmailAddress) -> Result<Option<User>> {
    run!(db, c => sqlx::query_as("SELECT id, email, role, language, key_shortcuts, is_limited FROM users WHERE email_key = $1")
        .bind(email.lookup_key())
        .fetch_optional(c))
}

/// Keeps the digest of a one-time sign-in link.
pub async fn insert_sign_in_link(
    db: &mut Db,
    digest: &Digest,
    user: UserId,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("INSERT INTO sign_in_links (digest, user_id, expires_at) VALUES ($1, $2, $3)",)
            .bind(digest.as_slice())
            .bind(user)
            .bind(expires_at)
    )?;
    Ok(())
}

/// Whether a sign-in link is still good, without using it up.
pub async fn sign_in_link_is_good(db: &mut Db, digest: &Digest, now: Timestamp) -> Result<bool> {
    let row: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT user_id FROM sign_in_links WHERE digest = $1 AND expires_at > $2",
    )
    .bind(digest.as_slice())
    .bind(now)
    .fetch_optional(c))?;
    Ok(row.is_some())
}

/// Uses a sign-in link up: one caller gets its user, nobody after.
pub async fn take_sign_in_link(
    db: &mut Db,
    digest: &Digest,
    now: Timestamp,
) -> Result<Option<UserId>> {
    run!(db, c => sqlx::query_scalar(
        "DELETE FROM sign_in_links WHERE digest = $1 AND expires_at > $2 RETURNING user_id",
    )
    .bind(digest.as_slice())
    .bind(now)
    .fetch_optional(c))
}

/// A session that starts.
#[derive(Debug)]
pub struct NewSession<'a> {
    /// Of its secret.
    pub digest: Digest,
    /// Whose.
    pub user: UserId,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The browser's network.
    pub network: &'a str,
    /// The browser's name.
    pub user_agent: &'a str,
}

/// Starts a session.
pub async fn insert_session(db: &mut Db, new: &NewSession<'_>, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO sessions (digest, user_id, created_at, seen_at, authenticated_at,
                                   expires_at, network, user_agent)
             VALUES ($1, $2, $3, $3, $3, $4, $5, $6)",
        )
        .bind(new.digest.as_slice())
        .bind(new.user)
        .bind(now)
        .bind(new.expires_at)
        .bind(new.network)
        .bind(new.user_agent)
    )?;
    Ok(())
}

/// The user of a live session that was used since `idle_since`, unless they are kept out.
pub async fn user_of_session(
    db: &mut Db,
    digest: &Digest,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<User>> {
    run!(db, c => sqlx::query_as(
        "SELECT u.id, u.email, u.role, u.language, u.key_shortcuts, u.is_limited
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND u.disabled_by IS NULL",
    )
    .bind(digest.as_slice())
    .bind(now)
    .bind(idle_since)
    .fetch_optional(c))
}

/// When the holder of a session last proved who they are.
pub async fn session_authenticated_at(db: &mut Db, digest: &Digest) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT authenticated_at FROM sessions WHERE digest = $1",
    )
    .bind(digest.as_slice())
    .fetch_optional(c))
}

/// Notes that the holder of a session has proved who they are.
pub async fn prove_session(db: &mut Db, digest: &Digest, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE sessions SET authenticated_at = $2 WHERE digest = $1")
            .bind(digest.as_slice())
            .bind(now)
    )?;
    Ok(())
}

/// Ends a session.
pub async fn delete_session(db: &mut Db, digest: &Digest) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM sessions WHERE digest = $1").bind(digest.as_slice())
    )?;
    Ok(())
}

/// Drops what has run out: links, sessions, those unused since `idle_since`, and
/// answers older than `answers_before`.
pub async fn sweep(
    db: &mut Db,
    now: Timestamp,
    idle_since: Timestamp,
    answers_before: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM sign_in_links WHERE expires_at <= $1").bind(now)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM provider_sign_ins WHERE expires_at <= $1").bind(now)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2")
            .bind(now)
            .bind(idle_since)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM idempotency_keys WHERE created_at <= $1").bind(answers_before)
    )?;
    Ok(())
}

/// An API token to be kept.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The digest of its secret.
    pub digest: Digest,
    /// Whose it is.
    pub user: UserId,
    /// What it is for; may be empty.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
}

/// Adds an API token.
pub async fn insert_token(db: &mut Db, token: &NewToken, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO api_tokens (digest, user_id, name, scopes, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(token.digest.as_slice())
        .bind(token.user)
        .bind(&token.name)
        .bind(&token.scopes)
        .bind(token.expires_at)
        .bind(now)
    )?;
    Ok(())
}

/// Notes that a token was used.
pub async fn see_token(db: &mut Db, id: TokenId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE api_tokens SET used_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now)
    )?;
    Ok(())
}

/// The holder of an API token.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Bearer {
    /// The token's id.
    pub token_id: TokenId,
    /// What the token is for; may be empty.
    pub token_name: String,
    /// What the token may do.
    pub scopes: Scopes,
    /// When it was last noted as used.
    pub used_at: Option<Timestamp>,
    /// Whose it is.
    pub user_id: UserId,
    /// Their address.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// Whether they reach some lists only.
    pub is_limited: bool,
}

/// The holder of the token with this digest, unless it has ended or they are kept out.
pub async fn bearer(db: &mut Db, digest: &Digest, now: Timestamp) -> Result<Option<Bearer>> {
    run!(db, c => sqlx::query_as(
        "SELECT t.id AS token_id, t.name AS token_name, t.scopes, t.used_at,
                u.id AS user_id, u.email, u.role, u.is_limited
         FROM api_tokens t JOIN users u ON u.id = t.user_id
         WHERE t.digest = $1 AND (t.expires_at IS NULL OR t.expires_at > $2)
           AND u.disabled_by IS NULL",
    )
    .bind(digest.as_slice())
    .bind(now)
    .fetch_optional(c))
}
