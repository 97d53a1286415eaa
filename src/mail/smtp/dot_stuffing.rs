//! Dots at the start of a line, which would end a message (RFC 5321 §4.5.2).

use memchr::memmem;

/// Whether a message needs dot-stuffing or a final line end.
pub(super) fn needs_stuffing(message: &[u8]) -> bool {
    !message.ends_with(b"\r\n")
        || message.starts_with(b".")
        || memmem::find(message, b"\n.").is_some()
}

/// Dot-stuffs a message and ends its last line (RFC 5321 §4.5.2).
pub(super) fn stuff(message: &[u8], out: &mut Vec<u8>) {
    out.reserve(message.len() + 64);
    if message.starts_with(b".") {
        out.push(b'.');
    }
    let mut from = 0;
    for at in memmem::find_iter(message, b"\n.") {
        out.extend_from_slice(&message[from..=at]);
        out.push(b'.');
        from = at + 1;
    }
    out.extend_from_slice(&message[from..]);
    if !message.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuffed(message: &str) -> String {
        let mut out = Vec::new();
        stuff(message.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn dots_at_the_start_of_a_line_are_doubled() {
        assert_eq!(
            stuffed("a\r\n.b\r\n..\r\nc.\r\n"),
            "a\r\n..b\r\n...\r\nc.\r\n"
        );
        assert_eq!(stuffed("."), "..\r\n");
        assert_eq!(stuffed(""), "\r\n");
        assert_eq!(stuffed("a"), "a\r\n");
    }

    proptest::proptest! {
        #[test]
        fn what_needs_no_stuffing_stays_as_it_is(message in "[.a\r\n]{0,12}") {
            let changes = stuffed(&message) != message;
            proptest::prop_assert_eq!(needs_stuffing(message.as_bytes()), changes);
        }
    }
}
