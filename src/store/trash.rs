//! Queries on the trash: rows of posts, events, files, layouts and snippets with `deleted_at`.
//! All others read the views `untrashed_…`, in which these are not.

use sqlx::AssertSqlSafe;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::content::TrashKind;
use crate::text::locale::Language;

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TrashItem {
    /// What it is.
    pub kind: TrashKind,
    /// Its id among those of its kind.
    pub id: i64,
    /// Its slug, file name or name.
    pub name: String,
    /// What people know it by.
    pub title: String,
    /// When it was moved here.
    pub deleted_at: Timestamp,
}

/// The table of a kind, and the column with the name that no two of them share.
fn table(kind: TrashKind) -> (&'static str, &'static str) {
    match kind {
        TrashKind::Post => ("posts", "slug"),
        TrashKind::Event => ("events", "slug"),
        TrashKind::Media => ("media", "file_name"),
        TrashKind::Layout => ("layouts", "name"),
        TrashKind::Snippet => ("snippets", "name"),
    }
}

/// Everything in the trash, with titles in `$1`, or English, or any language.
const ITEMS: &str = "SELECT kind, id, name, title, deleted_at FROM (
        SELECT 'post' AS kind, p.id, p.slug AS name, p.deleted_at,
               COALESCE((SELECT v.title FROM post_variants v WHERE v.post_id = p.id
                         ORDER BY CASE v.language WHEN $1 THEN 0 WHEN 'en' THEN 1 ELSE 2 END,
                                  v.language LIMIT 1), p.slug) AS title
        FROM posts p
    UNION ALL
        SELECT 'event', e.id, e.slug, e.deleted_at,
               COALESCE((SELECT v.title FROM event_variants v WHERE v.event_id = e.id
                         ORDER BY CASE v.language WHEN $1 THEN 0 WHEN 'en' THEN 1 ELSE 2 END,
                                  v.language LIMIT 1), e.slug)
        FROM events e
    UNION ALL
        SELECT 'media', m.id, m.file_name, m.deleted_at, m.file_name FROM media m
    UNION ALL
        SELECT 'layout', l.id, l.name, l.deleted_at, l.name FROM layouts l
    UNION ALL
        SELECT 'snippet', s.id, s.name, s.deleted_at, s.name FROM snippets s
    ) AS t WHERE deleted_at IS NOT NULL";

/// What is in the trash, the last deleted first.
pub async fn page(
    db: &mut Db,
    language: Language,
    offset: i64,
    limit: i64,
) -> Result<Vec<TrashItem>> {
    let text = AssertSqlSafe(format!(
        "{ITEMS} ORDER BY deleted_at DESC, kind, id DESC LIMIT $2 OFFSET $3"
    ));
    run!(db, c => sqlx::query_as(text).bind(language).bind(limit).bind(offset).fetch_all(c))
}

/// Up to `limit` of what was deleted before `at`, and comes after `past` in order of kind and
/// id.
pub async fn due(
    db: &mut Db,
    at: Timestamp,
    past: Option<(TrashKind, i64)>,
    limit: i64,
) -> Result<Vec<TrashItem>> {
    let text = AssertSqlSafe(format!(
        "{ITEMS} AND deleted_at < $2 AND (kind > $3 OR (kind = $3 AND id > $4))
         ORDER BY kind, id LIMIT $5"
    ));
    let (kind, id) = past.map_or(("", 0), |(kind, id)| (kind.as_str(), id));
    run!(db, c => sqlx::query_as(text)
        .bind(Language::EN)
        .bind(at)
        .bind(kind)
        .bind(id)
        .bind(limit)
        .fetch_all(c))
}

/// One of the things in the trash.
pub async fn item(
    db: &mut Db,
    kind: TrashKind,
    id: i64,
    language: Language,
) -> Result<Option<TrashItem>> {
    let text = AssertSqlSafe(format!("{ITEMS} AND kind = $2 AND id = $3"));
    run!(db, c => sqlx::query_as(text).bind(language).bind(kind).bind(id).fetch_optional(c))
}

/// Moves something to the trash; `false` where it is not there, or in the trash already.
pub async fn insert(db: &mut Db, kind: TrashKind, id: i64, now: Timestamp) -> Result<bool> {
    let (table, _) = table(kind);
    let text = AssertSqlSafe(format!(
        "UPDATE {table} SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL"
    ));
    Ok(execute!(db, sqlx::query(text).bind(id).bind(now))? > 0)
}

/// Whether something that is not in the trash has this name.
pub async fn is_taken(db: &mut Db, kind: TrashKind, name: &str) -> Result<bool> {
    let (table, column) = table(kind);
    let text = AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM untrashed_{table} WHERE {column} = $1)"
    ));
    run!(db, c => sqlx::query_scalar(text).bind(name).fetch_one(c))
}

/// Takes something out of the trash under a name that is free.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn restore(db: &mut Db, kind: TrashKind, id: i64, name: &str) -> Result<()> {
    let (table, column) = table(kind);
    let text = AssertSqlSafe(format!(
        "UPDATE {table} SET deleted_at = NULL, {column} = $2
         WHERE id = $1 AND deleted_at IS NOT NULL"
    ));
    execute!(db, sqlx::query(text).bind(id).bind(name))?;
    Ok(())
}

/// Deletes something in the trash permanently; `false` where it is not there.
pub async fn delete(db: &mut Db, kind: TrashKind, id: i64) -> Result<bool> {
    let (table, _) = table(kind);
    let text = AssertSqlSafe(format!(
        "DELETE FROM {table} WHERE id = $1 AND deleted_at IS NOT NULL"
    ));
    Ok(execute!(db, sqlx::query(text).bind(id))? > 0)
}

/// Whether an event, in the trash or not, is known to calendars by this `uid`.
pub async fn has_event_of(db: &mut Db, uid: &str) -> Result<bool> {
    run!(db, c => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM events WHERE uid = $1)")
        .bind(uid)
        .fetch_one(c))
}
