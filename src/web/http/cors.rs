//! CORS for join forms on other sites.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::audience::join_rules;
use crate::model::web_origin::WebOrigin;
use crate::web::state::Web;

/// The calls of a join form, each with its method.
const CALLS: [(&str, &str); 2] = [("/api/v1/join", "POST"), ("/join-puzzle", "GET")];
const HEADERS: &str = "content-type, accept-language, idempotency-key";
/// Seconds that a browser may remember the answer for.
const LIFETIME: &str = "600";

/// Allows the sites that show a join form. Whether a site may join these lists
/// is decided by the call itself.
pub async fn allow_sites(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let Some((_, method)) = CALLS.iter().find(|(call, _)| *call == path) else {
        return next.run(request).await;
    };
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_preflight = *request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let allowed = match &origin {
        Some(origin) => is_allowed(&web, origin).await,
        None => false,
    };
    let mut response = if is_preflight {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.filter(|_| allowed) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if is_preflight {
            allow(headers, method);
        }
    }
    response
}

fn allow(headers: &mut HeaderMap, method: &'static str) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, method),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, LIFETIME),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

async fn is_allowed(web: &Web, origin: &HeaderValue) -> bool {
    let origin = origin
        .to_str()
        .ok()
        .and_then(|text| text.parse::<WebOrigin>().ok());
    let Some(origin) = origin else { return false };
    match join_rules::load(&web.cx).await {
        Ok(rules) => rules.knows(&origin),
        Err(error) => {
            tracing::error!(%error, "the sites that may show forms cannot be read");
            false
        }
    }
}
