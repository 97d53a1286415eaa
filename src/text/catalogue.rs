//! Every phrase that there is, by the files of `locales/`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::locale::Language;
use super::overrides;

/// English messages that are found by what they say: their text must stay as it is.
const MESSAGES: &str = "admin/messages";
/// Files of visitors and subscribers, in the order in which a translator begins.
const FIRST: [&str; 4] = ["site", "subscription", "mail", "error"];

/// A phrase as it is shipped in English.
#[derive(Debug)]
pub struct English {
    /// Its file without the ending, such as `site` or `admin/posts`.
    pub file: String,
    /// Its key.
    pub key: String,
    /// What it says, in Fluent's syntax.
    pub text: String,
}

impl English {
    /// Whether it is of the admin pages.
    pub fn is_of_admin(&self) -> bool {
        self.key.starts_with(overrides::ADMIN)
    }
}

static CATALOGUE: LazyLock<Vec<English>> = LazyLock::new(|| {
    let of_file = |file: String| {
        let phrases = overrides::file(Language::EN, &file).into_iter();
        phrases.map(move |(key, text)| English {
            file: file.clone(),
            key,
            text,
        })
    };
    files().into_iter().flat_map(of_file).collect()
});

/// The files in their order, those of visitors first.
pub fn files() -> Vec<String> {
    let all = overrides::files(Language::EN);
    let others = all.iter().filter(|file| !FIRST.contains(&file.as_str()));
    let first = FIRST.into_iter().map(str::to_owned);
    first.chain(others.cloned()).collect()
}

/// The text of an English file, with its comments.
pub fn english_source(file: &str) -> String {
    overrides::source(Language::EN, file).unwrap_or_default()
}

/// The phrases that a language can have, in the order of their files.
pub fn phrases(language: Language) -> impl Iterator<Item = &'static English> {
    let is_fixed = move |phrase: &English| language == Language::EN && phrase.file == MESSAGES;
    CATALOGUE.iter().filter(move |phrase| !is_fixed(phrase))
}

/// What is shipped in exactly this language: key and text.
pub fn shipped(language: Language) -> HashMap<String, String> {
    let files = overrides::files(language).into_iter();
    files
        .flat_map(|file| overrides::file(language, &file))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_phrases_and_english_messages_stay() {
        let has_message = |language| phrases(language).any(|phrase| phrase.file == MESSAGES);
        assert!(has_message(Language::KK) && !has_message(Language::EN));
        let phrase = |key: &str| phrases(Language::EN).find(|phrase| phrase.key == key);
        let join = phrase("join-title").unwrap();
        assert_eq!(join.file, "subscription");
        assert!(!join.is_of_admin());
        assert!(phrase("admin-save").unwrap().is_of_admin());
        assert!(phrase("no-such-key").is_none());
        assert_eq!(shipped(Language::EN).get("join-title"), Some(&join.text));
        assert!(shipped("pl".parse().unwrap()).is_empty());
        let first: Vec<&str> = phrases(Language::EN).map(|one| one.file.as_str()).collect();
        assert_eq!(first.first(), Some(&"site"));
    }
}
