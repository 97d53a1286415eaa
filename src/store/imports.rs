//! Queries on imports: their files in pieces, their progress, and the rows that
//! could not be taken.

use serde_json::Value;
use sqlx::types::Json;

use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::import::ImportState;
use crate::model::lease::Lease;
use crate::model::list::ListSlug;
use crate::model::{ImportId, ListId};

/// An import as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The list it fills.
    pub list: ListSlug,
    /// The name the file had where it came from.
    pub file_name: String,
    /// Which column holds what.
    #[sqlx(json)]
    pub columns: Value,
    /// Its state.
    pub state: ImportState,
    /// Who brought it.
    pub created_by: String,
    /// Rows looked at in this state.
    pub rows_done: i64,
    /// Rows of the file, once they were counted.
    pub rows_total: i64,
    /// Subscribers that were not there before.
    pub added: i64,
    /// Subscribers that were.
    pub known: i64,
    /// Rejected rows.
    pub rejected: i64,
    /// Addresses that are never mailed.
    pub suppressed: i64,
    /// Why it failed.
    pub failure: String,
    /// Whether webhooks are notified of each subscription.
    pub announces_each: bool,
    /// When the file came.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

const SELECT: &str = "SELECT i.id, l.slug AS list, i.file_name, i.columns, i.state, i.created_by,
            i.rows_done, i.rows_total, i.added, i.known, i.rejected, i.suppressed, i.failure,
            i.announces_each, i.created_at, i.changed_at
     FROM imports i JOIN lists l ON l.id = i.list_id";

/// Adds an import, without its file.
pub async fn insert(
    db: &mut Db,
    list: ListId,
    file_name: &str,
    columns: &Value,
    by: &str,
    now: Timestamp,
) -> Result<ImportId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO imports (list_id, file_name, columns, state, created_by, created_at, changed_at)
         VALUES ($1, $2, $3, 'uploaded', $4, $5, $5) RETURNING id",
    )
    .bind(list)
    .bind(file_name)
    .bind(Json(columns))
    .bind(by)
    .bind(now)
    .fetch_one(c))
}

/// Adds the next piece of an import's file.
pub async fn insert_chunk(db: &mut Db, id: ImportId, number: i64, content: &[u8]) -> Result<()> {
    execute!(
        db,
        sqlx::query("INSERT INTO import_chunks (import_id, number, content) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(number)
            .bind(content)
    )?;
    Ok(())
}

/// A piece of an import's file; `None` after the last.
pub async fn chunk(db: &mut Db, id: ImportId, number: i64) -> Result<Option<Vec<u8>>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT content FROM import_chunks WHERE import_id = $1 AND number = $2",
    )
    .bind(id)
    .bind(number)
    .fetch_optional(c))
}

/// Drops an import's file.
pub async fn drop_chunks(db: &mut Db, id: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM import_chunks WHERE import_id = $1").bind(id)
    )?;
    Ok(())
}

/// The import of this number.
pub async fn by_id(db: &mut Db, id: ImportId) -> Result<Option<Import>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE i.id = $1"));
    run!(db, c => sqlx::query_as(sql).bind(id).fetch_optional(c))
}

/// The last `limit` imports, newest first.
pub async fn latest(db: &mut Db, limit: i64) -> Result<Vec<Import>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY i.id DESC LIMIT $1"));
    run!(db, c => sqlx::query_as(sql).bind(limit).fetch_all(c))
}

/// Sets which column holds what, and whether webhooks are notified of each
/// subscription.
pub async fn set_columns(
    db: &mut Db,
    id: ImportId,
    columns: &Value,
    announces_each: bool,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE imports SET columns = $2, announces_each = $3 WHERE id = $1")
            .bind(id)
            .bind(Json(columns))
            .bind(announces_each)
    )?;
    Ok(())
}

/// Moves an import; `false` where somebody else moved it first. Work begins at
/// the first row of each state.
pub async fn set_state(
    db: &mut Db,
    id: ImportId,
    from: ImportState,
    to: ImportState,
    failure: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE imports SET state = $3, failure = $4, changed_at = $5,
                lease_owner = NULL, lease_until = NULL,
                rows_done = CASE WHEN $3 IN ('checking', 'running') THEN 0 ELSE rows_done END
             WHERE id = $1 AND state = $2",
        )
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(failure)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Whether an import waits for work.
pub async fn is_waiting(db: &mut Db, now: Timestamp) -> Result<bool> {
    let one: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT id FROM imports
         WHERE state IN ('checking', 'running') AND (lease_until IS NULL OR lease_until < $1)
         LIMIT 1",
    )
    .bind(now)
    .fetch_optional(c))?;
    Ok(one.is_some())
}

