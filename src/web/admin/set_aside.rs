//! Incoming emails that could not be processed: download, retry, delete.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::inbound::{Processed, retry_set_aside, set_aside};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/set-aside/{id}", get(download))
        .route("/set-aside/{id}/retry", post(retry))
        .route("/set-aside/{id}/delete", post(delete))
}

const HOME: &str = "/admin/deliverability#set-aside";

/// As a download: the content is not trusted.
async fn download(
    State(web): State<Web>,
    _editor: Editor,
    Path(id): Path<i64>,
) -> Result<Response, HttpError> {
    let found = set_aside::by_id(&web.cx, id).await?;
    let (_, content) = found.ok_or(HttpError::NotFound)?;
    let disposition = format!("attachment; filename=\"mail-{id}.eml\"");
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, content).into_response())
}

async fn retry(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
) -> Result<Response, HttpError> {
    let flash = match retry_set_aside(&web.cx, &viewer.actor(), id).await? {
        None => return Err(HttpError::NotFound),
        Some(Processed::SetAside) => Flash::bad(viewer.t("admin-set-aside-again")),
        Some(_) => Flash::good(viewer.t("admin-set-aside-processed")),
    };
    Ok(redirect(&web, HOME, &flash))
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let confirmation = Confirmation {
        title: viewer.t("admin-set-aside-delete-title"),
        text: viewer.t("admin-set-aside-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    if !set_aside::delete(&web.cx, &viewer.actor(), id).await? {
        return Err(HttpError::NotFound);
    }
    let flash = Flash::good(viewer.t("admin-set-aside-deleted"));
    Ok(redirect(&web, HOME, &flash))
}
