//! A page with one message and one button.

use askama::Template;
use axum::response::Html;

use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::public::page_context::PageContext;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/notice.html")]
struct NoticePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    title: String,
    body: String,
    hint: String,
    /// The button's target and label.
    action: (String, String),
}

/// A page with the texts `{name}-title` and `{name}-body` and a button to
/// `path`.
pub fn notice(
    context: PageContext,
    name: &str,
    hint: &str,
    path: &str,
    button: &str,
) -> Result<Html<String>, HttpError> {
    let phrases = context.phrases.clone();
    render_page(&NoticePage {
        title: phrases.translate(&format!("{name}-title")),
        body: phrases.translate(&format!("{name}-body")),
        hint: match hint {
            "" => String::new(),
            key => phrases.translate(key),
        },
        action: (context.visitor.link(path), phrases.translate(button)),
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })
}

/// The page for links in test emails.
pub fn sample(context: PageContext) -> Result<Html<String>, HttpError> {
    notice(context, "sample", "", "/", "error-home")
}
