//! Bounds what is parsed of an email.
//!
//! Anyone who knows an address can send anything to it, and the work of the MIME parser is more
//! than linear in the length of a field, the number of parts and their depth (its merging of
//! RFC 2231 continuations is quadratic, and nested messages are dropped recursively). So the
//! email is truncated and its lines are split before the parser sees it: nothing that a report
//! needs is lost, since reports come first and none of their fields is that long.

/// Bytes of an email that are parsed; the rest is a large attachment.
pub const SIZE: usize = 1024 * 1024;
/// Lines that are parsed: a line, and so a field, costs more than its bytes.
const LINES: usize = 20_000;
/// Bytes of one line, or of one field with all its folded lines.
const FIELD: usize = 4 * 1024;
/// How often an email may contain each of [`NESTING`]; it is truncated before the next.
const NESTINGS: usize = 64;
/// Without one of these there is neither a part nor a message inside a part.
const NESTING: [&[u8]; 3] = [b"multipart", b"rfc822", b"global"];
/// How often `--` may occur: the parser takes any for a boundary, so this limits the number of
/// parts.
const DASHES: usize = 5_000;

/// The email within these bounds: no blank lines before the header, no line and no folded field
/// longer than [`FIELD`], every line ended by `\n` or `\r\n`.
pub fn bounded(bytes: &[u8]) -> Vec<u8> {
    let bytes = &bytes[..bytes.len().min(SIZE)];
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace());
    let bytes = &bytes[start.unwrap_or(bytes.len())..];
    // Old Mac files end lines with CR only.
    let end = match memchr::memchr(b'\n', bytes) {
        Some(_) => b'\n',
        None => b'\r',
    };
    let mut bounded = Bounded::new(bytes);
    for line in bytes.split_inclusive(|byte| *byte == end).take(LINES) {
        if !bounded.may_add(line) {
            break;
        }
        bounded.add(line);
    }
    bounded.end_block();
    bounded.mail
}

/// The email while it is bounded.
struct Bounded {
    mail: Vec<u8>,
    /// Bytes of the field, with its folded lines, that the last line is of.
    field: usize,
    /// Where the lines since the last blank one begin.
    block: usize,
    /// How often each of [`NESTING`] was named.
    nestings: [usize; NESTING.len()],
    dashes: usize,
    /// Whether parts may be messages that do not say so.
    is_digest: bool,
}

impl Bounded {
    fn new(bytes: &[u8]) -> Self {
        Self {
            mail: Vec::with_capacity(bytes.len() + bytes.len() / 1024),
            field: 0,
            block: 0,
            nestings: [0; NESTING.len()],
            dashes: 0,
            is_digest: count(bytes, b"digest") > 0,
        }
    }

    /// Counts the cost of a line for the parser; `false` if it is too much.
    fn may_add(&mut self, line: &[u8]) -> bool {
        self.dashes += memchr::memmem::find_iter(line, b"--").count();
        for (sum, word) in self.nestings.iter_mut().zip(NESTING) {
            *sum += count(line, word);
        }
        self.dashes <= DASHES && self.nestings.iter().all(|sum| *sum <= NESTINGS)
    }

    /// Adds a line, split if it is too long.
    fn add(&mut self, mut line: &[u8]) {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            self.field = 0;
        } else if self.field + line.len() > FIELD {
            // The rest of the field is a line of its own, without meaning.
            line = line.trim_ascii_start();
            self.field = 0;
        }
        self.field += line.len();
        while line.len() > FIELD {
            let (piece, rest) = line.split_at(char_boundary(line, FIELD));
            self.mail.extend_from_slice(piece);
            self.mail.extend_from_slice(b"\r\n");
            // What follows must not be taken for a folded line.
            line = rest.trim_ascii_start();
            self.field = line.len();
        }
        let text = line.trim_ascii_end();
        match line.strip_suffix(b"\r") {
            Some(line) => {
                self.mail.extend_from_slice(line);
                self.mail.push(b'\n');
            }
            None => self.mail.extend_from_slice(line),
        }
        if text.is_empty() {
            self.end_block();
        }
    }

    /// Removes the encoding of a part that is a message: decoded, it would escape these bounds,
    /// and the parser copies it once per level. RFC 2046 §5.2.1 forbids it.
    fn end_block(&mut self) {
        let block = &mut self.mail[self.block..];
        if self.is_digest || NESTING[1..].iter().any(|word| count(block, word) > 0) {
            for word in [b"base64".as_slice(), b"quoted-printable"] {
                for at in places(block, word).collect::<Vec<_>>() {
                    block[at] = b'x';
                }
            }
        }
        self.block = self.mail.len();
    }
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    places(bytes, word).count()
}

