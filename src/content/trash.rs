//! The trash: what was deleted can be restored for [`KEPT`]. Until then it is nowhere else, and
//! others may take its name.

use std::time::Duration;

use super::{ContentError, Result};
use crate::account::{audit, campaign_changes};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::TrashKind;
use crate::model::{EventId, PostId};
use crate::store::campaign_changes::Changed;
use crate::store::trash::{self, TrashItem};
use crate::store::{Db, StoreError};
use crate::text::locale::Language;

/// How long something can be restored.
pub const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// Names that are tried before one counts as taken.
const NUMBERS: u32 = 1000;
/// Items that are looked up at once when they expire.
const SLICE: i64 = 50;

/// What is in the trash, the last deleted first; titles in `language` or the next best.
pub async fn page(
    cx: &Context,
    language: Language,
    offset: i64,
    limit: i64,
) -> Result<Vec<TrashItem>> {
    Ok(trash::page(&mut cx.store.read().await?, language, offset, limit).await?)
}

/// One of the things in the trash.
pub async fn item(
    cx: &Context,
    kind: TrashKind,
    id: i64,
    language: Language,
) -> Result<Option<TrashItem>> {
    Ok(trash::item(&mut cx.store.read().await?, kind, id, language).await?)
}

/// When something in the trash is deleted permanently.
pub fn expires_at(item: &TrashItem) -> Timestamp {
    item.deleted_at.after(KEPT)
}

/// Restores something; gives its name, which has a number where another has taken it.
///
/// # Errors
/// [`ContentError::Overtaken`] where it is not in the trash any more.
pub async fn restore(cx: &Context, by: &Actor, item: &TrashItem) -> Result<String> {
    let mut db = cx.store.write().await?;
    let there = trash::item(&mut db, item.kind, item.id, Language::EN).await?;
    let there = there.ok_or(ContentError::Overtaken)?;
    let name = free_name(&mut db, item.kind, &there.name).await?;
    trash::restore(&mut db, item.kind, item.id, &name).await?;
    let subject = format!("{} {name}", item.kind);
    let now = cx.clock.now();
    // What campaigns lost when it was deleted, they mail again.
    let changed = match item.kind {
        TrashKind::Post => Some(Changed::Post(PostId(item.id))),
        TrashKind::Event => Some(Changed::Event(EventId(item.id))),
        TrashKind::Layout => Some(Changed::Layout(&name)),
        TrashKind::Snippet => Some(Changed::Snippet(&name)),
        TrashKind::Media => None,
    };
    if let Some(changed) = changed {
        campaign_changes::note(&mut db, by, changed, now).await?;
    }
    audit::record(&mut db, by, AuditAction::TrashRestore, subject, now).await?;
    db.commit().await?;
    Ok(name)
}

/// Deletes something in the trash permanently.
///
/// # Errors
/// [`ContentError::Overtaken`] where it is not in the trash any more.
pub async fn delete(cx: &Context, by: &Actor, item: &TrashItem) -> Result<()> {
    if remove(cx, by, item).await? {
        Ok(())
    } else {
        Err(ContentError::Overtaken)
    }
}

async fn remove(
    cx: &Context,
    by: &Actor,
    item: &TrashItem,
) -> std::result::Result<bool, StoreError> {
    let mut db = cx.store.write().await?;
    if !trash::delete(&mut db, item.kind, item.id).await? {
        return Ok(false);
    }
    let subject = format!("{} {}", item.kind, item.name);
    audit::record(
        &mut db,
        by,
        AuditAction::TrashDelete,
        subject,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(true)
}

/// What became of the things whose time in the trash is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many were deleted.
    pub deleted: u64,
    /// How many could not be, and are tried again the next time.
    pub failed: u64,
}

/// Deletes what has been in the trash for [`KEPT`], each in a transaction of its own: one that
/// fails stops no other.
///
/// # Errors
/// Where the trash cannot be read.
pub async fn expire(cx: &Context) -> std::result::Result<Expired, StoreError> {
    let at = cx.clock.now().before(KEPT);
    let mut done = Expired::default();
    let mut past = None;
    loop {
        let due = trash::due(&mut cx.store.read().await?, at, past, SLICE).await?;
        let Some(last) = due.last() else {
            return Ok(done);
        };
        past = Some((last.kind, last.id));
        for item in &due {
            match remove(cx, &Actor::System, item).await {
                Ok(true) => done.deleted += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(kind = %item.kind, name = item.name, %error, "something in the trash cannot be deleted");
                    done.failed += 1;
                }
            }
        }
    }
}

/// The name itself, or the name with the first number that is free.
async fn free_name(db: &mut Db, kind: TrashKind, name: &str) -> Result<String> {
    for number in 1..NUMBERS {
        let name = numbered(kind, name, number);
        if !trash::is_taken(db, kind, &name).await? {
            return Ok(name);
        }
    }
    Err(ContentError::Exists("something with this name"))
}

/// A file name has its number before its ending.
fn numbered(kind: TrashKind, name: &str, number: u32) -> String {
    if number < 2 {
        return name.to_owned();
    }
    match (kind, name.rsplit_once('.')) {
        (TrashKind::Media, Some((stem, ending))) => format!("{stem}-{number}.{ending}"),
        // Names that are no slugs are from an installation that knew other rules.
        _ => name.parse::<crate::model::list::Slug>().map_or_else(
            |_| format!("{name}-{number}"),
            |slug| slug.numbered(number).into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_where_the_name_stays_valid() {
        for (kind, name, number, expected) in [
            (TrashKind::Post, "news", 1, "news"),
            (TrashKind::Post, "news", 2, "news-2"),
            (
                TrashKind::Event,
                "lesson-2026-05-01",
                3,
                "lesson-2026-05-01-3",
            ),
            (TrashKind::Media, "flag.png", 2, "flag-2.png"),
            (TrashKind::Layout, "spring", 2, "spring-2"),
        ] {
            assert_eq!(numbered(kind, name, number), expected);
        }
        let long = "a".repeat(60);
        assert_eq!(numbered(TrashKind::Post, &long, 2).len(), 60);
    }
}
