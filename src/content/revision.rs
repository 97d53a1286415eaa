//! Revisions of posts: nothing is lost to a mistake or to another user's save.

use super::Result;
use super::post_draft::{FullPost, PostDraft, full_of};
use crate::account::Author;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::PostId;
use crate::model::autosave::Autosaved;
use crate::store::Db;
use crate::store::{autosaves, posts, revisions};

pub use crate::store::revisions::Revision;

/// How many revisions of a post are kept.
pub const KEPT: i64 = 100;
/// The id of a post that was never saved.
pub const NEW_POST: PostId = PostId(0);

/// Stores the version that is about to be replaced, if no revision holds it yet.
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

/// Stores the version that was just saved, and deletes its author's unsaved text
/// of the editor of `typed_at`.
pub(super) async fn keep(
    db: &mut Db,
    post: PostId,
    typed_at: PostId,
    edition: &PostDraft,
    author: Author<'_>,
    now: Timestamp,
) -> Result<()> {
    let actor = author.email.as_str();
    revisions::insert(db, post, now, actor, &edition.to_revision()).await?;
    revisions::trim(db, post, KEPT).await?;
    autosaves::forget(db, author.id, Autosaved::from(typed_at)).await?;
    Ok(())
}

/// Stores a post as it is now, after a change by the API.
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

/// The revisions of a post, newest first.
pub async fn history(cx: &Context, post: PostId) -> Result<Vec<Revision>> {
    Ok(revisions::last(&mut cx.store.read().await?, post, KEPT).await?)
}

/// One revision of a post.
pub async fn by_id(cx: &Context, post: PostId, id: i64) -> Result<Option<Revision>> {
    Ok(revisions::by_id(&mut cx.store.read().await?, post, id).await?)
}

/// A post as its editor saw it at `seen`; `None` where that version is not kept.
pub async fn as_seen(cx: &Context, post: PostId, seen: Timestamp) -> Result<Option<PostDraft>> {
    let mut db = cx.store.read().await?;
    if let Some(current) = posts::by_id(&mut db, post).await?
        && current.updated_at == seen
    {
        return Ok(PostDraft::of(&full_of(&mut db, current).await?));
    }
    let revision = revisions::saved_at(&mut db, post, seen).await?;
    Ok(revision.as_ref().and_then(PostDraft::of_revision))
}
