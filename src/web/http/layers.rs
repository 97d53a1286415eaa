//! The middleware around every route: request id and log line, compression,
//! security headers, errors, panics, time and size limits.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Extensions, HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::web::http::error::HttpError;
use crate::web::http::error_response;
use crate::web::http::{base_path, cors, security_headers};
use crate::web::state::Web;

/// Bytes of a request's body, except for uploads.
const BODY_LIMIT: usize = 512 * 1024;
const TIME_LIMIT: Duration = Duration::from_secs(30);
const UPLOAD_TIME_LIMIT: Duration = Duration::from_secs(15 * 60);

/// Puts every layer around the routes; the last one here is the outermost.
pub fn wrap(routes: Router<Web>, web: &Web) -> Router<Web> {
    let id = HeaderName::from_static("x-request-id");
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(limit_time))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            HttpError::Internal.into_response()
        }))
        .layer(from_fn(security_headers::reject_invalid_bytes))
        .layer(from_fn_with_state(web.clone(), error_response::render))
        .layer(from_fn_with_state(web.clone(), cors::allow_sites))
        .layer(from_fn_with_state(web.clone(), base_path::with_prefix))
        .layer(from_fn_with_state(web.clone(), security_headers::set_headers))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(has_no_ranges)))
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &axum::http::Request<_>| {
            let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
            // Queries and tokens are not logged.
            tracing::info_span!("request", method = %request.method(), path = route(request.uri().path()), id)
        }))
        .layer(SetRequestIdLayer::new(id, MakeRequestUuid))
}

async fn limit_time(request: Request, next: Next) -> Response {
    let limit = if takes_long(request.method(), request.uri().path()) {
        UPLOAD_TIME_LIMIT
    } else {
        TIME_LIMIT
    };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => HttpError::Unavailable.into_response(),
    }
}

/// Whether a request may bring a large file or change many rows, by its route: its
/// `Content-Type` proves nothing.
fn takes_long(method: &Method, path: &str) -> bool {
    const ROUTES: [&str; 9] = [
        "/admin/subscribers/bulk",
        "/admin/media",
        "/admin/imports",
        "/admin/posts/import",
        "/admin/suppressions/import",
        "/api/v1/media",
        "/api/v1/imports",
        "/api/v1/posts/import",
        "/api/v1/suppressions/import",
    ];
    let path = path.trim_end_matches('/');
    // A check reads a large file once more.
    let is_check = path.starts_with("/admin/posts/import/") && path.ends_with("/check");
    *method == Method::POST && (ROUTES.contains(&path) || is_check)
}

/// Whether a response may be compressed. Byte ranges count the bytes of the file
/// itself.
fn has_no_ranges(
    _: StatusCode,
    _: axum::http::Version,
    headers: &HeaderMap,
    _: &Extensions,
) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// A path without its token.
fn route(path: &str) -> &str {
    let is_secret = [
        "/mailman/options/",
        "/subscription/",
        "/confirm/",
        "/unsubscribe/",
        "/preferences/",
        "/never/",
        "/my-data/",
        "/admin/sign-in/",
        "/setup/",
        "/l/",
    ]
    .into_iter()
    .find(|start| path.starts_with(start));
    is_secret.unwrap_or(path)
}
