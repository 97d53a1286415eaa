//! The notifications of the token's user.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::model::NotificationId;
use crate::model::notification::NotificationKind;
use crate::notifications::{inbox, wording};
use crate::store::notifications::Shown;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// Something that has happened.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NotificationBody {
    id: NotificationId,
    kind: NotificationKind,
    /// In one line.
    title: String,
    /// What it means, and what to do.
    text: String,
    /// Why it happened; may be empty.
    reason: String,
    /// The admin page about it.
    path: String,
    created_at: String,
    /// When what lasted, such as a full disk, was over.
    resolved_at: Option<String>,
    /// When the user read it.
    read_at: Option<String>,
}

/// `None` where the row cannot be read: it must not hide the others.
fn body(shown: &Shown) -> Option<NotificationBody> {
    let notice = shown.notice()?;
    let told = wording::told(&Phrases::shipped(Language::EN), &notice);
    Some(NotificationBody {
        id: shown.id,
        kind: notice.kind,
        title: told.title,
        text: told.text,
        reason: told.reason,
        path: notice.path,
        created_at: shown.created_at.rfc3339(),
        resolved_at: shown.resolved_at.map(|at| at.rfc3339()),
        read_at: shown.read_at.map(|at| at.rfc3339()),
    })
}

/// Filters.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those that the user has not read.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    unread: bool,
}

/// List your notifications, newest first
///
/// Those that the token's user has chosen to see in the admin.
#[utoipa::path(get, path = "/notifications", tag = "notifications", security(("bearer" = [])),
    params(Paging, Filter), responses((status = 200, body = Page<NotificationBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
    Params(filter): Params<Filter>,
) -> Result<Json<Page<NotificationBody>>, HttpError> {
    let user = caller.0.user_id;
    let (before, limit) = (paging.after()?, paging.limit());
    let shown = inbox::page(&web.cx, user, before, filter.unread, limit).await?;
    let page = Page::new(shown, &paging, |one| one.id);
    Ok(Json(Page {
        items: page.items.iter().filter_map(body).collect(),
        next_cursor: page.next_cursor,
    }))
}

/// Mark a notification as read
///
/// Every user may do this: it changes nothing for others.
#[utoipa::path(post, path = "/notifications/{id}/read", tag = "notifications",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = NotificationBody), (status = 404)))]
pub async fn read(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<NotificationId>,
) -> Result<Json<NotificationBody>, HttpError> {
    let read = inbox::read(&web.cx, caller.0.user_id, id).await?;
    let found = read.as_ref().and_then(body);
    found.map(Json).ok_or(HttpError::NotFound)
}
