//! Feeds of other sites.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::content::feeds::{self, FeedChange};
use crate::model::FeedId;
use crate::model::list::Slug;
use crate::store::feeds::{Feed, FeedItem};
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// Items in an answer.
const ITEMS: i64 = 50;

/// A feed of another site.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FeedBody {
    id: FeedId,
    /// By which texts name it.
    name: String,
    url: String,
    /// As it calls itself.
    title: String,
    /// Whether it is not fetched.
    is_paused: bool,
    /// When it was last read without an error, RFC 3339.
    fetched_at: String,
    /// Why it could not be read; empty where the last try went well.
    last_error: String,
    /// When it last could not be read, RFC 3339.
    failed_at: Option<String>,
    /// Tries in a row that failed.
    failure_count: i64,
    /// Its 50 newest items; only for a single feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    items: Option<Vec<FeedItemBody>>,
}

/// An item of a feed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FeedItemBody {
    title: String,
    link: String,
    summary: String,
    /// The address of a picture; may be empty.
    picture: String,
    /// RFC 3339.
    published_at: String,
    /// Whether it came after the feed was added: only then is it shown by recurring campaigns.
    is_new: bool,
}

impl From<Feed> for FeedBody {
    fn from(feed: Feed) -> Self {
        Self {
            id: feed.id,
            name: feed.name,
            url: feed.url,
            title: feed.title,
            is_paused: feed.is_paused,
            fetched_at: feed.fetched_at.rfc3339(),
            last_error: feed.last_error,
            failed_at: feed.failed_at.map(Timestamp::rfc3339),
            failure_count: feed.failure_count,
            items: None,
        }
    }
}

impl From<FeedItem> for FeedItemBody {
    fn from(item: FeedItem) -> Self {
        Self {
            title: item.title,
            link: item.link,
            summary: item.summary,
            picture: item.picture,
            published_at: item.published_at.rfc3339(),
            is_new: !item.is_old,
        }
    }
}

async fn whole(web: &Web, feed: Feed) -> Result<FeedBody, HttpError> {
    let items = feeds::newest(&web.cx, feed.id, ITEMS).await?;
    Ok(FeedBody {
        items: Some(items.into_iter().map(FeedItemBody::from).collect()),
        ..feed.into()
    })
}

/// List feeds
#[utoipa::path(get, path = "/feeds", tag = "content", security(("bearer" = [])),
    responses((status = 200, body = Page<FeedBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<FeedBody>>, HttpError> {
    let all = feeds::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(FeedBody::from)))
}

/// A new feed.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewFeed {
    /// By which texts name it.
    name: Slug,
    /// The address of an RSS, Atom or JSON feed.
    url: String,
}

/// Add a feed
///
/// It is read at once. The items that it has now are not new: recurring campaigns do not show
/// them.
#[utoipa::path(post, path = "/feeds", tag = "content", security(("bearer" = [])),
    request_body = NewFeed,
    responses((status = 201, body = FeedBody), (status = 409, description = "The name is taken"),
              (status = 422, description = "The feed cannot be read")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewFeed>,
) -> Result<(StatusCode, Json<FeedBody>), HttpError> {
    let feed = feeds::add(&web.cx, &caller.actor(), &new.name, &new.url).await?;
    Ok((StatusCode::CREATED, Json(whole(&web, feed).await?)))
}

/// Get a feed, with its newest items
#[utoipa::path(get, path = "/feeds/{id}", tag = "content", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = FeedBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<FeedId>,
) -> Result<Json<FeedBody>, HttpError> {
    let feed = feeds::by_id(&web.cx, id).await?;
    Ok(Json(whole(&web, feed).await?))
}

/// Changes to a feed; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeFeed {
    name: Option<Slug>,
    /// What is at another address now is not new.
    url: Option<String>,
}

/// Change a feed
#[utoipa::path(patch, path = "/feeds/{id}", tag = "content", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ChangeFeed,
    responses((status = 200, body = FeedBody), (status = 404),
              (status = 409, description = "The name is taken"), (status = 422)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<FeedId>,
    Body(change): Body<ChangeFeed>,
) -> Result<Json<FeedBody>, HttpError> {
    let change = FeedChange {
        name: change.name,
        url: change.url,
        is_paused: None,
    };
    changed(&web, &caller, id, &change).await
}

async fn changed(
    web: &Web,
    caller: &Caller,
    id: FeedId,
    change: &FeedChange,
) -> Result<Json<FeedBody>, HttpError> {
    let feed = feeds::change(&web.cx, &caller.actor(), id, change).await?;
    Ok(Json(whole(web, feed).await?))
}

/// Pause a feed: it is not fetched any more
#[utoipa::path(post, path = "/feeds/{id}/pause", tag = "content", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = FeedBody), (status = 404)))]
pub async fn pause(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<FeedId>,
) -> Result<Json<FeedBody>, HttpError> {
    let change = FeedChange {
        is_paused: Some(true),
        ..FeedChange::default()
    };
    changed(&web, &caller, id, &change).await
}

/// Resume a paused feed
#[utoipa::path(post, path = "/feeds/{id}/resume", tag = "content", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = FeedBody), (status = 404)))]
pub async fn resume(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<FeedId>,
) -> Result<Json<FeedBody>, HttpError> {
    let change = FeedChange {
        is_paused: Some(false),
        ..FeedChange::default()
    };
    changed(&web, &caller, id, &change).await
}

/// Delete a feed
///
/// A recurring campaign that names it fails from then on, and says so.
#[utoipa::path(delete, path = "/feeds/{id}", tag = "content", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<FeedId>,
) -> Result<StatusCode, HttpError> {
    feeds::delete(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
