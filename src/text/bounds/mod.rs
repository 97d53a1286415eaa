//! Bounds on size, depth and cost of a text before a library processes it.
//!
//! The libraries that turn Markdown, HTML, MJML, style sheets and templates into
//! something else recurse along the tree, compare everything with everything or
//! allocate what the text asks for. Each file here measures one of these
//! languages first, in one pass that neither recurses nor grows faster than its
//! input, and says what is too much and in which line.
//!
//! Memory: 256 KiB of source become at most some 130 MB of Markdown tree
//! ([`markdown`]); everything behind it is at most [`html::MAIL`] large.

pub mod css;
pub mod html;
pub mod markdown;
pub mod mjml;
pub mod template;

/// A text beyond the bounds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", .line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct TooComplex {
    /// The line of the source, from 1, where it is known.
    pub line: Option<usize>,
    /// What is too much, and what to do.
    pub reason: String,
}

impl TooComplex {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
        }
    }

    fn at(line: usize, reason: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            reason: reason.into(),
        }
    }
}

/// The line number of the byte `at` of `text`.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}
