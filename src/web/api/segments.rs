//! Segments.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::audience::segment;
use crate::model::SegmentId;
use crate::model::segment::Rule;
use crate::store::segments::Segment;
use crate::text::line::Title;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A saved rule that selects subscribers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SegmentBody {
    id: SegmentId,
    name: String,
    rule: Rule,
    /// The number of matching subscribers; only for a single segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    /// RFC 3339.
    updated_at: String,
}

impl From<Segment> for SegmentBody {
    fn from(segment: Segment) -> Self {
        Self {
            id: segment.id,
            name: segment.name,
            rule: segment.rule,
            count: None,
            updated_at: segment.updated_at.rfc3339(),
        }
    }
}

/// List segments by name
#[utoipa::path(get, path = "/segments", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<SegmentBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<SegmentBody>>, HttpError> {
    let all = segment::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(SegmentBody::from)))
}

/// Get a segment with the number of matching subscribers
#[utoipa::path(get, path = "/segments/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SegmentBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SegmentId>,
) -> Result<Json<SegmentBody>, HttpError> {
    Ok(Json(counted(&web, id).await?))
}

async fn find(web: &Web, id: SegmentId) -> Result<Segment, HttpError> {
    segment::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)
}

async fn counted(web: &Web, id: SegmentId) -> Result<SegmentBody, HttpError> {
    let segment = find(web, id).await?;
    Ok(SegmentBody {
        count: Some(segment::count(&web.cx, &segment.rule).await?),
        ..segment.into()
    })
}

/// A new segment.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSegment {
    name: Title,
    rule: Rule,
}

/// Create a segment
#[utoipa::path(post, path = "/segments", tag = "audience", security(("bearer" = [])),
    request_body = NewSegment,
    responses((status = 201, body = SegmentBody), (status = 409, description = "The name is taken")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewSegment>,
) -> Result<(StatusCode, Json<SegmentBody>), HttpError> {
    let id = segment::save(&web.cx, &caller.actor(), None, &new.name, &new.rule).await?;
    Ok((StatusCode::CREATED, Json(counted(&web, id).await?)))
}

/// Changes to a segment; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeSegment {
    name: Option<Title>,
    rule: Option<Rule>,
}

/// Change a segment.
#[utoipa::path(patch, path = "/segments/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ChangeSegment,
    responses((status = 200, body = SegmentBody), (status = 404),
              (status = 409, description = "The name is taken, or a campaign's audience is being made from it")))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SegmentId>,
    Body(change): Body<ChangeSegment>,
) -> Result<Json<SegmentBody>, HttpError> {
    let segment = find(&web, id).await?;
    let name = match change.name {
        Some(name) => name,
        None => Title::parse(&segment.name).map_err(|_| HttpError::Internal)?,
    };
    let rule = change.rule.unwrap_or(segment.rule);
    segment::save(&web.cx, &caller.actor(), Some(id), &name, &rule).await?;
    Ok(Json(counted(&web, id).await?))
}

/// Delete a segment.
#[utoipa::path(delete, path = "/segments/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404),
              (status = 409, description = "A campaign that has not ended goes to it")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SegmentId>,
) -> Result<StatusCode, HttpError> {
    find(&web, id).await?;
    segment::delete(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
