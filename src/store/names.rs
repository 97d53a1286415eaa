//! The names of posts, campaigns, recurring ones, series, lists, segments, events, files and
//! snippets, for finding them. The newest come first, up to a limit.

use std::collections::BTreeMap;

use super::lists::ListText;
use super::media::Caption;
use super::{Db, Result, run};
use crate::clock::Timestamp;

/// Something and one of its names.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Named {
    /// Its id.
    pub id: i64,
    /// Its slug; empty where it has none.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Its state or kind; may be empty.
    pub state: String,
    /// When it is, was or will be.
    pub at: Option<Timestamp>,
}

/// What has one name, and neither a slug nor a time.
macro_rules! newest {
    ($db:expr, $state:literal, $table:literal, $limit:expr) => {
        run!($db, c => sqlx::query_as(concat!(
            "SELECT id, '' AS slug, name, ", $state, ", CAST(NULL AS BIGINT) AS at
             FROM ", $table, " ORDER BY id DESC LIMIT $1",
        ))
        .bind($limit)
        .fetch_all(c))
    };
}

/// Posts by their titles in each language.
pub async fn posts(db: &mut Db, now: Timestamp, limit: i64) -> Result<Vec<Named>> {
    run!(db, c => sqlx::query_as(
        "SELECT p.id, p.slug, v.title AS name, p.published_at AS at,
                CASE WHEN p.published_at IS NULL THEN 'draft'
                     WHEN p.published_at > $1 THEN 'scheduled' ELSE 'published' END AS state
         FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
         ORDER BY COALESCE(p.published_at, p.updated_at) DESC, p.id DESC, v.language LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(c))
}

/// Campaigns by their subjects.
pub async fn campaigns(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, '' AS slug, subject AS name, state,
                COALESCE(started_at, scheduled_at) AS at
         FROM campaigns WHERE kind <> 'series' ORDER BY id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))
}

/// Recurring campaigns by their names.
pub async fn recurring_campaigns(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    newest!(db, "'' AS state", "recurring_campaigns", limit)
}

/// Series by their names.
pub async fn series(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    newest!(db, "state", "series", limit)
}

/// Lists by their names in each language.
pub async fn lists(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    let rows: Vec<NamedList> = run!(db, c => sqlx::query_as(
        "SELECT id, slug, name, translations, visibility FROM lists ORDER BY id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))?;
    Ok(rows.into_iter().flat_map(NamedList::names).collect())
}

#[derive(sqlx::FromRow)]
struct NamedList {
    id: i64,
    slug: String,
    name: String,
    #[sqlx(json)]
    translations: BTreeMap<String, ListText>,
    visibility: String,
}

impl NamedList {
    fn names(self) -> Vec<Named> {
        let translated = self.translations.into_values().map(|text| text.name);
        let names = translated.filter(|name| !name.is_empty());
        let named = |name| Named {
            id: self.id,
            slug: self.slug.clone(),
            name,
            state: self.visibility.clone(),
            at: None,
        };
        std::iter::once(self.name).chain(names).map(named).collect()
    }
}

/// Segments by their names.
pub async fn segments(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    newest!(db, "'' AS state", "segments", limit)
}

/// Snippets by their names.
pub async fn snippets(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    newest!(db, "'' AS state", "untrashed_snippets", limit)
}

/// Events by their titles in each language.
pub async fn events(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.id, e.slug, v.title AS name, e.starts_at AS at,
                CASE WHEN e.is_published THEN 'published' ELSE 'draft' END AS state
         FROM untrashed_events e JOIN event_variants v ON v.event_id = e.id
         ORDER BY e.starts_at DESC, e.id DESC, v.language LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))
}

/// Files by their names and their captions' titles.
pub async fn media(db: &mut Db, limit: i64) -> Result<Vec<Named>> {
    let rows: Vec<File> = run!(db, c => sqlx::query_as(
        "SELECT id, file_name, kind, captions FROM untrashed_media ORDER BY id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))?;
    Ok(rows.into_iter().flat_map(File::names).collect())
}

#[derive(sqlx::FromRow)]
struct File {
    id: i64,
    file_name: String,
    kind: String,
    #[sqlx(json)]
    captions: BTreeMap<String, Caption>,
}

impl File {
    fn names(self) -> Vec<Named> {
        let titles = self.captions.into_values().map(|caption| caption.title);
        let names = titles.filter(|title| !title.is_empty());
        let names = names.chain([self.file_name.clone()]);
        let named = |name| Named {
            id: self.id,
            slug: self.file_name.clone(),
            name,
            state: self.kind.clone(),
            at: None,
        };
        names.map(named).collect()
    }
}
