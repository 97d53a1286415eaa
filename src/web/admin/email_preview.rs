//! Previews of emails, in a sandboxed frame.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::CampaignError;
use crate::mail::personalise::Rendered;
use crate::text::escape::escape_html;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::security_headers::MAIL_POLICY;

/// The merge tag for the recipient's name, with a fallback in that language.
pub fn name_tag(language: &Language) -> String {
    let reader = Phrases::shipped(*language).translate("mail-reader");
    format!("{{{{ name | default(\"{reader}\") }}}}")
}

/// An email, or the message that says why it cannot be rendered.
pub type EmailPreview = Result<Rendered, String>;

/// Errors of rendering are shown to the author, except errors of the database.
pub fn email_preview(mail: Result<Rendered, CampaignError>) -> Result<EmailPreview, HttpError> {
    match mail {
        Ok(mail) => Ok(Ok(mail)),
        Err(CampaignError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

/// The part to preview: plain text (`?part=text` or `Accept: text/plain`) or
/// HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Html,
    Text,
}

impl<S: Sync> FromRequestParts<S> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let mut query = url::form_urlencoded::parse(query.as_bytes());
        let accept = parts.headers.get(header::ACCEPT);
        let is_text = query.any(|(name, value)| name == "part" && value == "text")
            || accept.is_some_and(|accept| accept.as_bytes().starts_with(b"text/plain"));
        Ok(if is_text { Self::Text } else { Self::Html })
    }
}

/// The response for a preview's frame.
pub fn preview_response(wording: &Wording, mail: EmailPreview, part: Part) -> Response {
    let is_text = part == Part::Text;
    match mail {
        Ok(mail) if is_text => mail.text.into_response(),
        Ok(mail) => {
            let html = mail
                .html
                .replacen("<head>", "<head><base target=\"_blank\">", 1);
            ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
        }
        Err(why) if is_text => wording.explain(why).into_response(),
        Err(why) => {
            let html = no_preview(wording, &why);
            ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
        }
    }
}

/// What the frame shows instead of an email.
fn no_preview(wording: &Wording, why: &str) -> String {
    let language = wording.language();
    let direction = language.direction();
    let title = escape_html(&wording.t("admin-campaign-preview-title"));
    let none = escape_html(&wording.t("admin-campaign-preview-none"));
    let why = escape_html(&wording.explain(why));
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head><body style=\"font: 16px/1.5 sans-serif; margin: 2rem\">\
         <p><strong>{none}</strong></p><p>{why}</p></body></html>"
    )
}
