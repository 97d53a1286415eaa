//! Tags: labels on subscribers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::bearer::Caller;
use super::paging::Page;
use super::request::Id;
use crate::account;
use crate::audience::tags;
use crate::model::tag::Tag;
use crate::web::{Failure, Web};

/// A tag that subscribers have.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TagBody {
    name: String,
    /// Subscribers who have it.
    subscribers: i64,
}

/// Every tag that a subscriber has, by name.
#[utoipa::path(get, path = "/tags", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<TagBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<TagBody>>, Failure> {
    let all = tags::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(|tag| TagBody {
        name: tag.tag,
        subscribers: tag.subscribers,
    })))
}

/// Take a tag from every subscriber. The subscribers stay.
#[utoipa::path(delete, path = "/tags/{name}", tag = "audience", security(("bearer" = [])),
    params(("name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    Id(tag): Id<Tag>,
) -> Result<StatusCode, Failure> {
    match tags::delete(&web.cx, &tag).await? {
        0 => Err(Failure::NotFound),
        _ => {
            account::audit(&web.cx, caller.name(), "tag.delete", tag.as_str()).await?;
            Ok(StatusCode::NO_CONTENT)
        }
    }
}
