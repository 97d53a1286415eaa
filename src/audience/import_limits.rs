//! Bounds on a row of an import, so that a small file cannot exhaust the
//! memory: each comma costs an index entry.

use std::io::{self, Read};

/// The maximum bytes of a row: a longer one is cut into several, none of which is
/// valid. An unclosed quotation mark makes one row of everything
/// that follows; after the cut, the next lines are rows again.
const CUT: usize = 256 * 1024;
/// The maximum bytes and fields of a valid row.
const ROW_LIMIT: usize = 64 * 1024;
const FIELD_LIMIT: usize = 1_000;

/// The error for a row that is too long.
pub(super) const TOO_LONG: &str = "the row is longer than any row of addresses; perhaps a quotation mark in it or before it is never closed";

/// Whether a row exceeds the bounds.
pub(super) fn is_too_long(row: &csv::StringRecord) -> bool {
    row.len() > FIELD_LIMIT || row.as_slice().len() > ROW_LIMIT
}

/// A reader that yields no row longer than [`CUT`].
pub(super) struct BoundedRows<R> {
    file: R,
    delimiter: u8,
    place: Place,
    in_row: usize,
    /// The bytes inserted where a row is cut.
    cut: &'static [u8],
}

/// The position of the next byte within a row (RFC 4180 §2).
#[derive(Clone, Copy)]
enum Place {
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark that ends the field or is escaped.
    AfterMark,
}

impl<R> BoundedRows<R> {
    pub(super) fn new(file: R, delimiter: u8) -> Self {
        Self {
            file,
            delimiter,
            place: Place::FieldStart,
            in_row: 0,
            cut: b"",
        }
    }

    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.in_row += 1;
            self.place = match (self.place, byte) {
                (Place::FieldStart, b'"') | (Place::AfterMark, b'"') => Place::Quoted,
                (Place::Quoted, b'"') => Place::AfterMark,
                (Place::Quoted, _) => Place::Quoted,
                (_, b'\n' | b'\r') => {
                    self.in_row = 0;
                    Place::FieldStart
                }
                (_, byte) if byte == self.delimiter => Place::FieldStart,
                _ => Place::Plain,
            };
        }
    }
}

impl<R: Read> Read for BoundedRows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.in_row >= CUT {
            // A lone CR ends a row but does not count as a line.
            self.cut = match self.place {
                Place::Quoted => b"\"\r",
                _ => b"\r",
            };
            self.place = Place::FieldStart;
            self.in_row = 0;
        }
        if !self.cut.is_empty() {
            return self.cut.read(buffer);
        }
        let room = buffer.len().min(CUT - self.in_row);
        let count = self.file.read(&mut buffer[..room])?;
        self.pass(&buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &[u8]) -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(BoundedRows::new(file, b','));
        reader.records().map(Result::unwrap).collect()
    }

    #[test]
    fn a_line_of_commas_is_bounded_in_memory() {
        let vast = [vec![b','; 5_000_000], b"\na,b\n".to_vec()].concat();
        let rows = rows(&vast);
        assert!(rows.iter().all(|row| row.len() <= CUT + 1));
        assert!(rows[..rows.len() - 1].iter().all(is_too_long));
        assert_eq!(rows.last().unwrap(), vec!["a", "b"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_affects_one_row_only() {
        for mark in ["\"", "a,\"", "\"\"\"", "a,\"x\"\""] {
            let file = format!("{mark}{}", "a@b.kz,Aigul\n".repeat(100_000));
            let rows = rows(file.as_bytes());
            assert!(rows.iter().all(|row| row.as_slice().len() <= CUT));
            assert!(is_too_long(&rows[0]));
            let last = rows.last().unwrap();
            assert_eq!(last, vec!["a@b.kz", "Aigul"]);
            assert_eq!(last.position().unwrap().line(), 100_000);
            assert!(rows.len() > 75_000, "{}", rows.len());
        }
    }

    #[test]
    fn ordinary_files_are_read_as_they_are() {
        for row in [
            "a@b.kz,Aigul\n",
            "a@b.kz,\"A \"\"B\"\"\nC, D\"\r\n",
            "5\" disk,x\"y\n",
        ] {
            let file = row.repeat(40_000);
            let mut read = String::new();
            BoundedRows::new(file.as_bytes(), b',')
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, file);
        }
    }
}
