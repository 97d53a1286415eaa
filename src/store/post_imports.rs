//! Queries on imports of posts by the admin pages.

use serde_json::Value;
use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::PostImportId;
use crate::model::lease::Lease;
use crate::model::post_import::PostImportState;

/// An import of posts, without its file.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PostImport {
    /// Its id.
    pub id: PostImportId,
    /// The name the file had where it came from.
    pub file_name: String,
    /// Its state.
    pub state: PostImportState,
    /// The choices.
    #[sqlx(json)]
    pub options: Value,
    /// What would happen, and in the end what has happened.
    #[sqlx(json)]
    pub balance: Value,
    /// Posts looked at since it was run.
    pub posts_done: i64,
    /// Posts of the file.
    pub posts_total: i64,
    /// Why it failed.
    pub failure: String,
    /// Who uploaded the file.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was run.
    pub started_at: Option<Timestamp>,
}

const SELECT: &str = "SELECT id, file_name, state, options, balance, posts_done, posts_total,
            failure, created_by, created_at, started_at FROM post_imports";

/// What a check found.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The choices that it was made with.
    pub options: &'a Value,
    /// What would happen.
    pub balance: &'a Value,
    /// Posts of the file.
    pub posts: i64,
}

/// Adds an import whose file was checked.
pub async fn insert(
    db: &mut Db,
    file_name: &str,
    content: &[u8],
    checked: &Checked<'_>,
    by: &str,
    now: Timestamp,
) -> Result<PostImportId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO post_imports
             (file_name, state, content, options, balance, posts_total, created_by, created_at)
         VALUES ($1, 'checked', $2, $3, $4, $5, $6, $7) RETURNING id",
    )
    .bind(file_name)
    .bind(content)
    .bind(Json(checked.options))
    .bind(Json(checked.balance))
    .bind(checked.posts)
    .bind(by)
    .bind(now)
    .fetch_one(c))
}

/// Keeps another check of an import that has not been run.
pub async fn set_checked(db: &mut Db, id: PostImportId, checked: &Checked<'_>) -> Result<bool> {
    let changed = execute!(
        db,
        sqlx::query(
            "UPDATE post_imports SET options = $2, balance = $3, posts_total = $4
             WHERE id = $1 AND state = 'checked'",
        )
        .bind(id)
        .bind(Json(checked.options))
        .bind(Json(checked.balance))
        .bind(checked.posts)
    )?;
    Ok(changed > 0)
}

/// The latest imports, newest first.
pub async fn latest(db: &mut Db, limit: i64) -> Result<Vec<PostImport>> {
    let text = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY id DESC LIMIT $1"));
    run!(db, c => sqlx::query_as(text).bind(limit).fetch_all(c))
}

/// One import.
pub async fn by_id(db: &mut Db, id: PostImportId) -> Result<Option<PostImport>> {
    let text = sqlx::AssertSqlSafe(format!("{SELECT} WHERE id = $1"));
    run!(db, c => sqlx::query_as(text).bind(id).fetch_optional(c))
}

/// The file of an import that has not ended.
pub async fn content(db: &mut Db, id: PostImportId) -> Result<Option<Vec<u8>>> {
    let found: Option<Option<Vec<u8>>> = run!(db, c => sqlx::query_scalar(
        "SELECT content FROM post_imports WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(found.flatten())
}

/// Lets a checked import run; `false` where it is in another state.
pub async fn start(db: &mut Db, id: PostImportId, now: Timestamp) -> Result<bool> {
    let changed = execute!(
        db,
        sqlx::query(
            "UPDATE post_imports SET state = 'running', posts_done = 0, started_at = $2
             WHERE id = $1 AND state = 'checked'",
        )
        .bind(id)
        .bind(now)
    )?;
    Ok(changed > 0)
}

/// Whether an import waits for a process.
pub async fn is_waiting(db: &mut Db, now: Timestamp) -> Result<bool> {
    let one: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM post_imports
         WHERE state = 'running' AND (lease_until IS NULL OR lease_until < $1) LIMIT 1",
    )
    .bind(now)
    .fetch_optional(c))?;
    Ok(one.is_some())
}

/// Leases the oldest import that waits.
pub async fn claim(db: &mut Db, lease: &Lease) -> Result<Option<PostImportId>> {
    run!(db, c => sqlx::query_scalar(
        "UPDATE post_imports SET lease_owner = $1, lease_until = $2
         WHERE id = (SELECT id FROM post_imports
                     WHERE state = 'running' AND (lease_until IS NULL OR lease_until < $3)
                     ORDER BY id LIMIT 1)
           AND state = 'running' AND (lease_until IS NULL OR lease_until < $3)
         RETURNING id",
    )
    .bind(lease.owner)
    .bind(lease.until)
    .bind(lease.taken_at)
    .fetch_optional(c))
}

/// Keeps the progress of a run and renews its lease; `false` where it is another process's.
pub async fn advance(db: &mut Db, id: PostImportId, lease: &Lease, done: i64) -> Result<bool> {
    let changed = execute!(
        db,
        sqlx::query(
            "UPDATE post_imports SET posts_done = $3, lease_until = $4
             WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(lease.owner)
        .bind(done)
        .bind(lease.until)
    )?;
    Ok(changed > 0)
}

/// How a run has ended.
#[derive(Debug)]
pub struct Ended<'a> {
    /// What has happened; `None` leaves the check's.
    pub balance: Option<Value>,
    /// Why it failed; empty where it did not.
    pub failure: &'a str,
}

/// Ends a run and drops its file; `false` where it is another process's.
pub async fn finish(
    db: &mut Db,
    id: PostImportId,
    lease: &Lease,
    ended: &Ended<'_>,
) -> Result<bool> {
    let state = match ended.failure {
        "" => PostImportState::Finished,
        _ => PostImportState::Failed,
    };
    let changed = execute!(
        db,
        sqlx::query(
            "UPDATE post_imports
             SET state = $3, failure = $4, balance = COALESCE($5, balance), content = NULL,
                 lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(lease.owner)
        .bind(state)
        .bind(ended.failure)
        .bind(ended.balance.as_ref().map(Json))
    )?;
    Ok(changed > 0)
}

/// Deletes an import that is not running.
pub async fn delete(db: &mut Db, id: PostImportId) -> Result<bool> {
    let changed = execute!(
        db,
        sqlx::query("DELETE FROM post_imports WHERE id = $1 AND state <> 'running'").bind(id)
    )?;
    Ok(changed > 0)
}

/// Deletes imports that were checked before `then` and never run.
pub async fn delete_abandoned(db: &mut Db, then: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM post_imports WHERE state = 'checked' AND created_at < $1")
            .bind(then)
    )
}
