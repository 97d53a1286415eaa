//! HTML as plain text for readers: footnoted links, aligned tables, lines that
//! fit a terminal.
//!
//! The text part of a mail is written from the HTML that the other part shows, so
//! that both say the same.

mod columns;
mod elements;
mod table;
mod writer;

use columns::indent;
pub use columns::{WIDTH, underline, width_of, wrap};

use super::bounds::{self, TooComplex};

/// Where the addresses of links are written.
#[derive(Debug, Clone, Copy)]
pub enum Links<'a> {
    /// The link is `text [1]`, and its address is listed at the end under these
    /// words.
    Listed(&'a str),
    /// Behind the link, as RFC 3986 appendix C has it: `text <address>`. Where some
    /// parts are for some readers alone, a list at the end would tell it to all.
    Inline,
}

/// Writes a mail's HTML as plain text.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::html`].
pub fn from_html(html: &str, links: Links<'_>) -> Result<String, TooComplex> {
    bounds::html::measure(html, &bounds::html::MAIL)?;
    Ok(writer::write(html, links))
}
