//! Which characters a text may have, by one rule for everything that comes in
//! (forms, API, imports, commands) and everything that goes out (feeds,
//! calendars, mails).
//!
//! Control characters are allowed nowhere but tab and line feed: they make XML
//! unreadable (XML 1.0 §2.2), end header lines, and PostgreSQL refuses NUL.

use std::borrow::Cow;

/// A character that no text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("has the control character U+{:04X}; remove it", u32::from(*.0))]
pub struct ForbiddenCharacter(pub char);

/// The replacement of a character.
enum Fate {
    Keep,
    LineBreak,
    Forbidden,
}

/// Word processors end lines inside a paragraph with U+000B; the others are the
/// line ends of Unicode (UAX #14, BK and NL) and of old systems.
fn fate(character: char) -> Fate {
    match character {
        '\t' | '\n' => Fate::Keep,
        '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::LineBreak,
        '\u{FFFE}' | '\u{FFFF}' => Fate::Forbidden,
        character if character.is_control() => Fate::Forbidden,
        _ => Fate::Keep,
    }
}

/// A text as it may be stored: every line ends with a line feed, and there is no
/// other control character but tab.
///
/// # Errors
/// [`ForbiddenCharacter`], the first one.
pub fn clean(text: &str) -> Result<Cow<'_, str>, ForbiddenCharacter> {
    rewrite(text, Err)
}

/// The same for a text that nobody can correct: forbidden characters
/// are removed.
pub fn scrub(text: &str) -> Cow<'_, str> {
    rewrite(text, |_| Ok::<_, std::convert::Infallible>(())).unwrap_or_else(|never| match never {})
}

/// Whether a text is invisible: it has only white space and characters without
/// a shape.
pub fn is_blank(text: &str) -> bool {
    let is_unseen = |c: char| {
        matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        )
    };
    text.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

fn rewrite<E>(
    text: &str,
    mut forbidden: impl FnMut(ForbiddenCharacter) -> Result<(), E>,
) -> Result<Cow<'_, str>, E> {
    if text.chars().all(|c| matches!(fate(c), Fate::Keep)) {
        return Ok(Cow::Borrowed(text));
    }
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match fate(character) {
            Fate::Keep => clean.push(character),
            Fate::LineBreak => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                }
                clean.push('\n');
            }
            Fate::Forbidden => forbidden(ForbiddenCharacter(character))?,
        }
    }
    Ok(Cow::Owned(clean))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_of_every_kind_become_line_feeds() {
        for (given, kept) in [
            ("first line\u{b}second line", "first line\nsecond line"),
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("a\u{85}b\u{2028}c\u{2029}d\u{c}e", "a\nb\nc\nd\ne"),
            ("\ta\tb\n", "\ta\tb\n"),
            ("Әйгерім 🌷 a\u{200d}b\u{ad}", "Әйгерім 🌷 a\u{200d}b\u{ad}"),
        ] {
            assert_eq!(clean(given).unwrap(), kept, "{given:?}");
            assert_eq!(scrub(given), kept, "{given:?}");
        }
    }

    #[test]
    fn other_control_characters_are_named_or_left_out() {
        for character in [
            '\0', '\u{1}', '\u{8}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9f}', '\u{fffe}',
        ] {
            let text = format!("a{character}b");
            assert_eq!(clean(&text), Err(ForbiddenCharacter(character)));
            assert_eq!(scrub(&text), "ab");
        }
        let error = ForbiddenCharacter('\u{1}');
        assert_eq!(
            error.to_string(),
            "has the control character U+0001; remove it"
        );
    }

    #[test]
    fn invisible_text_is_blank() {
        for blank in [
            "",
            " \t",
            "\u{a0}\u{3000}",
            "\u{200b}\u{feff}",
            "\u{2800}\u{3164}",
            "\u{fe0f}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for shown in ["a", "🎉", "❤\u{fe0f}", "\u{202b}שלום", ".", "👨\u{200d}👩"] {
            assert!(!is_blank(shown), "{shown:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_scrubbed_is_clean_and_stays_as_it_is(text in "\\PC*|(?s:.)*") {
            let scrubbed = scrub(&text).into_owned();
            proptest::prop_assert_eq!(clean(&scrubbed).unwrap(), scrubbed.as_str());
            proptest::prop_assert!(scrubbed.chars().all(|c| c == '\t' || c == '\n' || !c.is_control()));
        }
    }
}
