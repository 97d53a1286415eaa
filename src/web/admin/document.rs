//! A text as a document for the block editor, and back: nothing is stored.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};

use crate::document::{self, Document};
use crate::render::{self, Budget};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/document/read", post(read))
        .route("/document/write", post(write))
}

/// The Markdown of the field `markdown` as a document's JSON.
async fn read(Editor(viewer): Editor, body: Bytes) -> Result<Response, HttpError> {
    let markdown = Form::parse(&body)?.text("markdown").to_owned();
    let work = move || document::read(&markdown);
    match render::run(Budget::Interactive, work).await {
        Ok(Ok(document)) => Ok(Json(document).into_response()),
        Ok(Err(error)) => Ok(refused(&viewer, &error)),
        Err(error) if error.is_temporary() => Err(HttpError::Unavailable),
        Err(error) => Ok(refused(&viewer, &error)),
    }
}

/// The document of the field `document` as Markdown.
async fn write(Editor(viewer): Editor, body: Bytes) -> Result<Response, HttpError> {
    let json = Form::parse(&body)?.text("document").to_owned();
    let work = move || Document::from_json(&json).map(|document| document::write(&document));
    match render::run(Budget::Interactive, work).await {
        Ok(Ok(markdown)) => Ok(markdown.into_response()),
        Ok(Err(error)) => Ok(refused(&viewer, &error)),
        Err(error) if error.is_temporary() => Err(HttpError::Unavailable),
        Err(error) => Ok(refused(&viewer, &error)),
    }
}

/// What is wrong with what the editor sends, for it to show. Plain text would be taken for an
/// error of the framework, and become a page.
pub fn unfit(detail: String) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    (status, Json(serde_json::json!({ "detail": detail }))).into_response()
}

/// What is wrong, for the editor to show.
fn refused(viewer: &Viewer, error: &dyn std::fmt::Display) -> Response {
    unfit(viewer.explain(error))
}