/// Leases an import that waits for work.
pub async fn claim(db: &mut Db, lease: &Lease) -> Result<Option<ImportId>> {
    run!(db, c => sqlx::query_scalar(
        "UPDATE imports SET lease_owner = $1, lease_until = $2
         WHERE id = (SELECT id FROM imports
                     WHERE state IN ('checking', 'running')
                       AND (lease_until IS NULL OR lease_until < $3)
                     ORDER BY id LIMIT 1)
           AND state IN ('checking', 'running') AND (lease_until IS NULL OR lease_until < $3)
         RETURNING id",
    )
    .bind(lease.owner)
    .bind(lease.until)
    .bind(lease.taken_at)
    .fetch_optional(c))
}

/// What a slice of rows came to.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Rows looked at.
    pub rows: i64,
    /// Subscribers that were not there before.
    pub added: i64,
    /// Subscribers that were.
    pub known: i64,
    /// Addresses that are never mailed.
    pub suppressed: i64,
    /// Rejected rows: line and reason.
    pub rejected: Vec<(u64, String)>,
}

/// Adds a slice's progress and renews the lease; `false` where it is another's or
/// the import in another state, and the slice must not count. Of rejected
/// rows about `kept` are named, the others counted.
pub async fn advance(
    db: &mut Db,
    id: ImportId,
    lease: &Lease,
    state: ImportState,
    progress: &Progress,
    kept: i64,
) -> Result<bool> {
    let held = execute!(
        db,
        sqlx::query(
            "UPDATE imports SET rows_done = rows_done + $4, added = added + $5, known = known + $6,
                                suppressed = suppressed + $7, rejected = rejected + $8, lease_until = $9
             WHERE id = $1 AND lease_owner = $2 AND state = $3",
        )
        .bind(id)
        .bind(lease.owner)
        .bind(state)
        .bind(progress.rows)
        .bind(progress.added)
        .bind(progress.known)
        .bind(progress.suppressed)
        .bind(i64::try_from(progress.rejected.len()).unwrap_or(i64::MAX))
        .bind(lease.until)
    )?;
    for (line, reason) in &progress.rejected {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO import_rejected_rows (import_id, line, reason)
                 SELECT id, CAST($2 AS BIGINT), CAST($3 AS TEXT) FROM imports
                 WHERE id = $1 AND rejected <= $4
                 ON CONFLICT (import_id, line) DO NOTHING",
            )
            .bind(id)
            .bind(i64::try_from(*line).unwrap_or(i64::MAX))
            .bind(reason)
            .bind(kept)
        )?;
    }
    Ok(held == 1)
}

/// Forgets what an earlier look at the file came to.
pub async fn reset(db: &mut Db, id: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET rows_done = 0, added = 0, known = 0, suppressed = 0, rejected = 0
             WHERE id = $1",
        )
        .bind(id)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM import_rejected_rows WHERE import_id = $1").bind(id)
    )?;
    Ok(())
}

/// Keeps the number of rows that the file has.
pub async fn set_total(db: &mut Db, id: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE imports SET rows_total = rows_done WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Up to `limit` rows that cannot be taken, after line `after`.
pub async fn rejected_rows(
    db: &mut Db,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT line, reason FROM import_rejected_rows
         WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3",
    )
    .bind(id)
    .bind(after)
    .bind(limit)
    .fetch_all(c))
}

/// Gives up imports that nobody went on with since `before`, and their files.
pub async fn give_up(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET state = 'cancelled'
             WHERE state IN ('uploaded', 'checked') AND changed_at < $1",
        )
        .bind(before)
    )?;
    execute!(
        db,
        sqlx::query(
            "DELETE FROM import_chunks WHERE import_id IN (
                 SELECT id FROM imports WHERE state IN ('finished', 'failed', 'cancelled'))",
        )
    )?;
    Ok(())
}

/// Those of `keys` that are subscribers', and those that are suppressed.
pub async fn standing(db: &mut Db, keys: &[String]) -> Result<(Vec<String>, Vec<String>)> {
    let known = among(
        db,
        keys,
        "SELECT email_key FROM subscribers WHERE email_key IN (SELECT value FROM json_each($1))",
        "SELECT email_key FROM subscribers WHERE email_key = ANY($1)",
    );
    let known = known.await?;
    let suppressed = among(
        db,
        keys,
        "SELECT value FROM json_each($1) AS k
         WHERE EXISTS (SELECT 1 FROM suppressions p WHERE p.email_key IN
                           (k.value, substr(k.value, instr(k.value, '@'))))",
        "SELECT k FROM UNNEST($1::TEXT[]) AS k
         WHERE EXISTS (SELECT 1 FROM suppressions p WHERE p.email_key IN
                           (k, substr(k, instr(k, '@'))))",
    );
    Ok((known, suppressed.await?))
}

async fn among(
    db: &mut Db,
    keys: &[String],
    sqlite: &'static str,
    postgres: &'static str,
) -> Result<Vec<String>> {
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            let found = sqlx::query_scalar(sqlite).bind(Json(keys)).fetch_all(c);
            found.await?
        }
        Connection::Postgres(c) => sqlx::query_scalar(postgres).bind(keys).fetch_all(c).await?,
    })
}
