//! Queries on text overrides.

use super::{Db, Result, execute, run};
use crate::text::locale::Language;

/// An override of one text.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WordsRow {
    /// On which list; 0 for all.
    pub list_id: i64,
    /// In which language.
    pub language: Language,
    /// Which text it replaces.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Those of pages and emails of visitors and subscribers: not those of the admin pages, of which
/// a translation has thousands.
pub async fn of_readers(db: &mut Db) -> Result<Vec<WordsRow>> {
    run!(db, c => sqlx::query_as("SELECT list_id, language, name, text FROM text_overrides
                                    WHERE name NOT LIKE 'admin-%'
                                    ORDER BY list_id, language, name")
        .fetch_all(c))
}

/// Those of one language on all lists.
pub async fn of_language(db: &mut Db, language: Language) -> Result<Vec<WordsRow>> {
    run!(db, c => sqlx::query_as("SELECT list_id, language, name, text FROM text_overrides
                                    WHERE list_id = 0 AND language = $1 ORDER BY name")
        .bind(language)
        .fetch_all(c))
}

/// The languages that there are any in.
pub async fn languages(db: &mut Db) -> Result<Vec<Language>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT language FROM text_overrides ORDER BY language",
    )
    .fetch_all(c))
}

/// All of them.
pub async fn all(db: &mut Db) -> Result<Vec<WordsRow>> {
    run!(db, c => sqlx::query_as("SELECT list_id, language, name, text FROM text_overrides
                                    ORDER BY list_id, language, name")
        .fetch_all(c))
}

/// Sets the override of a text.
pub async fn set(db: &mut Db, row: &WordsRow) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO text_overrides (list_id, language, name, text) VALUES ($1, $2, $3, $4)
         ON CONFLICT (list_id, language, name) DO UPDATE SET text = excluded.text",
        )
        .bind(row.list_id)
        .bind(row.language)
        .bind(&row.name)
        .bind(&row.text)
    )?;
    Ok(())
}

/// Restores the built-in text.
pub async fn delete(db: &mut Db, list_id: i64, language: Language, name: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM text_overrides WHERE list_id = $1 AND language = $2 AND name = $3"
        )
        .bind(list_id)
        .bind(language)
        .bind(name)
    )?;
    Ok(())
}
