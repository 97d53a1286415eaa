//! Feeds of other sites, whose items campaigns show: RSS, Atom and JSON Feed.
//!
//! Owns their addresses, [fetching](fetch) them and [what they say](items). Which item a
//! recurring campaign has shown is noted where that is made.

mod bounds;
mod error;
mod fetch;
pub mod items;
mod kept;
pub mod refresh;

pub use error::{FeedError, Result};
use fetch::Answer;
use kept::keep;

use self::items::Found;
use crate::account::audit;
use crate::context::Context;
use crate::document::{Block, EmbedAttrs};
use crate::model::FeedId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::Slug;
use crate::model::notification::NotificationKind;
use crate::notifications::conditions::{self, Condition};
use crate::store::StoreError;
use crate::store::feeds::{self, Feed, FeedItem, FeedState};
use crate::text::escape::without_merge_tags;

/// Items that one block may ask for.
const MOST: u32 = 20;

/// Every feed, by name.
pub async fn all(cx: &Context) -> Result<Vec<Feed>> {
    Ok(feeds::all(&mut cx.store.read().await?).await?)
}

/// A feed.
///
/// # Errors
/// [`FeedError::NotFound`] where there is none.
pub async fn by_id(cx: &Context, id: FeedId) -> Result<Feed> {
    let found = feeds::by_id(&mut cx.store.read().await?, id).await?;
    found.ok_or(FeedError::NotFound)
}

/// Its newest items.
pub async fn newest(cx: &Context, id: FeedId, limit: i64) -> Result<Vec<FeedItem>> {
    Ok(feeds::newest(&mut cx.store.read().await?, id, limit).await?)
}

/// What is at an address now. Nothing is kept.
///
/// # Errors
/// [`FeedError::Url`] or [`FeedError::Fetch`].
pub async fn preview(cx: &Context, url: &str) -> Result<Found> {
    Ok(read_new(cx, url).await?.0)
}

/// Reads a feed for the first time: it, and its server's marks.
async fn read_new(cx: &Context, url: &str) -> Result<(Found, String, String)> {
    match fetch::fetch(cx, url, ("", "")).await? {
        Answer::Changed {
            found,
            etag,
            last_modified,
        } => Ok((found, etag, last_modified)),
        Answer::Unchanged => {
            let why = "its server says that it has not changed, though it was not asked";
            Err(FeedError::Fetch(why.to_owned()))
        }
    }
}

/// Adds a feed. What is in it now is not new.
///
/// # Errors
/// [`FeedError::Exists`] where the name is taken, and those of [`preview`].
pub async fn add(cx: &Context, by: &Actor, name: &Slug, url: &str) -> Result<Feed> {
    let url = fetch::address(cx, url)?;
    let (found, etag, last_modified) = read_new(cx, url.as_str()).await?;
    let now = cx.clock.now();
    let state = FeedState {
        title: &found.title,
        etag: &etag,
        last_modified: &last_modified,
    };
    let mut db = cx.store.write().await?;
    let next = now.after(kept::INTERVAL);
    let named = (name.as_str(), url.as_str());
    let id = feeds::insert(&mut db, named, &state, next, by.as_str(), now).await;
    let id = id.map_err(taken)?;
    keep(&mut db, id, &found, true, now).await?;
    audit::record(&mut db, by, AuditAction::FeedAdd, name, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// What changes of a feed.
#[derive(Debug, Clone, Default)]
pub struct FeedChange {
    pub name: Option<Slug>,
    pub url: Option<String>,
    /// Whether it is not fetched any more.
    pub is_paused: Option<bool>,
}

/// Changes a feed. What is at a new address now is not new.
///
/// # Errors
/// As [`add`].
pub async fn change(cx: &Context, by: &Actor, id: FeedId, change: &FeedChange) -> Result<Feed> {
    let before = by_id(cx, id).await?;
    let url = match &change.url {
        Some(url) => fetch::address(cx, url)?.to_string(),
        None => before.url.clone(),
    };
    let moved = if url == before.url {
        None
    } else {
        Some(read_new(cx, &url).await?)
    };
    let name = change
        .name
        .as_ref()
        .map_or(before.name.as_str(), Slug::as_str);
    let is_paused = change.is_paused.unwrap_or(before.is_paused);
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let fields = (name, url.as_str(), is_paused);
    let changed = feeds::update(&mut db, id, fields, by.as_str(), now).await;
    changed.map_err(taken)?;
    if let Some((found, etag, last_modified)) = &moved {
        let state = FeedState {
            title: &found.title,
            etag,
            last_modified,
        };
        keep(&mut db, id, found, true, now).await?;
        feeds::succeed(&mut db, id, Some(&state), now).await?;
    }
    audit::record(&mut db, by, AuditAction::FeedChange, name, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Deletes a feed with its items.
///
/// # Errors
/// [`FeedError::NotFound`] where there is none.
pub async fn delete(cx: &Context, by: &Actor, id: FeedId) -> Result<()> {
    let feed = by_id(cx, id).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    feeds::delete(&mut db, id).await?;
    let fine = Condition::Fine(NotificationKind::FeedFailing, id.to_string());
    conditions::apply(&mut db, &fine, now).await?;
    audit::record(&mut db, by, AuditAction::FeedDelete, &feed.name, now).await?;
    db.commit().await?;
    Ok(())
}

fn taken(error: StoreError) -> FeedError {
    match error {
        StoreError::Exists => FeedError::Exists,
        other => other.into(),
    }
}

/// How many items a block asks for.
pub fn count(asked: u32) -> i64 {
    i64::from(asked.min(MOST))
}

/// An item as a card.
pub fn card(item: &FeedItem) -> Block {
    Block::Embed {
        attrs: EmbedAttrs {
            href: item.link.clone(),
            title: without_merge_tags(&item.title),
            description: without_merge_tags(&item.summary),
            // Readers' programs would load it from that site, which would learn who reads when.
            picture: String::new(),
        },
    }
}
