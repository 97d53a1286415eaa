//! Comments of users on posts and campaigns.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::account::Author;
use crate::campaign::lifecycle;
use crate::comments::{self, Block, CommentError, On, Thread};
use crate::content::post;
use crate::model::list::Slug;
use crate::model::shared_text::SharedText;
use crate::model::{CampaignId, CommentId};
use crate::store::comments::Comment;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::comment_blocks;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A comment.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Comment)]
pub struct CommentBody {
    id: CommentId,
    /// `null` once the user is deleted.
    author: Option<String>,
    at: String,
    /// Empty once it is deleted and others have answered.
    text: String,
}

impl From<&Comment> for CommentBody {
    fn from(one: &Comment) -> Self {
        Self {
            id: one.id,
            author: one.author.clone(),
            at: one.at.rfc3339(),
            text: one.text.clone(),
        }
    }
}

/// A comment with its answers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CommentThread {
    /// The id of its first comment.
    id: CommentId,
    /// The block that it is on; `null` where it is on all of the text, or its block has changed.
    block: Option<BlockPlace>,
    /// The first words of the block that it was written on; empty for all of the text.
    quote: String,
    is_resolved: bool,
    /// In the order in which they were written.
    comments: Vec<CommentBody>,
}

impl CommentThread {
    fn new(thread: &Thread, block: Option<&Block>) -> Self {
        Self {
            id: thread.first.id,
            block: block.map(|block| BlockPlace {
                language: block.language,
                at: block.at,
            }),
            quote: thread.first.quote.clone(),
            is_resolved: thread.is_resolved(),
            comments: thread.all().map(CommentBody::from).collect(),
        }
    }
}

/// A block of a text.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BlockPlace {
    /// The language of the text.
    language: Language,
    /// Its number among the blocks of the text, from 0.
    #[schema(minimum = 0)]
    at: i64,
}

/// A comment to add: on a block, in answer to a thread, or on all of the text.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewComment {
    /// Plain text; `@address` notifies that user.
    #[schema(max_length = 2000)]
    text: String,
    /// The thread that it answers.
    thread: Option<CommentId>,
    /// The block that it is on; not together with `thread`.
    block: Option<BlockPlace>,
}

/// Whether a thread is resolved.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ThreadChange {
    is_resolved: bool,
}

/// What is commented on.
struct About {
    text: SharedText,
    title: String,
    blocks: Vec<Block>,
}

async fn about_post(web: &Web, slug: &Slug) -> Result<About, HttpError> {
    let post = post::by_slug(&web.cx, slug).await?;
    let post = post.ok_or(HttpError::NotFound)?;
    let title = post.variants.first().map(|one| one.title.clone());
    Ok(About {
        text: SharedText::Post(post.post.id),
        title: title.unwrap_or_default(),
        blocks: comment_blocks::of_post(post).await?,
    })
}

async fn about_campaign(web: &Web, id: CampaignId) -> Result<About, HttpError> {
    Ok(About {
        text: SharedText::Campaign(id),
        title: lifecycle::by_id(&web.cx, id).await?.subject,
        blocks: comment_blocks::of_campaign(web, id).await?,
    })
}

async fn threads(web: &Web, about: &About) -> Result<Json<Page<CommentThread>>, HttpError> {
    let found = comments::threads(&web.cx, about.text, &about.blocks).await?;
    let on_blocks = found.on_blocks.iter();
    let mut all: Vec<CommentThread> = on_blocks
        .map(|(place, thread)| CommentThread::new(thread, about.blocks.get(*place)))
        .collect();
    let others = found.on_whole.iter().chain(&found.lost);
    all.extend(others.map(|thread| CommentThread::new(thread, None)));
    all.sort_by_key(|thread| thread.id);
    Ok(Json(Page::whole(all)))
}

async fn add(
    web: &Web,
    caller: &Caller,
    about: &About,
    new: NewComment,
) -> Result<(StatusCode, Json<CommentBody>), HttpError> {
    let on = match (new.thread, new.block) {
        (Some(_), Some(_)) => {
            return Err(HttpError::field(
                "block",
                &"must not be given together with thread",
            ));
        }
        (Some(thread), None) => On::Thread(thread),
        (None, Some(place)) => {
            let is_it = |one: &&Block| (one.language, one.at) == (place.language, place.at);
            let block = about.blocks.iter().find(is_it);
            On::Block(block.ok_or(CommentError::Changed)?)
        }
        (None, None) => On::Whole,
    };
    let by = Author::from(&caller.0);
    let title = (about.text, about.title.as_str());
    let id = comments::add(&web.cx, by, title, on, &new.text).await?;
    let found = comments::threads(&web.cx, about.text, &[]).await?;
    let mut all = found.on_whole.iter().chain(&found.lost);
    let added = all.find_map(|thread| thread.all().find(|one| one.id == id));
    let added = added.ok_or(HttpError::NotFound)?;
    Ok((StatusCode::CREATED, Json(added.into())))
}

