use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::audience::tags;
use crate::model::tag::Tag;
use crate::store::tags::TagCount;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A tag.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TagBody {
    name: String,
    /// Subscribers with this tag.
    subscribers: i64,
}

impl From<TagCount> for TagBody {
    fn from(tag: TagCount) -> Self {
        Self {
            name: tag.tag,
            subscribers: tag.subscribers,
        }
    }
}

/// List tags by name
#[utoipa::path(get, path = "/tags", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<TagBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<TagBody>>, HttpError> {
    let all = tags::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(TagBody::from)))
}

/// A new name for a tag.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct RenameTag {
    name: Tag,
    /// Whether the name may be that of another tag: the two are merged under
    /// that tag's spelling.
    #[serde(default)]
    merge: bool,
}

/// Rename a tag on every subscriber and in segments
#[utoipa::path(patch, path = "/tags/{name}", tag = "audience", security(("bearer" = [])),
    params(("name" = String, Path)), request_body = RenameTag,
    responses((status = 200, body = TagBody), (status = 404),
              (status = 409, description = "Another tag has the name and merge is not set, or a campaign's audience is being made from a segment with the tag")))]
pub async fn rename(
    caller: Caller,
    State(web): State<Web>,
    PathParam(tag): PathParam<Tag>,
    Body(body): Body<RenameTag>,
) -> Result<Json<TagBody>, HttpError> {
    tags::rename(&web.cx, &caller.actor(), &tag, &body.name, body.merge)
        .await?
        .ok_or(HttpError::NotFound)?;
    let renamed = tags::find(&web.cx, &body.name).await?;
    Ok(Json(renamed.map_or_else(
        || TagBody {
            name: body.name.to_string(),
            subscribers: 0,
        },
        TagBody::from,
    )))
}

/// Remove a tag from every subscriber
///
/// The subscribers stay.
#[utoipa::path(delete, path = "/tags/{name}", tag = "audience", security(("bearer" = [])),
    params(("name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(tag): PathParam<Tag>,
) -> Result<StatusCode, HttpError> {
    match tags::delete(&web.cx, &caller.actor(), &tag).await? {
        0 => Err(HttpError::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}