/// Where a word stands, in letters of either case.
fn places(bytes: &[u8], word: &[u8]) -> impl Iterator<Item = usize> {
    let last = word[word.len() - 1];
    memchr::memchr2_iter(last, last.to_ascii_uppercase(), bytes).filter_map(move |at| {
        let start = (at + 1).checked_sub(word.len())?;
        let is_here = bytes[start..=at].eq_ignore_ascii_case(word);
        is_here.then_some(start)
    })
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
        assert_eq!(count(&bounded(part), b"base64"), 0);
        let text = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQQ==\n\n";
        assert_eq!(bounded(text), text);
    }

    /// Parts of a message and of those inside it, and how deep they lie.
    fn parts(message: &mail_parser::Message<'_>) -> (usize, usize) {
        let inside = message.parts.iter().filter_map(|part| match &part.body {
            mail_parser::PartType::Message(inner) => Some(parts(inner)),
            _ => None,
        });
        inside.fold((message.parts.len(), 0), |(sum, depth), (more, below)| {
            (sum + more, depth.max(below + 1))
        })
    }

    fn assert_bounded(shape: &str, hostile: &[u8]) {
        let mail = bounded(hostile);
        assert!(
            mail.len() <= SIZE + SIZE / 512,
            "{shape}: {} bytes",
            mail.len()
        );
        let lines = mail.split(|byte| *byte == b'\n').count();
        // A long line becomes several.
        assert!(lines <= LINES + SIZE / FIELD + 1, "{shape}: {lines} lines");
        let longest = longest_field(&mail);
        assert!(longest <= FIELD + 2, "{shape}: a field of {longest} bytes");
        for word in NESTING {
            assert!(count(&mail, word) <= NESTINGS, "{shape}");
        }
        if let Some(message) = mail_parser::MessageParser::new().parse(&mail) {
            let (parts, depth) = parts(&message);
            assert!(parts <= 2 * DASHES + NESTINGS, "{shape}: {parts} parts");
            assert!(depth <= NESTINGS, "{shape}: {depth} levels");
        }
    }

    #[test]
    fn what_costs_the_parser_more_than_its_length_is_cut() {
        let of = |head: &str, again: &str, times: usize| format!("{head}{}", again.repeat(times));
        let mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
        let status = "Content-Type: message/delivery-status\n\n";
        let continuations: String = (0..400_000).map(|n| format!("\r\n a*{n}=b;")).collect();
        let long = "b".repeat(3 * SIZE);
        for (shape, hostile) in [
            (
                "continuations",
                format!("Content-Type: text/plain;{continuations}\r\n\r\nx"),
            ),
            ("an address list", of("From: ", "a@b.kz, ", 2_600_000)),
            ("a folded one", of("From:", "\r\n\ta@b.kz,", 500_000)),
            ("one line", of("Subject: x\n\n", "қ", 12_500_000)),
            ("fields", of("", "X: y\n", 400_000)),
            ("a header without end", of("Subject: x", "\n y", 1_000_000)),
            ("a report", of(status, "Action: failed\n\n", 400_000)),
            ("one of short fields", of(status, "a:\r\n\r\n", 400_000)),
            (
                "messages",
                of("", "Content-Type: message/rfc822\n\n", 30_000),
            ),
            (
                "messages in capitals",
                of("", "CONTENT-TYPE: MESSAGE/GLOBAL\n\n", 30_000),
            ),
            ("levels", of("", &format!("{mixed}--b\n"), 20_000)),
            ("parts", of(mixed, "--b\n\nx\n", 200_000)),
            ("parts on one line", of(mixed, "--b", 1_000_000)),
            ("dashes", of(&mixed.replace("=b", "=-"), "-", 1_000_000)),
            (
                "a digest",
                of(
                    &mixed.replace("mixed", "digest"),
                    "--b\n\nFrom: x\n\n",
                    100_000,
                ),
            ),
            (
                "a long boundary",
                format!("{}\n\n--{long}", mixed.trim_end().replace("=b", &long)),
            ),
            ("blank lines", of("a: b\n", "\r\n", 1_000_000)),
            ("old line ends", of("a: b", "\r", 1_000_000)),
        ] {
            assert_bounded(shape, hostile.as_bytes());
            assert!(std::str::from_utf8(&bounded(hostile.as_bytes())).is_ok());
        }
        assert_bounded("NUL", &vec![0; 3 * SIZE]);
        assert_bounded("octets", &vec![0xff; 3 * SIZE]);
    }

    #[test]
    fn what_is_encoded_more_than_once_is_read_no_deeper_than_it_stands() {
        let mut mail = "Subject: x\n\nhello\n".to_owned();
        for _ in 0..20 {
            let inside = data_encoding::BASE64.encode(mail.as_bytes());
            mail = format!(
                "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inside}\n"
            );
        }
        assert_bounded("base64 of base64", mail.as_bytes());
        let mail = bounded(mail.as_bytes());
        let message = mail_parser::MessageParser::new().parse(&mail).unwrap();
        assert!(parts(&message).1 <= 1);
    }
}
