//! A language as Fluent files, and such files back.

use std::collections::HashMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::change::{Balance, Change, PhraseError, Refused, apply, preview};
use super::{Reach, entries};
use crate::content::Result;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::text::locale::Language;
use crate::text::{catalogue, characters, fluent_file};

/// Bytes of a file that is read.
pub const SIZE_LIMIT: usize = 2 * 1024 * 1024;
/// Bytes that an archive may unpack to.
const UNPACKED_LIMIT: u64 = 8 * 1024 * 1024;
/// Files in an archive.
const ENTRY_LIMIT: usize = 500;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Too large, or unpacks to too much.
    #[error("the file is larger than 2 MB, or unpacks to more than 8 MB")]
    TooLarge,
    /// No ZIP archive, though it begins like one.
    #[error("the archive is damaged")]
    Damaged,
    /// Not UTF-8, or with control characters.
    #[error("{0} is not a text in UTF-8")]
    NotText(String),
    /// Without any phrase.
    #[error(
        "there are no texts in the file; Fluent files (.ftl) or a ZIP archive of them are expected"
    )]
    Empty,
}

/// A file of a translation.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Its path in `locales/`.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// The files of a language with this installation's changes. What the language lacks is a
/// comment with the English text.
pub async fn export(cx: &Context, language: Language, reach: Reach) -> Result<Vec<TextFile>> {
    let entries = entries(cx, language, reach).await?;
    let texts: HashMap<&str, &str> = entries
        .iter()
        .filter_map(|entry| Some((entry.english.key.as_str(), entry.text.as_deref()?)))
        .collect();
    let is_within = |file: &String| entries.iter().any(|entry| entry.english.file == *file);
    let files = catalogue::files().into_iter().filter(is_within);
    let written = |file: String| TextFile {
        content: fluent_file::write(&catalogue::english_source(&file), &texts),
        path: format!("{language}/{file}.ftl"),
    };
    Ok(files.map(written).collect())
}

/// Files as a ZIP archive.
///
/// # Errors
/// Where it cannot be written.
pub fn zipped(files: &[TextFile]) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(file.path.as_str(), SimpleFileOptions::default())?;
        zip.write_all(file.content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Uploaded {
    /// Its phrases.
    pub changes: Vec<Change>,
    lines: HashMap<String, usize>,
    refused: Vec<Refused>,
}

/// Reads a Fluent file, or a ZIP archive of several.
///
/// # Errors
/// [`FileError`] says why it is none.
pub fn read(name: &str, content: &[u8]) -> std::result::Result<Uploaded, FileError> {
    if content.len() > SIZE_LIMIT {
        return Err(FileError::TooLarge);
    }
    let files = if content.starts_with(b"PK") {
        unpacked(content)?
    } else {
        vec![(name.to_owned(), content.to_vec())]
    };
    let mut uploaded = Uploaded::default();
    for (name, bytes) in files {
        let text = String::from_utf8(bytes).map_err(|_| FileError::NotText(name.clone()))?;
        let text = characters::clean(&text).map_err(|_| FileError::NotText(name.clone()))?;
        uploaded.add(&text);
    }
    if uploaded.changes.is_empty() {
        return Err(FileError::Empty);
    }
    Ok(uploaded)
}

/// The Fluent files of an archive: name and content.
fn unpacked(content: &[u8]) -> std::result::Result<Vec<(String, Vec<u8>)>, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| FileError::Damaged)?;
    if archive.len() > ENTRY_LIMIT {
        return Err(FileError::TooLarge);
    }
    let mut files = Vec::new();
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| FileError::Damaged)?;
        let path = entry.name().map_err(|_| FileError::Damaged)?.into_owned();
        let is_hidden = path.starts_with("__MACOSX/");
        if is_hidden || entry.is_dir() || !path.to_ascii_lowercase().ends_with(".ftl") {
            continue;
        }
        let mut bytes = Vec::new();
        let read = entry.take(left + 1).read_to_end(&mut bytes);
        let size = read.map_err(|_| FileError::Damaged)? as u64;
        left = left.checked_sub(size).ok_or(FileError::TooLarge)?;
        files.push((path, bytes));
    }
    Ok(files)
}

impl Uploaded {
    fn add(&mut self, file: &str) {
        for entry in fluent_file::read(file) {
            if entry.key.is_empty() {
                self.refused.push(Refused {
                    key: entry.text.chars().take(60).collect(),
                    line: Some(entry.line),
                    error: PhraseError::NotPhrase,
                });
                continue;
            }
            self.lines.entry(entry.key.clone()).or_insert(entry.line);
            self.changes.push(Change {
                key: entry.key,
                text: entry.text,
                seen: None,
            });
        }
    }

    /// The balance with what could not even be read, and with the lines.
    fn complete(&self, balance: Balance) -> Balance {
        let line = |refused: Refused| Refused {
            line: self.lines.get(&refused.key).copied(),
            ..refused
        };
        let others = balance.refused.into_iter().map(line);
        Balance {
            refused: self.refused.iter().cloned().chain(others).collect(),
            ..balance
        }
    }
}

/// What importing it would change.
pub async fn check(
    cx: &Context,
    language: Language,
    uploaded: &Uploaded,
    reach: Reach,
) -> Result<Balance> {
    let balance = preview(cx, language, &uploaded.changes, reach).await?;
    Ok(uploaded.complete(balance))
}

/// Imports what can be imported of it.
pub async fn import(
    cx: &Context,
    by: &Actor,
    language: Language,
    uploaded: &Uploaded,
    reach: Reach,
) -> Result<Balance> {
    let balance = apply(cx, by, language, &uploaded.changes, reach).await?;
    Ok(uploaded.complete(balance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_read_as_it_was_written_and_other_files_are_told() {
        let file = |path: &str, content: &str| TextFile {
            path: path.to_owned(),
            content: content.to_owned(),
        };
        let files = [
            file("pl/site.ftl", "nav-events = Wydarzenia\n"),
            file("pl/read.me", "no phrase"),
            file(
                "pl/mail.ftl",
                "# comment\nodd line\nmail-text-lists =\n    Two\n    lines\n",
            ),
        ];
        let archive = zipped(&files).unwrap();
        let uploaded = read("pl.zip", &archive).unwrap();
        let found: Vec<(&str, &str)> = uploaded
            .changes
            .iter()
            .map(|change| (change.key.as_str(), change.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("nav-events", "Wydarzenia"),
                ("mail-text-lists", "Two\nlines")
            ]
        );
        assert_eq!(uploaded.refused[0].line, Some(2));
        assert!(matches!(
            read("a", b"PK\x03\x04 broken"),
            Err(FileError::Damaged)
        ));
        assert!(matches!(read("a", b"# nothing\n"), Err(FileError::Empty)));
        assert!(matches!(
            read("a.ftl", b"a = \xff"),
            Err(FileError::NotText(_))
        ));
        let large = vec![b'a'; SIZE_LIMIT + 1];
        assert!(matches!(read("a.ftl", &large), Err(FileError::TooLarge)));
    }
}
