//! Every phrase of a language as admins translate it: what is shipped, and what this
//! installation says instead or in addition, on all lists.

pub mod change;
pub mod files;

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::Result;
use crate::context::Context;
use crate::store::text_overrides;
use crate::text::catalogue::{self, English};
use crate::text::locale::Language;
use crate::text::phrases::shipped_languages;

/// A phrase in one language.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The English phrase.
    pub english: &'static English,
    /// What readers of the language see; nothing where they see another language.
    pub text: Option<String>,
    /// What is shipped in the language.
    pub shipped: Option<String>,
}

impl Entry {
    /// Whether this installation says something else than what is shipped.
    pub fn is_changed(&self) -> bool {
        self.text != self.shipped
    }

    /// The current text; empty where there is none.
    pub fn current(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// By which a form knows whether the text is still the one that it has shown.
    pub fn mark(&self) -> String {
        mark(self.current())
    }
}

/// A short digest of a text.
pub fn mark(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    HEXLOWER.encode(&digest)[..12].to_owned()
}

/// Whose phrases may be seen and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of visitors and subscribers.
    Readers,
    /// Those of the admin pages, too: for owners.
    Everything,
}

impl Reach {
    fn has(self, phrase: &English) -> bool {
        self == Self::Everything || !phrase.is_of_admin()
    }
}

/// Which phrases of a language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Those that it does not have.
    Missing,
    /// Those that this installation has changed or added.
    Changed,
}

/// Which phrases are listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those of this file, such as `site`, or of this folder, such as `admin`.
    pub file: String,
    /// By whether the language has them.
    pub show: Show,
    /// Part of the key, the English text or the text, in any letter case.
    pub part: String,
}

impl Filter {
    /// Whether a phrase is among them.
    pub fn has(&self, entry: &Entry) -> bool {
        let file = entry.english.file.as_str();
        let is_in_folder = || {
            let rest = file.strip_prefix(self.file.as_str());
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let is_of_file = self.file.is_empty() || self.file == file || is_in_folder();
        let is_shown = match self.show {
            Show::All => true,
            Show::Missing => entry.text.is_none(),
            Show::Changed => entry.is_changed(),
        };
        is_of_file && is_shown && self.is_found_in(entry)
    }

    fn is_found_in(&self, entry: &Entry) -> bool {
        let part = self.part.trim().to_lowercase();
        let texts = [
            entry.english.key.as_str(),
            &entry.english.text,
            entry.current(),
        ];
        let holds = |text: &str| text.to_lowercase().contains(&part);
        part.is_empty() || texts.into_iter().any(holds)
    }
}

/// All phrases of a language within reach, in the order of their files.
pub async fn entries(cx: &Context, language: Language, reach: Reach) -> Result<Vec<Entry>> {
    let rows = text_overrides::of_language(&mut cx.store.read().await?, language).await?;
    let own = rows.into_iter().map(|row| (row.name, row.text)).collect();
    Ok(merged(language, reach, &own))
}

fn merged(language: Language, reach: Reach, own: &HashMap<String, String>) -> Vec<Entry> {
    let shipped = catalogue::shipped(language);
    let entry = |english: &'static English| {
        let shipped = shipped.get(&english.key).cloned();
        Entry {
            english,
            text: own.get(&english.key).cloned().or_else(|| shipped.clone()),
            shipped,
        }
    };
    catalogue::phrases(language)
        .filter(|english| reach.has(english))
        .map(entry)
        .collect()
}

/// The languages that can be translated: those of the site, those with own texts, and those
/// that are shipped.
pub async fn languages(cx: &Context) -> Result<Vec<Language>> {
    let own = text_overrides::languages(&mut cx.store.read().await?).await?;
    let all = own.into_iter().chain(shipped_languages().iter());
    Ok(cx.config().site_languages().and(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_file_state_and_part() {
        let polish: Language = "pl".parse().unwrap();
        let own = HashMap::from([("join-title".to_owned(), "Lista mailingowa".to_owned())]);
        let all = merged(polish, Reach::Everything, &own);
        let count = |file: &str, show, part: &str| {
            let filter = Filter {
                file: file.to_owned(),
                show,
                part: part.to_owned(),
            };
            all.iter().filter(|entry| filter.has(entry)).count()
        };
        assert_eq!(count("", Show::All, ""), all.len());
        assert_eq!(count("", Show::Changed, ""), 1);
        assert_eq!(count("", Show::Missing, ""), all.len() - 1);
        assert_eq!(count("subscription", Show::All, "MAILINGOWA"), 1);
        assert_eq!(count("site", Show::All, "mailingowa"), 0);
        assert!(count("admin", Show::Missing, "") > count("admin/posts", Show::Missing, ""));
        let readers = merged(polish, Reach::Readers, &own);
        assert!(readers.iter().all(|entry| !entry.english.is_of_admin()));
        let russian = merged(Language::RU, Reach::Everything, &HashMap::new());
        assert!(russian.iter().all(|entry| entry.text.is_some()));
    }
}
