//! Text in header fields: subjects, and the name before an address (RFC 5322 §3.2, RFC 2047).
//!
//! A text that every client reads correctly is written unchanged, any other is encoded as a
//! whole: spaces between two encoded words are ignored (RFC 2047 §6.2), so spaces between words
//! survive only inside one.

use data_encoding::BASE64;

/// Columns per line (RFC 2047 §2 for lines with encoded words).
const LINE_WIDTH: usize = 76;
/// Columns per word, so that it fits on a line after a name.
const MAX_WORD: usize = 60;
const WORD_START: &str = "=?utf-8?";
/// Columns per encoded word.
const WORD_WIDTH: usize = 75;

/// The value of an unstructured field, such as `Subject`, on a line whose first `used` columns
/// are taken.
pub fn unstructured(text: &str, used: usize) -> String {
    if is_readable(text) {
        folded(text, used)
    } else {
        encoded(text, used)
    }
}

/// A name before an address (a `phrase`), on a line whose first `used` columns are taken.
///
/// An encoded name is a single encoded word, even if it is longer than RFC 2047 allows:
/// Python's parser, and what is built on it, shows the space between two of them, in the middle
/// of a word.
fn phrase(name: &str, used: usize) -> String {
    let quoted = format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    if is_readable(name) {
        folded(&quoted, used)
    } else {
        as_word(name, is_better_quoted(name))
    }
}

/// The value of `List-Id`: the name of a list and its identifier.
pub fn list_id(name: &str, id: &str, used: usize) -> String {
    let text = if is_readable(name) {
        phrase(name, used)
    } else {
        encoded(name, used)
    };
    with_bracketed(&text, id, used)
}

/// The value of a field with one mailbox, on a line whose first `used` columns are taken.
pub fn mailbox(name: &str, address: &str, used: usize) -> String {
    match name {
        "" => address.to_owned(),
        name => with_bracketed(&phrase(name, used), address, used),
    }
}

fn with_bracketed(text: &str, bracketed: &str, used: usize) -> String {
    let column = match text.rsplit_once('\n') {
        Some((_, last)) => last.len(),
        None => used + text.len(),
    };
    let space = if column + bracketed.len() + 3 > LINE_WIDTH {
        "\r\n "
    } else {
        " "
    };
    format!("{text}{space}<{bracketed}>")
}

/// Whether every client reads the text unencoded.
fn is_readable(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        // What looks like an encoded word would be decoded.
        && !text.contains("=?")
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && text.split(' ').all(|word| word.len() <= MAX_WORD)
}

/// Folds a text at some of its single spaces.
fn folded(text: &str, used: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = used;
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            let is_full = column + 1 + word.len() > LINE_WIDTH;
            out.push_str(if is_full { "\r\n " } else { " " });
            column = if is_full { 1 } else { column + 1 };
        }
        out.push_str(word);
        column += word.len();
    }
    out
}

/// Encodes a text as encoded words, each on a line of its own.
fn encoded(text: &str, used: usize) -> String {
    let is_quoted = is_better_quoted(text);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut width = LINE_WIDTH.saturating_sub(used).min(WORD_WIDTH);
    for c in text.chars() {
        let mut longer = word.clone();
        longer.push(c);
        if !word.is_empty() && width_of(&longer, is_quoted) > width {
            words.push(as_word(&word, is_quoted));
            longer = c.to_string();
            width = WORD_WIDTH;
        }
        word = longer;
    }
    words.push(as_word(&word, is_quoted));
    words.join("\r\n ")
}

/// The shorter of the two encodings: texts that are mostly ASCII stay readable in Q.
fn is_better_quoted(text: &str) -> bool {
    let is_escaped = |byte: &u8| !is_safe(*byte) && *byte != b' ';
    2 * text.bytes().filter(is_escaped).count() <= text.len() / 3
}

fn width_of(text: &str, is_quoted: bool) -> usize {
    let inner = if is_quoted {
        text.bytes()
            .map(|byte| if is_safe(byte) || byte == b' ' { 1 } else { 3 })
            .sum()
    } else {
        text.len().div_ceil(3) * 4
    };
    WORD_START.len() + "B?".len() + inner + "?=".len()
}

fn as_word(text: &str, is_quoted: bool) -> String {
    if !is_quoted {
        return format!("{WORD_START}B?{}?=", BASE64.encode(text.as_bytes()));
    }
    let mut out = format!("{WORD_START}Q?");
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('_'),
            byte if is_safe(byte) => out.push(char::from(byte)),
            byte => out.push_str(&format!("={byte:02X}")),
        }
    }
    out.push_str("?=");
    out
}

/// Unencoded characters in a Q word of a phrase (RFC 2047 §5 (3)).
fn is_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!*+-/".contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_back(headers: &str) -> (String, String) {
        let message = format!("{headers}\r\n\r\nx");
        let parsed = mail_parser::MessageParser::default()
            .parse(message.as_bytes())
            .unwrap();
        let from = parsed
            .from()
            .and_then(|from| from.first())
            .and_then(|from| from.name());
        (
            parsed.subject().unwrap_or_default().to_owned(),
            from.unwrap_or_default().to_owned(),
        )
    }

    #[test]
    fn texts_are_written_as_they_are_where_that_is_read_as_meant() {
        for (text, written) in [
            ("Hello, world", "Hello, world"),
            ("Новости", "=?utf-8?B?0J3QvtCy0L7RgdGC0Lg=?="),
            (
                "About =?utf-8?q?hello?= tokens",
                "=?utf-8?B?QWJvdXQgPT91dGYtOD9xP2hlbGxvPz0gdG9rZW5z?=",
            ),
            ("a  b", "=?utf-8?Q?a__b?="),
            (
                "Café at noon, all invited",
                "=?utf-8?Q?Caf=C3=A9_at_noon=2C_all_invited?=",
            ),
        ] {
            assert_eq!(unstructured(text, 9), written);
        }
        assert_eq!(
            mailbox("O'Neil \"Bob\"", "a@b.kz", 6),
            "\"O'Neil \\\"Bob\\\"\" <a@b.kz>"
        );
        assert_eq!(mailbox("", "a@b.kz", 6), "a@b.kz");
    }

    proptest! {
        #[test]
        fn any_text_survives_another_parser(
            subject in "[ -~]{0,90}|\\PC{0,120}|[а-яa-z =?_\"\\\\<>,.@()]{0,150}",
            name in "[ -~]{1,60}|\\PC{0,80}|[а-яa-z =?_\"\\\\<>,.@()]{0,90}",
        ) {
            // Headers are trimmed where they are typed.
            let (subject, name) = (subject.trim(), name.trim());
            let subject_value = unstructured(subject, 9);
            let from = mailbox(name, "a@b.kz", 6);
            let headers = format!("Subject: {subject_value}\r\nFrom: {from}");
            for line in headers.split("\r\n") {
                let most = if line.starts_with("From: =?") { 998 } else { 78 };
                prop_assert!(line.len() <= most && line.is_ascii(), "{}", line);
                prop_assert!(!line.trim().is_empty());
            }
            let (read_subject, read_name) = read_back(&headers);
            prop_assert_eq!(read_subject, subject);
            prop_assert_eq!(read_name, name);
        }
    }
}
