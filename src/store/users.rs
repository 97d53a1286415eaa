//! Queries on users as their pages show them, on their
//! sessions and tokens.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::user::{DisabledBy, Role, Scopes};
use crate::model::{TokenId, UserId};
use crate::text::locale::Language;

/// A user.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// Where sign-in links go.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// Who keeps them out, if anybody.
    pub disabled_by: Option<DisabledBy>,
    /// Whether they can sign in by an account at the provider.
    pub has_identity: bool,
    /// When they were last seen with a session that has not ended.
    pub seen_at: Option<Timestamp>,
    /// How many API tokens are theirs.
    pub tokens: i64,
    /// Whether they reach some lists only.
    pub is_limited: bool,
}

/// Every user.
pub async fn all(db: &mut Db) -> Result<Vec<Person>> {
    run!(db, c => sqlx::query_as(
        "SELECT u.id, u.email, u.role, u.disabled_by,
                EXISTS (SELECT 1 FROM user_identities i WHERE i.user_id = u.id) AS has_identity,
                (SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id) AS seen_at,
                (SELECT COUNT(*) FROM api_tokens t WHERE t.user_id = u.id) AS tokens,
                u.is_limited
         FROM users u ORDER BY u.email_key",
    )
    .fetch_all(c))
}

/// Whether anybody is an owner.
pub async fn has_owner(db: &mut Db) -> Result<bool> {
    let owners: i64 = run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM users WHERE role = 'owner'",
    )
    .fetch_one(c))?;
    Ok(owners > 0)
}

/// Sets the language of a user's pages and mail.
pub async fn set_language(db: &mut Db, id: UserId, language: Option<Language>) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE users SET language = $2 WHERE id = $1")
            .bind(id)
            .bind(language)
    )?;
    Ok(())
}

/// Sets whether single keys are shortcuts on a user's pages.
pub async fn set_key_shortcuts(db: &mut Db, id: UserId, are_on: bool) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE users SET key_shortcuts = $2 WHERE id = $1")
            .bind(id)
            .bind(are_on)
    )?;
    Ok(())
}

/// Sets a person's role, and that an owner reaches every list; `false` where they are the last
/// owner and would be none. Owners who have not accepted their invitation, or are kept out, do not
/// count.
pub async fn set_role(db: &mut Db, id: UserId, role: Role) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query(
            "UPDATE users SET role = $2, is_limited = is_limited AND $2 <> 'owner'
             WHERE id = $1 AND (role <> 'owner' OR $2 = 'owner' OR EXISTS (
                 SELECT 1 FROM users o
                 WHERE o.role = 'owner' AND o.id <> $1 AND o.disabled_by IS NULL
                   AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = o.id)))",
        )
        .bind(id)
        .bind(role)
    )?;
    Ok(set == 1)
}

/// Drops a person with sessions and tokens; `false` where they are the last owner.
pub async fn delete(db: &mut Db, id: UserId) -> Result<bool> {
    let dropped = execute!(
        db,
        sqlx::query(
            "DELETE FROM users
             WHERE id = $1 AND (role <> 'owner' OR EXISTS (
                 SELECT 1 FROM users o
                 WHERE o.role = 'owner' AND o.id <> $1 AND o.disabled_by IS NULL
                   AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = o.id)))",
        )
        .bind(id)
    )?;
    Ok(dropped == 1)
}

