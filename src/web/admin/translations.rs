//! What the forms of posts and events share of their languages.

use crate::content::translation::Outdated;
use crate::text::locale::{Language, Languages};
use crate::web::http::form::Form;

/// The button that fills an empty language with the text of another. Its value is the language
/// to fill.
const COPY_INTO: &str = "copy_into";

/// What a press of the button that copies a text came to.
pub enum Copied {
    /// It was another button.
    NotAsked,
    /// No other language has a text.
    Nothing,
    /// The form to show next, on the language that was filled.
    Into(Form),
}

/// Fills what is empty in the language of the pressed button with the text of another language:
/// English, or the first that has one. `fields` are the names of the texts before the tag.
pub fn copied(form: &Form, offered: &Languages, fields: &[&str]) -> Copied {
    let Some(target) = form.get(COPY_INTO) else {
        return Copied::NotAsked;
    };
    let languages = form.languages(offered, fields.first().copied().unwrap_or_default());
    let Some(target) = languages.iter().find(|one| one.tag() == target) else {
        return Copied::Nothing;
    };
    let value = |field: &str, language: &Language| form.text(&format!("{field}{language}"));
    let has_text = |language: &&Language| {
        let of = |field: &&str| !value(field, language).trim().is_empty();
        *language != target && fields.iter().any(of)
    };
    let english = languages.iter().filter(|one| **one == Language::EN);
    let Some(source) = english.chain(&languages).find(has_text) else {
        return Copied::Nothing;
    };
    let filled = fields.iter().fold(form.clone(), |form_so_far, field| {
        let name = format!("{field}{target}");
        let is_free = form_so_far.trimmed(&name).is_empty();
        match is_free.then(|| value(field, source)) {
            Some(text) => form_so_far.replaced(&name, text),
            None => form_so_far,
        }
    });
    Copied::Into(filled.replaced("language", target))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(body: &str) -> Copied {
        let form = Form::parse(body.as_bytes()).unwrap();
        copied(&form, &Languages::default(), &["title_", "body_"])
    }

    #[test]
    fn an_empty_language_takes_the_english_text_and_keeps_what_it_has() {
        let Copied::Into(form) = pressed(
            "copy_into=kk&language=en&title_kk=Own&body_kk=+&title_ru=R&body_ru=R&title_en=E&body_en=Text",
        ) else {
            panic!("nothing was copied");
        };
        let values = ["language", "title_kk", "body_kk", "title_ru"].map(|name| form.text(name));
        assert_eq!(values, ["kk", "Own", "Text", "R"]);
        assert_eq!(form.all("body_kk").count(), 1);
    }

    #[test]
    fn the_first_text_is_taken_where_there_is_none_in_english() {
        let Copied::Into(form) = pressed("copy_into=kk&title_kk=&title_ru=R&title_en=") else {
            panic!("nothing was copied");
        };
        assert_eq!(form.text("title_kk"), "R");
    }

    #[test]
    fn without_a_text_or_a_language_of_the_site_nothing_is_copied() {
        for body in [
            "copy_into=kk&title_kk=Own&title_en=+",
            "copy_into=xx&title_en=E",
            "copy_into=&title_en=E",
        ] {
            assert!(matches!(pressed(body), Copied::Nothing), "{body}");
        }
        assert!(matches!(
            pressed("action=save&title_en=E"),
            Copied::NotAsked
        ));
    }
}
