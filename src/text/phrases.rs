//! The texts of pages and emails in every language, by Fluent.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use fluent_templates::{Loader, static_loader};

pub use super::fluent::Value;
use super::fluent::{Filling, identifier, number_format};
use super::locale::{Language, Languages, Preference};
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

/// The languages that the admin pages are shipped in.
pub fn admin_languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
        let has_admin =
            |language: &Language| !overrides::file(*language, "admin/common").is_empty();
        let known = shipped_languages().iter().filter(has_admin);
        Languages::try_from(known.collect::<Vec<_>>()).unwrap_or_default()
    });
    &LANGUAGES
}

/// The texts of pages and emails for readers of one language. Where the
/// installation has [overrides](TextOverrides), these come first; what the language does not
/// have is in the language of the site, or in English.
#[derive(Debug, Clone)]
pub struct Phrases {
    /// The language.
    pub language: Language,
    site: Language,
    own: Option<Arc<TextOverrides>>,
    list: i64,
}

impl Phrases {
    /// The phrases as they are shipped.
    pub fn shipped(language: Language) -> Self {
        Self {
            language,
            site: Language::EN,
            own: None,
            list: ALL_LISTS,
        }
    }

    /// The phrases with text overrides.
    pub fn with(language: Language, own: Arc<TextOverrides>) -> Self {
        Self {
            language,
            site: Language::EN,
            own: Some(own),
            list: ALL_LISTS,
        }
    }

    /// The same on a site in this language: what theirs does not have is in it.
    #[must_use]
    pub fn on_site_in(self, site: Language) -> Self {
        Self { site, ..self }
    }

    /// How a text is chosen for the reader.
    pub fn reader(&self) -> Preference {
        Preference {
            reader: self.language,
            site: self.site,
        }
    }

    /// The languages that the admin pages can be read in: those that they are shipped in, and
    /// those that the installation has translated some of them into.
    pub fn admin_languages(&self) -> Languages {
        let own = self.own.iter().flat_map(|own| own.admin_languages());
        let all = admin_languages().and(own);
        Languages::try_from(all).unwrap_or_default()
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

    /// The phrase under `key` with its variables. A missing key is shown as such, so that
    /// the page still works.
    pub(super) fn fill(&self, key: &str, values: &Filling<'_>) -> String {
        let missing = || format!("Unknown localization key: {key:?}");
        self.find(key, values).unwrap_or_else(missing)
    }

    fn find(&self, key: &str, values: &Filling<'_>) -> Option<String> {
        let in_one = |language: Language| {
            let shipped = || {
                let language = identifier(language);
                PHRASES.lookup_single_language(language, key, Some(values))
            };
            self.own(language, key, values).or_else(|| shipped().ok())
        };
        self.reader().order().find_map(in_one)
    }

    fn own(&self, language: Language, key: &str, values: &Filling<'_>) -> Option<String> {
        let own = self.own.as_ref()?;
        own.translate(self.list, language, key, values)
            .or_else(|| own.translate(ALL_LISTS, language, key, values))
    }

    /// The phrase under `key`.
    pub fn translate(&self, key: &str) -> String {
        self.fill(key, &Filling::new())
    }

    /// The phrase under `key` with its variables filled in.
    pub fn translate_args(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let values: Filling<'_> = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.into()))
            .collect();
        self.fill(key, &values)
    }

    /// The phrase under `key`, or nothing where there is none.
    pub fn try_translate(&self, key: &str) -> Option<String> {
        self.find(key, &Filling::new())
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
    fn what_a_language_lacks_is_in_that_of_the_site() {
        let polish: Language = "pl".parse().unwrap();
        let own = [(ALL_LISTS, polish, "join-title", "Lista { broken-not }")];
        let all = own.into_iter().chain([
            (ALL_LISTS, polish, "join-button", "Zapisz się"),
            (ALL_LISTS, Language::RU, "join-title", "Наш список"),
        ]);
        let own = Arc::new(TextOverrides::new(all));
        let phrases = Phrases::with(polish, own.clone()).on_site_in(Language::RU);
        let russian = Phrases::shipped(Language::RU);
        let english = Phrases::shipped(Language::EN);
        assert_eq!(phrases.translate("join-button"), "Zapisz się");
        // What cannot be filled in is passed over, as what is not there.
        assert_eq!(phrases.translate("join-title"), "Наш список");
        assert_eq!(
            phrases.translate("nav-events"),
            russian.translate("nav-events")
        );
        let elsewhere = Phrases::with(polish, own);
        assert_eq!(
            elsewhere.translate("nav-events"),
            english.translate("nav-events")
        );
        assert!(phrases.translate("no-such-key").contains("no-such-key"));
        assert_eq!(phrases.try_translate("no-such-key"), None);
    }

    #[test]
    fn kazakh_and_russian_have_the_keys_of_english() {
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
            for language in [Language::KK, Language::RU] {
                assert_eq!(keys(Language::EN), keys(language), "{language} {file}");
            }
        }
    }
}
