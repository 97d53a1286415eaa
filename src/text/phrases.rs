//! The texts of pages and emails in every language, by Fluent.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use unic_langid::LanguageIdentifier;

pub use super::fluent::Value;
use super::fluent::{identifier, number_format};
use super::locale::{Language, Languages};
use super::overrides;
pub use super::overrides::{ALL_LISTS, TextOverrides};

static_loader! {
    static PHRASES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // Marks for mixed writing directions would be noise in a subject line.
            bundle.set_use_isolating(false);
            let language = bundle.locales.first().map_or("", |one| one.language.as_str());
            bundle.set_formatter(Some(number_format(language)));
        },
    };
}

/// Whose shipped phrases each language has: its own, those of the language that it narrows, or
/// the English ones.
static SHIPPED: LazyLock<Vec<&'static LanguageIdentifier>> = LazyLock::new(|| {
    Language::all()
        .map(|language| identifier(nearest(language)))
        .collect()
});

fn nearest(language: Language) -> Language {
    shipped_languages()
        .nearest(language)
        .unwrap_or(Language::EN)
}

/// The languages with shipped phrases, in the order of their tags.
pub fn shipped_languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
        let known = PHRASES.locales().map(ToString::to_string);
        let mut known: Vec<Language> = known.filter_map(|tag| tag.parse().ok()).collect();
        known.sort();
        Languages::try_from(known).unwrap_or_default()
    });
    &LANGUAGES
}

/// The languages of the admin pages.
pub fn admin_languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
        let has_admin =
            |language: &Language| !overrides::file(*language, "admin/common").is_empty();
        let known = shipped_languages().iter().filter(has_admin);
        Languages::try_from(known.collect::<Vec<_>>()).unwrap_or_default()
    });
    &LANGUAGES
}

fn shipped(language: Language) -> &'static LanguageIdentifier {
    SHIPPED[language.index()]
}

/// The texts of pages and emails in one language. Where the
/// installation has [overrides](TextOverrides), these come first.
#[derive(Debug, Clone)]
pub struct Phrases {
    /// The language.
    pub language: Language,
    own: Option<Arc<TextOverrides>>,
    list: i64,
}

impl Phrases {
    /// The phrases as they are shipped.
    pub fn shipped(language: Language) -> Self {
        Self {
            language,
            own: None,
            list: ALL_LISTS,
        }
    }

    /// The phrases with text overrides.
    pub fn with(language: Language, own: Arc<TextOverrides>) -> Self {
        Self {
            language,
            own: Some(own),
            list: ALL_LISTS,
        }
    }

    /// The same with the overrides of one list.
    pub fn of_list(&self, list: i64) -> Self {
        Self {
            list,
            ..self.clone()
        }
    }

    /// The same for several lists: with a single one, with its overrides.
    pub fn of_lists(&self, lists: impl IntoIterator<Item = i64>) -> Self {
        let mut lists = lists.into_iter();
        match (lists.next(), lists.next()) {
            (Some(list), None) => self.of_list(list),
            _ => self.clone(),
        }
    }

    /// The shipped phrase under `key` with its variables.
    pub(super) fn fill(
        &self,
        key: &str,
        values: &HashMap<Cow<'static, str>, FluentValue<'_>>,
    ) -> String {
        PHRASES.lookup_with_args(shipped(self.language), key, values)
    }

    /// The phrase under `key`. A missing key is shown as it is, so that
    /// the page still works.
    pub fn translate(&self, key: &str) -> String {
        self.translate_args(key, &[])
    }

    /// The phrase under `key` with its variables filled in.
    pub fn translate_args(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        if let Some(own) = self.own(key, values) {
            return own;
        }
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.into()))
            .collect();
        self.fill(key, &values)
    }

    fn own(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> Option<String> {
        let own = self.own.as_ref()?;
        own.translate(self.list, self.language, key, values)
            .or_else(|| own.translate(ALL_LISTS, self.language, key, values))
    }

    /// The phrase under `key`, or nothing where there is none.
    pub fn try_translate(&self, key: &str) -> Option<String> {
        self.own(key, &[])
            .or_else(|| PHRASES.try_lookup(shipped(self.language), key))
    }

    /// The phrase under `key` with one text filled in.
    pub fn translate_with(&self, key: &str, name: &'static str, value: &str) -> String {
        self.translate_args(key, &[(name, Value::Text(value))])
    }

    /// The phrase for a duration: in days, by `key` with `-days` appended, for two or
    /// more whole days, otherwise in hours.
    pub fn duration(&self, key: &str, seconds: u64) -> String {
        let hours = i64::try_from(seconds.div_ceil(3600)).unwrap_or(i64::MAX);
        match (hours % 24, hours / 24) {
            (0, days @ 2..) => self.count(&format!("{key}-days"), "days", days),
            _ => self.count(key, "hours", hours),
        }
    }

    /// The phrase under `key` with one number filled in.
    pub fn count(&self, key: &str, name: &'static str, value: i64) -> String {
        self.translate_args(key, &[(name, Value::Number(value))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_language() {
        let say =
            |language, count| Phrases::shipped(language).count("form-errors-title", "count", count);
        assert_ne!(say(Language::RU, 1), say(Language::RU, 2).replace('2', "1"));
        assert_ne!(say(Language::RU, 2), say(Language::RU, 5).replace('5', "2"));
    }

    #[test]
    fn durations_of_whole_days_are_shown_in_days() {
        let span = |hours: u64| {
            Phrases::shipped(Language::EN).duration("mail-confirm-expiry", hours * 3600)
        };
        assert_eq!(span(168), "The link works for 7 days.");
        assert_eq!(span(24), "The link works for 24 hours.");
        assert_eq!(span(49), "The link works for 49 hours.");
    }

    #[test]
    fn every_language_has_the_keys_of_english() {
        for file in ["site", "subscription", "mail", "error"] {
            let keys = |language: Language| -> Vec<String> {
                let text =
                    std::fs::read_to_string(format!("locales/{language}/{file}.ftl")).unwrap();
                let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
                let mut keys: Vec<String> = text
                    .lines()
                    .filter(is_key)
                    .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
                    .collect();
                keys.sort();
                keys
            };
            for language in shipped_languages().iter() {
                assert_eq!(keys(Language::EN), keys(language), "{language} {file}");
            }
        }
    }
}
