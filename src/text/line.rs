//! Single lines of text that are entered and used in mail headers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::characters;

/// Why a text cannot be used in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Empty but required.
    #[error("must not be empty")]
    Missing,
    /// Longer than allowed.
    #[error("must have at most {0} characters")]
    TooLong(usize),
    /// A line break or another control character, which could end a header and
    /// begin another (RFC 5322 §2.2).
    #[error("must be a single line without control characters")]
    ControlCharacter,
}

/// Trims `text` and checks that it is one line of at most `limit` characters.
fn line(text: &str, limit: usize) -> Result<String, LineError> {
    // A break at the end is refused, not trimmed: it may have had something after it.
    let is_space = |c: char| c == '\t' || c.is_whitespace() && !is_break(c);
    let text = text.trim_matches(is_space);
    // Invisible text is empty.
    let text = if characters::is_blank(text) && !text.contains(char::is_control) {
        ""
    } else {
        text
    };
    if text.chars().any(is_break) {
        return Err(LineError::ControlCharacter);
    }
    if text.chars().count() > limit {
        return Err(LineError::TooLong(limit));
    }
    Ok(text.to_owned())
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

macro_rules! line_type {
    ($(#[$doc:meta])* $name:ident, $limit:literal, may_be_empty: $may_be_empty:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// Trims and checks a text.
            ///
            /// # Errors
            /// [`LineError`] says what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, LineError> {
                let text = line(text, $limit)?;
                if text.is_empty() && !$may_be_empty {
                    return Err(LineError::Missing);
                }
                Ok(Self(text))
            }

            /// The line as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = LineError;

            fn try_from(text: String) -> Result<Self, LineError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(line: $name) -> String {
                line.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

line_type! {
    /// A person's name, or nothing; at most 100 characters.
    PersonName, 100, may_be_empty: true
}

line_type! {
    /// A subject line; at most 500 characters, merge tags among them.
    SubjectLine, 500, may_be_empty: false
}

line_type! {
    /// A title or name of a thing; at most 200 characters.
    Title, 200, may_be_empty: false
}

#[allow(
    clippy::derivable_impls,
    reason = "only this one of the lines may be empty"
)]
impl Default for PersonName {
    fn default() -> Self {
        Self(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_in_headers_are_rejected() {
        for text in [
            "a\r\nBcc: b@c.kz",
            "a\nb",
            "a\rb",
            "a\0b",
            "a\u{85}b",
            "a\u{2028}b",
        ] {
            assert_eq!(
                PersonName::parse(text),
                Err(LineError::ControlCharacter),
                "{text:?}"
            );
            assert_eq!(
                SubjectLine::parse(text),
                Err(LineError::ControlCharacter),
                "{text:?}"
            );
        }
    }

    #[test]
    fn names_may_be_missing_subjects_may_not() {
        assert_eq!(PersonName::parse("  ").unwrap().as_str(), "");
        for blank in [" \t", "\u{a0} \u{3000}", "\u{200b}", "\u{feff}\u{2800}"] {
            assert_eq!(
                SubjectLine::parse(blank),
                Err(LineError::Missing),
                "{blank:?}"
            );
            assert_eq!(PersonName::parse(blank).unwrap().as_str(), "");
        }
        assert_eq!(SubjectLine::parse(" 🎉 ").unwrap().as_str(), "🎉");
        assert_eq!(PersonName::parse(" Әйгерім ").unwrap().as_str(), "Әйгерім");
        assert_eq!(
            PersonName::parse("\u{a0}Aigul\u{3000}").unwrap().as_str(),
            "Aigul"
        );
        assert_eq!(
            PersonName::parse(&"a".repeat(101)),
            Err(LineError::TooLong(100))
        );
    }
}
