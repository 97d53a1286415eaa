//! Segments.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::paging::Page;
use super::request::{Body, Id};
use crate::account;
use crate::audience::segment;
use crate::model::SegmentId;
use crate::model::line::Title;
use crate::model::segment::Rule;
use crate::store::segments::Segment;
use crate::web::{Failure, Web};

/// A saved rule that picks a part of the audience.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SegmentBody {
    id: SegmentId,
    name: String,
    rule: Rule,
    /// How many subscribers it picks now; only of a single segment.
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

/// Every segment, by name.
#[utoipa::path(get, path = "/segments", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<SegmentBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<SegmentBody>>, Failure> {
    let all = segment::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(SegmentBody::from)))
}

/// One segment, with the number of subscribers that it picks now.
#[utoipa::path(get, path = "/segments/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SegmentBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    Id(id): Id<SegmentId>,
) -> Result<Json<SegmentBody>, Failure> {
    Ok(Json(counted(&web, id).await?))
}

async fn find(web: &Web, id: SegmentId) -> Result<Segment, Failure> {
    segment::by_id(&web.cx, id).await?.ok_or(Failure::NotFound)
}

async fn counted(web: &Web, id: SegmentId) -> Result<SegmentBody, Failure> {
    let segment = find(web, id).await?;
    Ok(SegmentBody {
        count: Some(segment::count(&web.cx, &segment.rule).await?),
        ..segment.into()
    })
}

/// A segment to be made.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSegment {
    name: Title,
    rule: Rule,
}

/// Make a segment.
#[utoipa::path(post, path = "/segments", tag = "audience", security(("bearer" = [])),
    request_body = NewSegment,
    responses((status = 201, body = SegmentBody), (status = 409, description = "The name is taken")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewSegment>,
) -> Result<(StatusCode, Json<SegmentBody>), Failure> {
    let id = segment::save(&web.cx, None, &new.name, &new.rule).await?;
    account::audit(&web.cx, caller.name(), "segment.create", new.name.as_str()).await?;
    Ok((StatusCode::CREATED, Json(counted(&web, id).await?)))
}

/// What to change of a segment; what is left out stays.
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
    Id(id): Id<SegmentId>,
    Body(change): Body<ChangeSegment>,
) -> Result<Json<SegmentBody>, Failure> {
    let segment = find(&web, id).await?;
    let name = match change.name {
        Some(name) => name,
        None => Title::parse(&segment.name).map_err(|_| Failure::Internal)?,
    };
    let rule = change.rule.unwrap_or(segment.rule);
    segment::save(&web.cx, Some(id), &name, &rule).await?;
    account::audit(&web.cx, caller.name(), "segment.change", name.as_str()).await?;
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
    Id(id): Id<SegmentId>,
) -> Result<StatusCode, Failure> {
    let segment = find(&web, id).await?;
    segment::delete(&web.cx, id).await?;
    account::audit(&web.cx, caller.name(), "segment.delete", &segment.name).await?;
    Ok(StatusCode::NO_CONTENT)
}
