//! Personal parts of a message: `{{ name }}` and its like.
//!
//! Authors write MiniJinja in subjects, Markdown and layouts. On its way to an
//! inbox such text goes through a Markdown parser, a sanitiser, MJML and a CSS
//! inliner, each of which would bend braces and quotes, while style sheets are
//! full of braces that mean nothing here. So expressions are [lifted
//! out](Placeholders::protect) at the start, a word of letters and digits standing in
//! for each, and [put back](Placeholders::restore_html) at the end between delimiters
//! from Unicode's private use area, which no author's text may hold. Blocks
//! (`{% if … %}`) cross HTML as [comments](blocks::mark), which may stand
//! wherever an element may, and are looked for again [at the end](blocks::verify).

mod blocks;
mod check;
mod placeholders;
mod template;
mod url_values;

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub use blocks::{mark, nested, none_between_rows, verify};
pub use placeholders::{FoundPlaceholder, Placeholders};
pub use template::{Body, MessageTemplate, Segment, escape_html, field};

use crate::text::bounds::TooComplex;
use crate::text::locale::Language;

const EXPRESSION: (char, char) = ('\u{E000}', '\u{E001}');
const BLOCK: (char, char) = ('\u{E002}', '\u{E003}');
const COMMENT: (char, char) = ('\u{E004}', '\u{E005}');

/// The names an expression may use.
pub const KNOWN_NAMES: [&str; 8] = [
    "name",
    "email",
    "language",
    "attributes",
    "site_name",
    "unsubscribe_url",
    "preferences_url",
    "archive_url",
];

/// A personal part cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A name that no recipient has.
    #[error(
        "line {line}: {}: {name} is unknown; known are name, email, language, attributes.…, site_name, unsubscribe_url, preferences_url and archive_url",
        shortened(.expression)
    )]
    UnknownName {
        /// Of the author's text.
        line: usize,
        /// As its author wrote it.
        expression: String,
        /// The name.
        name: String,
    },
    /// An expression that cannot be read.
    #[error("line {line}: {}: {cause}", shortened(.expressions))]
    Wrong {
        /// Of the author's text.
        line: usize,
        /// What stands on that line, as its author wrote it.
        expressions: String,
        /// What is wrong.
        cause: String,
    },
    /// A block that HTML cannot keep where it stands.
    #[error("line {line}: {} {cause}", shortened(.expression))]
    Misplaced {
        /// Of the author's text.
        line: usize,
        /// As its author wrote it.
        expression: String,
        /// What is wrong, and what to do.
        cause: String,
    },
    /// An expression that fails on a recipient's values.
    #[error("the personal parts cannot be filled in: {0}")]
    Invalid(String),
    /// `{{` without `}}`, or `{%` without `%}`.
    #[error("line {line}: {opening:?} is never closed")]
    Unclosed {
        /// Of the author's text.
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

/// Three texts with their expressions restored.
#[derive(Debug, Clone)]
pub struct Source {
    /// The subject line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// What one recipient's holes are filled with.
#[derive(Debug, Clone, Serialize)]
pub struct Fields<'a> {
    /// May be empty.
    pub name: &'a str,
    /// The recipient's address.
    pub email: &'a str,
    /// The recipient's language.
    pub language: Language,
    /// A JSON object. What is `null` in it counts as not there.
    #[serde(serialize_with = "without_nulls")]
    pub attributes: &'a Value,
    /// The site's name in that language.
    pub site_name: &'a str,
    /// Leaves the campaign's lists.
    pub unsubscribe_url: &'a str,
    /// Shows the recipient's preferences.
    pub preferences_url: &'a str,
    /// Shows the mail in a browser.
    pub archive_url: &'a str,
}

/// One recipient's texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// An object without what is `null`, so that it is missing as any other.
fn without_nulls<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    struct Inner<'a>(&'a Value);
    impl Serialize for Inner<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            without_nulls(self.0, serializer)
        }
    }
    let Value::Object(object) = value else {
        return value.serialize(serializer);
    };
    let mut map = serializer.serialize_map(None)?;
    for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
        map.serialize_entry(key, &Inner(value))?;
    }
    map.end()
}

/// Enough of an expression to find it again: it may be a whole text.
fn shortened(source: &str) -> Cow<'_, str> {
    match source.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &source[..end]).into(),
        None => source.into(),
    }
}

fn cause(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => detail.to_owned(),
        None => error.kind().to_string(),
    }
}
