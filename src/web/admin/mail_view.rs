//! A mail as a page of the desk shows it: in a frame, under a policy of its own.

use askama::filters;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use crate::mail::personalise::Filled;
use crate::web::middleware::MAIL_POLICY;

/// A mail for a preview's frame, or why there is none, which is for the author
/// to read there.
pub fn mail_or_why(mail: Result<Filled, String>, is_text: bool) -> Response {
    match mail {
        Ok(mail) if is_text => mail.text.into_response(),
        Ok(mail) => {
            let html = mail
                .html
                .replacen("<head>", "<head><base target=\"_blank\">", 1);
            ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
        }
        Err(why) if is_text => why.into_response(),
        Err(why) => {
            let why = filters::escape(&why, filters::Html)
                .map(|why| why.to_string())
                .unwrap_or_default();
            let html = format!(
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
                 <title>No preview</title></head><body style=\"font: 16px/1.5 sans-serif; margin: 2rem\">\
                 <p><strong>There is no preview yet.</strong></p><p>{why}</p></body></html>"
            );
            ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
        }
    }
}
