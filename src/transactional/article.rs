//! Markdown with merge tags as HTML and plain text, before it is laid out and filled in.

use crate::delivery::WriteError;
use crate::mail::personalise::{Placeholders, nested, none_between_rows};
use crate::text::links::Base;
use crate::text::markdown;
use crate::text::plain::{self, Links};

/// The article in HTML and plain text, with the placeholders in them.
pub(super) struct Article {
    pub(super) placeholders: Placeholders,
    pub(super) subject: String,
    /// What inboxes show after the subject; may be empty.
    pub(super) preheader: String,
    pub(super) html: String,
    pub(super) text: String,
}

/// Renders an article, whose merge tags go into `placeholders`. To be run on a rendering thread.
pub(super) fn article(
    mut placeholders: Placeholders,
    (subject, preheader): (&str, &str),
    body: &str,
    site_url: &str,
    links: &str,
) -> Result<Article, WriteError> {
    let subject = placeholders.protect(subject)?;
    let preheader = placeholders.protect(preheader)?;
    let protected = placeholders.protect(body)?;
    let protected = placeholders.with_autolinks(&protected);
    none_between_rows(&placeholders, &protected)?;
    let html = placeholders.unwrap_blocks(&markdown::to_html(&protected)?);
    nested(&placeholders, &html)?;
    let html = Base::new(site_url).resolve_all(&html);
    let links = if body.contains("{%") {
        Links::Inline
    } else {
        Links::Listed(links)
    };
    Ok(Article {
        text: plain::from_html(&html, links)?,
        placeholders,
        subject,
        preheader,
        html,
    })
}
