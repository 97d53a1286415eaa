//! Translations that are older than what they translate.

use crate::clock::Timestamp;
use crate::document::pieces::Notation;
use crate::document::sides::{Sides, sides};
use crate::render::{self, Budget, RenderError};
use crate::store::variants::VariantTimes;
use crate::text::locale::{Language, Languages};

/// The first language of a post, event or campaign, and the languages whose text is older than its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The language that it was first written in.
    pub source: Language,
    /// The languages that are behind.
    pub languages: Vec<Language>,
}

/// The text that was written first. Of texts that were first written at the same time it is that
/// of the first language of the site.
pub fn source(times: &[VariantTimes], languages: &Languages) -> Option<VariantTimes> {
    let place = |language| {
        let place = languages.iter().position(|one| one == language);
        (place.unwrap_or(usize::MAX), language)
    };
    let first = times
        .iter()
        .min_by_key(|one| (one.created_at, place(one.language)));
    first.copied()
}

/// The languages that are behind; `None` where none is.
pub fn outdated(times: &[VariantTimes], languages: &Languages) -> Option<Outdated> {
    let source = source(times, languages)?;
    let behind = times
        .iter()
        .filter(|one| one.changed_at < source.changed_at)
        .map(|one| one.language);
    let behind: Vec<Language> = behind.collect();
    (!behind.is_empty()).then_some(Outdated {
        source: source.language,
        languages: behind,
    })
}

/// When the text in `language` was last up to date, where it is behind its `source`.
pub fn behind_since(
    times: &[VariantTimes],
    source: &VariantTimes,
    language: Language,
) -> Option<Timestamp> {
    let own = times.iter().find(|one| one.language == language)?;
    (own.changed_at < source.changed_at).then_some(own.changed_at)
}

/// The blocks of a text in Markdown beside those of its translation: as `typed`, or else as they
/// are `saved`. `before` is the text as it was when the translation was last up to date, where it
/// has changed since.
///
/// # Errors
/// [`RenderError`] where it cannot be rendered now.
pub async fn blocks_beside(
    source: String,
    saved: String,
    typed: Option<Vec<String>>,
    before: Option<String>,
) -> Result<Sides, RenderError> {
    let work = move || {
        let blocks = typed.unwrap_or_else(|| Notation::Markdown.split(&saved));
        sides(&source, &blocks, before.as_deref())
    };
    render::run(Budget::Interactive, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: &[(&str, i64, i64)]) -> Option<(String, Vec<String>)> {
        let time = |(language, created, changed): &(&str, i64, i64)| VariantTimes {
            language: language.parse().unwrap(),
            created_at: Timestamp::from_millis(*created),
            changed_at: Timestamp::from_millis(*changed),
        };
        let times: Vec<_> = times.iter().map(time).collect();
        let languages = Languages::default();
        let found = outdated(&times, &languages)?;
        let behind = found.languages.iter().map(ToString::to_string).collect();
        Some((found.source.to_string(), behind))
    }

    #[test]
    fn translations_are_behind_the_first_language_alone() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("en", 1, 9)]), None);
        assert_eq!(of(&[("en", 1, 1), ("ru", 2, 2)]), None);
        let behind = Some(("en".to_owned(), vec!["ru".to_owned()]));
        assert_eq!(of(&[("en", 1, 9), ("ru", 2, 2), ("kk", 3, 9)]), behind);
        // A later translation changes, not the source.
        assert_eq!(of(&[("en", 1, 1), ("ru", 2, 9), ("kk", 3, 3)]), None);
    }

    #[test]
    fn of_texts_written_together_the_first_of_the_site_is_the_source() {
        let first = Languages::default().iter().next().unwrap().to_string();
        let other = Languages::default().iter().last().unwrap().to_string();
        let times = [(other.as_str(), 1, 1), (first.as_str(), 1, 5)];
        assert_eq!(of(&times), Some((first.clone(), vec![other.clone()])));
    }
}
