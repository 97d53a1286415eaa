//! What every request goes through, outermost first: its id and log line, the
//! catch for panics, time and size limits, the browser's policies, and the
//! rendering of failures.

mod cors;
mod forgery;
mod policy;

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

use super::{Failure, Web, failure, mount};

pub use forgery::{Sender, same_origin_only, sender};
pub use policy::{MAIL_POLICY, embedded_policy};

/// Octets of a request's body, save for uploads.
const BODY_LIMIT: usize = 512 * 1024;
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// A large file takes its time over a slow line.
const UPLOAD_TIME_LIMIT: Duration = Duration::from_secs(15 * 60);

/// Puts every layer around the routes.
pub fn wrap(routes: Router<Web>, web: &Web) -> Router<Web> {
    let id = HeaderName::from_static("x-request-id");
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(limit_time))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Failure::Internal.into_response()
        }))
        .layer(from_fn(policy::refuse_foreign_bytes))
        .layer(from_fn_with_state(web.clone(), failure::render))
        .layer(from_fn_with_state(web.clone(), cors::allow_sites))
        .layer(from_fn_with_state(web.clone(), mount::with_prefix))
        .layer(from_fn_with_state(web.clone(), policy::set_headers))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_whole)))
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &axum::http::Request<_>| {
            let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
            // The path alone: queries and tokens are nobody's business.
            tracing::info_span!("request", method = %request.method(), path = route(request.uri().path()), id)
        }))
        .layer(SetRequestIdLayer::new(id, MakeRequestUuid))
}

/// Ends requests that take too long.
async fn limit_time(request: Request, next: Next) -> Response {
    let limit = match is_upload(request.method(), request.uri().path()) {
        true => UPLOAD_TIME_LIMIT,
        false => TIME_LIMIT,
    };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Unavailable.into_response(),
    }
}

/// Whether a request may bring a large file. What its sender says of its kind
/// proves nothing.
fn is_upload(method: &Method, path: &str) -> bool {
    const UPLOADS: [&str; 6] = [
        "/admin/media",
        "/admin/imports",
        "/admin/suppressions/import",
        "/api/v1/media",
        "/api/v1/imports",
        "/api/v1/suppressions/import",
    ];
    *method == Method::POST && UPLOADS.contains(&path.trim_end_matches('/'))
}

/// Whether a response is no file of which parts may be asked for: those must
/// count the octets of the file itself.
fn is_whole(_: StatusCode, _: axum::http::Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// A path without the token that it may end in.
fn route(path: &str) -> &str {
    let is_secret = [
        "/confirm/",
        "/unsubscribe/",
        "/preferences/",
        "/never/",
        "/my-data/",
        "/admin/sign-in/",
        "/l/",
    ]
    .into_iter()
    .find(|start| path.starts_with(start));
    is_secret.unwrap_or(path)
}
