//! Queries on templates of campaigns.

use sqlx::types::Json;

use super::campaign_contents::{CampaignText, CampaignVariant};
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignTemplateId;
use crate::model::campaign::ContentKind;

/// A template that a user has made.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    pub id: CampaignTemplateId,
    /// Unique.
    pub name: String,
    #[sqlx(flatten)]
    pub fields: TemplateFields,
    /// When it was last changed …
    pub changed_at: Timestamp,
    /// … and by whom.
    pub changed_by: String,
}

/// What is stored of a template.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateFields {
    pub kind: ContentKind,
    /// The subject line; may hold merge tags.
    pub subject: String,
    /// The name of its layout.
    pub layout: String,
    /// The sender, where it is not the configured one.
    pub from_mailbox: Option<String>,
    pub is_public: bool,
    pub is_urgent: bool,
    #[sqlx(json)]
    pub texts: Vec<CampaignText>,
    #[sqlx(json)]
    pub variants: Vec<CampaignVariant>,
}

/// Every template, by name.
pub async fn all(db: &mut Db) -> Result<Vec<TemplateRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, kind, subject, layout, from_mailbox, is_public, is_urgent, texts,
                variants, changed_at, changed_by
         FROM campaign_templates ORDER BY name",
    )
    .fetch_all(c))
}

/// A template by its number.
pub async fn by_id(db: &mut Db, id: CampaignTemplateId) -> Result<Option<TemplateRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, kind, subject, layout, from_mailbox, is_public, is_urgent, texts,
                variants, changed_at, changed_by
         FROM campaign_templates WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The number of the template of this name.
pub async fn id_of(db: &mut Db, name: &str) -> Result<Option<CampaignTemplateId>> {
    run!(db, c => sqlx::query_scalar("SELECT id FROM campaign_templates WHERE name = $1")
        .bind(name)
        .fetch_optional(c))
}

/// Makes a template, or replaces the one of this name; gives its number.
pub async fn set(
    db: &mut Db,
    name: &str,
    fields: &TemplateFields,
    by: &str,
    now: Timestamp,
) -> Result<CampaignTemplateId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO campaign_templates
             (name, kind, subject, layout, from_mailbox, is_public, is_urgent, texts, variants,
              changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (name) DO UPDATE
         SET kind = excluded.kind, subject = excluded.subject, layout = excluded.layout,
             from_mailbox = excluded.from_mailbox, is_public = excluded.is_public,
             is_urgent = excluded.is_urgent, texts = excluded.texts,
             variants = excluded.variants, changed_at = excluded.changed_at,
             changed_by = excluded.changed_by
         RETURNING id",
    )
    .bind(name)
    .bind(fields.kind)
    .bind(&fields.subject)
    .bind(&fields.layout)
    .bind(&fields.from_mailbox)
    .bind(fields.is_public)
    .bind(fields.is_urgent)
    .bind(Json(&fields.texts))
    .bind(Json(&fields.variants))
    .bind(now)
    .bind(by)
    .fetch_one(c))
}

/// Gives a template another name.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn rename(db: &mut Db, id: CampaignTemplateId, name: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE campaign_templates SET name = $2 WHERE id = $1")
            .bind(id)
            .bind(name)
    )?;
    Ok(())
}

/// Deletes a template.
pub async fn delete(db: &mut Db, id: CampaignTemplateId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_templates WHERE id = $1").bind(id)
    )?;
    Ok(())
}
