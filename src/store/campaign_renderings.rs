//! Queries on what started campaigns say.

use super::{Db, Result, execute, run};
use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
use crate::model::calendar::StoredPart;
use crate::text::locale::Language;

/// What a campaign says in one language: rendered, with personal parts open.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Rendering {
    /// Of its A/B test; A without one.
    pub variant: AbVariant,
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
                 (campaign_id, language, subject, from_name, html, text, calendar, variant)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(rendering.language)
        .bind(&rendering.subject)
        .bind(&rendering.from_name)
        .bind(&rendering.html)
        .bind(&rendering.text)
        .bind(rendering.calendar.text())
        .bind(rendering.variant)
    )?;
    Ok(())
}

/// Whether a rendering is the one that is shown of a campaign: the winner's once its A/B test is
/// decided, else A's. The argument names the renderings' table.
macro_rules! is_shown {
    ($renderings:literal) => {
        concat!(
            $renderings,
            ".variant = COALESCE((SELECT t.winner FROM ab_tests t WHERE t.campaign_id = ",
            $renderings,
            ".campaign_id), 'a')"
        )
    };
}
pub(super) use is_shown;

/// What a started campaign says, in each of its languages: what its A/B test has chosen, or else
/// A.
pub async fn all(db: &mut Db, id: CampaignId) -> Result<Vec<Rendering>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT r.variant, r.language, r.subject, r.from_name, r.html, r.text, r.calendar
         FROM campaign_renderings r WHERE r.campaign_id = $1 AND ", is_shown!("r")
    ))
    .bind(id)
    .fetch_all(c))
}

/// The same of every variant of its A/B test.
pub async fn of_variants(db: &mut Db, id: CampaignId) -> Result<Vec<Rendering>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, language, subject, from_name, html, text, calendar
         FROM campaign_renderings WHERE campaign_id = $1 ORDER BY variant",
    )
    .bind(id)
    .fetch_all(c))
}

/// The languages that a started campaign says it in, in the order of their tags.
pub async fn languages(db: &mut Db, id: CampaignId) -> Result<Vec<Language>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT language FROM campaign_renderings WHERE campaign_id = $1
         ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}
