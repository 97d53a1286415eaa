//! Tags: labels on subscribers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Characters of a tag.
const LENGTH: usize = 100;
/// Tags that one subscriber may have.
pub const MOST: usize = 100;

/// A label on a subscriber. Two that differ in case alone are one.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct Tag(String);

/// Why a text is no tag. Commas and semicolons separate the tags of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tag has 1 to {LENGTH} characters, with no comma, semicolon or control character")]
pub struct TagError;

impl Tag {
    /// Trims and checks a text.
    ///
    /// # Errors
    /// [`TagError`] for a text that is no tag.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        let text = text.trim();
        let is_forbidden =
            |c: char| c.is_control() || matches!(c, ',' | ';' | '\u{2028}' | '\u{2029}');
        if (1..=LENGTH).contains(&text.chars().count()) && !text.contains(is_forbidden) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TagError)
        }
    }

    /// The tags of one cell or field, as people and spreadsheets write them:
    /// separated by commas or semicolons, perhaps each in quotes.
    ///
    /// # Errors
    /// [`TagError`] where one of them is no tag.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, TagError> {
        let texts = text.split([',', ';']);
        let texts = texts.map(|text| text.trim().trim_matches('"').trim());
        let tags: Result<Vec<Self>, TagError> = texts
            .filter(|text| !text.is_empty())
            .map(Self::parse)
            .collect();
        tags.map(once)
    }

    /// The tag as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its key for comparisons.
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// What a text is compared by where tags are meant.
pub fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The same tags, each once.
pub fn once(tags: Vec<Tag>) -> Vec<Tag> {
    let mut kept: Vec<Tag> = Vec::new();
    for tag in tags {
        if !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.key() == other.key()
    }
}

impl Eq for Tag {}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Tag {
    type Err = TagError;

    fn from_str(text: &str) -> Result<Self, TagError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Tag {
    type Error = TagError;

    fn try_from(text: String) -> Result<Self, TagError> {
        Self::parse(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> String {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_one_cell_are_separated() {
        let read = |text: &str| {
            Tag::parse_all(text).map(|tags| tags.iter().map(Tag::to_string).collect::<Vec<_>>())
        };
        assert_eq!(
            read("VIP, vip;Press ,,"),
            Ok(vec!["VIP".into(), "Press".into()])
        );
        assert_eq!(
            read(r#""a b","Баспасөз""#),
            Ok(vec!["a b".into(), "Баспасөз".into()])
        );
        assert_eq!(read("  "), Ok(vec![]));
        assert_eq!(read(&"a".repeat(101)), Err(TagError));
        assert_eq!(read("a\nb"), Err(TagError));
    }

    #[test]
    fn tags_ignore_case() {
        for (one, other) in [
            ("VIP", " vip"),
            ("Баспасөз", "БАСПАСӨЗ"),
            ("Ärzte", "ärzte"),
        ] {
            assert_eq!(Tag::parse(one), Tag::parse(other));
        }
        for wrong in ["", " ", "a,b", "a;b", "a\0"] {
            assert_eq!(Tag::parse(wrong), Err(TagError), "{wrong:?}");
        }
    }
}
