//! Queries on what posts said before.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::PostId;

/// What a post said when it was saved.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Revision {
    /// Its id.
    pub id: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it; empty where it was not saved in the admin.
    pub actor: String,
    /// The post, as JSON.
    pub edition: String,
}

/// Adds a revision.
pub async fn insert(
    db: &mut Db,
    post: PostId,
    at: Timestamp,
    actor: &str,
    edition: &str,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO post_revisions (post_id, at, actor, edition) VALUES ($1, $2, $3, $4)",
        )
        .bind(post)
        .bind(at)
        .bind(actor)
        .bind(edition)
    )?;
    Ok(())
}

/// The last `limit` revisions of a post, newest first.
pub async fn last(db: &mut Db, post: PostId, limit: i64) -> Result<Vec<Revision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edition FROM post_revisions
         WHERE post_id = $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(post)
    .bind(limit)
    .fetch_all(c))
}

/// One revision of a post.
pub async fn by_id(db: &mut Db, post: PostId, id: i64) -> Result<Option<Revision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edition FROM post_revisions WHERE post_id = $1 AND id = $2",
    )
    .bind(post)
    .bind(id)
    .fetch_optional(c))
}

/// The revision of a post as it was saved at this moment.
pub async fn saved_at(db: &mut Db, post: PostId, at: Timestamp) -> Result<Option<Revision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edition FROM post_revisions
         WHERE post_id = $1 AND at = $2 ORDER BY id DESC LIMIT 1",
    )
    .bind(post)
    .bind(at)
    .fetch_optional(c))
}

/// The last revision of a post at this moment or before it.
pub async fn at_or_before(db: &mut Db, post: PostId, at: Timestamp) -> Result<Option<Revision>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, at, actor, edition FROM post_revisions
         WHERE post_id = $1 AND at <= $2 ORDER BY at DESC, id DESC LIMIT 1",
    )
    .bind(post)
    .bind(at)
    .fetch_optional(c))
}

/// Drops all but the last `kept` revisions of a post.
pub async fn trim(db: &mut Db, post: PostId, kept: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM post_revisions WHERE post_id = $1 AND id NOT IN (
                 SELECT id FROM post_revisions WHERE post_id = $1 ORDER BY id DESC LIMIT $2)",
        )
        .bind(post)
        .bind(kept)
    )?;
    Ok(())
}
