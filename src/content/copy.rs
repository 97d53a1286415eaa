//! The title of a copy.

use crate::text::line::Title;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;

/// `Copy of …` in the language of the title; as much of it as a title may have.
pub(super) fn title(language: Language, title: &str) -> String {
    let whole = Phrases::shipped(language)
        .say("copy-of")
        .text("title", title)
        .to_string();
    let mut short = whole.as_str();
    while Title::parse(short).is_err() {
        let Some((at, _)) = short.char_indices().next_back() else {
            return title.to_owned();
        };
        short = short[..at].trim_end();
    }
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_so_and_stays_a_title() {
        assert_eq!(title(Language::EN, "Spring"), "Copy of Spring");
        let long = "ә".repeat(2000);
        assert!(Title::parse(&title(Language::EN, &long)).is_ok());
    }
}
