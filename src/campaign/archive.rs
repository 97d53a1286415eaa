//! The public archive of sent campaigns.

use super::{Result, filled};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
use crate::model::calendar::StoredPart;
use crate::render::{self, Budget};
use crate::store::archive::{self, SubjectRow};
use crate::store::campaign_renderings::Rendering;
use crate::text::locale::Language;

/// An entry of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its subject in the visitor's language or the next best, with
    /// sample values.
    pub subject: String,
    /// When it was sent.
    pub started_at: Timestamp,
}

/// Up to `limit` entries after the newest `offset`, newest first. Renders only
/// their subjects.
///
/// # Errors
/// Where the database fails, or a subject cannot be filled.
pub async fn page(
    cx: &Context,
    language: Language,
    offset: i64,
    limit: i64,
) -> Result<Vec<Letter>> {
    let mut db = cx.store.read().await?;
    let site = site::read(&mut db, cx.config().language).await?;
    let rows = archive::subjects(&mut db, offset, limit).await?;
    drop(db);
    let cx = cx.clone();
    let work = move || filled(&cx, &site, &rows, language);
    render::run(Budget::Interactive, work).await?
}

fn filled(
    cx: &Context,
    site: &Site,
    rows: &[SubjectRow],
    language: Language,
) -> Result<Vec<Letter>> {
    let same_letter = |one: &SubjectRow, other: &SubjectRow| one.campaign_id == other.campaign_id;
    rows.chunk_by(same_letter)
        .filter_map(|rows| {
            let subjects: Vec<Rendering> = rows.iter().map(subject_alone).collect();
            let (id, at) = (rows[0].campaign_id, rows[0].started_at);
            let best = filled::pick(&subjects, site.reader(language))?;
            let filled = filled::sample(cx, site, best, id);
            Some(filled.map(|filled| Letter {
                campaign: id,
                subject: filled.subject,
                started_at: at,
            }))
        })
        .collect()
}

fn subject_alone(row: &SubjectRow) -> Rendering {
    Rendering {
        variant: AbVariant::A,
        language: row.language,
        subject: row.subject.clone(),
        from_name: String::new(),
        html: String::new(),
        text: String::new(),
        calendar: StoredPart::default(),
    }
}
