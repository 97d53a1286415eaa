//! Queries on what started campaigns say.

use super::{Db, Result, execute, run};
use crate::model::CampaignId;
use crate::model::calendar::StoredPart;
use crate::text::locale::Language;

/// What a campaign says in one language: rendered, with personal parts open.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Rendering {
    /// The language.
    pub language: Language,
    /// The subject's template.
    pub subject: String,
    /// The sender's name; empty for that of the sender.
    pub from_name: String,
    /// The HTML part's template.
    pub html: String,
    /// The plain text part's template.
    pub text: String,
    /// What it brings to calendars.
    #[sqlx(try_from = "String")]
    pub calendar: StoredPart,
}

/// Keeps what the campaign says, once and for all.
pub async fn insert(db: &mut Db, id: CampaignId, rendering: &Rendering) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_renderings
                 (campaign_id, language, subject, from_name, html, text, calendar)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(rendering.language)
        .bind(&rendering.subject)
        .bind(&rendering.from_name)
        .bind(&rendering.html)
        .bind(&rendering.text)
        .bind(rendering.calendar.text())
    )?;
    Ok(())
}

/// What a started campaign says, in each of its languages.
pub async fn all(db: &mut Db, id: CampaignId) -> Result<Vec<Rendering>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, subject, from_name, html, text, calendar FROM campaign_renderings
         WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// The languages that a started campaign says it in, in the order of their tags.
pub async fn languages(db: &mut Db, id: CampaignId) -> Result<Vec<Language>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT language FROM campaign_renderings WHERE campaign_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}
