//! Queries on the templates of transactional email.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::EmailTemplateId;
use crate::text::locale::Language;

/// A text that other programs fill in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EmailTemplate {
    /// By which listmonk's API names it.
    pub id: EmailTemplateId,
    /// By which ours does.
    pub name: String,
    /// The language it is written in.
    pub language: Language,
    /// The subject, with merge tags.
    pub subject: String,
    /// What inboxes show after the subject, with merge tags; empty for the subject itself.
    pub preheader: String,
    /// Markdown with merge tags.
    pub body: String,
    /// JSON with which it is previewed and tested, as it was typed.
    pub sample: String,
    /// When it was last changed …
    pub changed_at: Timestamp,
    /// … and by whom.
    pub changed_by: String,
}

/// Every template, by name.
pub async fn all(db: &mut Db) -> Result<Vec<EmailTemplate>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, language, subject, preheader, body, sample, changed_at, changed_by
         FROM email_templates ORDER BY name",
    )
    .fetch_all(c))
}

/// The template of this name.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<EmailTemplate>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, language, subject, preheader, body, sample, changed_at, changed_by
         FROM email_templates WHERE name = $1",
    )
    .bind(name)
    .fetch_optional(c))
}

/// The template of this number.
pub async fn by_id(db: &mut Db, id: EmailTemplateId) -> Result<Option<EmailTemplate>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, name, language, subject, preheader, body, sample, changed_at, changed_by
         FROM email_templates WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// What is written of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateText {
    /// The language it is written in.
    pub language: Language,
    /// The subject, with merge tags.
    pub subject: String,
    /// What inboxes show after the subject, with merge tags; empty for the subject itself.
    pub preheader: String,
    /// Markdown with merge tags.
    pub body: String,
    /// JSON with which it is previewed and tested.
    pub sample: String,
}

/// Makes a template, or changes the one of this name; gives its number.
pub async fn set(
    db: &mut Db,
    name: &str,
    text: &TemplateText,
    by: &str,
    now: Timestamp,
) -> Result<EmailTemplateId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO email_templates
             (name, language, subject, preheader, body, sample, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (name) DO UPDATE
         SET language = excluded.language, subject = excluded.subject,
             preheader = excluded.preheader, body = excluded.body, sample = excluded.sample,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by
         RETURNING id",
    )
    .bind(name)
    .bind(text.language)
    .bind(&text.subject)
    .bind(&text.preheader)
    .bind(&text.body)
    .bind(&text.sample)
    .bind(now)
    .bind(by)
    .fetch_one(c))
}

/// Deletes the template of this name; `false` where there is none.
pub async fn delete(db: &mut Db, name: &str) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM email_templates WHERE name = $1").bind(name)
    )?;
    Ok(deleted > 0)
}
