//! The HTML of posts' texts, as long as it is that of the stored Markdown.

use super::posts::Variant;
use super::{Db, Result, execute, run};
use crate::model::PostId;

/// What is kept of a text of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// The HTML that this version of the program has made of just this text.
    Html(String),
    /// This text, and no HTML or that of another version.
    Markdown,
    /// Another text, or none.
    Other,
}

/// What is kept of a text of a post.
pub async fn kept(db: &mut Db, id: PostId, variant: &Variant, version: i64) -> Result<Kept> {
    let found: Option<Option<String>> = run!(db, c => sqlx::query_scalar(
        "SELECT CASE WHEN html_version = $3 THEN body_html END FROM post_variants
         WHERE post_id = $1 AND language = $2 AND body_markdown = $4",
    )
    .bind(id)
    .bind(variant.language)
    .bind(version)
    .bind(&variant.body_markdown)
    .fetch_optional(c))?;
    Ok(match found {
        Some(Some(html)) => Kept::Html(html),
        Some(None) => Kept::Markdown,
        None => Kept::Other,
    })
}

/// Keeps a post's text as HTML and the file name of the first picture in it, as long as it is
/// still the text it was made of.
pub async fn set_html(
    db: &mut Db,
    id: PostId,
    variant: &Variant,
    (html, first_picture): (&str, &str),
    version: i64,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE post_variants SET body_html = $4, html_version = $5, first_picture = $6
             WHERE post_id = $1 AND language = $2 AND body_markdown = $3",
        )
        .bind(id)
        .bind(variant.language)
        .bind(&variant.body_markdown)
        .bind(html)
        .bind(version)
        .bind(first_picture)
    )?;
    Ok(())
}

/// Up to `limit` texts of posts that this version of the program has not made
/// HTML of.
pub async fn without_html(db: &mut Db, version: i64, limit: i64) -> Result<Vec<(PostId, Variant)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        post_id: PostId,
        #[sqlx(flatten)]
        variant: Variant,
    }
    let rows: Vec<Row> = run!(db, c => sqlx::query_as(
        "SELECT post_id, language, title, summary, body_markdown FROM post_variants
         WHERE html_version <> $1 ORDER BY post_id DESC, language LIMIT $2",
    )
    .bind(version)
    .bind(limit)
    .fetch_all(c))?;
    let pair = |row: Row| (row.post_id, row.variant);
    Ok(rows.into_iter().map(pair).collect())
}