/// Who keeps a person out, if anybody.
pub async fn disabled_by(db: &mut Db, id: UserId) -> Result<Option<DisabledBy>> {
    let found: Option<Option<DisabledBy>> = run!(db, c => sqlx::query_scalar(
        "SELECT disabled_by FROM users WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(found.flatten())
}

/// Keeps a person out; `false` where they are the last owner, or are kept out so already.
pub async fn disable(db: &mut Db, id: UserId, by: DisabledBy) -> Result<bool> {
    let disabled = execute!(
        db,
        sqlx::query(
            "UPDATE users SET disabled_by = $2
             WHERE id = $1 AND (disabled_by IS NULL OR disabled_by <> $2)
               AND (role <> 'owner' OR EXISTS (
                 SELECT 1 FROM users o
                 WHERE o.role = 'owner' AND o.id <> $1 AND o.disabled_by IS NULL
                   AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = o.id)))",
        )
        .bind(id)
        .bind(by)
    )?;
    Ok(disabled == 1)
}

/// Lets a person in again; `false` where nobody has kept them out.
pub async fn enable(db: &mut Db, id: UserId) -> Result<bool> {
    let enabled = execute!(
        db,
        sqlx::query(
            "UPDATE users SET disabled_by = NULL WHERE id = $1 AND disabled_by IS NOT NULL",
        )
        .bind(id)
    )?;
    Ok(enabled == 1)
}

/// A session as its owner sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Session {
    /// The digest of its secret.
    pub digest: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// The browser that it is in.
    pub user_agent: String,
    /// The network that it began in.
    pub network: String,
}

/// A person's live sessions, the last used first.
pub async fn sessions(
    db: &mut Db,
    user: UserId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<Session>> {
    run!(db, c => sqlx::query_as(
        "SELECT digest, created_at, seen_at, user_agent, network FROM sessions
         WHERE user_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC",
    )
    .bind(user)
    .bind(now)
    .bind(idle_since)
    .fetch_all(c))
}

/// A user's address.
pub async fn email(db: &mut Db, id: UserId) -> Result<Option<EmailAddress>> {
    run!(db, c => sqlx::query_scalar("SELECT email FROM users WHERE id = $1")
        .bind(id)
        .fetch_optional(c))
}

/// When a session was last used.
pub async fn session_seen_at(db: &mut Db, digest: &Digest) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT seen_at FROM sessions WHERE digest = $1",
    )
    .bind(digest.as_slice())
    .fetch_optional(c))
}

/// Notes that a session was used.
pub async fn see_session(db: &mut Db, digest: &Digest, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE digest = $1")
            .bind(digest.as_slice())
            .bind(now)
    )?;
    Ok(())
}

/// Ends one session of a person; returns whether there was one.
pub async fn end_session(db: &mut Db, user: UserId, digest: &[u8]) -> Result<bool> {
    let ended = execute!(
        db,
        sqlx::query("DELETE FROM sessions WHERE digest = $1 AND user_id = $2")
            .bind(digest)
            .bind(user)
    )?;
    Ok(ended == 1)
}

/// An API token as its list shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Whose it is.
    pub email: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to within ten minutes.
    pub used_at: Option<Timestamp>,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
}

/// The tokens of a person, or with `None` everybody's, newest first.
pub async fn tokens(db: &mut Db, user: Option<UserId>) -> Result<Vec<Token>> {
    run!(db, c => sqlx::query_as(
        "SELECT t.id, t.name, u.email, t.scopes,
                t.created_at, t.used_at, t.expires_at
         FROM api_tokens t JOIN users u ON u.id = t.user_id
         WHERE $1 = 0 OR t.user_id = $1 ORDER BY t.id DESC",
    )
    .bind(user.unwrap_or(UserId(0)))
    .fetch_all(c))
}

/// Drops every token of a person; returns how many there were.
pub async fn revoke_all(db: &mut Db, user: UserId) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM api_tokens WHERE user_id = $1").bind(user)
    )
}

/// Drops a token of a person, or with `None` anybody's; returns whether there was
/// one.
pub async fn revoke(db: &mut Db, id: TokenId, user: Option<UserId>) -> Result<bool> {
    let revoked = execute!(
        db,
        sqlx::query("DELETE FROM api_tokens WHERE id = $1 AND ($2 = 0 OR user_id = $2)")
            .bind(id)
            .bind(user.unwrap_or(UserId(0)))
    )?;
    Ok(revoked == 1)
}
