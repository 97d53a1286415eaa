//! Cutting delimited text into records (RFC 4180 §2), so that a quotation mark that is never
//! closed spoils its own line and not the rest of the file.

use std::io::{self, Read};

use super::ROW_LIMIT;

/// After so many quotation marks that are never closed, each line is a record: looking for
/// the end of each would take for ever.
const UNCLOSED_LIMIT: u32 = 200;
const PIECE: usize = 64 * 1024;

/// A record and where it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// One row, perhaps of several lines, without its line end.
    Whole(&'a [u8]),
    /// A line with a quotation mark that is not closed within the bounds of a row.
    Unclosed,
    /// A line that is longer than a row may be.
    TooLong,
}

/// Reads records one by one.
pub(super) struct Records<R> {
    content: R,
    buffer: Vec<u8>,
    /// Where the next record begins in the buffer.
    at: usize,
    is_at_end: bool,
    /// The line of the file where the next record begins, from 1.
    line: u64,
    delimiter: u8,
    unclosed: u32,
}

/// How a record ends, as far as it is in the buffer.
enum Ending {
    /// Its length, and that of its line end.
    At(usize, usize),
    /// Within quotation marks.
    Quoted,
    /// What closes the quotation some lines on is no end of a field, so it opens another.
    Misquoted,
    /// Without one.
    None,
}

impl<R: Read> Records<R> {
    pub(super) fn new(content: R, delimiter: u8) -> Self {
        Self {
            content,
            buffer: Vec::with_capacity(2 * PIECE),
            at: 0,
            is_at_end: false,
            line: 1,
            delimiter,
            unclosed: 0,
        }
    }

    /// The next record and its line; `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Record<'_>)>> {
        let mut heeds_quotes = self.unclosed < UNCLOSED_LIMIT;
        loop {
            let rest = &self.buffer[self.at..];
            let ending = find_end(rest, self.delimiter, heeds_quotes, self.is_at_end);
            let line = self.line;
            match ending {
                Ending::At(length, _) if length > ROW_LIMIT && heeds_quotes => heeds_quotes = false,
                Ending::At(length, line_end) => {
                    let start = self.at;
                    self.at += length + line_end;
                    let record = &self.buffer[start..start + length];
                    self.line += lines(record) + u64::from(line_end > 0);
                    if length > ROW_LIMIT {
                        return Ok(Some((line, Record::TooLong)));
                    }
                    // A line that was cut out of an open quotation.
                    if !heeds_quotes && self.unclosed < UNCLOSED_LIMIT {
                        self.unclosed += 1;
                        return Ok(Some((line, Record::Unclosed)));
                    }
                    return Ok(Some((line, Record::Whole(record))));
                }
                Ending::Misquoted => heeds_quotes = false,
                Ending::Quoted if rest.len() > ROW_LIMIT || self.is_at_end => heeds_quotes = false,
                Ending::None if self.is_at_end && rest.is_empty() => return Ok(None),
                Ending::None if self.is_at_end => {
                    let start = self.at;
                    self.at = self.buffer.len();
                    let record = &self.buffer[start..];
                    self.line += lines(record);
                    if record.len() > ROW_LIMIT {
                        return Ok(Some((line, Record::TooLong)));
                    }
                    if !heeds_quotes && self.unclosed < UNCLOSED_LIMIT {
                        self.unclosed += 1;
                        return Ok(Some((line, Record::Unclosed)));
                    }
                    return Ok(Some((line, Record::Whole(record))));
                }
                Ending::None if rest.len() > 16 * ROW_LIMIT => {
                    self.skip_line()?;
                    return Ok(Some((line, Record::TooLong)));
                }
                Ending::Quoted | Ending::None => self.fill()?,
            }
        }
    }

    /// Drops a line of any length without holding it.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = &self.buffer[self.at..];
            if let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
                let is_pair = rest[end] == b'\r' && rest.get(end + 1) == Some(&b'\n');
                self.at += end + 1 + usize::from(is_pair);
                self.line += 1;
                return Ok(());
            }
            self.at = self.buffer.len();
            if self.is_at_end {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        let length = self.buffer.len();
        self.buffer.resize(length + PIECE, 0);
        let read = self.content.read(&mut self.buffer[length..]);
        let count = *read.as_ref().unwrap_or(&0);
        self.buffer.truncate(length + count);
        self.is_at_end = read? == 0;
        Ok(())
    }
}

