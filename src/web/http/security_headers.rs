//! Security headers, Content-Security-Policy first.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::model::web_origin::WebOrigin;
use crate::text::characters;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Nothing inline, nothing from elsewhere. `frame-ancestors` is last, for
/// [`embedded_policy`] to extend.
const PAGES: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
media-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; \
base-uri 'none'; frame-ancestors 'self'";

/// The policy of a page that these sites may embed.
pub fn embedded_policy(origins: &[WebOrigin]) -> HeaderValue {
    let mut policy = PAGES.to_owned();
    for origin in origins {
        policy.push(' ');
        policy.push_str(origin.as_str());
    }
    // An origin is scheme, host and port in ASCII, so it is a valid header
    // value.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(PAGES))
}

/// For an email's HTML shown in a frame: inline styles are allowed, nothing
/// may run, send forms or be embedded elsewhere.
pub const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; \
frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// Sets every header that the handler has not set itself.
pub async fn set_headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name, value| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, PAGES);
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Links in emails hold tokens that other sites must not see.
    default(header::REFERRER_POLICY, "no-referrer");
    default(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    default(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    );
    if web.cx.config().is_https() {
        default(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    response
}

/// Rejects paths that are not text once decoded, and control characters in
/// queries of admin pages. (The API's own check names the parameter; public
/// pages ignore unknown parameters.)
pub async fn reject_invalid_bytes(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let plus_safe = format!("p={}", path.replace('+', "%2B").replace('&', "%26"));
    let is_text = !path.contains('%')
        || url::form_urlencoded::parse(plus_safe.as_bytes())
            .next()
            .is_none_or(|(_, path)| !path.contains('\u{FFFD}') && !path.contains(char::is_control));
    if !is_text {
        return HttpError::NotFound.into_response();
    }
    if path.starts_with("/admin") {
        let query = request.uri().query().unwrap_or_default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if let Err(error) = characters::clean(&value) {
                return HttpError::field(name.escape_debug().to_string(), &error).into_response();
            }
        }
    }
    next.run(request).await
}
