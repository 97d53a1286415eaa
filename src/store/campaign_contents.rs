//! Queries on what campaigns say by themselves: their own texts, and the posts
//! and events that a digest contains.

use serde::{Deserialize, Serialize};

use super::variants::{self, VariantTimes};
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, EventId, PostId};
use crate::text::locale::Language;

/// A campaign's own words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct CampaignText {
    /// The language.
    pub language: Language,
    /// The headline. A digest may leave it empty.
    #[serde(default)]
    pub title: String,
    /// The line that inboxes show after the subject.
    #[serde(default)]
    pub preheader: String,
    /// Markdown or MJML, by the campaign's kind; what stands above the items of
    /// a digest.
    #[serde(default)]
    pub body: String,
}

/// What inboxes show of a campaign in one language; what is empty falls back to
/// the campaign's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct CampaignVariant {
    /// The language.
    pub language: Language,
    /// The subject line.
    pub subject: String,
    /// The line that inboxes show behind it.
    pub preheader: String,
    /// The sender's name.
    pub from_name: String,
}

impl CampaignVariant {
    /// Whether it says nothing of its own.
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.preheader.is_empty() && self.from_name.is_empty()
    }
}

/// What inboxes show of a campaign, in each language that says something.
pub async fn variants(db: &mut Db, id: CampaignId) -> Result<Vec<CampaignVariant>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, subject, preheader, from_name FROM campaign_variants
         WHERE campaign_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}

/// Sets what inboxes show of a campaign, in place of what was set.
pub async fn set_variants(db: &mut Db, id: CampaignId, variants: &[CampaignVariant]) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_variants WHERE campaign_id = $1").bind(id)
    )?;
    for variant in variants.iter().filter(|variant| !variant.is_empty()) {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO campaign_variants
                     (campaign_id, language, subject, preheader, from_name)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(variant.language)
            .bind(&variant.subject)
            .bind(&variant.preheader)
            .bind(&variant.from_name)
        )?;
    }
    Ok(())
}

/// What a digest contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestItem {
    /// A post.
    Post(PostId),
    /// An event.
    Event(EventId),
}

/// A campaign's own words, in each language it has.
pub async fn texts(db: &mut Db, id: CampaignId) -> Result<Vec<CampaignText>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, title, preheader, body FROM campaign_texts
         WHERE campaign_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}

/// When a campaign's own words were written in each language, and when they last changed.
pub async fn times(db: &mut Db, id: CampaignId) -> Result<Vec<VariantTimes>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, created_at, changed_at FROM campaign_texts WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// Notes that a campaign's own words in one language are up to date.
pub async fn touch(db: &mut Db, id: CampaignId, language: Language, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaign_texts SET changed_at = $3 WHERE campaign_id = $1 AND language = $2",
        )
        .bind(id)
        .bind(language)
        .bind(now)
    )?;
    Ok(())
}

/// Sets when a campaign's own words were written and changed.
pub async fn set_times(db: &mut Db, id: CampaignId, times: &[VariantTimes]) -> Result<()> {
    for one in times {
        execute!(
            db,
            sqlx::query(
                "UPDATE campaign_texts SET created_at = $3, changed_at = $4
                 WHERE campaign_id = $1 AND language = $2",
            )
            .bind(id)
            .bind(one.language)
            .bind(one.created_at)
            .bind(one.changed_at)
        )?;
    }
    Ok(())
}

/// What a digest contains, in its order.
pub async fn items(db: &mut Db, id: CampaignId) -> Result<Vec<DigestItem>> {
    let rows: Vec<(Option<PostId>, Option<EventId>)> = run!(db, c => sqlx::query_as(
        "SELECT post_id, event_id FROM campaign_items
         WHERE campaign_id = $1 ORDER BY position",
    )
    .bind(id)
    .fetch_all(c))?;
    let item = |row| match row {
        (Some(post), _) => Some(DigestItem::Post(post)),
        (None, Some(event)) => Some(DigestItem::Event(event)),
        (None, None) => None,
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

/// Sets a campaign's own words and its items, in place of those it had.
pub async fn set(
    db: &mut Db,
    id: CampaignId,
    texts: &[CampaignText],
    items: &[DigestItem],
    now: Timestamp,
) -> Result<()> {
    let kept: Vec<Language> = texts.iter().map(|text| text.language).collect();
    execute!(
        db,
        sqlx::query(
            "DELETE FROM campaign_texts
             WHERE campaign_id = $1 AND $2 NOT LIKE '%,' || language || ',%'",
        )
        .bind(id)
        .bind(variants::among(&kept))
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_items WHERE campaign_id = $1").bind(id)
    )?;
    for text in texts {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO campaign_texts AS t
                     (campaign_id, language, title, preheader, body, created_at, changed_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $6)
                 ON CONFLICT (campaign_id, language) DO UPDATE
                 SET title = excluded.title, preheader = excluded.preheader,
                     body = excluded.body,
                     changed_at = CASE
                         WHEN t.title = excluded.title AND t.preheader = excluded.preheader
                              AND t.body = excluded.body
                         THEN t.changed_at ELSE excluded.changed_at END",
            )
            .bind(id)
            .bind(text.language)
            .bind(&text.title)
            .bind(&text.preheader)
            .bind(&text.body)
            .bind(now)
        )?;
    }
    for (position, item) in (0_i64..).zip(items) {
        let (post, event) = match item {
            DigestItem::Post(post) => (Some(*post), None),
            DigestItem::Event(event) => (None, Some(*event)),
        };
        execute!(
            db,
            sqlx::query(
                "INSERT INTO campaign_items (campaign_id, position, post_id, event_id)
             VALUES ($1, $2, $3, $4)",
            )
            .bind(id)
            .bind(position)
            .bind(post)
            .bind(event)
        )?;
    }
    Ok(())
}

/// When the last digest was started, if one ever was.
pub async fn last_digest_at(db: &mut Db) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(started_at) FROM campaigns WHERE kind = 'digest'",
    )
    .fetch_one(c))
}
