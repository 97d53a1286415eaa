//! Queries on where imported posts come from.

use super::{Db, Result, StoreError, execute, run};
use crate::clock::Timestamp;
use crate::model::PostId;
use crate::model::post_import::PostSystem;

/// Where a post comes from.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PostOrigin {
    /// The system.
    pub system: PostSystem,
    /// The id of the post there.
    pub former_id: String,
    /// The post.
    pub post_id: PostId,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// When an import last wrote it.
    pub written_at: Timestamp,
    /// `updated_at` of the post as the import wrote it.
    pub version: Timestamp,
}

const SELECT: &str =
    "SELECT system, former_id, post_id, imported_at, written_at, version FROM post_origins";

/// Keeps where a post comes from. A post in the trash that came from there no longer does.
///
/// # Errors
/// [`Exists`](StoreError::Exists) where a post with this id was imported already.
pub async fn insert(db: &mut Db, origin: &PostOrigin) -> Result<()> {
    let kept = execute!(
        db,
        sqlx::query(
            "INSERT INTO post_origins AS o
                 (system, former_id, post_id, imported_at, written_at, version)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (system, former_id) DO UPDATE
             SET post_id = excluded.post_id, imported_at = excluded.imported_at,
                 written_at = excluded.written_at, version = excluded.version
             WHERE o.post_id NOT IN (SELECT id FROM untrashed_posts)",
        )
        .bind(origin.system)
        .bind(&origin.former_id)
        .bind(origin.post_id)
        .bind(origin.imported_at)
        .bind(origin.written_at)
        .bind(origin.version)
    )?;
    if kept == 0 {
        return Err(StoreError::Exists);
    }
    Ok(())
}

/// Notes that an import has written a post again.
pub async fn set_written(db: &mut Db, origin: &PostOrigin, at: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE post_origins SET written_at = $3, version = $3
             WHERE system = $1 AND former_id = $2",
        )
        .bind(origin.system)
        .bind(&origin.former_id)
        .bind(at)
    )?;
    Ok(())
}

/// The post that had this id in another system, unless it is in the trash.
pub async fn by_former_id(
    db: &mut Db,
    system: PostSystem,
    former_id: &str,
) -> Result<Option<PostOrigin>> {
    let text = sqlx::AssertSqlSafe(format!(
        "{SELECT} WHERE system = $1 AND former_id = $2
           AND post_id IN (SELECT id FROM untrashed_posts)"
    ));
    run!(db, c => sqlx::query_as(text).bind(system).bind(former_id).fetch_optional(c))
}

/// Where a post comes from; `None` for one that was written here.
pub async fn of_post(db: &mut Db, id: PostId) -> Result<Option<PostOrigin>> {
    let text = sqlx::AssertSqlSafe(format!(
        "{SELECT} WHERE post_id = $1 ORDER BY imported_at LIMIT 1"
    ));
    run!(db, c => sqlx::query_as(text).bind(id).fetch_optional(c))
}

/// The posts that were imported, the last published first.
pub async fn newest(db: &mut Db, limit: i64) -> Result<Vec<PostId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT p.id FROM post_origins o JOIN untrashed_posts p ON p.id = o.post_id
         WHERE p.published_at IS NOT NULL ORDER BY p.published_at DESC, p.id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))
}
