//! CSV and its kin: values with a separator between them.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::header::FirstRow;
use super::records::{Record, Records};
use super::{COLUMN_LIMIT, ReadError, Reopen, Visitor, encoding, mailboxes};
use crate::text::spreadsheet_cell::undefused;

/// The separators that are looked for.
const SEPARATORS: [u8; 4] = *b"\t;,|";
/// The lines that a separator is told from.
const SAMPLE: usize = 20;
const TOO_LONG: &str = "the row is longer than a row may be (64 KiB, 1,000 columns)";
const UNCLOSED: &str = "a quotation mark in this line is never closed";
const NOT_TEXT: &str =
    "the row has bytes that are no text in the file's encoding; save the file as UTF-8";

pub(super) fn read(
    file: &mut dyn Reopen,
    name: &str,
    region: Option<&str>,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    let charset = encoding::detect(file, region)?;
    let stated = {
        let content = encoding::decoded(file.reopen()?, charset);
        let mut records = Records::new(content, b',');
        match records.next().map_err(ReadError::from_io)? {
            Some((_, Record::Whole(line))) => stated_separator(line),
            _ => None,
        }
    };
    let separator = match stated {
        Some(separator) => separator,
        None => {
            let lines = first_lines(encoding::decoded(file.reopen()?, charset))?;
            if mailboxes::are_mailboxes(&lines) {
                let content = encoding::decoded(file.reopen()?, charset);
                return read_mailboxes(content, name, visitor);
            }
            separator_of(&lines)
        }
    };
    let mut records = Records::new(encoding::decoded(file.reopen()?, charset), separator);
    let mut fields = Fields::new(separator);
    let mut width = None;
    let mut is_stated = stated.is_some();
    while let Some((line, record)) = records.next().map_err(ReadError::from_io)? {
        let cells = match record {
            Record::Whole(_) if is_stated => {
                is_stated = false;
                continue;
            }
            Record::Whole(record) => {
                if record.trim_ascii().is_empty() {
                    continue;
                }
                fields.split(record)
            }
            Record::Unclosed => Err(UNCLOSED),
            Record::TooLong => Err(TOO_LONG),
        };
        match (width, cells) {
            (None, Ok(cells)) => {
                let FirstRow { names, is_person } = FirstRow::of(&cells);
                if names.is_empty() {
                    continue;
                }
                width = Some(names.len());
                visitor.table(name, &names)?;
                if is_person {
                    hand_over(visitor, line, cells, names.len())?;
                }
            }
            (None, Err(_)) => {
                return Err(ReadError::OtherFormat {
                    what: "no table: its first line cannot be read",
                });
            }
            (Some(width), Ok(cells)) => hand_over(visitor, line, cells, width)?,
            (Some(_), Err(reason)) => visitor.unreadable(line, reason)?,
        }
    }
    match width {
        Some(_) => Ok(()),
        None => Err(ReadError::Empty),
    }
}

fn read_mailboxes(
    content: impl std::io::Read,
    name: &str,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    visitor.table(name, &[mailboxes::COLUMN.to_owned()])?;
    let mut records = Records::new(content, b',');
    while let Some((line, record)) = records.next().map_err(ReadError::from_io)? {
        let text = match record {
            Record::Whole(text) => std::str::from_utf8(text).map_err(|_| NOT_TEXT),
            Record::Unclosed => Err(UNCLOSED),
            Record::TooLong => Err(TOO_LONG),
        };
        match text.map(str::trim) {
            Ok("") => {}
            Ok(text) if text.contains('\u{fffd}') => visitor.unreadable(line, NOT_TEXT)?,
            Ok(text) => visitor.row(line, vec![text.to_owned()])?,
            Err(reason) => visitor.unreadable(line, reason)?,
        }
    }
    Ok(())
}

/// A row has as many cells as there are columns: what is missing is empty, and what has no
/// column must be empty too, or the row means something else than it seems.
fn hand_over(
    visitor: &mut impl Visitor,
    line: u64,
    mut cells: Vec<String>,
    width: usize,
) -> Result<(), ReadError> {
    if cells.iter().skip(width).any(|cell| !cell.is_empty()) {
        let reason = "the row has more values than there are columns; is a value with the separator in it without quotation marks?";
        visitor.unreadable(line, reason)?;
        return Ok(());
    }
    cells.resize(width, String::new());
    Ok(visitor.row(line, cells)?)
}

/// The separator of a first line `sep=;`, as Excel writes and reads it.
fn stated_separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_end();
    let line = line
        .strip_prefix(b"\"")
        .map_or(line, |line| line.strip_suffix(b"\"").unwrap_or(line));
    let (word, separator) = line.split_at_checked(4)?;
    match separator {
        [separator] if word.eq_ignore_ascii_case(b"sep=") => Some(*separator),
        // A tab at the end is white space.
        [] if word.eq_ignore_ascii_case(b"sep=") => Some(b'\t'),
        _ => None,
    }
}

/// The first lines that are not empty.
fn first_lines(content: impl std::io::Read) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut records = Records::new(content, b',');
    while lines.len() < SAMPLE {
        match records.next().map_err(ReadError::from_io)? {
            Some((_, Record::Whole(line))) if line.trim_ascii().is_empty() => {}
            Some((_, Record::Whole(line))) => lines.push(line.to_vec()),
            Some(_) => {}
            None => break,
        }
    }
    Ok(lines)
}

/// The separator that cuts most lines of the start into as many parts as the first, and into
/// more than one. A comma where none does.
fn separator_of(lines: &[Vec<u8>]) -> u8 {
    let score = |separator: u8| {
        let mut fields = Fields::new(separator);
        let mut widths = lines
            .iter()
            .map(|line| fields.split(line).map_or(0, |c| c.len()));
        let first = widths.next().unwrap_or(0);
        let equal = widths.filter(|width| *width == first).count();
        match first {
            0 | 1 => (0, 0),
            _ => (equal + 1, first),
        }
    };
    let best = SEPARATORS
        .into_iter()
        .max_by_key(|separator| score(*separator));
    best.filter(|best| score(*best).0 > 0).unwrap_or(b',')
}

/// Cuts records into fields.
struct Fields {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    fn new(separator: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            text: Vec::new(),
            ends: vec![0; COLUMN_LIMIT + 1],
        }
    }

    /// The fields of one record, without white space around them.
    fn split(&mut self, record: &[u8]) -> Result<Vec<String>, &'static str> {
        self.reader.reset();
        self.text.resize(record.len() + 1, 0);
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            let (result, consumed, wrote, ended) = self.reader.read_record(
                &record[read..],
                &mut self.text[written..],
                &mut self.ends[count..],
            );
            (read, written, count) = (read + consumed, written + wrote, count + ended);
            match result {
                // Empty input tells the parser that the record ends.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(TOO_LONG);
                }
            }
        }
        let mut cells = Vec::with_capacity(count);
        let mut start = 0;
        for end in &self.ends[..count] {
            let cell = self.text.get(start..*end).unwrap_or_default();
            let cell = std::str::from_utf8(cell).map_err(|_| NOT_TEXT)?;
            if cell.contains('\u{fffd}') {
                return Err(NOT_TEXT);
            }
            // What an export put in front of a formula is no part of the text.
            cells.push(undefused(cell.trim()).to_owned());
            start = *end;
        }
        Ok(cells)
    }
}
