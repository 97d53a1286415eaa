//! Queries on notices: mail to one person that no campaign makes.
//!
//! They go the ledger's way too (see [`super::deliveries`]): a crash never
//! sends one twice.

use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Db, Result, claiming, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::NoticeId;
use crate::model::delivery::DeliveryState;
use crate::model::notice::NoticeKind;
use crate::text::locale::Language;

/// A notice to be sent.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// What it is about.
    pub kind: NoticeKind,
    /// To whom.
    pub email: EmailAddress,
    /// In which language.
    pub language: Language,
    /// What its text needs, by kind.
    pub payload: Value,
}

/// Queues a notice to go at once.
pub async fn insert(db: &mut Db, notice: &NewNotice, now: Timestamp) -> Result<NoticeId> {
    insert_for(db, notice, now, now).await
}

/// Queues a notice to go at `due`.
pub async fn insert_for(
    db: &mut Db,
    notice: &NewNotice,
    due: Timestamp,
    now: Timestamp,
) -> Result<NoticeId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO notices
             (kind, email, language, payload, state, next_attempt_at, created_at, changed_at)
         VALUES ($1, $2, $3, $4, 'queued', $6, $5, $5) RETURNING id",
    )
    .bind(notice.kind)
    .bind(&notice.email)
    .bind(notice.language)
    .bind(Json(&notice.payload))
    .bind(now)
    .bind(due)
    .fetch_one(c))
}

/// A notice in a worker's hands.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ClaimedNotice {
    /// Its row.
    pub id: NoticeId,
    /// What it is about.
    pub kind: NoticeKind,
    /// To whom.
    pub email: EmailAddress,
    /// In which language.
    pub language: Language,
    /// What its text needs.
    #[sqlx(json)]
    pub payload: Value,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<Timestamp>,
    /// When it was queued.
    pub created_at: Timestamp,
}

/// Takes up to `limit` due notices into `owner`'s hands.
pub async fn claim(
    db: &mut Db,
    owner: Uuid,
    limit: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<ClaimedNotice>> {
    let statement = claiming!(
        db,
        "UPDATE notices SET lease_owner = $1, lease_until = $2
         WHERE id IN (
             SELECT id FROM notices
             WHERE next_attempt_at <= $3
               AND state IN ('queued', 'deferred') AND lease_until IS NULL
             ORDER BY next_attempt_at, id LIMIT $4",
        ") RETURNING id, kind, email, language, payload, attempts, first_attempt_at, created_at"
    );
    run!(db, c => sqlx::query_as(statement)
        .bind(owner)
        .bind(until)
        .bind(now)
        .bind(limit)
        .fetch_all(c))
}

/// Marks a notice as `sending`; `false` where it is no longer in `owner`'s hands.
pub async fn begin(db: &mut Db, id: NoticeId, owner: Uuid, now: Timestamp) -> Result<bool> {
    let begun = execute!(
        db,
        sqlx::query(
            "UPDATE notices SET state = 'sending', attempts = attempts + 1, changed_at = $3,
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

/// Records what became of a notice. One that has ended keeps no secrets: its
/// payload, which may hold a sign-in link, is emptied.
pub async fn record(
    db: &mut Db,
    id: NoticeId,
    state: DeliveryState,
    reply: &str,
    next_attempt_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notices SET state = $2, reply = $3, next_attempt_at = $4, changed_at = $5,
                            lease_owner = NULL, lease_until = NULL,
                            payload = CASE WHEN $2 = 'deferred' THEN payload ELSE '{}' END
         WHERE id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(reply)
        .bind(next_attempt_at)
        .bind(now)
    )?;
    Ok(())
}

/// Gives a claimed notice back.
pub async fn release(db: &mut Db, id: NoticeId, owner: Uuid) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notices SET lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND lease_owner = $2 AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(owner)
    )?;
    Ok(())
}

/// Takes what workers left behind, as [`super::deliveries::recover`] does.
pub async fn recover(db: &mut Db, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notices
         SET state = CASE WHEN state = 'sending' THEN 'uncertain' ELSE state END,
             lease_owner = NULL, lease_until = NULL, changed_at = $1
         WHERE lease_until < $1",
        )
        .bind(now)
    )?;
    Ok(())
}

/// How many notices wait or have failed, for the desk.
pub async fn counts(db: &mut Db) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as("SELECT state, COUNT(*) FROM notices GROUP BY state").fetch_all(c))
}

/// Drops notices that ended before `before`: addresses are not kept longer
/// than they are needed.
pub async fn sweep(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM notices
         WHERE changed_at < $1 AND state IN ('sent', 'failed', 'skipped', 'uncertain')",
        )
        .bind(before)
    )?;
    Ok(())
}

/// How many notices of a kind were queued since `since`.
pub async fn count_since(db: &mut Db, kind: NoticeKind, since: Timestamp) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM notices WHERE kind = $1 AND created_at >= $2",
    )
    .bind(kind)
    .bind(since)
    .fetch_one(c))
}

/// How many notices wait to go.
pub async fn waiting(db: &mut Db) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM notices WHERE state IN ('queued', 'deferred') AND lease_until IS NULL",
    )
    .fetch_one(c))
}
