//! Queries on the queue of transactional emails.
//!
//! Their rows have the states of a [delivery](super::deliveries): a crash never sends one
//! twice.

use serde::Deserialize;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::subscribers::Subscriber;
use super::{Db, Result, claiming, execute, run, transactional_attachments};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::EmailId;
use crate::model::delivery::DeliveryState;
use crate::model::lease::Lease;
use crate::model::transactional::{EmailContent, EmailKind};
use crate::text::locale::Language;

/// A transactional email to be queued.
#[derive(Debug, Clone)]
pub struct NewEmail {
    /// The recipient.
    pub email: EmailAddress,
    /// The language of its texts.
    pub language: Language,
    /// What it says.
    pub content: EmailContent,
}

impl NewEmail {
    /// An email to a subscriber, in their language.
    pub fn to(subscriber: &Subscriber, content: EmailContent) -> Self {
        Self {
            email: subscriber.email.clone(),
            language: subscriber.language,
            content,
        }
    }
}

/// Queues an email to be sent at once.
pub async fn insert(db: &mut Db, email: &NewEmail, now: Timestamp) -> Result<EmailId> {
    insert_for(db, email, now, now).await
}

/// Queues an email to be sent at `due`.
pub async fn insert_for(
    db: &mut Db,
    email: &NewEmail,
    due: Timestamp,
    now: Timestamp,
) -> Result<EmailId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO transactional_emails
             (kind, email, language, payload, state, next_attempt_at, created_at, changed_at)
         VALUES ($1, $2, $3, $4, 'queued', $6, $5, $5) RETURNING id",
    )
    .bind(email.content.kind())
    .bind(&email.email)
    .bind(email.language)
    .bind(Json(&email.content))
    .bind(now)
    .bind(due)
    .fetch_one(c))
}

/// An email that a worker has leased.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ClaimedEmail {
    /// Its row.
    pub id: EmailId,
    /// What it is about.
    pub kind: EmailKind,
    /// To whom.
    pub email: EmailAddress,
    /// In which language.
    pub language: Language,
    /// An [`EmailContent`], parsed by [`ClaimedEmail::content`].
    #[sqlx(json)]
    payload: Value,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<Timestamp>,
    /// When it was queued.
    pub created_at: Timestamp,
}

impl ClaimedEmail {
    /// What it says. Parsed here and not by the claim, so that one row that cannot be read
    /// stops no other.
    pub fn content(&self) -> serde_json::Result<EmailContent> {
        EmailContent::deserialize(&self.payload)
    }
}

/// Leases up to `limit` due emails.
pub async fn claim(db: &mut Db, lease: &Lease, limit: i64) -> Result<Vec<ClaimedEmail>> {
    let statement = claiming!(
        db,
        "UPDATE transactional_emails SET lease_owner = $1, lease_until = $2
         WHERE id IN (
             SELECT id FROM transactional_emails
             WHERE next_attempt_at <= $3
               AND state IN ('queued', 'deferred') AND lease_until IS NULL
             ORDER BY next_attempt_at, id LIMIT $4",
        ") RETURNING id, kind, email, language, payload, attempts, first_attempt_at, created_at"
    );
    run!(db, c => sqlx::query_as(statement)
        .bind(lease.owner)
        .bind(lease.until)
        .bind(lease.taken_at)
        .bind(limit)
        .fetch_all(c))
}

/// Marks an email as `sending`; `false` where `owner` no longer has its lease.
pub async fn begin(db: &mut Db, id: EmailId, owner: Uuid, now: Timestamp) -> Result<bool> {
    let begun = execute!(
        db,
        sqlx::query(
            "UPDATE transactional_emails SET state = 'sending', attempts = attempts + 1, changed_at = $3,
                            first_attempt_at = COALESCE(first_attempt_at, $3)
         WHERE id = $1 AND lease_owner = $2 AND lease_until > $3
           AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(owner)
        .bind(now)
    )?;
    Ok(begun == 1)
}

/// Records the outcome of an attempt. The content of an email that has ended is deleted: it
/// may hold a secret.
pub async fn record(
    db: &mut Db,
    email: &ClaimedEmail,
    state: DeliveryState,
    reply: &str,
    next_attempt_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE transactional_emails SET state = $2, reply = $3, next_attempt_at = $4, changed_at = $5,
                            lease_owner = NULL, lease_until = NULL,
                            payload = CASE WHEN $2 = 'deferred' THEN payload ELSE '{}' END
         WHERE id = $1",
        )
        .bind(email.id)
        .bind(state)
        .bind(reply)
        .bind(next_attempt_at)
        .bind(now)
    )?;
    // Only those that other programs queue have files.
    if state != DeliveryState::Deferred && email.kind == EmailKind::Transactional {
        transactional_attachments::forget(db, email.id).await?;
    }
    Ok(())
}

/// Releases a leased email.
pub async fn release(db: &mut Db, id: EmailId, owner: Uuid) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE transactional_emails SET lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND lease_owner = $2 AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(owner)
    )?;
    Ok(())
}

/// Recovers what stopped workers left behind, as [`super::delivery_claims::recover`] does.
pub async fn recover(db: &mut Db, now: Timestamp) -> Result<()> {
    let statement = claiming!(
        db,
        "UPDATE transactional_emails
         SET state = CASE WHEN state = 'sending' THEN 'uncertain' ELSE state END,
             lease_owner = NULL, lease_until = NULL, changed_at = $1
         WHERE id IN (SELECT id FROM transactional_emails WHERE lease_until < $1",
        ")"
    );
    execute!(db, sqlx::query(statement).bind(now))?;
    Ok(())
}

/// How many emails are in each state, for the admin pages.
pub async fn counts(db: &mut Db) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as("SELECT state, COUNT(*) FROM transactional_emails GROUP BY state").fetch_all(c))
}

/// Deletes emails that ended before `before`: addresses are not kept longer than they are
/// needed.
pub async fn sweep(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM transactional_emails
         WHERE changed_at < $1 AND state IN ('sent', 'failed', 'skipped', 'uncertain')",
        )
        .bind(before)
    )?;
    Ok(())
}

/// How many emails of a kind were queued since `since`.
pub async fn count_since(db: &mut Db, kind: EmailKind, since: Timestamp) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM transactional_emails WHERE kind = $1 AND created_at >= $2",
    )
    .bind(kind)
    .bind(since)
    .fetch_one(c))
}

/// How many emails are queued.
pub async fn waiting(db: &mut Db) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM transactional_emails WHERE state IN ('queued', 'deferred') AND lease_until IS NULL",
    )
    .fetch_one(c))
}
