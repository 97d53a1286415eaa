//! Queries on snippets: texts that others name and show.

use super::{Db, Result, execute, run, variants};
use crate::clock::Timestamp;
use crate::model::SnippetId;
use crate::text::locale::Language;

/// A snippet, without its text.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Snippet {
    pub id: SnippetId,
    /// By which texts name it.
    pub name: String,
    /// When it was last changed …
    pub changed_at: Timestamp,
    /// … and by whom.
    pub changed_by: String,
}

/// A snippet in one language.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SnippetText {
    pub language: Language,
    pub body_markdown: String,
}

/// Every snippet, by name.
pub async fn all(db: &mut Db) -> Result<Vec<Snippet>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, changed_at, changed_by FROM untrashed_snippets ORDER BY name",
    )
    .fetch_all(c))
}

/// A snippet by its number.
pub async fn by_id(db: &mut Db, id: SnippetId) -> Result<Option<Snippet>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, changed_at, changed_by FROM untrashed_snippets WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The snippet of this name.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<Snippet>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, changed_at, changed_by FROM untrashed_snippets WHERE name = $1",
    )
    .bind(name)
    .fetch_optional(c))
}

/// The text of a snippet in each language that it has.
pub async fn texts(db: &mut Db, id: SnippetId) -> Result<Vec<SnippetText>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, body_markdown FROM snippet_variants
         WHERE snippet_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}

/// The text of the snippet of this name; nothing where there is none.
pub async fn texts_of(db: &mut Db, name: &str) -> Result<Vec<SnippetText>> {
    run!(db, c => sqlx::query_as(
        "SELECT v.language, v.body_markdown
         FROM untrashed_snippets s JOIN snippet_variants v ON v.snippet_id = s.id
         WHERE s.name = $1 ORDER BY v.language",
    )
    .bind(name)
    .fetch_all(c))
}

/// The beginning of a snippet in one language.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Beginning {
    pub snippet_id: SnippetId,
    pub language: Language,
    /// Up to 200 characters of Markdown.
    pub text: String,
}

/// The beginnings of every snippet in each of its languages.
pub async fn beginnings(db: &mut Db) -> Result<Vec<Beginning>> {
    run!(db, c => sqlx::query_as(
        "SELECT v.snippet_id, v.language, substr(v.body_markdown, 1, 200) AS text
         FROM untrashed_snippets s JOIN snippet_variants v ON v.snippet_id = s.id
         ORDER BY v.snippet_id, v.language",
    )
    .fetch_all(c))
}

/// Makes a snippet without a text.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(db: &mut Db, name: &str, by: &str, now: Timestamp) -> Result<SnippetId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO snippets (name, changed_at, changed_by) VALUES ($1, $2, $3) RETURNING id",
    )
    .bind(name)
    .bind(now)
    .bind(by)
    .fetch_one(c))
}

/// Notes who has changed a snippet.
pub async fn touch(db: &mut Db, id: SnippetId, by: &str, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE snippets SET changed_at = $2, changed_by = $3 WHERE id = $1")
            .bind(id)
            .bind(now)
            .bind(by)
    )?;
    Ok(())
}

/// Replaces the text of a snippet in all languages.
pub async fn set_texts(db: &mut Db, id: SnippetId, texts: &[SnippetText]) -> Result<()> {
    let kept: Vec<Language> = texts.iter().map(|text| text.language).collect();
    execute!(
        db,
        sqlx::query(
            "DELETE FROM snippet_variants
             WHERE snippet_id = $1 AND $2 NOT LIKE '%,' || language || ',%'",
        )
        .bind(id)
        .bind(variants::among(&kept))
    )?;
    for text in texts {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO snippet_variants (snippet_id, language, body_markdown)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (snippet_id, language) DO UPDATE
                 SET body_markdown = excluded.body_markdown",
            )
            .bind(id)
            .bind(text.language)
            .bind(&text.body_markdown)
        )?;
    }
    Ok(())
}
