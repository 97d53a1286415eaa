//! Queries on lists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::{CampaignId, ListId};
use crate::text::locale::Language;

/// A list's name and description in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ListText {
    /// What subscribers see it called.
    pub name: String,
    /// What it sends, in a sentence.
    #[serde(default)]
    pub description: String,
}

/// A list as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct List {
    /// Its id.
    pub id: ListId,
    /// Its name in addresses.
    pub slug: ListSlug,
    /// Its name for people.
    pub name: String,
    /// What it sends, in a sentence.
    pub description: String,
    /// Both in other languages.
    #[sqlx(json)]
    pub translations: BTreeMap<String, ListText>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How one gets on it.
    pub opt_in: OptIn,
    /// What it does by itself.
    #[sqlx(flatten)]
    pub options: ListOptions,
}

/// What a list does by itself; nothing, unless it is told to.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    sqlx::FromRow,
    utoipa::ToSchema,
)]
#[serde(default)]
pub struct ListOptions {
    /// Counts how often each link in its mail is followed, and not by whom.
    pub counts_clicks: bool,
    /// Welcomes by email everybody who joins it.
    pub sends_welcome: bool,
}

impl List {
    /// Name and description in `language`, or else as first written.
    pub fn text(&self, language: Language) -> (&str, &str) {
        match self.translations.get(language.tag()) {
            Some(text) if !text.name.is_empty() => (&text.name, &text.description),
            _ => (&self.name, &self.description),
        }
    }
}

/// A list to be made.
#[derive(Debug, Clone)]
pub struct NewList {
    /// Its name in addresses.
    pub slug: ListSlug,
    /// Its name for people.
    pub name: String,
    /// What it sends.
    pub description: String,
    /// Both in other languages.
    pub translations: BTreeMap<String, ListText>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How one gets on it.
    pub opt_in: OptIn,
    /// What it does by itself.
    pub options: ListOptions,
}

/// Drops a list with its subscriptions and their evidence.
pub async fn delete(db: &mut Db, id: ListId) -> Result<()> {
    execute!(db, sqlx::query("DELETE FROM lists WHERE id = $1").bind(id))?;
    Ok(())
}

/// The subject of a campaign that goes to a list and has not ended.
pub async fn open_campaign(db: &mut Db, id: ListId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT c.subject FROM campaigns c JOIN campaign_lists x ON x.campaign_id = c.id
         WHERE x.list_id = $1 AND c.kind <> 'series' AND c.state NOT IN ('finished', 'cancelled')
         ORDER BY c.id LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Adds a list.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the slug is taken.
pub async fn insert(db: &mut Db, list: &NewList, now: Timestamp) -> Result<List> {
    run!(db, c => sqlx::query_as(
        "INSERT INTO lists (slug, name, description, translations, visibility, opt_in, created_at,
                            counts_clicks, sends_welcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         RETURNING id, slug, name, description, translations, visibility, opt_in,
                   counts_clicks, sends_welcome",
    )
    .bind(&list.slug)
    .bind(&list.name)
    .bind(&list.description)
    .bind(Json(&list.translations))
    .bind(list.visibility)
    .bind(list.opt_in)
    .bind(now)
    .bind(list.options.counts_clicks)
    .bind(list.options.sends_welcome)
    .fetch_one(c))
}

/// Changes everything of a list but its slug.
pub async fn update(db: &mut Db, id: ListId, list: &NewList) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE lists
         SET name = $2, description = $3, translations = $4, visibility = $5, opt_in = $6,
             counts_clicks = $7, sends_welcome = $8
         WHERE id = $1",
        )
        .bind(id)
        .bind(&list.name)
        .bind(&list.description)
        .bind(Json(&list.translations))
        .bind(list.visibility)
        .bind(list.opt_in)
        .bind(list.options.counts_clicks)
        .bind(list.options.sends_welcome)
    )?;
    Ok(())
}

/// Turns the welcome email of a list on or off.
pub async fn set_sends_welcome(db: &mut Db, id: ListId, is_sent: bool) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE lists SET sends_welcome = $2 WHERE id = $1")
            .bind(id)
            .bind(is_sent)
    )?;
    Ok(())
}

/// Every list, oldest first.
pub async fn all(db: &mut Db) -> Result<Vec<List>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, slug, name, description, translations, visibility, opt_in,
                counts_clicks, sends_welcome
         FROM lists ORDER BY id",
    )
    .fetch_all(c))
}

/// The lists that a campaign goes to.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Vec<List>> {
    run!(db, c => sqlx::query_as(
        "SELECT l.id, l.slug, l.name, l.description, l.translations, l.visibility, l.opt_in,
                l.counts_clicks, l.sends_welcome
         FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id = $1 ORDER BY l.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// The list with this slug.
pub async fn by_slug(db: &mut Db, slug: &ListSlug) -> Result<Option<List>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, slug, name, description, translations, visibility, opt_in,
                counts_clicks, sends_welcome
         FROM lists WHERE slug = $1",
    )
    .bind(slug)
    .fetch_optional(c))
}

/// When each list was made.
pub async fn times(db: &mut Db) -> Result<Vec<(ListId, Timestamp)>> {
    run!(db, c => sqlx::query_as("SELECT id, created_at FROM lists ORDER BY id").fetch_all(c))
}
