//! Lists: named audiences.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::string_enum::string_enum;
use crate::text::locale::Language;
use crate::text::transliteration::hyphenated;

string_enum! {
    /// Who may see a list and join it by themselves.
    pub enum Visibility {
        /// On the join form.
        Public,
        /// Filled by admins alone.
        Private,
    }
}

string_enum! {
    /// How a question of the join form is answered.
    pub enum FieldKind {
        /// In one's own words.
        Text,
        /// By one of some choices.
        Choice,
        /// By a tick.
        Tick,
    }
}

string_enum! {
    /// How a subscription to a list becomes effective.
    pub enum OptIn {
        /// At once.
        Single,
        /// When the owner of the address confirms it by mail.
        Double,
    }
}

/// Letters of a slug.
const LONGEST: usize = 60;

/// A name for use in addresses of pages and in `List-Id`: lower-case letters,
/// digits and inner hyphens, 1 to 60 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "news")]
pub struct Slug(String);

/// The slug of a list; also the first label of its `List-Id` (RFC 2919 §2).
pub type ListSlug = Slug;

/// The text is no [`Slug`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a slug has 1 to 60 lower-case letters, digits and inner hyphens, such as spring-news")]
pub struct InvalidSlug;

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A slug made from a title in any script. `None` where it has no letter and no digit.
    pub fn from_title(title: &str) -> Option<Self> {
        hyphenated(title, None, LONGEST).parse().ok()
    }

    /// A slug made from a title in this language: languages read some letters differently.
    pub fn from_title_in(title: &str, language: Language) -> Option<Self> {
        hyphenated(title, Some(language), LONGEST).parse().ok()
    }

    /// The slug with a number at its end, as long as that makes a slug; the first is itself.
    pub fn numbered(&self, number: u32) -> Self {
        if number < 2 {
            return self.clone();
        }
        let ending = format!("-{number}");
        let stem = self.0.get(..LONGEST - ending.len()).unwrap_or(&self.0);
        Self(format!("{}{ending}", stem.trim_end_matches('-')))
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let valid = (1..=LONGEST).contains(&text.len())
            && text.chars().all(inner)
            && !text.starts_with('-')
            && !text.ends_with('-');
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug)
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

string_enum! {
    /// When join forms require proof of work.
    pub enum FormWork {
        /// For every form.
        Always,
        /// When there are more sign-ups than usual.
        UnderLoad,
        /// For none.
        Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_slugs_are_slugs() {
        let long = format!("{}-{}", "a".repeat(57), "b".repeat(2));
        for slug in ["news", long.as_str()] {
            let slug: Slug = slug.parse().unwrap();
            assert_eq!(slug.numbered(1), slug);
            for number in [2, 10, 999] {
                let numbered = slug.numbered(number);
                assert_eq!(numbered.as_str().parse(), Ok(numbered.clone()));
                assert!(numbered.as_str().ends_with(&format!("-{number}")));
            }
        }
        assert_eq!(
            "news".parse::<Slug>().unwrap().numbered(2).as_str(),
            "news-2"
        );
    }

    #[test]
    fn slugs_hold_nothing_that_needs_escaping() {
        for good in ["news", "a", "2024-elections"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "News", "a b", "a/b", "a.b", "новости"] {
            assert_eq!(bad.parse::<Slug>(), Err(InvalidSlug), "{bad}");
        }
    }

    #[test]
    fn a_title_gives_a_slug() {
        let slug = |title: &str| Slug::from_title(title).map(String::from);
        assert_eq!(
            slug("Elections: a new Parliament!").as_deref(),
            Some("elections-a-new-parliament")
        );
        assert_eq!(slug("Выборы").as_deref(), Some("vybory"));
        assert_eq!(slug(&"щ".repeat(100)).map(|slug| slug.len()), Some(60));
        assert_eq!(slug("… 🌸"), None);
    }
}
