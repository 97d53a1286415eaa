//! What a row of an import may take, so that a small file does not fill the
//! memory: each comma costs a number of its own.

use std::io::{self, Read};

/// Octets of one line: what is longer is cut into several, none of which is a
/// row that can be taken.
const LINE_LIMIT: usize = 256 * 1024;
/// Octets and fields of a row.
const ROW_LIMIT: usize = 64 * 1024;
const FIELD_LIMIT: usize = 1_000;

/// What is said of a row that is too long.
pub(super) const TOO_LONG: &str = "the row is longer than any row of addresses";

/// Whether a row takes more than rows do.
pub(super) fn is_too_long(row: &csv::StringRecord) -> bool {
    row.len() > FIELD_LIMIT || row.as_slice().len() > ROW_LIMIT
}

/// A file none of whose lines is longer than [`LINE_LIMIT`].
pub(super) struct BoundedLines<R> {
    file: R,
    in_line: usize,
}

impl<R> BoundedLines<R> {
    pub(super) fn new(file: R) -> Self {
        Self { file, in_line: 0 }
    }
}

impl<R: Read> Read for BoundedLines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.in_line >= LINE_LIMIT
            && let Some(first) = buffer.first_mut()
        {
            *first = b'\n';
            self.in_line = 0;
            return Ok(1);
        }
        let room = buffer.len().min(LINE_LIMIT - self.in_line);
        let count = self.file.read(&mut buffer[..room])?;
        self.in_line = match memchr::memrchr(b'\n', &buffer[..count]) {
            Some(last) => count - last - 1,
            None => self.in_line + count,
        };
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_commas_alone_does_not_fill_the_memory() {
        let vast = [vec![b','; 5_000_000], b"\na,b\n".to_vec()].concat();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(BoundedLines::new(vast.as_slice()));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| row.len() <= LINE_LIMIT + 1));
        assert!(rows[..rows.len() - 1].iter().all(is_too_long));
        assert_eq!(rows.last().unwrap(), vec!["a", "b"]);
    }

    #[test]
    fn ordinary_files_are_read_as_they_are() {
        let file = "email,name\na@b.kz,Aigul\n".repeat(20_000);
        let mut read = String::new();
        BoundedLines::new(file.as_bytes())
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, file);
    }
}
