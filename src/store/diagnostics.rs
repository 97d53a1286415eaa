//! Queries about the database itself, and about work that does not go on.

use super::connect::Connection;
use super::{Db, Engine, Result, Store, run};
use crate::clock::Timestamp;

/// The version of the database, such as `SQLite 3.50.4`.
pub async fn version(db: &mut Db) -> Result<String> {
    let statement = match db.engine() {
        Engine::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
        Engine::Postgres => "SELECT 'PostgreSQL ' || current_setting('server_version')",
    };
    run!(db, c => sqlx::query_scalar(statement).fetch_one(c))
}

/// Bytes of the database.
pub async fn size(db: &mut Db) -> Result<u64> {
    let statement = match db.engine() {
        Engine::Sqlite => {
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        }
        Engine::Postgres => "SELECT pg_database_size(current_database())",
    };
    let size: i64 = run!(db, c => sqlx::query_scalar(statement).fetch_one(c))?;
    Ok(size.max(0) as u64)
}

/// What SQLite finds wrong with its file; `None` if nothing is. It reads the whole file.
pub async fn sqlite_damage(store: &Store) -> Result<Option<String>> {
    let mut db = store.read().await?;
    let found: String = run!(db, c => sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(c))?;
    Ok((found != "ok").then_some(found))
}

/// Whether PostgreSQL checks its pages when it reads them; `None` for SQLite.
pub async fn has_page_checksums(db: &mut Db) -> Result<Option<bool>> {
    match db.connection() {
        Connection::Sqlite(_) => Ok(None),
        Connection::Postgres(c) => {
            let is_on: String = sqlx::query_scalar("SELECT current_setting('data_checksums')")
                .fetch_one(c)
                .await?;
            Ok(Some(is_on == "on"))
        }
    }
}

/// The clock of PostgreSQL's machine; `None` for SQLite, which has that of this machine.
pub async fn clock(db: &mut Db) -> Result<Option<Timestamp>> {
    match db.connection() {
        Connection::Sqlite(_) => Ok(None),
        Connection::Postgres(c) => Ok(Some(
            sqlx::query_scalar(
                "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            )
            .fetch_one(c)
            .await?,
        )),
    }
}

/// When the newest of the things was done that are recorded all the time.
pub async fn newest_record(db: &mut Db) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(at) FROM (
             SELECT MAX(at) AS at FROM audit_records
             UNION ALL SELECT MAX(created_at) FROM transactional_emails
             UNION ALL SELECT MAX(updated_at) FROM campaigns) newest",
    )
    .fetch_one(c))
}

/// How much should have been done by now, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Overdue {
    pub count: i64,
    pub oldest: Option<Timestamp>,
}

/// Transactional emails that were due before `before` and are not leased.
pub async fn overdue_emails(db: &mut Db, before: Timestamp) -> Result<Overdue> {
    run!(db, c => sqlx::query_as(
        "SELECT COUNT(*) AS count, MIN(next_attempt_at) AS oldest FROM transactional_emails
         WHERE state IN ('queued', 'deferred') AND lease_until IS NULL AND next_attempt_at < $1",
    )
    .bind(before)
    .fetch_one(c))
}

/// Webhook calls that were due before `before`.
pub async fn overdue_webhooks(db: &mut Db, before: Timestamp) -> Result<Overdue> {
    run!(db, c => sqlx::query_as(
        "SELECT COUNT(*) AS count, MIN(next_attempt_at) AS oldest FROM webhook_deliveries
         WHERE state = 'queued' AND next_attempt_at < $1",
    )
    .bind(before)
    .fetch_one(c))
}

/// Leases that ended before `before` and that nobody has taken back.
pub async fn expired_leases(db: &mut Db, before: Timestamp) -> Result<Overdue> {
    run!(db, c => sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS count, MIN(oldest) AS oldest FROM (
             SELECT COUNT(*) AS count, MIN(lease_until) AS oldest FROM deliveries
             WHERE lease_until < $1
             UNION ALL SELECT COUNT(*), MIN(lease_until) FROM delivery_slices
             WHERE lease_owner IS NOT NULL AND lease_until < $1
             UNION ALL SELECT COUNT(*), MIN(lease_until) FROM transactional_emails
             WHERE lease_until < $1) leases",
    )
    .bind(before)
    .fetch_one(c))
}

/// Returned emails that wait for a person.
pub async fn set_aside(db: &mut Db) -> Result<i64> {
    run!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM failed_inbound_mails").fetch_one(c))
}
