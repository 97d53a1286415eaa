//! Layouts.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::layouts::{self, KnownLayout};
use crate::model::list::Slug;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// An MJML layout with slots.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LayoutBody {
    name: String,
    mjml: String,
    /// Whether this is a default layout: deleting it restores the default.
    is_shipped: bool,
    /// When it was last changed, RFC 3339; `null` for an unchanged default.
    changed_at: Option<String>,
    changed_by: Option<String>,
}

impl From<KnownLayout> for LayoutBody {
    fn from(known: KnownLayout) -> Self {
        let (changed_at, changed_by) = known.change.unzip();
        Self {
            name: known.layout.name.to_string(),
            mjml: known.layout.mjml.to_string(),
            is_shipped: known.is_shipped,
            changed_at: changed_at.map(|at| at.rfc3339()),
            changed_by,
        }
    }
}

/// List layouts, the default ones first
#[utoipa::path(get, path = "/layouts", tag = "content", security(("bearer" = [])),
    responses((status = 200, body = Page<LayoutBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<LayoutBody>>, HttpError> {
    let all = layouts::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(LayoutBody::from)))
}

async fn find(web: &Web, name: &Slug) -> Result<KnownLayout, HttpError> {
    let found = layouts::by_name(&web.cx, name.as_str()).await?;
    found.ok_or(HttpError::NotFound)
}

/// Get a layout
#[utoipa::path(get, path = "/layouts/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path)), responses((status = 200, body = LayoutBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<Json<LayoutBody>, HttpError> {
    Ok(Json(find(&web, &name).await?.into()))
}

/// The source of a layout.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SaveLayout {
    mjml: String,
}

/// Create or change a layout
///
/// Campaigns being sent keep the version they started with.
#[utoipa::path(put, path = "/layouts/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path)), request_body = SaveLayout,
    responses((status = 200, body = LayoutBody),
              (status = 422, description = "It cannot be rendered, or lacks required parts")))]
pub async fn save(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
    Body(new): Body<SaveLayout>,
) -> Result<Json<LayoutBody>, HttpError> {
    layouts::may_change(caller.0.role, name.as_str())?;
    layouts::save(&web.cx, &caller.actor(), &name, &new.mjml).await?;
    Ok(Json(find(&web, &name).await?.into()))
}

/// Delete a layout; for a default layout, restore the default
///
/// What admins made of it can be restored from the trash for 30 days.
#[utoipa::path(delete, path = "/layouts/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path)),
    responses((status = 204), (status = 404),
              (status = 409, description = "A campaign that is still to start has it")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<StatusCode, HttpError> {
    find(&web, &name).await?;
    layouts::may_change(caller.0.role, name.as_str())?;
    layouts::drop_changes(&web.cx, &caller.actor(), name.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}
