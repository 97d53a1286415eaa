//! Readers of a series: who they are, and how they come in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::model::scope::{Access, Resource};
use crate::model::series::ReaderState;
use crate::model::{SeriesId, SubscriberId};
use crate::series::readers::{self, Named};
use crate::series::{SeriesError, lifecycle};
use crate::store::series_readers::ReaderRow;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A reader of a series.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReaderBody {
    subscriber_id: SubscriberId,
    email: String,
    state: ReaderState,
    version: i64,
    /// The step that comes next, or at which it ended.
    position: i64,
    /// When that step is due; RFC 3339.
    due_at: String,
    entered_at: String,
}

impl From<ReaderRow> for ReaderBody {
    fn from(row: ReaderRow) -> Self {
        Self {
            subscriber_id: row.subscriber_id,
            email: row.email.to_string(),
            state: row.state,
            version: row.version,
            position: row.position,
            due_at: row.due_at.rfc3339(),
            entered_at: row.entered_at.rfc3339(),
        }
    }
}

/// Which readers.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReaderFilter {
    /// Only those in this state.
    state: Option<ReaderState>,
}

/// List readers
#[utoipa::path(get, path = "/series/{id}/readers", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path), Paging, ReaderFilter),
    responses((status = 200, body = Page<ReaderBody>), (status = 404)))]
pub async fn readers(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
    Params(paging): Params<Paging>,
    Params(filter): Params<ReaderFilter>,
) -> Result<Json<Page<ReaderBody>>, HttpError> {
    let by = caller.actor();
    let exporter = Exporter::of(caller)?;
    exporter
        .note(&web, &format!("readers of series {id}"))
        .await?;
    let after = paging.after()?.unwrap_or(0);
    let rows = readers::page(&web.cx, &by, id, filter.state, (after, paging.limit())).await?;
    Ok(Json(
        Page::new(rows, &paging, |row| row.id).map(ReaderBody::from),
    ))
}

/// Who comes in: one of both.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewReader {
    subscriber: Option<SubscriberId>,
    email: Option<String>,
}

/// Refuses who may not let readers in: they get emails, and steps change them.
fn require_entry(caller: &Caller) -> Result<(), HttpError> {
    if !caller.0.role.may_edit() {
        let why = "this token's user can only view, and may not let readers in";
        return Err(HttpError::Forbidden(why));
    }
    for resource in [Resource::Campaigns, Resource::Subscribers] {
        let why = "to let readers in, a token needs campaigns:write and subscribers:write";
        caller.require(resource, Access::Write, why)?;
    }
    Ok(())
}

/// Let a subscriber of the list in
///
/// The token's scopes must include writing subscribers, too.
#[utoipa::path(post, path = "/series/{id}/readers", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = NewReader,
    responses((status = 201, body = ReaderBody), (status = 403), (status = 404),
              (status = 409, description = "Nobody comes in, or they cannot"), (status = 422)))]
pub async fn enter(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
    Body(new): Body<NewReader>,
) -> Result<(StatusCode, Json<ReaderBody>), HttpError> {
    require_entry(&caller)?;
    let who = match (new.subscriber, new.email) {
        (Some(id), None) => Named::Id(id),
        (None, Some(email)) => Named::Email(email.parse().map_err(|error| field("email")(&error))?),
        _ => return Err(field("subscriber")(&"give either subscriber or email")),
    };
    let entered = readers::enter(&web.cx, &caller.actor(), id, &who).await;
    let entered = entered.map_err(|error| match error {
        error @ SeriesError::UnknownSubscriber => field("subscriber")(&error),
        error => error.into(),
    })?;
    Ok((StatusCode::CREATED, Json(entered.into())))
}

/// The address by which other programs let readers in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EntryAddress {
    /// `POST` an address as `email` to it, in JSON or as a form; without a token.
    url: String,
}

/// Get the address by which other programs let readers in
///
/// Who knows it lets readers in, so only those get it who may: editors and owners, by a token whose
/// scopes include writing campaigns and subscribers.
#[utoipa::path(get, path = "/series/{id}/address", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 200, body = EntryAddress), (status = 403), (status = 404)))]
pub async fn address(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Result<Json<EntryAddress>, HttpError> {
    require_entry(&caller)?;
    let series = lifecycle::by_id(&web.cx, &caller.actor(), id).await?;
    let url = readers::entry_address(&web.cx, &series);
    Ok(Json(EntryAddress { url }))
}

/// Renew the address by which other programs let readers in
///
/// The one before is not valid any more. The token needs the scopes that the call for the address
/// needs.
#[utoipa::path(post, path = "/series/{id}/address", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = EntryAddress), (status = 403), (status = 404)))]
pub async fn renew_address(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Result<(StatusCode, Json<EntryAddress>), HttpError> {
    require_entry(&caller)?;
    readers::renew_address(&web.cx, &caller.actor(), id).await?;
    let shown = address(caller, State(web), PathParam(id)).await?;
    Ok((StatusCode::ACCEPTED, shown))
}
