//! Case-insensitive search patterns for any script.
//!
//! Databases differ in which letters' case they know, by build and
//! settings. These patterns name each letter in all of its forms (the simple
//! case folding of Unicode), so that the database only has to compare.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// The forms of a letter that differ in case alone; the letter itself for every
/// other character.
fn forms(c: char) -> Vec<char> {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
    if class.try_case_fold_simple().is_err() {
        return vec![c];
    }
    let ranges = class.iter().map(|range| range.start()..=range.end());
    ranges.flatten().collect()
}

fn pattern(text: &str, literal: impl Fn(char) -> String) -> String {
    let each = |c: char| match &forms(c)[..] {
        [_] => literal(c),
        forms => format!("[{}]", forms.iter().collect::<String>()),
    };
    text.chars().map(each).collect()
}

/// A text as a part of a pattern for SQLite's `GLOB`.
pub fn glob(text: &str) -> String {
    pattern(text, |c| match c {
        '*' | '?' | '[' => format!("[{c}]"),
        c => c.to_string(),
    })
}

/// A text as a regular expression of PostgreSQL.
pub fn regex(text: &str) -> String {
    pattern(text, |c| {
        if c.is_ascii_punctuation() {
            format!("\\{c}")
        } else {
            c.to_string()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_contain_all_forms_of_a_letter() {
        assert_eq!(glob("Аб-1"), "[Аа][Бб]-1");
        assert_eq!(glob("σ"), "[Σςσ]");
        assert_eq!(glob("*?[]"), "[*][?][[]]");
        assert_eq!(regex("a.b*"), r"[Aa]\.[Bb]\*");
        assert_eq!(regex("日本"), "日本");
    }
}
