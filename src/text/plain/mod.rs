//! HTML as plain text for readers: footnoted links, aligned tables, lines that
//! fit a terminal.
//!
//! The text part of a mail is written from the HTML that the other part shows, so
//! that both say the same.

mod columns;
mod writer;

pub use columns::{WIDTH, underline, width_of, wrap};
use columns::{indent, pad};

use super::bounds::{self, TooComplex};

/// Writes a mail's HTML as plain text. Links become `text [1]`, and their
/// addresses are listed at the end under `links_label`.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::html`].
pub fn from_html(html: &str, links_label: &str) -> Result<String, TooComplex> {
    bounds::html::measure(html, &bounds::html::MAIL)?;
    Ok(writer::write(html, links_label))
}
