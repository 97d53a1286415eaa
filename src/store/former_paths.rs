//! Queries on the paths that posts had in another system.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::PostId;
use crate::model::list::Slug;

/// Keeps a path of a post. One that leads to another post already stays there.
pub async fn insert(db: &mut Db, path: &str, post: PostId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO former_paths (path, post_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(path)
        .bind(post)
    )?;
    Ok(())
}

/// The public post that had this path.
pub async fn target(db: &mut Db, path: &str, now: Timestamp) -> Result<Option<Slug>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT p.slug FROM former_paths f JOIN posts p ON p.id = f.post_id
         WHERE f.path = $1 AND p.published_at <= $2",
    )
    .bind(path)
    .bind(now)
    .fetch_optional(c))
}

/// The paths that lead to a post.
pub async fn of_post(db: &mut Db, post: PostId) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT path FROM former_paths WHERE post_id = $1 ORDER BY path",
    )
    .bind(post)
    .fetch_all(c))
}
