//! Quoted-printable (RFC 2045 §6.7), written in pieces: what all messages of a campaign share
//! is encoded once.

/// Lines have at most 76 characters, including the `=` of a soft line break.
const WIDTH: usize = 75;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Encodes text into `out`, and tracks the column.
pub(super) struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    column: usize,
}

impl<'a> Encoder<'a> {
    /// Continues in `out`, whose last line has `column` characters.
    pub(super) fn new(out: &'a mut Vec<u8>, column: usize) -> Self {
        Self { out, column }
    }

    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// Adds a soft line break.
    pub(super) fn break_softly(&mut self) {
        if self.column > 0 {
            self.out.extend_from_slice(b"=\r\n");
            self.column = 0;
        }
    }

    /// Appends what an encoder wrote from the start of a line to `column`.
    pub(super) fn append(&mut self, encoded: &[u8], column: usize) {
        self.out.extend_from_slice(encoded);
        self.column = column;
    }

    /// Encodes text. White space at its end is encoded, whatever follows, since relays may
    /// strip it from the end of a line.
    pub(super) fn write(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().copied().enumerate() {
            let next = bytes.get(at + 1);
            let is_plain = match byte {
                b'\r' if next == Some(&b'\n') => continue,
                b'\n' => {
                    self.out.extend_from_slice(b"\r\n");
                    self.column = 0;
                    continue;
                }
                b' ' | b'\t' => next.is_some_and(|next| !matches!(next, b'\r' | b'\n')),
                b'=' => false,
                // A line of one dot would end the message, and a relay that
                // forgets to undouble dots would spoil a link.
                b'.' => self.column > 0,
                byte => byte.is_ascii_graphic(),
            };
            let width = if is_plain { 1 } else { 3 };
            if self.column + width > WIDTH {
                self.break_softly();
            }
            // The break may have brought to a line's start what must not stand
            // there: a dot, or the mark of mbox files, which some programs quote
            // as `>From ` and so break signatures.
            let is_spoilt = self.column == 0 && (byte == b'.' || bytes[at..].starts_with(b"From "));
            if is_plain && !is_spoilt {
                self.out.push(byte);
                self.column += 1;
            } else {
                let (high, low) = (byte >> 4, byte & 15);
                self.out
                    .extend_from_slice(&[b'=', HEX[usize::from(high)], HEX[usize::from(low)]]);
                self.column += 3;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encode(pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 0);
        for piece in pieces {
            encoder.write(piece);
        }
        String::from_utf8(out).unwrap()
    }

    fn decode(encoded: &str) -> String {
        let raw = format!(
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}"
        );
        let parsed = mail_parser::MessageParser::default()
            .parse(raw.as_bytes())
            .unwrap();
        parsed.body_text(0).unwrap_or_default().into_owned()
    }

    #[test]
    fn text_reads_as_text() {
        assert_eq!(encode(&["a = b\nc"]), "a =3D b\r\nc");
        assert_eq!(encode(&["end \nof\t"]), "end=20\r\nof=09");
        assert_eq!(encode(&[".\n..a"]), "=2E\r\n=2E.a");
        assert_eq!(encode(&["С"]), "=D0=A1");
        assert_eq!(
            encode(&["From here\nFrom there, From\nFromage"]),
            "=46rom here\r\n=46rom there, From\r\nFromage"
        );
    }

    proptest! {
        #[test]
        fn another_decoder_reads_it_back(one in "[ -~\tа-я.\n]{0,200}", two in "[ -~.\n]{0,100}") {
            let encoded = encode(&[&one, &two]);
            prop_assert_eq!(decode(&encoded), format!("{one}{two}").replace('\n', "\r\n"));
            for line in encoded.split("\r\n") {
                let is_sound = line.len() <= 76 && !line.starts_with('.') && !line.ends_with([' ', '\t']);
                prop_assert!(is_sound, "{:?}", line);
            }
        }
    }
}
