//! What the forms of posts and events share of their languages.

use crate::content::translation::Outdated;
use crate::text::locale::Language;
use crate::web::http::form::Form;

/// The languages of which a form says that their text is up to date though it has not changed.
pub fn up_to_date(form: &Form, languages: impl IntoIterator<Item = Language>) -> Vec<Language> {
    let is_marked = |language: &Language| form.has(&format!("current_{language}"));
    languages.into_iter().filter(is_marked).collect()
}

/// The language that a text in `language` is behind, if it is.
pub fn behind(outdated: Option<&Outdated>, language: Language) -> Option<Language> {
    let outdated = outdated?;
    let is_behind = outdated.languages.contains(&language);
    is_behind.then_some(outdated.source)
}
