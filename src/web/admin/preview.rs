//! A mail shown before it is sent: as HTML for a frame, or as plain text.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::CampaignError;
use crate::mail::personalise::Filled;
use crate::web::Failure;
use crate::web::middleware::MAIL_POLICY;

/// The mail in the shape that was asked for by `Accept`. What keeps it from
/// being made is said in its place: the author is still writing.
pub fn answer(
    headers: &HeaderMap,
    filled: Result<Filled, CampaignError>,
) -> Result<Response, Failure> {
    let wants_text = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"text/plain"));
    let filled = match filled {
        Ok(filled) => filled,
        Err(CampaignError::Store(error)) => return Err(error.into()),
        Err(error) => Filled {
            subject: String::new(),
            html: fault(&error),
            text: format!("This mail cannot be made yet: {error}"),
        },
    };
    match wants_text {
        true => Ok(text(filled.text)),
        false => Ok(html(filled.html)),
    }
}

/// A mail's HTML, under a policy of its own.
fn html(html: String) -> Response {
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let policy = HeaderValue::from_static(MAIL_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

/// A mail's plain text.
pub fn text(text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (kind, text).into_response()
}

fn fault(error: &CampaignError) -> String {
    let words = error
        .to_string()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Preview</title></head>\
         <body style=\"font:16px sans-serif;padding:24px\"><p><strong>This mail cannot be made yet.</strong></p><p>{words}</p></body></html>"
    )
}
