//! Tags: labels of subscribers for segments and search.

use super::{AudienceError, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::tag::{MOST, Tag, key, once};
use crate::store::tags::{self, TagCount};
use crate::store::{Db, StoreError, segments, series_readers};

/// Every tag in use, by name.
pub async fn all(cx: &Context) -> Result<Vec<TagCount>> {
    Ok(tags::all(&mut cx.store.read().await?).await?)
}

/// The tag with this name, ignoring case, if it is in use.
pub async fn find(cx: &Context, tag: &Tag) -> Result<Option<TagCount>> {
    Ok(tags::find(&mut cx.store.read().await?, tag).await?)
}

/// The result of renaming a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renamed {
    /// Subscribers who had the tag.
    pub subscribers: u64,
    /// Segments whose rule named it.
    pub segments: u64,
}

/// Renames a tag on every subscriber and in the rules of segments. With
/// `may_merge`, the new name may be that of another tag, which then keeps its
/// spelling. `None` where neither a subscriber nor a segment has the tag.
///
/// # Errors
/// [`AudienceError::TagExists`] where the name is another tag's and `may_merge`
/// is not set; [`AudienceError::InUse`] while a campaign's audience is being made
/// from a segment that names the tag.
pub async fn rename(
    cx: &Context,
    by: &Actor,
    from: &Tag,
    to: &Tag,
    may_merge: bool,
) -> Result<Option<Renamed>> {
    let mut db = cx.store.write().await?;
    let other = if from == to {
        None
    } else {
        tags::find(&mut db, to).await?
    };
    let name = match other {
        Some(other) if !may_merge => return Err(AudienceError::TagExists(other.tag)),
        Some(other) => other.tag,
        None => to.as_str().to_owned(),
    };
    let mut renamed = Renamed {
        subscribers: tags::rename(&mut db, from, to, &name).await?,
        segments: 0,
    };
    for mut segment in segments::all(&mut db).await? {
        if !segment.rule.rename_tag(from, &name) {
            continue;
        }
        if segments::is_being_frozen(&mut db, segment.id).await? {
            return Err(AudienceError::InUse(
                "a campaign's audience is being made from a segment with this tag; try again in a minute",
            ));
        }
        let (id, rule) = (segment.id, &segment.rule);
        segments::update(&mut db, id, &segment.name, rule, cx.clock.now()).await?;
        renamed.segments += 1;
    }
    if renamed.subscribers + renamed.segments > 0 {
        audit::record(
            &mut db,
            by,
            AuditAction::TagRename,
            format!("{from} → {to}"),
            cx.clock.now(),
        )
        .await?;
    }
    db.commit().await?;
    Ok((renamed.subscribers + renamed.segments > 0).then_some(renamed))
}

/// The tags of one subscriber, by name.
pub async fn of(cx: &Context, id: SubscriberId) -> Result<Vec<String>> {
    let mut db = cx.store.read().await?;
    Ok(names(&mut db, id).await?)
}

pub(super) async fn names(
    db: &mut Db,
    id: SubscriberId,
) -> std::result::Result<Vec<String>, StoreError> {
    let found = tags::of(db, &[id]).await?;
    Ok(found.into_iter().map(|(_, tag)| tag).collect())
}

/// Sets a subscriber's tags, within the caller's transaction.
pub(super) async fn set(
    db: &mut Db,
    id: SubscriberId,
    wanted: &[Tag],
    now: Timestamp,
) -> Result<()> {
    let wanted = once(wanted.to_vec());
    if wanted.len() > MOST {
        return Err(AudienceError::TooManyTags);
    }
    let had = names(db, id).await?;
    for name in &had {
        if let Ok(tag) = Tag::parse(name)
            && wanted.iter().all(|wanted| wanted.as_str() != name)
        {
            tags::remove(db, id, &tag).await?;
        }
    }
    for tag in &wanted {
        // One that stays, perhaps in another spelling, starts no series.
        if had.iter().any(|name| key(name) == tag.key()) {
            tags::add(db, id, tag).await?;
        } else {
            add_one(db, id, tag, now).await?;
        }
    }
    Ok(())
}

/// Adds a tag, and lets a subscriber who did not have it into the series that it starts.
async fn add_one(db: &mut Db, id: SubscriberId, tag: &Tag, now: Timestamp) -> Result<()> {
    if tags::add(db, id, tag).await? {
        series_readers::enter_tagged(db, id, &tag.key(), now).await?;
    }
    Ok(())
}

/// Adds a tag within the caller's transaction, unless the subscriber has as many as one may have;
/// whether they have it now.
///
/// # Errors
/// Where the database fails.
pub async fn add_if_room(db: &mut Db, id: SubscriberId, tag: &Tag, now: Timestamp) -> Result<bool> {
    let has = names(db, id).await?;
    let has_it = has.iter().any(|name| key(name) == tag.key());
    if !has_it && has.len() >= MOST {
        return Ok(false);
    }
    add_one(db, id, tag, now).await?;
    Ok(true)
}

/// Adds a tag to a subscriber, within the caller's transaction.
pub(super) async fn add(db: &mut Db, id: SubscriberId, tag: &Tag, now: Timestamp) -> Result<()> {
    add_one(db, id, tag, now).await?;
    if tags::count(db, id).await? > MOST as i64 {
        Err(AudienceError::TooManyTags)
    } else {
        Ok(())
    }
}

/// Removes a tag from every subscriber; gives the number of subscribers.
pub async fn delete(cx: &Context, by: &Actor, tag: &Tag) -> Result<u64> {
    let mut db = cx.store.write().await?;
    let had = tags::delete(&mut db, tag).await?;
    if had > 0 {
        audit::record(&mut db, by, AuditAction::TagDelete, tag, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(had)
}
