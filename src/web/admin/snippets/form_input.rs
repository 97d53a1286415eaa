//! The form of a snippet as entered.

use crate::clock::Timestamp;
use crate::content::snippets::{FullSnippet, SnippetText};
use crate::text::locale::{Language, Languages};
use crate::web::http::form::Form;

/// A snippet in each language that the site offers, and in those that it has besides.
pub struct FormInput {
    /// As typed; one that is saved keeps its own.
    pub name: String,
    /// The language whose text is shown.
    pub language: Language,
    pub texts: Vec<SnippetText>,
    /// The version that the form shows.
    pub seen: Option<Timestamp>,
}

impl FormInput {
    pub fn new(languages: &Languages, language: Language) -> Self {
        let empty = |language| SnippetText {
            language,
            body_markdown: String::new(),
        };
        let offered = languages.and([]);
        Self {
            name: String::new(),
            language,
            texts: offered.into_iter().map(empty).collect(),
            seen: None,
        }
    }

    pub fn of(languages: &Languages, full: &FullSnippet, wanted: Language) -> Self {
        let known = full.texts.iter().map(|text| text.language);
        let text = |language| {
            let found = full.texts.iter().find(|text| text.language == language);
            found.cloned().unwrap_or(SnippetText {
                language,
                body_markdown: String::new(),
            })
        };
        let texts: Vec<SnippetText> = languages.and(known).into_iter().map(text).collect();
        let mut written = full.texts.iter().map(|text| text.language);
        let first = full.texts.first().map_or(wanted, |text| text.language);
        Self {
            name: full.snippet.name.clone(),
            language: written.find(|one| *one == wanted).unwrap_or(first),
            texts,
            seen: Some(full.snippet.changed_at),
        }
    }

    pub fn read(languages: &Languages, form: &Form) -> Self {
        let text = |language: Language| SnippetText {
            language,
            body_markdown: form.text(&format!("body_{language}")).to_owned(),
        };
        let texts = form.languages(languages, "body_");
        let seen = form.text("version").parse().ok();
        Self {
            name: form.text("name").to_owned(),
            language: form.text("language").parse().unwrap_or_default(),
            texts: texts.into_iter().map(text).collect(),
            seen: seen.map(Timestamp::from_millis),
        }
    }

    /// What the form sends as the version that it shows.
    pub fn version(&self) -> String {
        let seen = self.seen.map(|seen| seen.millis().to_string());
        seen.unwrap_or_default()
    }
}
