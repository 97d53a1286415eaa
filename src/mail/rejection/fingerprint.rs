//! Recognises similar rejections: those that differ only in their recipient.

use std::sync::LazyLock;

use regex::Regex;

use super::status::{reply_code, status_in};
use super::{ADDRESS, HOST, one_line, pattern, without_stage};

/// The length of a key: what differs between servers comes late.
const LIMIT: usize = 160;

/// The text of a rejection without what differs between recipients: addresses, host names,
/// numbers, message ids.
pub fn of(text: &str) -> String {
    static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^ ]*[0-9][^ ]*"));
    let text = one_line(text);
    let code = reply_code(&text).unwrap_or_default();
    let status = status_in(&text).unwrap_or_default().to_owned();
    let (text, _) = without_stage(&text);
    let text = ADDRESS.replace_all(&text, "@");
    let text = HOST.replace_all(&text, "#");
    let text = MARK.replace_all(&text, "0");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.dedup();
    let key = format!("{code} {status} {}", words.join(" "));
    key.chars()
        .filter(|c| !c.is_control())
        .take(LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_that_differ_in_recipient_and_host_alone_are_alike() {
        for (one, other) in [
            (
                "550 5.1.1 <a@garden.example>: Recipient address rejected: User unknown in local recipient table (at RCPT TO)",
                "550 5.1.1 <b.c@field.example>: Recipient address rejected: User unknown in local recipient table (at RCPT TO)",
            ),
            (
                "553 5.7.1 <b-0123456789abcdefghijklmnop@bounce.example.org>: Sender address rejected: not owned by user",
                "553 5.7.1 <b-0123456789abcdefghijkmmmm@bounce.example.org>: Sender address rejected: not owned by user",
            ),
            (
                "550-5.7.26 blocked 5.7.26 unauthenticated x1si123wmb.4 - gsmtp",
                "550-5.7.26 blocked 5.7.26 unauthenticated y2si456wmb.9 - gsmtp",
            ),
        ] {
            assert_eq!(of(one), of(other));
        }
        assert_ne!(of("550 5.1.1 unknown"), of("550 5.7.1 unknown"));
        assert_ne!(of("550 unknown"), of("550 refused"));
    }
}
