//! An author's own email as a whole, in MJML or as finished HTML.

use std::borrow::Cow;

use super::personalise::{Placeholders, TemplateError, mark, verify};
use super::{css, mjml, visible_link};
use crate::text::escape::push_escaped;
use crate::text::markup::{self, Attribute, Kind, Tag};

/// A design that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// The MJML.
    #[error(transparent)]
    Mjml(#[from] mjml::MjmlError),
    /// A personal block.
    #[error(transparent)]
    Block(#[from] TemplateError),
    /// A style sheet.
    #[error("the style sheet: {0}")]
    Css(String),
    /// Something in HTML that no mail may hold.
    #[error("line {line}, column {column}: {what}")]
    Forbidden {
        /// Of the author's text.
        line: usize,
        /// In characters.
        column: usize,
        /// What it is, and what to do.
        what: String,
    },
}

/// Renders MJML, with its style sheet inlined.
///
/// # Errors
/// [`DesignError`] with the line and what to do.
pub fn render_mjml(mjml: &str, placeholders: &Placeholders) -> Result<String, DesignError> {
    let rendered = mjml::render(mjml, placeholders)?;
    let html = finished(placeholders, &rendered.html, &rendered.inline_css)?;
    // A renderer that loses a block shows every branch of it to everybody.
    verify(
        placeholders,
        &blocks_alone(placeholders, mjml),
        &blocks_alone(placeholders, &html),
    )?;
    Ok(html)
}

/// Prepares a finished HTML document: its style sheet is inlined, and nothing in it may run.
///
/// # Errors
/// [`DesignError`] with the line and what to do.
pub fn render_html(html: &str, placeholders: &Placeholders) -> Result<String, DesignError> {
    let html = html.trim_start_matches('\u{FEFF}');
    for token in markup::tokens(html) {
        if let Kind::Open(tag) = &token.kind
            && let Some((at, what)) = forbidden(token.at, tag)
        {
            let (line, column) = placeholders.position(html, at);
            return Err(DesignError::Forbidden { line, column, what });
        }
    }
    finished(placeholders, &mark(placeholders, &whole_document(html)), "")
}

/// Wraps a fragment in a document, as a parser would, but with the blocks at its beginning
/// inside the body.
fn whole_document(html: &str) -> Cow<'_, str> {
    let is_part = |token: &markup::Token<'_>| match &token.kind {
        Kind::Open(tag) => ["html", "head", "body"]
            .iter()
            .any(|name| tag.name.eq_ignore_ascii_case(name)),
        _ => false,
    };
    if markup::tokens(html).any(|token| is_part(&token)) {
        return Cow::Borrowed(html);
    }
    let inner: String = markup::tokens(html)
        .filter(|token| token.kind != Kind::Declaration)
        .map(|token| token.raw)
        .collect();
    Cow::Owned(format!(
        "<!DOCTYPE html><html><head></head><body>{inner}</body></html>"
    ))
}

/// Whether a rendered email visibly links to the unsubscribe page.
pub fn has_unsubscribe_link(html: &str, placeholders: &Placeholders) -> bool {
    let is_wanted = |address: &str| {
        let found = placeholders
            .within(address)
            .find(|found| found.range == (0..address.len()));
        found.is_some_and(|found| {
            found.shown().trim_matches(['{', '}', ' ', '-', '\n', '\t']) == "unsubscribe_url"
        })
    };
    let is_block = |comment: &str| placeholders.within(comment).any(|found| found.is_block());
    visible_link::shows_link(html, is_wanted, is_block)
}

/// Adds a preheader: the text that inboxes show after the subject and readers do not see.
pub fn with_preheader(html: &str, preheader: &str) -> String {
    let body = markup::tokens(html).find(|token| match &token.kind {
        Kind::Open(tag) => tag.name.eq_ignore_ascii_case("body"),
        _ => false,
    });
    let Some(body) = body else {
        return html.to_owned();
    };
    let mut hidden = String::from(
        "<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all\">",
    );
    push_escaped(&mut hidden, preheader);
    hidden.push_str("</div>");
    let (before, after) = html.split_at(body.at + body.raw.len());
    format!("{before}{hidden}{after}")
}

/// Inlines the styles of HTML whose blocks are marked, and checks that no block was moved.
pub(super) fn finished(
    placeholders: &Placeholders,
    html: &str,
    css: &str,
) -> Result<String, DesignError> {
    let inlined = css::inline(&css::without_invalid(html), css).map_err(DesignError::Css)?;
    verify(placeholders, html, &inlined)?;
    Ok(inlined)
}

/// The blocks in a text, each once.
fn blocks_alone(placeholders: &Placeholders, text: &str) -> String {
    let blocks = placeholders.within(text).filter(|found| found.is_block());
    let mut blocks: Vec<&str> = blocks.map(|found| &text[found.range]).collect();
    blocks.sort_by_key(|block| (block.len(), *block));
    blocks.dedup();
    blocks.concat()
}

/// Active content, or what loads it, and where it is.
fn forbidden(at: usize, tag: &Tag<'_>) -> Option<(usize, String)> {
    let name = tag.name.to_ascii_lowercase();
    let value = |wanted: &str| tag.get(wanted).unwrap_or_default();
    match name.as_str() {
        "script" | "iframe" | "frame" | "frameset" | "object" | "embed" | "applet" | "portal" => {
            return Some((at, format!("<{name}> runs in no mail program; take it out")));
        }
        "form" => {
            return Some((
                at,
                "<form> works in few mail programs and looks like fraud; link a page instead"
                    .to_owned(),
            ));
        }
        "base" => {
            return Some((
                at,
                "mail programs ignore <base>; take it out and write whole addresses".to_owned(),
            ));
        }
        "meta" if value("http-equiv").eq_ignore_ascii_case("refresh") => {
            return Some((
                at,
                "a mail cannot lead elsewhere by itself; take the <meta> out".to_owned(),
            ));
        }
        _ => {}
    }
    tag.attributes.iter().find_map(|attribute| runs(attribute))
}

fn runs(attribute: &Attribute<'_>) -> Option<(usize, String)> {
    let name = attribute.name.to_ascii_lowercase();
    if name.len() > 2
        && name.starts_with("on")
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        let what = format!("{name} runs in no mail program; take it out");
        return Some((attribute.value_at, what));
    }
    let value = attribute.value?;
    // References, white space and control characters hide a scheme from a search, and not
    // from browsers.
    let text: String = scraper::Html::parse_fragment(&value.replace('<', "&lt;"))
        .root_element()
        .text()
        .collect();
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(20)
        .collect::<String>()
        .to_ascii_lowercase();
    let is_running = ["javascript:", "vbscript:", "data:text/html"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    is_running.then(|| {
        let what = format!("{name} leads to a script; link a page instead");
        (attribute.value_at, what)
    })
}

#[cfg(test)]
mod tests;
