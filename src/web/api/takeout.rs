//! The takeout.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::web::api::bearer::Owner;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::takeout;

/// Download a takeout
///
/// Everything that the installation knows, without its secrets, as one archive. A download that
/// breaks off is not a readable archive.
#[utoipa::path(get, path = "/takeout", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip")))]
pub async fn download(Owner(caller): Owner, State(web): State<Web>) -> Result<Response, HttpError> {
    let (headers, pieces) = takeout::answer(&web, &caller.actor()).await?;
    Ok((headers, Body::from_stream(pieces)).into_response())
}
