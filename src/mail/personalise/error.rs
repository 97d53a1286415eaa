//! What is wrong with merge tags.

use std::borrow::Cow;

use super::fields::Names;
use crate::text::bounds::TooComplex;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A name that no recipient has.
    #[error(
        "line {line}: {}: {name} is unknown; known are {}",
        shortened(.expression), .known.listed()
    )]
    UnknownName {
        /// In the author's text.
        line: usize,
        /// As its author wrote it.
        expression: String,
        /// The name.
        name: String,
        /// Those that may be used there.
        known: Names,
    },
    /// An expression that cannot be read.
    #[error("line {line}: {}: {cause}", shortened(.expressions))]
    Wrong {
        /// In the author's text.
        line: usize,
        /// What stands on that line, as its author wrote it.
        expressions: String,
        /// What is wrong.
        cause: String,
    },
    /// A block that HTML cannot keep where it stands.
    #[error("line {line}: {} {cause}", shortened(.expression))]
    Misplaced {
        /// In the author's text.
        line: usize,
        /// As its author wrote it.
        expression: String,
        /// What is wrong, and what to do.
        cause: String,
    },
    /// An expression that fails on a recipient's values.
    #[error("the personal parts cannot be filled in: {0}")]
    Invalid(String),
    /// What a program left out of the data for a template.
    #[error("the data lacks {0}, which the template needs")]
    Missing(String),
    /// The data makes an email that nobody would want.
    #[error("the email becomes longer than {} KiB", .0 / 1024)]
    TooLong(usize),
    /// `{{` without `}}`, or `{%` without `%}`.
    #[error("line {line}: {opening:?} is never closed")]
    Unclosed {
        /// In the author's text.
        line: usize,
        /// How it begins.
        opening: String,
    },
    /// More of them, or deeper in each other, than is read.
    #[error("the personal parts cannot be filled in: {0}")]
    TooComplex(#[from] TooComplex),
    /// The text holds what stands in for expressions.
    #[error("the text contains a character or word that is reserved")]
    Reserved,
}

pub(super) fn cause(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => detail.to_owned(),
        None => error.kind().to_string(),
    }
}

/// An expression, cut to a length that fits into a message.
fn shortened(source: &str) -> Cow<'_, str> {
    match source.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &source[..end]).into(),
        None => source.into(),
    }
}
