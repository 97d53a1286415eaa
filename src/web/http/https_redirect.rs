//! The redirect from plain HTTP to HTTPS.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::web::state::Web;

/// Redirects to the same page by HTTPS. The host is that of the public URL: that of the
/// request may be anybody's.
pub async fn redirect(State(web): State<Web>, request: Request) -> Response {
    let config = web.cx.config();
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let target = format!("{}{path}", config.public_url());
    match HeaderValue::try_from(target) {
        // Method and body are kept, though what was sent in clear has been seen.
        Ok(target) if config.is_https() => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
        }
        _ => (
            StatusCode::BAD_REQUEST,
            "This server speaks HTTPS: begin the address with https://\n",
        )
            .into_response(),
    }
}
