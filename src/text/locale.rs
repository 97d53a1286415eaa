//! Languages of pages and emails: those that there are, and those that a site has.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::language_table::{Known, TABLE};

/// A language of pages and mails, by its BCP 47 tag. In the order of the tags.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub struct Language(u16);

/// The tag of no language that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the tag of a language, such as en, kk or pt-BR")]
pub struct UnknownLanguage(String);

/// The tag of a language that the site does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the language must be one of {0}")]
pub struct NotOffered(Languages);

impl Language {
    /// English, the fallback for missing texts.
    pub const EN: Language = Language::known("en");
    /// Kazakh.
    pub const KK: Language = Language::known("kk");
    /// Russian.
    pub const RU: Language = Language::known("ru");

    /// Stops the compiler at a tag that is not in the table.
    const fn known(tag: &str) -> Self {
        let mut index = 0;
        while !is_same(TABLE[index].tag.as_bytes(), tag.as_bytes()) {
            index += 1;
        }
        Self(index as u16)
    }

    /// Every language that a site can have, in the order of their tags.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..TABLE.len() as u16).map(Language)
    }

    fn row(self) -> &'static Known {
        &TABLE[self.index()]
    }

    /// Its place among [all](Self::all).
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.row().tag
    }

    /// Language and territory, for programs that insist on both (Open Graph).
    pub fn locale(self) -> String {
        format!("{}_{}", self.primary(), self.row().territory)
    }

    /// The tag without script and region.
    pub(super) fn primary(self) -> &'static str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// The language's own name for itself.
    pub fn endonym(self) -> &'static str {
        self.row().endonym
    }

    /// `rtl` for a language that is written from right to left, otherwise `ltr`.
    pub fn direction(self) -> &'static str {
        if self.row().is_rtl { "rtl" } else { "ltr" }
    }

    /// The language that it narrows (RFC 4647 §3.4): `zh` of `zh-Hant`.
    fn parent(self) -> Option<Self> {
        Self::of_tag(wider(self.tag())?)
    }

    fn and_wider(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |one| one.parent())
    }

    /// The language of a tag, without regard to letter case, or the one that it narrows
    /// (RFC 4647 §3.4): `pt-BR` is its own, `ru-KZ` is Russian.
    fn of_tag(tag: &str) -> Option<Self> {
        let is_traditional = ["zh-TW", "zh-MO"]
            .iter()
            .any(|one| one.eq_ignore_ascii_case(tag));
        let mut rest = if is_traditional { "zh-Hant" } else { tag };
        loop {
            let is_it = |row: &Known| row.tag.eq_ignore_ascii_case(rest);
            if let Some(index) = TABLE.iter().position(is_it) {
                return u16::try_from(index).ok().map(Language);
            }
            rest = wider(rest)?;
        }
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// A tag without its last subtag.
fn wider(tag: &str) -> Option<&str> {
    tag.rsplit_once('-').map(|(wider, _)| wider)
}

/// A reader's language, and that of the site: what is not written in the one is shown in the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    /// The reader's.
    pub reader: Language,
    /// The site's own.
    pub site: Language,
}

impl Preference {
    /// That of a reader without a site.
    pub fn only(reader: Language) -> Self {
        Self {
            reader,
            site: reader,
        }
    }

    /// The order in which a text is looked for: the reader's language, those that it narrows, the
    /// site's, and English. One may come twice.
    pub fn order(self) -> impl Iterator<Item = Language> {
        let site = self.site.and_wider();
        self.reader.and_wider().chain(site).chain([Language::EN])
    }

    /// The text that the reader gets, of `all` that there are: the first where none of its
    /// languages is in the order.
    pub fn pick<T>(self, all: &[T], language: impl Fn(&T) -> Language) -> Option<&T> {
        let of = |wanted| all.iter().find(|one| language(one) == wanted);
        self.order().find_map(of).or_else(|| all.first())
    }

    /// The same of texts by their tags.
    pub fn pick_tagged<T>(self, all: &BTreeMap<String, T>) -> Option<&T> {
        let of = |wanted: Language| all.get(wanted.tag());
        self.order().find_map(of).or_else(|| all.values().next())
    }

