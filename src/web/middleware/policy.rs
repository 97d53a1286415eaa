//! The headers that tell browsers what our pages may do.

use std::borrow::Cow;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::model::origin::WebOrigin;
use crate::web::{Failure, Web};

/// Nothing inline, nothing from elsewhere. Who may frame a page stands last, for
/// [`embedded_policy`] to add to.
const PAGES: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
media-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; \
base-uri 'none'; frame-ancestors 'self'";

/// The policy of a page that these sites may frame.
pub fn embedded_policy(origins: &[WebOrigin]) -> HeaderValue {
    let mut policy = PAGES.to_owned();
    for origin in origins {
        policy.push(' ');
        policy.push_str(origin.as_str());
    }
    // An origin is scheme, host and port in ASCII; none can spoil a header.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(PAGES))
}

/// For documents that are a mail's HTML: its styles are inline by nature, and
/// nothing in it may run, send or be framed elsewhere.
pub const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; \
frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// Sets each policy that the handler has not set itself.
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
    // Links in mail hold tokens: no other site shall see them.
    default(header::REFERRER_POLICY, "no-referrer");
    default(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    default(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    );
    if web.cx.config.is_https() {
        default(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    response
}

/// Refuses paths that are no UTF-8 once decoded, before a handler meets them.
pub async fn refuse_foreign_bytes(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let plus_safe = format!("p={}", path.replace('+', "%2B").replace('&', "%26"));
    let is_text = !path.contains('%')
        || url::form_urlencoded::parse(plus_safe.as_bytes())
            .next()
            .is_none_or(|(_, decoded)| !decoded.contains('\u{FFFD}') && !decoded.contains('\0'));
    // PostgreSQL's text holds no NUL, and neither does anybody's.
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let has_nul =
        |(name, value): (Cow<'_, str>, Cow<'_, str>)| name.contains('\0') || value.contains('\0');
    if query.contains(&b'%') && url::form_urlencoded::parse(query).any(has_nul) {
        let said = "the query holds a NUL character".to_owned();
        return Failure::BadRequest(said).into_response();
    }
    match is_text {
        true => next.run(request).await,
        false => Failure::NotFound.into_response(),
    }
}
