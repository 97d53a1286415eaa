//! The languages of the shipped texts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of pages and mails, by its BCP 47 tag.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all(serialize = "lowercase"), try_from = "String")]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English, the fallback for missing texts.
    #[default]
    En,
}

/// The tag of no language in [`Language::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the language must be one of kk, ru, en")]
pub struct UnknownLanguage;

impl Language {
    /// Every language, in the order in which a page offers them.
    pub const ALL: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Kk => "kk",
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// Language and territory, for programs that insist on both (Open Graph).
    pub fn locale(self) -> &'static str {
        match self {
            Language::Kk => "kk_KZ",
            Language::Ru => "ru_RU",
            Language::En => "en_GB",
        }
    }

    /// The language's own name for itself.
    pub fn endonym(self) -> &'static str {
        match self {
            Language::Kk => "Қазақша",
            Language::Ru => "Русский",
            Language::En => "English",
        }
    }

    /// The best match for an `Accept-Language` header (RFC 9110 §12.5.4), or
    /// `None` if none matches.
    pub fn from_accept_language(header: &str) -> Option<Language> {
        let mut wanted: Vec<(f32, Language)> = header
            .split(',')
            .take(32)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let primary = pieces.next()?.trim().split('-').next()?;
                let language = primary.to_ascii_lowercase().parse().ok()?;
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok())
                    .unwrap_or(1.0);
                (quality > 0.0).then_some((quality, language))
            })
            .collect();
        // Stable: among equals the one named first wins.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|&(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// Tags are the same in any letter case, and a region narrows a language
/// without making it another (RFC 5646 §2.1.1, RFC 4647 §3.4): `EN`, `ru-KZ`.
impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let primary = s.split(['-', '_']).next().unwrap_or_default();
        let rest_is_subtags = s[primary.len()..].split(['-', '_']).skip(1).all(|tag| {
            (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        Language::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary) && rest_is_subtags)
            .ok_or(UnknownLanguage)
    }
}

impl utoipa::PartialSchema for Language {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(Language::ALL.map(Language::tag)))
            .into()
    }
}

impl utoipa::ToSchema for Language {}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        tag.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_the_same_in_any_letter_case_and_for_any_region() {
        for (tag, language) in [
            ("kk", Language::Kk),
            ("RU", Language::Ru),
            ("ru-KZ", Language::Ru),
            ("en_US", Language::En),
            ("En-Latn-gb", Language::En),
        ] {
            assert_eq!(tag.parse(), Ok(language), "{tag}");
        }
        for tag in [
            "",
            "de",
            "english",
            "ru-",
            "-ru",
            "en-verylongsubtag",
            "en-\u{431}",
        ] {
            assert_eq!(tag.parse::<Language>(), Err(UnknownLanguage), "{tag:?}");
        }
    }

    #[test]
    fn the_visitors_first_choice_among_ours_wins() {
        for (header, expected) in [
            ("kk", Some(Language::Kk)),
            ("de, ru;q=0.8, en;q=0.9", Some(Language::En)),
            ("ru-KZ,ru;q=0.9", Some(Language::Ru)),
            ("EN-gb", Some(Language::En)),
            ("kk;q=0, fr", None),
            ("", None),
            (";;;,,q=", None),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}
