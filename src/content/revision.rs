//! What a post said before, and what somebody typed and has not saved: no text
//! is lost to a mistake, to somebody else's save or to a closed window.

use super::Result;
use super::post::{FullPost, PostDraft};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::PostId;
use crate::model::line::Title;
use crate::store::Db;
use crate::store::account::User;
use crate::store::{posts, revisions};

pub use crate::store::revisions::{Revision, Unsaved};

/// How many revisions of a post are kept.
pub const KEPT: i64 = 100;
/// The row that stands for a post that is not saved yet.
pub const NEW_POST: PostId = PostId(0);

impl PostDraft {
    /// The edition that a post stands as.
    fn of(full: &FullPost) -> Option<Self> {
        let mut variants = full.variants.clone();
        variants.sort_by_key(|variant| variant.language);
        Some(Self {
            slug: Some(full.post.slug.clone()),
            category: Title::parse(&full.post.category).ok()?,
            author: Title::parse(&full.post.author).ok()?,
            published_at: full.post.published_at,
            variants,
        })
    }

    /// How a revision holds it.
    fn to_revision(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a revision holds.
    pub fn of_revision(revision: &Revision) -> Option<Self> {
        serde_json::from_str(&revision.edition).ok()
    }
}

/// Keeps what is about to be replaced, where its last save was not at the desk.
pub(super) async fn keep_before(db: &mut Db, current: &FullPost) -> Result<()> {
    let Some(edition) = PostDraft::of(current) else {
        return Ok(());
    };
    let last = revisions::last(db, current.post.id, 1).await?;
    if last.first().and_then(PostDraft::of_revision).as_ref() != Some(&edition) {
        let at = current.post.updated_at;
        revisions::insert(db, current.post.id, at, "", &edition.to_revision()).await?;
    }
    Ok(())
}

/// Keeps what was just saved, and forgets what its author had typed on the way
/// into the editor of `typed_at`.
pub(super) async fn keep(
    db: &mut Db,
    post: PostId,
    typed_at: PostId,
    edition: &PostDraft,
    author: &User,
    now: Timestamp,
) -> Result<()> {
    let actor = author.email.as_str();
    revisions::insert(db, post, now, actor, &edition.to_revision()).await?;
    revisions::trim(db, post, KEPT).await?;
    revisions::drop_unsaved(db, author.id, typed_at).await?;
    Ok(())
}

/// Keeps a post as it is now, after a program has changed it.
pub(super) async fn keep_current(
    db: &mut Db,
    post: PostId,
    actor: &str,
    now: Timestamp,
) -> Result<()> {
    let Some(current) = posts::by_id(db, post).await? else {
        return Ok(());
    };
    let variants = posts::variants(db, post).await?;
    let current = FullPost {
        post: current,
        variants,
    };
    if let Some(edition) = PostDraft::of(&current) {
        revisions::insert(db, post, now, actor, &edition.to_revision()).await?;
        revisions::trim(db, post, KEPT).await?;
    }
    Ok(())
}

/// What a post said each time it was saved, newest first.
pub async fn history(cx: &Context, post: PostId) -> Result<Vec<Revision>> {
    Ok(revisions::last(&mut cx.store.read().await?, post, KEPT).await?)
}

/// One revision of a post.
pub async fn by_id(cx: &Context, post: PostId, id: i64) -> Result<Option<Revision>> {
    Ok(revisions::by_id(&mut cx.store.read().await?, post, id).await?)
}

/// Keeps what somebody has typed into the editor: the form as it is sent.
pub async fn keep_unsaved(cx: &Context, user: &User, post: PostId, form: &str) -> Result<()> {
    let mut db = cx.store.write().await?;
    revisions::keep_unsaved(&mut db, user.id, post, form, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// What somebody has typed into the editor and not saved.
pub async fn unsaved(cx: &Context, user: &User, post: PostId) -> Result<Option<Unsaved>> {
    Ok(revisions::unsaved(&mut cx.store.read().await?, user.id, post).await?)
}

/// Forgets what somebody has typed and not saved.
pub async fn drop_unsaved(cx: &Context, user: &User, post: PostId) -> Result<()> {
    let mut db = cx.store.write().await?;
    revisions::drop_unsaved(&mut db, user.id, post).await?;
    db.commit().await?;
    Ok(())
}
