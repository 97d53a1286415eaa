//! Queries on what posts said before, and on what was typed and not saved.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{PostId, UserId};

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

/// What somebody typed into the editor of a post and has not saved.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Unsaved {
    /// When it was typed.
    pub at: Timestamp,
    /// The editor's fields, as a form is sent.
    pub form: String,
}

/// Keeps what was typed; `post` is row 0 for a new post.
pub async fn keep_unsaved(
    db: &mut Db,
    user: UserId,
    post: PostId,
    form: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO post_autosaves (user_id, post_id, at, form) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, post_id) DO UPDATE SET at = excluded.at, form = excluded.form",
        )
        .bind(user)
        .bind(post)
        .bind(now)
        .bind(form)
    )?;
    Ok(())
}

/// What was typed and not saved.
pub async fn unsaved(db: &mut Db, user: UserId, post: PostId) -> Result<Option<Unsaved>> {
    run!(db, c => sqlx::query_as(
        "SELECT at, form FROM post_autosaves WHERE user_id = $1 AND post_id = $2",
    )
    .bind(user)
    .bind(post)
    .fetch_optional(c))
}

/// Forgets what was typed.
pub async fn drop_unsaved(db: &mut Db, user: UserId, post: PostId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM post_autosaves WHERE user_id = $1 AND post_id = $2")
            .bind(user)
            .bind(post)
    )?;
    Ok(())
}
