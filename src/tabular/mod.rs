//! Tables of people in files as people have them: CSV with any separator and in any
//! usual encoding, XLSX and ODS, JSON Lines, vCards, the members of a Mailman list; alone, compressed by gzip, or several
//! in a ZIP archive.
//!
//! A file is read once and row by row, so that memory stays flat. What it holds is handed to
//! a [`Visitor`].

mod archive;
mod delimited;
mod encoding;
mod header;
mod json_lines;
mod mailboxes;
mod mailman_config;
mod ods_size;
mod pickle;
mod records;
mod vcards;
mod workbook;

use std::fs::File;
use std::io::{self, Read};

use crate::text::locale::Language;

/// The most bytes that a row may have.
const ROW_LIMIT: usize = 64 * 1024;
/// The most columns that a table may have.
const COLUMN_LIMIT: usize = 1_000;
/// The most bytes that come out of a compressed file or of all files of an archive.
const UNPACKED_LIMIT: u64 = 2 * 1024 * 1024 * 1024;
/// The same for workbooks, parts of which are held in memory.
const WORKBOOK_LIMIT: u64 = 512 * 1024 * 1024;

/// Takes what a file holds, in its order.
pub trait Visitor {
    /// A table begins. `name` is that of its file in an archive, or of its sheet. The names
    /// of the columns are unique.
    ///
    /// # Errors
    /// [`Stopped`] ends the reading.
    fn table(&mut self, name: &str, columns: &[String]) -> Result<(), Stopped>;

    /// A row, with as many cells as the table has columns. `line` counts from 1 and is that
    /// of the file, or of the sheet.
    ///
    /// # Errors
    /// [`Stopped`] ends the reading.
    fn row(&mut self, line: u64, cells: Vec<String>) -> Result<(), Stopped>;

    /// A row that cannot be read, and why.
    ///
    /// # Errors
    /// [`Stopped`] ends the reading.
    fn unreadable(&mut self, line: u64, reason: &str) -> Result<(), Stopped>;

    /// A file of an archive that holds no table.
    fn passed_over(&mut self, name: &str);
}

/// The visitor wants no more; it knows why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Why a file could not be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system, or compressed data that is damaged.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It holds nothing.
    #[error("the file is empty")]
    Empty,
    /// It is something else.
    #[error("this is {what}; save the table as CSV, XLSX or ODS and try again")]
    OtherFormat {
        /// What it seems to be.
        what: &'static str,
    },
    /// An archive with nothing to read in it.
    #[error("the archive holds no table (CSV, XLSX, ODS, JSON Lines or vCard)")]
    NoTable,
    /// It is a table of something else.
    #[error("the file is about posts, not about people")]
    NoPeople,
    /// It unpacks to too much.
    #[error("the file is larger than {} MiB when it is unpacked", .limit / 1024 / 1024)]
    TooLarge {
        /// Bytes.
        limit: u64,
    },
    /// A spreadsheet's own format that cannot be read.
    #[error("the spreadsheet cannot be read: {0}; save it as CSV and try again")]
    Workbook(String),
    /// A pickle of Python that is damaged, or none of Python 2.
    #[error("the Python pickle cannot be read: {0}")]
    Pickle(String),
    /// The visitor wanted no more.
    #[error("stopped")]
    Stopped,
}

impl From<Stopped> for ReadError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Where texts in a language mostly come from: it tells encodings apart that short texts do
/// not.
pub fn region(language: Language) -> Option<&'static str> {
    match language.tag() {
        "kk" => Some("kz"),
        "ru" => Some("ru"),
        _ => None,
    }
}

/// Reads a file and hands its tables to `visitor`. `name` is what it was called where it came
/// from. `region` is a country code such as `kz`, by [`region`].
///
/// # Errors
/// [`ReadError`] for a file that is no table or breaks off; rows before that were handed
/// over. What is wrong with a single row is the visitor's
/// [`unreadable`](Visitor::unreadable).
pub fn read(
    file: &File,
    name: &str,
    region: Option<&str>,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    archive::read(file, name, region, visitor)
}

/// A file that can be read from its start more than once.
trait Reopen {
    fn reopen(&mut self) -> Result<Box<dyn Read + '_>, ReadError>;
}

/// What a file that is not compressed holds, by its first bytes and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Delimited,
    JsonLines,
    VCards,
    MailmanConfig,
}

impl Format {
    fn of(start: &[u8], name: &str) -> Result<Self, ReadError> {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = text.trim_ascii_start();
        let begins = |what: &str| {
            text.get(..what.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(what.as_bytes()))
        };
        let other = |what| Err(ReadError::OtherFormat { what });
        if mailman_config::is_pickle(start) || has_ending(name, &["pck"]) {
            Ok(Self::MailmanConfig)
        } else if begins("BEGIN:VCARD") || has_ending(name, &["vcf", "vcard"]) {
            Ok(Self::VCards)
        } else if begins("{") || has_ending(name, &["jsonl", "ndjson"]) {
            Ok(Self::JsonLines)
        } else if begins("[{") || begins("[\n") || begins("[\r") {
            other("a JSON array")
        } else if begins("<!doctype") || begins("<html") || begins("<?xml") || begins("<table") {
            other("a web page or XML")
        } else if begins("%PDF-") {
            other("a PDF")
        } else if start.starts_with(b"\xd0\xcf\x11\xe0") {
            other("an old Excel or Word file")
        } else if text.is_empty() {
            Err(ReadError::Empty)
        } else {
            Ok(Self::Delimited)
        }
    }
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

/// Reads one file that is neither compressed nor a workbook.
fn read_text(
    file: &mut dyn Reopen,
    name: &str,
    region: Option<&str>,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    let mut start = Vec::new();
    file.reopen()?.take(4096).read_to_end(&mut start)?;
    // UTF-16 has no ASCII at its start that could be told apart.
    let is_wide = encoding::is_utf16(&start) && !mailman_config::is_pickle(&start);
    let format = if is_wide && !start.is_empty() {
        Format::Delimited
    } else {
        Format::of(&start, name)?
    };
    match format {
        Format::Delimited => delimited::read(file, name, region, visitor),
        Format::JsonLines => json_lines::read(file, name, visitor),
        Format::VCards => vcards::read(file, name, visitor),
        Format::MailmanConfig => mailman_config::read(file, name, visitor),
    }
}

#[cfg(test)]
mod tests;
