//! Comments of users on the texts of posts and campaigns: threads on a block, or on all of it.
//!
//! Who reaches the post or campaign may read and write them; nothing outside of the admin shows
//! them. Those who wrote in a thread before, or are mentioned, are notified. Never knows what a
//! post or a campaign says: callers give its blocks.

use crate::account::{Author, audit};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::notification::Notice;
use crate::model::shared_text::SharedText;
use crate::model::{CommentId, UserId};
use crate::notifications;
use crate::store::comments::{self, NewComment};
use crate::store::{Db, StoreError};
use crate::text::characters;

mod anchor;
mod mention;
mod thread;

pub use anchor::{Block, blocks};
pub use thread::{Thread, Threads};

/// Characters of a comment.
pub const TEXT_LIMIT: usize = 2000;
/// Comments on one post or campaign.
const LIMIT: usize = 500;

/// Why a comment could not be written or changed.
#[derive(Debug, thiserror::Error)]
pub enum CommentError {
    /// There is none of that number there, or it is somebody else's.
    #[error("there is no such comment")]
    NotFound,
    /// Nothing was written.
    #[error("a comment must not be empty")]
    Empty,
    /// Too much was written.
    #[error("a comment must have at most {TEXT_LIMIT} characters")]
    TooLong,
    /// There are too many already.
    #[error("there are {LIMIT} comments here; delete some first")]
    TooMany,
    /// The block is gone or has changed since the page was loaded.
    #[error("this block has changed; look at it again before you comment on it")]
    Changed,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, CommentError>;

/// What a comment is on.
#[derive(Debug, Clone, Copy)]
pub enum On<'a> {
    /// The whole post or campaign.
    Whole,
    /// This block.
    Block(&'a Block),
    /// A thread, which it answers.
    Thread(CommentId),
}

/// Adds a comment of a user. `title` is that of the post or campaign, for notifications.
///
/// # Errors
/// [`CommentError`] says what is wrong with it.
pub async fn add(
    cx: &Context,
    by: Author<'_>,
    (about, title): (SharedText, &str),
    on: On<'_>,
    text: &str,
) -> Result<CommentId> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if characters::is_blank(text) {
        return Err(CommentError::Empty);
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(CommentError::TooLong);
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let all = comments::of(&mut db, about).await?;
    if all.len() >= LIMIT {
        return Err(CommentError::TooMany);
    }
    let mut told: Vec<UserId> = Vec::new();
    let mut new = NewComment {
        about,
        thread: None,
        author: by.id,
        text,
        language: "",
        block_digest: "",
        block_at: 0,
        quote: "",
    };
    match on {
        On::Whole => {}
        On::Block(block) => {
            new.language = block.language.tag();
            new.block_digest = &block.digest;
            new.block_at = block.at;
            new.quote = &block.quote;
        }
        On::Thread(id) => {
            let is_head = all
                .iter()
                .any(|one| one.id == id && one.thread_id.is_none());
            if !is_head {
                return Err(CommentError::NotFound);
            }
            new.thread = Some(id);
            let thread = all
                .iter()
                .filter(|one| one.id == id || one.thread_id == Some(id));
            told.extend(thread.filter_map(|one| one.author_id));
            // An answer is about something that is open.
            comments::set_resolved(&mut db, id, None).await?;
        }
    }
    let id = comments::insert(&mut db, &new, now).await?;
    let users = comments::users(&mut db).await?;
    told.extend(mention::mentioned(text, &users));
    tell(&mut db, by, (about, title), id, told, now).await?;
    let actor = Actor::User(by.email.clone());
    audit::record(&mut db, &actor, AuditAction::CommentAdd, about.path(), now).await?;
    db.commit().await?;
    Ok(id)
}

/// Notifies those who wrote before or are mentioned, but not who writes.
async fn tell(
    db: &mut Db,
    by: Author<'_>,
    (about, title): (SharedText, &str),
    id: CommentId,
    mut told: Vec<UserId>,
    now: Timestamp,
) -> Result<()> {
    told.sort();
    told.dedup();
    told.retain(|user| *user != by.id);
    if told.is_empty() {
        return Ok(());
    }
    let path = format!("{}/comments", about.path());
    let notice = Notice::comment_added(id, title, path, told);
    notifications::record(db, &notice, now).await?;
    Ok(())
}

/// Resolves a thread, or opens it again.
///
/// # Errors
/// [`CommentError::NotFound`] where there is no such thread here.
pub async fn resolve(
    cx: &Context,
    by: Author<'_>,
    about: SharedText,
    thread: CommentId,
    is_resolved: bool,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let all = comments::of(&mut db, about).await?;
    let mut heads = all.iter().filter(|one| one.thread_id.is_none());
    if !heads.any(|one| one.id == thread) {
        return Err(CommentError::NotFound);
    }
    let resolved = is_resolved.then_some((cx.clock.now(), by.id));
    comments::set_resolved(&mut db, thread, resolved).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a user's own comment; of one that others have answered only the text.
///
/// # Errors
/// [`CommentError::NotFound`] where it is not there or somebody else's.
pub async fn delete(cx: &Context, by: Author<'_>, about: SharedText, id: CommentId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let all = comments::of(&mut db, about).await?;
    let own = all.iter().find(|one| one.id == id);
    let own = own.filter(|one| one.author_id == Some(by.id));
    let own = own.ok_or(CommentError::NotFound)?;
    let has_answers = all.iter().any(|one| one.thread_id == Some(id));
    if own.thread_id.is_none() && has_answers {
        comments::clear(&mut db, id).await?;
    } else {
        comments::delete(&mut db, id).await?;
    }
    let actor = Actor::User(by.email.clone());
    let now = cx.clock.now();
    audit::record(
        &mut db,
        &actor,
        AuditAction::CommentDelete,
        about.path(),
        now,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// The threads on a text with these blocks.
pub async fn threads(cx: &Context, about: SharedText, blocks: &[Block]) -> Result<Threads> {
    let all = comments::of(&mut cx.store.read().await?, about).await?;
    Ok(Threads::new(all, blocks))
}

/// How many threads are open, for a link to them.
pub async fn open(cx: &Context, about: SharedText) -> Result<Vec<Thread>> {
    let all = comments::of(&mut cx.store.read().await?, about).await?;
    Ok(thread::open(all))
}
