//! Compressed files: gzip, and ZIP archives of several tables, within bounds on what comes
//! out of them.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{
    ReadError, Reopen, UNPACKED_LIMIT, Visitor, WORKBOOK_LIMIT, has_ending, ods_size, read_text,
    workbook,
};

/// The most files in an archive.
const ENTRY_LIMIT: usize = 10_000;
/// The most bytes of a workbook within an archive, which is held in memory.
const NESTED_LIMIT: u64 = 64 * 1024 * 1024;
/// The endings of files that hold a table.
const TABLES: [&str; 10] = [
    "csv", "tsv", "tab", "txt", "jsonl", "ndjson", "vcf", "pck", "xlsx", "ods",
];

pub(super) fn read(
    file: &File,
    name: &str,
    region: Option<&str>,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    let mut start = Vec::new();
    whole(file)?.take(4).read_to_end(&mut start)?;
    if start.starts_with(b"\x1f\x8b") {
        let inner = name.strip_suffix(".gz").unwrap_or(name);
        return read_text(&mut Gzip(file), inner, region, visitor);
    }
    if !start.starts_with(b"PK\x03\x04") && !start.starts_with(b"PK\x05\x06") {
        return read_text(&mut Plain(file), name, region, visitor);
    }
    let archive = ZipArchive::new(whole(file)?).map_err(damaged)?;
    if let Some(kind) = workbook::Kind::of(&archive) {
        check_workbook(kind, archive)?;
        return workbook::read(kind, whole(file)?, visitor);
    }
    read_entries(archive, region, visitor)
}

fn whole(file: &File) -> io::Result<io::BufReader<&File>> {
    let mut file = file;
    file.seek(SeekFrom::Start(0))?;
    Ok(io::BufReader::with_capacity(64 * 1024, file))
}

fn damaged(error: zip::result::ZipError) -> ReadError {
    ReadError::Io(io::Error::other(error))
}

fn read_entries<R: Read + Seek>(
    mut archive: ZipArchive<R>,
    region: Option<&str>,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    if archive.len() > ENTRY_LIMIT {
        return Err(ReadError::TooLarge {
            limit: UNPACKED_LIMIT,
        });
    }
    let mut left = UNPACKED_LIMIT;
    let mut found = false;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        // Only the last part of the path is shown, and nothing is written by it.
        let path = entry.name().map_err(damaged)?.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = name.to_owned();
        let is_folder = entry.is_dir() || name.is_empty();
        let is_hidden = name.starts_with('.') || path.starts_with("__MACOSX/");
        drop(entry);
        if is_folder || is_hidden {
            continue;
        }
        if !has_ending(&name, &TABLES) {
            visitor.passed_over(&name);
            continue;
        }
        if has_ending(&name, &["xlsx", "ods"]) {
            let mut content = Vec::new();
            let entry = archive.by_index(index).map_err(damaged)?;
            let mut entry = Bounded::new(entry, NESTED_LIMIT);
            entry
                .read_to_end(&mut content)
                .map_err(ReadError::from_io)?;
            let inner = ZipArchive::new(Cursor::new(content.as_slice())).map_err(damaged)?;
            let Some(kind) = workbook::Kind::of(&inner) else {
                visitor.passed_over(&name);
                continue;
            };
            check_workbook(kind, inner)?;
            workbook::read(kind, Cursor::new(content.as_slice()), visitor)?;
            found = true;
            continue;
        }
        let mut entry = Entry {
            archive: &mut archive,
            index,
            limit: left,
        };
        let size = entry.measure()?;
        left = left.saturating_sub(size);
        match read_text(&mut entry, &name, region, visitor) {
            Ok(()) => found = true,
            Err(ReadError::Empty | ReadError::OtherFormat { .. }) => visitor.passed_over(&name),
            Err(error) => return Err(error),
        }
    }
    if found {
        Ok(())
    } else {
        Err(ReadError::NoTable)
    }
}

fn check_workbook<R: Read + Seek>(
    kind: workbook::Kind,
    mut archive: ZipArchive<R>,
) -> Result<(), ReadError> {
    check_size(&mut archive, WORKBOOK_LIMIT)?;
    match kind {
        workbook::Kind::Xlsx => Ok(()),
        workbook::Kind::Ods => {
            let content = archive.by_name("content.xml").map_err(damaged)?;
            ods_size::check(content)
        }
    }
}

/// Unpacks everything once and keeps nothing: what an archive says of its size need not be
/// true.
fn check_size<R: Read + Seek>(archive: &mut ZipArchive<R>, limit: u64) -> Result<(), ReadError> {
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let mut entry = Bounded::new(entry, left);
        let read = io::copy(&mut entry, &mut io::sink()).map_err(ReadError::from_io);
        left -= read.map_err(|error| match error {
            ReadError::TooLarge { .. } => ReadError::TooLarge { limit },
            other => other,
        })?;
    }
    Ok(())
}

struct Plain<'a>(&'a File);

impl Reopen for Plain<'_> {
    fn reopen(&mut self) -> Result<Box<dyn Read + '_>, ReadError> {
        Ok(Box::new(whole(self.0)?))
    }
}

struct Gzip<'a>(&'a File);

impl Reopen for Gzip<'_> {
    fn reopen(&mut self) -> Result<Box<dyn Read + '_>, ReadError> {
        let unpacked = MultiGzDecoder::new(whole(self.0)?);
        Ok(Box::new(Bounded::new(unpacked, UNPACKED_LIMIT)))
    }
}

/// A file of an archive.
struct Entry<'a, R> {
    archive: &'a mut ZipArchive<R>,
    index: usize,
    limit: u64,
}

impl<R: Read + Seek> Entry<'_, R> {
    fn measure(&mut self) -> Result<u64, ReadError> {
        let mut content = self.reopen()?;
        io::copy(&mut content, &mut io::sink()).map_err(ReadError::from_io)
    }
}

impl<R: Read + Seek> Reopen for Entry<'_, R> {
    fn reopen(&mut self) -> Result<Box<dyn Read + '_>, ReadError> {
        let entry = self.archive.by_index(self.index).map_err(damaged)?;
        Ok(Box::new(Bounded::new(entry, self.limit)))
    }
}

/// Ends with an error where more than `left` bytes come.
struct Bounded<R> {
    content: R,
    left: u64,
    limit: u64,
}

#[derive(Debug, thiserror::Error)]
#[error("too large")]
struct TooLarge {
    limit: u64,
}

impl<R> Bounded<R> {
    fn new(content: R, limit: u64) -> Self {
        Self {
            content,
            left: limit,
            limit,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other(TooLarge { limit: self.limit }))?;
        Ok(count)
    }
}

impl ReadError {
    /// The error of a bounded file.
    pub(super) fn from_io(error: io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        match inner {
            Some(TooLarge { limit }) => ReadError::TooLarge { limit: *limit },
            None => ReadError::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_unpacks_to_more_than_it_may_is_refused() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(name, options).unwrap();
            archive.write_all(&[0; 5000]).unwrap();
        }
        let mut archive = archive.finish_into_readable().unwrap();
        assert!(check_size(&mut archive, 10_000).is_ok());
        let error = check_size(&mut archive, 9_999).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { limit: 9_999 }));
    }
}
