//! Queries on the people whom imports have added as pending and who are still to be asked to
//! confirm.

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::{on, on_rows};
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{ImportId, SubscriberId};

/// Adds people who are to be asked.
pub async fn insert(db: &mut Db, import: ImportId, people: &[SubscriberId]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO import_confirmations (subscriber_id, import_id)
         SELECT CAST(r.value AS BIGINT), $2 FROM ",
        " WHERE TRUE ON CONFLICT (subscriber_id) DO NOTHING"
    );
    on!(db, TEXTS, people, import);
    Ok(())
}

/// Whether anybody is to be asked.
pub async fn is_waiting(db: &mut Db) -> Result<bool> {
    let one: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM import_confirmations LIMIT 1",
    )
    .fetch_optional(c))?;
    Ok(one.is_some())
}

/// How many people of an import are still to be asked.
pub async fn waiting_of(db: &mut Db, import: ImportId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM import_confirmations WHERE import_id = $1",
    )
    .bind(import)
    .fetch_one(c))
}

/// Takes up to `limit` of them, those of the oldest import first: they are not to be asked a
/// second time.
pub async fn take(db: &mut Db, limit: i64) -> Result<Vec<SubscriberId>> {
    run!(db, c => sqlx::query_scalar(
        "DELETE FROM import_confirmations WHERE subscriber_id IN (
             SELECT subscriber_id FROM import_confirmations
             ORDER BY import_id, subscriber_id LIMIT $1)
         RETURNING subscriber_id",
    )
    .bind(limit)
    .fetch_all(c))
}

/// Forgets the people of an import who were not asked yet; returns how many.
pub async fn forget(db: &mut Db, import: ImportId) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM import_confirmations WHERE import_id = $1").bind(import)
    )
}

/// Lets the time to confirm begin now for what a subscriber has pending.
pub async fn begin_time(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE subscriptions SET changed_at = $2
             WHERE subscriber_id = $1 AND state = 'pending'",
        )
        .bind(subscriber)
        .bind(now)
    )?;
    Ok(())
}
