//! What of a mail is read at all.
//!
//! Whoever knows an address can send anything to it, and the MIME parser's work
//! is more than linear in the length of a header field, in the number of parts
//! and in their depth (its merging of RFC 2231 continuations is quadratic, its
//! nested messages are dropped recursively). So the mail is cut and its lines
//! are broken before the parser sees it: nothing that a report needs is lost,
//! since reports stand at the head, and no field of one is this long.

/// Bytes of a mail that are read; the rest is a large attachment.
pub const SIZE: usize = 1024 * 1024;
/// Bytes of one line, or of one field with all its folded lines.
const FIELD: usize = 4 * 1024;
/// How often a mail may name each of [`NESTING`]; it ends before the next.
const NESTINGS: usize = 64;
/// Without one of these there is neither a part nor a message inside a part.
const NESTING: [&[u8]; 3] = [b"multipart", b"rfc822", b"global"];

/// The mail within these bounds: blank lines before the header gone, no line
/// and no folded field longer than [`FIELD`], every line ended by `\n` or `\r\n`.
pub fn bounded(octets: &[u8]) -> Vec<u8> {
    let octets = &octets[..octets.len().min(SIZE)];
    let octets = &octets[..end_of_nesting(octets)];
    let start = octets.iter().position(|byte| !byte.is_ascii_whitespace());
    let octets = &octets[start.unwrap_or(octets.len())..];
    let mut bounded = Vec::with_capacity(octets.len() + octets.len() / 1024);
    // Files of old Macs end their lines with CR alone.
    let end = if octets.contains(&b'\n') {
        b'\n'
    } else {
        b'\r'
    };
    let mut field = 0;
    for line in octets.split_inclusive(|byte| *byte == end) {
        let mut line = line;
        match line.first() {
            Some(b' ' | b'\t') if field + line.len() > FIELD => {
                // The rest of the field is a line of its own, which says nothing.
                line = line.trim_ascii_start();
                field = 0;
                if line.is_empty() {
                    line = b"\n";
                }
            }
            Some(b' ' | b'\t') => {}
            _ => field = 0,
        }
        field += line.len();
        while line.len() > FIELD {
            let (piece, rest) = line.split_at(char_boundary(line, FIELD));
            bounded.extend_from_slice(piece);
            bounded.extend_from_slice(b"\r\n");
            // What follows must not be taken for a folded line.
            line = rest.trim_ascii_start();
            field = line.len();
        }
        match line.strip_suffix(b"\r") {
            Some(text) if end == b'\r' => {
                bounded.extend_from_slice(text);
                bounded.push(b'\n');
            }
            _ => bounded.extend_from_slice(line),
        }
    }
    hide_encoded_messages(&mut bounded);
    bounded
}

/// Takes the encoding away from parts that are messages: decoded, they would
/// escape these bounds, and the parser copies them once for each level. RFC 2046
/// §5.2.1 allows none for them.
fn hide_encoded_messages(mail: &mut [u8]) {
    let is_digest = holds(mail, b"digest");
    let mut start = 0;
    while start < mail.len() {
        let rest = &mail[start..];
        let blank = memchr::memmem::find(rest, b"\n\n").map(|at| at + 2);
        let blank_crlf = memchr::memmem::find(rest, b"\n\r\n").map(|at| at + 3);
        let end = [blank, blank_crlf].into_iter().flatten().min();
        let length = end.unwrap_or(rest.len());
        let block = &mut mail[start..start + length];
        start += block.len();
        if !is_digest && !NESTING[1..].iter().any(|word| holds(block, word)) {
            continue;
        }
        for word in [b"base64".as_slice(), b"quoted-printable"] {
            let mut from = 0;
            while let Some(at) = position(&block[from..], word) {
                block[from + at] = b'x';
                from += at + word.len();
            }
        }
    }
}

fn holds(octets: &[u8], word: &[u8]) -> bool {
    position(octets, word).is_some()
}

/// Where a word stands, in letters of either case.
fn position(octets: &[u8], word: &[u8]) -> Option<usize> {
    let first = word[0];
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), octets).find(|at| {
        octets
            .get(*at..at + word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

/// Where the mail names one of [`NESTING`] once too often.
fn end_of_nesting(octets: &[u8]) -> usize {
    let nth = |word: &[u8]| {
        let last = word[word.len() - 1];
        memchr::memchr2_iter(last, last.to_ascii_uppercase(), octets)
            .filter(|at| {
                let start = (at + 1).checked_sub(word.len());
                start.is_some_and(|start| octets[start..=*at].eq_ignore_ascii_case(word))
            })
            .nth(NESTINGS)
    };
    NESTING
        .iter()
        .filter_map(|word| nth(word))
        .min()
        .unwrap_or(octets.len())
}

/// The last place up to `at` that does not split a UTF-8 character.
fn char_boundary(line: &[u8], at: usize) -> usize {
    (at - 3..=at)
        .rev()
        .find(|at| line[*at] & 0xc0 != 0x80)
        .unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest_field(mail: &[u8]) -> usize {
        let mut longest = 0;
        let mut field = 0;
        for line in mail.split_inclusive(|byte| *byte == b'\n') {
            if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                field = 0;
            }
            field += line.len();
            longest = longest.max(field);
        }
        longest
    }

    #[test]
    fn an_ordinary_mail_is_left_as_it_is() {
        let mail = b"Subject: x\r\n\tfolded\r\n\r\n  indented\r\ntext \xd2\x9b\r\n";
        assert_eq!(bounded(mail), mail);
        assert_eq!(bounded(&[b"\r\n \n".as_slice(), mail].concat()), mail);
        assert_eq!(bounded(b"Subject: x\r\rtext\r"), b"Subject: x\n\ntext\n");
    }

    #[test]
    fn a_message_in_a_part_is_read_as_it_stands() {
        let part = b"Content-Type: message/RFC822\nContent-Transfer-Encoding: Base64\n\nQQ==\n\n";
        assert!(!holds(&bounded(part), b"base64"));
        let text = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQQ==\n\n";
        assert_eq!(bounded(text), text);
    }

    #[test]
    fn what_costs_the_parser_more_than_its_length_is_cut() {
        let continuations: String = (0..400_000).map(|n| format!("\r\n a*{n}=b;")).collect();
        let recipients = "a@b.kz, ".repeat(2_600_000);
        for hostile in [
            format!("Content-Type: text/plain;{continuations}\r\n\r\nx"),
            format!("From: {recipients}\r\n\r\nx"),
            format!("From:{}\r\n\r\nx", "\r\n\ta@b.kz,".repeat(500_000)),
            "қ".repeat(3_000_000),
        ] {
            let mail = bounded(hostile.as_bytes());
            assert!(mail.len() <= SIZE + SIZE / 512, "{}", mail.len());
            assert!(
                longest_field(&mail) <= FIELD + 2,
                "{}",
                longest_field(&mail)
            );
            assert!(std::str::from_utf8(&mail[..mail.len() - 2]).is_ok());
        }
        for nested in [
            "Content-Type: message/rfc822\n\n".repeat(30_000),
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(20_000),
            "CONTENT-TYPE: MESSAGE/GLOBAL\n\n".repeat(30_000),
        ] {
            let mail = bounded(nested.as_bytes()).to_ascii_lowercase();
            for word in NESTING {
                let count = mail.windows(word.len()).filter(|w| w == &word).count();
                assert!(count <= NESTINGS);
            }
        }
    }
}
