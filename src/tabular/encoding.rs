//! The encoding of a text file, told from the whole of it.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::{ReadError, Reopen};

/// The most bytes that a guess is made from, once it is not UTF-8.
const GUESSED_FROM: usize = 4 * 1024 * 1024;

/// Whether a text is UTF-16, by its byte order mark or by the zero bytes of its ASCII.
pub(super) fn is_utf16(start: &[u8]) -> bool {
    utf16(start).is_some()
}

fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let zeros = |from: usize| {
        let places = start.iter().skip(from).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if half >= 4 && odd > half * 3 / 5 && even < half / 10 {
        Some(UTF_16LE)
    } else if half >= 4 && even > half * 3 / 5 && odd < half / 10 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of a file. A file with a few broken places in UTF-8 is still UTF-8: its
/// other rows are right.
pub(super) fn detect(
    file: &mut dyn Reopen,
    region: Option<&str>,
) -> Result<&'static Encoding, ReadError> {
    let mut content = file.reopen()?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut utf8 = Utf8::default();
    let mut buffer = vec![0; 64 * 1024];
    let (mut is_first, mut guessed_from) = (true, 0);
    loop {
        let count = read_full(&mut content, &mut buffer).map_err(ReadError::from_io)?;
        let piece = &buffer[..count];
        if is_first {
            if let Some((encoding, _)) = Encoding::for_bom(piece) {
                return Ok(encoding);
            }
            if let Some(encoding) = utf16(&piece[..count.min(4096)]) {
                return Ok(encoding);
            }
            is_first = false;
        }
        if !piece.is_ascii() {
            utf8.feed(piece);
            // Lines of ASCII say nothing.
            for line in piece.split_inclusive(|byte| *byte == b'\n') {
                if guessed_from < GUESSED_FROM && !line.is_ascii() {
                    guessed_from += line.len();
                    detector.feed(line, false);
                }
            }
        } else {
            utf8.feed(b" ");
        }
        if count < buffer.len() {
            break;
        }
    }
    if utf8.is_likely() {
        return Ok(UTF_8);
    }
    detector.feed(b"", true);
    Ok(detector.guess(region.map(str::as_bytes), Utf8Detection::Deny))
}

fn read_full(content: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match content.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Counts what is right and wrong in UTF-8.
#[derive(Default)]
struct Utf8 {
    /// The start of a character whose end is in the next piece.
    open: Vec<u8>,
    right: u64,
    wrong: u64,
}

impl Utf8 {
    fn feed(&mut self, piece: &[u8]) {
        let joined;
        let mut rest = if self.open.is_empty() {
            piece
        } else {
            joined = [self.open.as_slice(), piece].concat();
            self.open.clear();
            joined.as_slice()
        };
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.right += wide(text.as_bytes());
                    return;
                }
                Err(error) => {
                    self.right += wide(&rest[..error.valid_up_to()]);
                    let after = &rest[error.valid_up_to()..];
                    match error.error_len() {
                        Some(length) => {
                            self.wrong += 1;
                            rest = &after[length..];
                        }
                        None => {
                            self.open = after.to_vec();
                            return;
                        }
                    }
                }
            }
        }
    }

    fn is_likely(&self) -> bool {
        let wrong = self.wrong + u64::from(!self.open.is_empty());
        wrong == 0 || wrong * 20 < self.right
    }
}

/// The number of characters beyond ASCII in valid UTF-8.
fn wide(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte >= 0xc0).count() as u64
}

/// The text in UTF-8, without a byte order mark. What is wrong in it becomes U+FFFD.
pub(super) fn decoded<R: Read>(
    content: R,
    encoding: &'static Encoding,
) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(content)
}
