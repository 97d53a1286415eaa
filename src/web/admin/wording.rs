//! Numbers and messages as the admin pages write them.

/// `12480` → `12,480`.
pub fn thousands(number: &i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if *number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `hard_bounce` → `hard bounce`.
pub fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// `1 subscriber`, `2 subscribers`.
pub fn counted(number: i64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(&number),
        if number == 1 { one } else { many }
    )
}

/// A message as a sentence: a capital first, a full stop last.
pub fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let stop = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_thousands() {
        let texts = [0, 7, 999, 1000, 12480, 1_000_000, -1234].map(|n| thousands(&n));
        let expected = ["0", "7", "999", "1,000", "12,480", "1,000,000", "-1,234"];
        assert_eq!(texts, expected);
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(
            sentence("there is no such campaign"),
            "There is no such campaign."
        );
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence(""), "");
    }
}
