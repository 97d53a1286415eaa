//! Queries on the welcome emails of lists.

use super::{Db, Result, execute, run, variants};
use crate::model::ListId;
use crate::text::locale::Language;

/// The welcome email of a list in one language.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WelcomeText {
    /// The language.
    pub language: Language,
    /// The subject, with merge tags.
    pub subject: String,
    /// What inboxes show after the subject, with merge tags; empty for the text of the site.
    pub preheader: String,
    /// Markdown with merge tags.
    pub body: String,
}

/// The welcome email of a list in each language that it is written in.
pub async fn of_list(db: &mut Db, list: ListId) -> Result<Vec<WelcomeText>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, subject, preheader, body FROM list_welcomes
         WHERE list_id = $1 ORDER BY language",
    )
    .bind(list)
    .fetch_all(c))
}

/// Sets the welcome email of a list: these texts in place of those it had.
pub async fn set(db: &mut Db, list: ListId, texts: &[WelcomeText]) -> Result<()> {
    let kept: Vec<Language> = texts.iter().map(|text| text.language).collect();
    execute!(
        db,
        sqlx::query(
            "DELETE FROM list_welcomes WHERE list_id = $1 AND $2 NOT LIKE '%,' || language || ',%'",
        )
        .bind(list)
        .bind(variants::among(&kept))
    )?;
    for text in texts {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO list_welcomes (list_id, language, subject, preheader, body)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (list_id, language) DO UPDATE
                 SET subject = excluded.subject, preheader = excluded.preheader,
                     body = excluded.body",
            )
            .bind(list)
            .bind(text.language)
            .bind(&text.subject)
            .bind(&text.preheader)
            .bind(&text.body)
        )?;
    }
    Ok(())
}
