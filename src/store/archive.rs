//! Queries of the public archive.

use super::campaign_renderings::is_shown;
use super::{Db, Result, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::text::locale::Language;

/// A letter's subject in one of its languages.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SubjectRow {
    /// Which campaign.
    pub campaign_id: CampaignId,
    /// When it was started.
    pub started_at: Timestamp,
    /// The language.
    pub language: Language,
    /// The subject's template.
    pub subject: String,
}

/// The subjects of up to `limit` public letters after the newest `offset`,
/// newest first, those of one letter in a row.
pub async fn subjects(db: &mut Db, offset: i64, limit: i64) -> Result<Vec<SubjectRow>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT k.id AS campaign_id, k.started_at, r.language, r.subject
         FROM (SELECT id, started_at FROM campaigns
               WHERE is_public AND started_at IS NOT NULL
               ORDER BY started_at DESC, id DESC LIMIT $1 OFFSET $2) AS k
         JOIN campaign_renderings r ON r.campaign_id = k.id AND ", is_shown!("r"), "
         ORDER BY k.started_at DESC, k.id DESC, r.language"
    ))
    .bind(limit)
    .bind(offset)
    .fetch_all(c))
}
