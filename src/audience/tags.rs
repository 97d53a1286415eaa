//! Tags: labels that admins put on subscribers, for segments and to find them.

use super::{AudienceError, Result};
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::tag::{MOST, Tag, once};
use crate::store::tags::{self, TagCount};
use crate::store::{Db, StoreError};

/// Every tag that somebody has, by name.
///
/// # Errors
/// Where the database fails.
pub async fn all(cx: &Context) -> Result<Vec<TagCount>> {
    Ok(tags::all(&mut cx.store.read().await?).await?)
}

/// The tags of one subscriber, by name.
///
/// # Errors
/// Where the database fails.
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

/// Gives a subscriber these tags and no others, within the caller's transaction.
pub(super) async fn set(db: &mut Db, id: SubscriberId, wanted: &[Tag]) -> Result<()> {
    let wanted = once(wanted.to_vec());
    if wanted.len() > MOST {
        return Err(AudienceError::TooManyTags);
    }
    tags::clear(db, id).await?;
    for tag in &wanted {
        tags::add(db, id, tag).await?;
    }
    Ok(())
}

/// Gives a subscriber one more tag, within the caller's transaction.
pub(super) async fn add(db: &mut Db, id: SubscriberId, tag: &Tag) -> Result<()> {
    tags::add(db, id, tag).await?;
    match tags::count(db, id).await? > MOST as i64 {
        true => Err(AudienceError::TooManyTags),
        false => Ok(()),
    }
}

/// Takes a tag from everybody who has it; tells from how many.
///
/// # Errors
/// Where the database fails.
pub async fn delete(cx: &Context, tag: &Tag) -> Result<u64> {
    let mut db = cx.store.write().await?;
    let had = tags::delete(&mut db, tag).await?;
    db.commit().await?;
    Ok(had)
}
