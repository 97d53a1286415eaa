//! Queries on the times of posts' texts, and on copies of them.

use super::variants::VariantTimes;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::PostId;
use crate::text::locale::Language;

/// When a post's words were written in each language, and when they last changed.
pub async fn times(db: &mut Db, id: PostId) -> Result<Vec<VariantTimes>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, created_at, changed_at FROM post_variants WHERE post_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// Notes that a post's words in one language are up to date.
pub async fn touch(db: &mut Db, id: PostId, language: Language, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE post_variants SET changed_at = $3 WHERE post_id = $1 AND language = $2",
        )
        .bind(id)
        .bind(language)
        .bind(now)
    )?;
    Ok(())
}

/// Copies a post's words in every language to another post, with their times.
pub async fn copy(db: &mut Db, from: PostId, to: PostId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO post_variants (post_id, language, title, summary, body_markdown,
                                        body_html, html_version, first_picture, created_at,
                                        changed_at)
             SELECT CAST($2 AS BIGINT), language, title, summary, body_markdown,
                    body_html, html_version, first_picture, created_at, changed_at
             FROM post_variants WHERE post_id = $1",
        )
        .bind(from)
        .bind(to)
    )?;
    Ok(())
}

/// Sets a post's title in one language; the time of its words stays.
pub async fn set_title(db: &mut Db, id: PostId, language: Language, title: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE post_variants SET title = $3 WHERE post_id = $1 AND language = $2")
            .bind(id)
            .bind(language)
            .bind(title)
    )?;
    Ok(())
}
