//! The trash.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::campaign::layouts;
use crate::content::trash;
use crate::model::content::TrashKind;
use crate::store::trash::TrashItem;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Something in the trash.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TrashItemBody {
    kind: TrashKind,
    id: i64,
    /// Its slug, file name or name.
    name: String,
    title: String,
    /// RFC 3339.
    deleted_at: String,
    /// When it is deleted permanently, RFC 3339.
    expires_at: String,
}

impl From<TrashItem> for TrashItemBody {
    fn from(item: TrashItem) -> Self {
        Self {
            kind: item.kind,
            id: item.id,
            deleted_at: item.deleted_at.rfc3339(),
            expires_at: trash::expires_at(&item).rfc3339(),
            name: item.name,
            title: item.title,
        }
    }
}

/// What was restored.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RestoredBody {
    kind: TrashKind,
    id: i64,
    /// Its slug, file name or name: with a number where another has taken it meanwhile.
    name: String,
}

/// List what is in the trash, the last deleted first
///
/// Deleted posts, events, files, layouts and snippets are kept for 30 days. For editors and owners.
#[utoipa::path(get, path = "/trash", tag = "content", security(("bearer" = [])), params(Paging),
    responses((status = 200, body = Page<TrashItemBody>)))]
pub async fn index(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<TrashItemBody>>, HttpError> {
    if !caller.0.role.may_edit() {
        return Err(HttpError::Forbidden("this token's user can only view"));
    }
    let offset = paging.after::<u32>()?.map_or(0, i64::from);
    let items = trash::page(&web.cx, visitor.language, offset, paging.limit()).await?;
    let next = offset + items.len() as i64;
    let page = Page::new(items, &paging, |_| next);
    Ok(Json(page.map(TrashItemBody::from)))
}

async fn find(
    web: &Web,
    caller: &Caller,
    visitor: &Visitor,
    kind: TrashKind,
    id: i64,
) -> Result<TrashItem, HttpError> {
    let found = trash::item(&web.cx, kind, id, visitor.language).await?;
    let item = found.ok_or(HttpError::NotFound)?;
    if kind == TrashKind::Layout {
        layouts::may_change(caller.0.role, &item.name)?;
    }
    Ok(item)
}

/// Restore something from the trash
#[utoipa::path(post, path = "/trash/{kind}/{id}/restore", tag = "content", security(("bearer" = [])),
    params(("kind" = TrashKind, Path), ("id" = i64, Path)),
    responses((status = 200, body = RestoredBody), (status = 404)))]
pub async fn restore(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    PathParam((kind, id)): PathParam<(TrashKind, i64)>,
) -> Result<Json<RestoredBody>, HttpError> {
    let item = find(&web, &caller, &visitor, kind, id).await?;
    let name = trash::restore(&web.cx, &caller.actor(), &item).await?;
    Ok(Json(RestoredBody { kind, id, name }))
}

/// Delete something in the trash permanently
#[utoipa::path(delete, path = "/trash/{kind}/{id}", tag = "content", security(("bearer" = [])),
    params(("kind" = TrashKind, Path), ("id" = i64, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    PathParam((kind, id)): PathParam<(TrashKind, i64)>,
) -> Result<StatusCode, HttpError> {
    let item = find(&web, &caller, &visitor, kind, id).await?;
    trash::delete(&web.cx, &caller.actor(), &item).await?;
    Ok(StatusCode::NO_CONTENT)
}