    /// A reader's wider language for queries that rank what they find: itself, if there is none.
    pub fn wider(self) -> Language {
        self.reader.parent().unwrap_or(self.reader)
    }
}

/// English, the fallback for missing texts.
impl Default for Language {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> Self {
        language.tag()
    }
}

/// Tags are the same in any letter case, and a region narrows a language
/// without making it another (RFC 5646 §2.1.1, RFC 4647 §3.4): `EN`, `ru-KZ`.
impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let is_subtag = |tag: &str| {
            (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let tag = s.replace('_', "-");
        let is_tag = tag.len() <= LONGEST && tag.split('-').all(is_subtag);
        let found = is_tag.then(|| Self::of_tag(&tag)).flatten();
        found.ok_or_else(|| UnknownLanguage(s.chars().take(LONGEST).collect()))
    }
}

/// Bytes of a tag.
const LONGEST: usize = 35;

impl utoipa::PartialSchema for Language {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The BCP 47 tag of a language that the site has."))
            .examples(["en"])
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

/// The languages that a site has, in the order in which a page offers them: at least one, and
/// none twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Language>")]
pub struct Languages(Vec<Language>);

/// A site cannot do without a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must name at least one language")]
pub struct NoLanguage;

impl Languages {
    /// In their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Language> + ExactSizeIterator {
        self.0.iter().copied()
    }

    /// Whether the site has a language.
    pub fn has(&self, language: Language) -> bool {
        self.0.contains(&language)
    }

    /// These, and another before them where it is not among them.
    pub fn with_first(&self, first: Language) -> Self {
        if self.has(first) {
            return self.clone();
        }
        Self(std::iter::once(first).chain(self.iter()).collect())
    }

    /// These, and then others that something has texts in already.
    pub fn and(&self, others: impl IntoIterator<Item = Language>) -> Vec<Language> {
        let mut all = self.0.clone();
        for language in others {
            if !all.contains(&language) {
                all.push(language);
            }
        }
        all
    }

    /// These, and then others by the tags that something has texts under already.
    pub fn and_tags<'a>(&self, tags: impl IntoIterator<Item = &'a String>) -> Vec<Language> {
        self.and(tags.into_iter().filter_map(|tag| tag.parse().ok()))
    }

    /// The site's language for a tag: itself, or one that it narrows (RFC 4647 §3.4).
    ///
    /// # Errors
    /// [`NotOffered`] names those that the site has.
    pub fn find(&self, tag: &str) -> Result<Language, NotOffered> {
        let found = tag.parse().ok().and_then(|language| self.nearest(language));
        found.ok_or_else(|| NotOffered(self.clone()))
    }

    /// A language that came as such.
    ///
    /// # Errors
    /// [`NotOffered`] names those that the site has.
    pub fn check(&self, language: Language) -> Result<Language, NotOffered> {
        self.nearest(language)
            .ok_or_else(|| NotOffered(self.clone()))
    }

    /// A language itself, one that it narrows, or another that narrows the same one.
    fn nearest(&self, language: Language) -> Option<Language> {
        let mut tag = language.tag();
        loop {
            if let Some(found) = self.iter().find(|one| one.tag() == tag) {
                return Some(found);
            }
            let Some(rest) = wider(tag) else { break };
            tag = rest;
        }
        self.iter().find(|one| one.primary() == tag)
    }

    /// The best match for an `Accept-Language` header (RFC 9110 §12.5.4), or
    /// `None` if none matches.
    pub fn accepted(&self, header: &str) -> Option<Language> {
        let mut wanted: Vec<(f32, Language)> = header
            .split(',')
            .take(32)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let language = self.find(pieces.next()?.trim()).ok()?;
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

/// Those that Jarshy was first made for.
impl Default for Languages {
    fn default() -> Self {
        Self(vec![Language::KK, Language::RU, Language::EN])
    }
}

impl TryFrom<Vec<Language>> for Languages {
    type Error = NoLanguage;

    fn try_from(languages: Vec<Language>) -> Result<Self, NoLanguage> {
        let mut found: Vec<Language> = Vec::new();
        for language in languages {
            if !found.contains(&language) {
                found.push(language);
            }
        }
        if found.is_empty() {
            Err(NoLanguage)
        } else {
            Ok(Self(found))
        }
    }
}

impl fmt::Display for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<&str> = self.iter().map(Language::tag).collect();
        f.write_str(&tags.join(", "))
    }
}

impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_tag_is_read_as_itself() {
        let tags: Vec<&str> = Language::all().map(Language::tag).collect();
        assert!(tags.is_sorted(), "{tags:?}");
        for language in Language::all() {
            assert_eq!(language.tag().parse(), Ok(language));
            assert!(!language.endonym().is_empty() && language.locale().len() >= 5);
        }
    }

    #[test]
    fn tags_are_the_same_in_any_letter_case_and_for_any_region() {
        for (tag, expected) in [
            ("kk", "kk"),
            ("RU", "ru"),
            ("ru-KZ", "ru"),
            ("en_US", "en-US"),
            ("En-Latn-gb", "en"),
            ("PT-br", "pt-BR"),
            ("zh-TW", "zh-Hant"),
        ] {
            assert_eq!(tag.parse::<Language>().unwrap().tag(), expected, "{tag}");
        }
        for tag in [
            "",
            "qq",
            "english",
            "ru-",
            "-ru",
            "en-verylongsubtag",
            "en-\u{431}",
            "en-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a",
        ] {
            assert!(tag.parse::<Language>().is_err(), "{tag:?}");
        }
    }

    fn languages(tags: &str) -> Languages {
        let languages: Vec<Language> = tags.split(' ').map(|tag| tag.parse().unwrap()).collect();
        languages.try_into().unwrap()
    }

    #[test]
    fn the_visitors_first_choice_among_ours_wins() {
        for (header, expected) in [
            ("kk", Some(Language::KK)),
            ("de, ru;q=0.8, en;q=0.9", Some(Language::EN)),
            ("ru-KZ,ru;q=0.9", Some(Language::RU)),
            ("EN-gb", Some(Language::EN)),
            ("kk;q=0, fr", None),
            ("", None),
            (";;;,,q=", None),
        ] {
            assert_eq!(Languages::default().accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn a_text_is_looked_for_in_the_language_of_the_site_before_english() {
        let order = |reader: &str, site: &str| -> Vec<&str> {
            let (reader, site) = (reader.parse().unwrap(), site.parse().unwrap());
            Preference { reader, site }
                .order()
                .map(Language::tag)
                .collect()
        };
        assert_eq!(order("pt-BR", "kk"), ["pt-BR", "pt", "kk", "en"]);
        assert_eq!(order("pl", "zh-Hant"), ["pl", "zh-Hant", "zh", "en"]);
        let preference = Preference {
            reader: "pl".parse().unwrap(),
            site: Language::RU,
        };
        let own = |language: &Language| *language;
        let picked = |all: &[Language]| preference.pick(all, own).copied();
        assert_eq!(picked(&[Language::EN, Language::RU]), Some(Language::RU));
        assert_eq!(picked(&[Language::KK, Language::EN]), Some(Language::EN));
        assert_eq!(picked(&[Language::KK]), Some(Language::KK));
        assert_eq!(picked(&[]), None);
    }

    #[test]
    fn a_site_has_the_nearest_of_its_languages() {
        let ours = languages("de pt-BR zh-Hant de");
        for (tag, expected) in [
            ("de-CH", "de"),
            ("pt", "pt-BR"),
            ("pt-PT", "pt-BR"),
            ("zh", "zh-Hant"),
        ] {
            assert_eq!(ours.find(tag).unwrap().tag(), expected, "{tag}");
        }
        let error = ours.find("en").unwrap_err().to_string();
        assert_eq!(error, "the language must be one of de, pt-BR, zh-Hant");
        assert_eq!(
            ours.with_first(Language::EN).to_string(),
            "en, de, pt-BR, zh-Hant"
        );
    }
}
