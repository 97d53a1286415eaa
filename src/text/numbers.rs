//! Numbers as readers of a language write them.

use super::locale::Language;

/// A whole number of any width, by value or by reference, as templates pass them.
pub trait Whole {
    /// As the widest that plurals are chosen by; what is larger counts as the largest.
    fn whole(self) -> i64;
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl Whole for $kind {
            fn whole(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
whole!(i32, i64, u8, u16, u32, u64, usize);

impl<T: Whole + Copy> Whole for &T {
    fn whole(self) -> i64 {
        (*self).whole()
    }
}

/// A whole number with its digits in groups of three: `12,480` in English, `12 480` with a
/// no-break space in Russian. By CLDR's decimal patterns.
pub fn grouped(number: i64, language: Language) -> String {
    grouped_by(number, separator(language.primary()))
}

/// A count as the English messages of the layers below write it; [messages](super::messages)
/// reads it back for other languages.
pub fn in_english(number: impl Whole) -> String {
    grouped(number.whole(), Language::EN)
}

/// What stands between two groups of digits in a language (by its primary subtag).
pub(super) fn separator(primary: &str) -> char {
    match primary {
        "ar" | "en" | "ja" | "ko" | "zh" => ',',
        "de" | "es" | "id" | "it" | "nl" | "pt" | "tr" => '.',
        "fr" => '\u{202f}',
        // No reader takes a space for a decimal sign.
        _ => '\u{a0}',
    }
}

/// `number` with `separator` between its groups of three digits.
pub(super) fn grouped_by(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        let texts = [0, 7, 999, 1000, 12480, 1_000_000, -1234].map(|n| grouped(n, Language::EN));
        let expected = ["0", "7", "999", "1,000", "12,480", "1,000,000", "-1,234"];
        assert_eq!(texts, expected);
        assert_eq!(grouped(12480, Language::RU), "12\u{a0}480");
        assert_eq!(grouped(i64::MIN, Language::KK).matches('\u{a0}').count(), 6);
    }
}