/// Line ends within a record; CR LF is one, and so is CR alone.
fn lines(record: &[u8]) -> u64 {
    let mut count = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', record) {
        count += u64::from(record[at] == b'\n' || record.get(at + 1) != Some(&b'\n'));
    }
    count
}

fn find_end(text: &[u8], delimiter: u8, heeds_quotes: bool, is_all: bool) -> Ending {
    let mut from = 0;
    let mut is_quoted = false;
    let mut opened = 0;
    loop {
        if is_quoted {
            match memchr::memchr(b'"', &text[from..]) {
                // Two are one within the text.
                Some(at) if text.get(from + at + 1) == Some(&b'"') => from += at + 2,
                Some(at) => {
                    from += at + 1;
                    is_quoted = false;
                    let ends_field = match text.get(from) {
                        Some(next) => [delimiter, b'\n', b'\r'].contains(next),
                        None if is_all => true,
                        // What follows is in the next piece.
                        None => return Ending::Quoted,
                    };
                    if !ends_field && lines(&text[opened..from]) > 0 {
                        return Ending::Misquoted;
                    }
                }
                None => return Ending::Quoted,
            }
            continue;
        }
        let Some(at) = memchr::memchr3(b'"', b'\n', b'\r', &text[from..]) else {
            return Ending::None;
        };
        let at = from + at;
        match text[at] {
            // One in the middle of a field is a character like others.
            b'"' => {
                let before = at.checked_sub(1).map(|before| text[before]);
                let opens = before.is_none_or(|before| before == delimiter);
                is_quoted = heeds_quotes && opens;
                from = at + 1;
                opened = from;
            }
            b'\n' => return Ending::At(at, 1),
            // Whether LF follows is in the next piece.
            _ if at + 1 == text.len() && !is_all => return Ending::None,
            _ => return Ending::At(at, 1 + usize::from(text.get(at + 1) == Some(&b'\n'))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<(u64, Option<String>)> {
        // Pieces of three bytes: what is split between them is found all the same.
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.0.len().min(3).min(buffer.len());
                buffer[..count].copy_from_slice(&self.0[..count]);
                self.0 = &self.0[count..];
                Ok(count)
            }
        }
        let read: Box<dyn Read> = if text.len() < 1000 {
            Box::new(Slow(text))
        } else {
            Box::new(text)
        };
        let mut records = Records::new(read, b',');
        let mut found = Vec::new();
        while let Some((line, record)) = records.next().unwrap() {
            let text = match record {
                Record::Whole(text) => Some(String::from_utf8_lossy(text).into_owned()),
                Record::Unclosed | Record::TooLong => None,
            };
            found.push((line, text));
        }
        found
    }

    fn whole(line: u64, text: &str) -> (u64, Option<String>) {
        (line, Some(text.to_owned()))
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}\"x{end}y\",c{end}{end}d");
            let quoted = format!("\"x{end}y\",c");
            let expected = [
                whole(1, "a,b"),
                whole(2, &quoted),
                whole(4, ""),
                whole(5, "d"),
            ];
            assert_eq!(all(text.as_bytes()), expected, "{end:?}");
        }
    }

    #[test]
    fn an_unclosed_quotation_mark_spoils_its_own_line() {
        let found = all(b"a,b\n\"open,c\nd,e\nf,\"g\"\n");
        let expected = [
            whole(1, "a,b"),
            (2, None),
            whole(3, "d,e"),
            whole(4, "f,\"g\""),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn many_unclosed_quotation_marks_take_no_time() {
        let text = "a,\"b\n".repeat(200_001);
        let found = all(text.as_bytes());
        // Pairs of them enclose a line end.
        assert!(found.len() >= 100_000, "{}", found.len());
    }

    #[test]
    fn a_vast_line_is_dropped_and_the_next_is_read() {
        let text = [vec![b'x'; 30 * ROW_LIMIT], b"\r\na,b\r\n".to_vec()].concat();
        assert_eq!(all(&text), [(1, None), whole(2, "a,b")]);
        let text = [b"\"".to_vec(), vec![b','; 3_000_000], b"\na,b".to_vec()].concat();
        assert_eq!(all(&text), [(1, None), whole(2, "a,b")]);
    }

    #[test]
    fn quotation_marks_inside_a_field_are_text() {
        assert_eq!(
            all(b"5\" disk,x\ny"),
            [whole(1, "5\" disk,x"), whole(2, "y")]
        );
    }
}
