//! Queries on comments.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::shared_text::SharedText;
use crate::model::{CommentId, UserId};

/// A comment with who wrote it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Comment {
    pub id: CommentId,
    /// The first comment of its thread; `None` for that one.
    pub thread_id: Option<CommentId>,
    /// `None` once the user is deleted.
    pub author_id: Option<UserId>,
    /// The address of the author.
    pub author: Option<String>,
    pub at: Timestamp,
    /// Empty once it is deleted and others have answered.
    pub text: String,
    /// The language of the block; empty for a comment on all of it, and for answers.
    pub language: String,
    /// A digest of the block.
    pub block_digest: String,
    /// The place of the block in its text.
    pub block_at: i64,
    /// The first words of the block.
    pub quote: String,
    /// When the thread was resolved.
    pub resolved_at: Option<Timestamp>,
    /// The address of who resolved it.
    pub resolved_by: Option<String>,
}

/// A comment to add.
#[derive(Debug, Clone)]
pub struct NewComment<'a> {
    pub about: SharedText,
    pub thread: Option<CommentId>,
    pub author: UserId,
    pub text: &'a str,
    pub language: &'a str,
    pub block_digest: &'a str,
    pub block_at: i64,
    pub quote: &'a str,
}

/// Adds a comment.
pub async fn insert(db: &mut Db, new: &NewComment<'_>, now: Timestamp) -> Result<CommentId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO comments (post_id, campaign_id, thread_id, author_id, at, text, language,
                               block_digest, block_at, quote)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
    )
    .bind(new.about.post())
    .bind(new.about.campaign())
    .bind(new.thread)
    .bind(new.author)
    .bind(now)
    .bind(new.text)
    .bind(new.language)
    .bind(new.block_digest)
    .bind(new.block_at)
    .bind(new.quote)
    .fetch_one(c))
}

/// Every comment on a text, in the order in which they were written.
pub async fn of(db: &mut Db, about: SharedText) -> Result<Vec<Comment>> {
    run!(db, c => sqlx::query_as(
        "SELECT m.id, m.thread_id, m.author_id, u.email AS author, m.at, m.text, m.language,
                m.block_digest, m.block_at, m.quote, m.resolved_at, r.email AS resolved_by
         FROM comments m
         LEFT JOIN users u ON u.id = m.author_id
         LEFT JOIN users r ON r.id = m.resolved_by
         WHERE m.post_id = $1 OR m.campaign_id = $2
         ORDER BY m.id",
    )
    .bind(about.post())
    .bind(about.campaign())
    .fetch_all(c))
}

/// Resolves a thread, or with `None` opens it again.
pub async fn set_resolved(
    db: &mut Db,
    thread: CommentId,
    resolved: Option<(Timestamp, UserId)>,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE comments SET resolved_at = $2, resolved_by = $3 WHERE id = $1")
            .bind(thread)
            .bind(resolved.map(|(at, _)| at))
            .bind(resolved.map(|(_, by)| by))
    )?;
    Ok(())
}

/// Deletes a comment.
pub async fn delete(db: &mut Db, id: CommentId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM comments WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Deletes the text of a comment that others have answered.
pub async fn clear(db: &mut Db, id: CommentId) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE comments SET text = '' WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Every user, to find those who are mentioned.
pub async fn users(db: &mut Db) -> Result<Vec<(UserId, String)>> {
    run!(db, c => sqlx::query_as("SELECT id, email FROM users ORDER BY id").fetch_all(c))
}
