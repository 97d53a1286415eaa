//! Queries on the paths that posts had in another system.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::PostId;
use crate::model::list::Slug;

/// Keeps a path of a post. One that leads to another post already stays there, unless that is
/// in the trash.
pub async fn insert(db: &mut Db, path: &str, post: PostId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO former_paths AS f (path, post_id) VALUES ($1, $2)
             ON CONFLICT (path) DO UPDATE SET post_id = excluded.post_id
             WHERE f.post_id NOT IN (SELECT id FROM untrashed_posts)",
        )
        .bind(path)
        .bind(post)
    )?;
    Ok(())
}

/// The public post that had this path.
pub async fn target(db: &mut Db, path: &str, now: Timestamp) -> Result<Option<Slug>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT p.slug FROM former_paths f JOIN untrashed_posts p ON p.id = f.post_id
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