async fn resolve(
    web: &Web,
    caller: &Caller,
    text: SharedText,
    thread: CommentId,
    change: ThreadChange,
) -> Result<StatusCode, HttpError> {
    let by = Author::from(&caller.0);
    comments::resolve(&web.cx, by, text, thread, change.is_resolved).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    web: &Web,
    caller: &Caller,
    text: SharedText,
    id: CommentId,
) -> Result<StatusCode, HttpError> {
    comments::delete(&web.cx, (&caller.0).into(), text, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the comments on a post
#[utoipa::path(get, path = "/posts/{slug}/comments", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)),
    responses((status = 200, body = Page<CommentThread>), (status = 404)))]
pub async fn of_post(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<Json<Page<CommentThread>>, HttpError> {
    threads(&web, &about_post(&web, &slug).await?).await
}

/// Comment on a post
///
/// Those who wrote in the thread before, or are mentioned, are notified.
#[utoipa::path(post, path = "/posts/{slug}/comments", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), request_body = NewComment,
    responses((status = 201, body = CommentBody), (status = 404),
              (status = 409, description = "There is no such block"),
              (status = 422, description = "The text is empty or too long")))]
pub async fn add_to_post(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
    Body(new): Body<NewComment>,
) -> Result<(StatusCode, Json<CommentBody>), HttpError> {
    add(&web, &caller, &about_post(&web, &slug).await?, new).await
}

/// Resolve a thread on a post, or open it again
#[utoipa::path(patch, path = "/posts/{slug}/comments/{comment}", tag = "content",
    security(("bearer" = [])), params(("slug" = String, Path), ("comment" = i64, Path)),
    request_body = ThreadChange, responses((status = 204), (status = 404)))]
pub async fn resolve_on_post(
    caller: Caller,
    State(web): State<Web>,
    PathParam((slug, thread)): PathParam<(Slug, CommentId)>,
    Body(change): Body<ThreadChange>,
) -> Result<StatusCode, HttpError> {
    let text = about_post(&web, &slug).await?.text;
    resolve(&web, &caller, text, thread, change).await
}

/// Delete your own comment on a post
#[utoipa::path(delete, path = "/posts/{slug}/comments/{comment}", tag = "content",
    security(("bearer" = [])), params(("slug" = String, Path), ("comment" = i64, Path)),
    responses((status = 204), (status = 404, description = "There is none, or it is somebody else's")))]
pub async fn delete_on_post(
    caller: Caller,
    State(web): State<Web>,
    PathParam((slug, id)): PathParam<(Slug, CommentId)>,
) -> Result<StatusCode, HttpError> {
    let text = about_post(&web, &slug).await?.text;
    remove(&web, &caller, text, id).await
}

/// List the comments on a campaign
#[utoipa::path(get, path = "/campaigns/{id}/comments", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 200, body = Page<CommentThread>), (status = 404)))]
pub async fn of_campaign(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<Page<CommentThread>>, HttpError> {
    threads(&web, &about_campaign(&web, id).await?).await
}

/// Comment on a campaign
///
/// Those who wrote in the thread before, or are mentioned, are notified.
#[utoipa::path(post, path = "/campaigns/{id}/comments", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = NewComment,
    responses((status = 201, body = CommentBody), (status = 404),
              (status = 409, description = "There is no such block"),
              (status = 422, description = "The text is empty or too long")))]
pub async fn add_to_campaign(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(new): Body<NewComment>,
) -> Result<(StatusCode, Json<CommentBody>), HttpError> {
    add(&web, &caller, &about_campaign(&web, id).await?, new).await
}

/// Resolve a thread on a campaign, or open it again
#[utoipa::path(patch, path = "/campaigns/{id}/comments/{comment}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), ("comment" = i64, Path)),
    request_body = ThreadChange, responses((status = 204), (status = 404)))]
pub async fn resolve_on_campaign(
    caller: Caller,
    State(web): State<Web>,
    PathParam((id, thread)): PathParam<(CampaignId, CommentId)>,
    Body(change): Body<ThreadChange>,
) -> Result<StatusCode, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    resolve(&web, &caller, SharedText::Campaign(id), thread, change).await
}

/// Delete your own comment on a campaign
#[utoipa::path(delete, path = "/campaigns/{id}/comments/{comment}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), ("comment" = i64, Path)),
    responses((status = 204), (status = 404, description = "There is none, or it is somebody else's")))]
pub async fn delete_on_campaign(
    caller: Caller,
    State(web): State<Web>,
    PathParam((id, comment)): PathParam<(CampaignId, CommentId)>,
) -> Result<StatusCode, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    remove(&web, &caller, SharedText::Campaign(id), comment).await
}
