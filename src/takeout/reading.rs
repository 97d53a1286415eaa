//! An archive of another installation, read within bounds.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::Value;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{
    FORMAT, MANIFEST, MEDIA, Manifest, README, Result, SETTINGS, SIZES, TakeoutError, VERSION,
};
use crate::store::takeout::FILES;

/// Entries of an archive at most.
const ENTRIES: usize = 200_000;
/// Bytes of a line at most.
const LINE: u64 = 32 * 1024 * 1024;
/// Bytes of the manifest at most.
const MANIFEST_LIMIT: u64 = 1024 * 1024;
/// What an archive may unpack to: so many times its size, which no people and texts come near …
const RATIO: u64 = 200;
/// … and this much in any case.
const UNPACKED: u64 = 1024 * 1024 * 1024;

/// An archive within bounds.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// Bytes that may yet be unpacked.
    left: u64,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(TakeoutError::Read)?;
        let size = file.metadata().map_err(TakeoutError::Read)?.len();
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| match error {
            ZipError::Io(error) if size > 0 && !is_about_content(&error) => {
                TakeoutError::Read(error)
            }
            other => TakeoutError::NotATakeout(format!("it is no complete ZIP archive ({other})")),
        })?;
        if zip.len() > ENTRIES {
            return Err(TakeoutError::TooLarge);
        }
        Ok(Self {
            zip,
            left: UNPACKED.max(size.saturating_mul(RATIO)),
        })
    }

    pub(super) fn manifest(&mut self) -> Result<Manifest> {
        let text = match self.content(MANIFEST, MANIFEST_LIMIT) {
            Err(TakeoutError::Missing(_)) => {
                let problem = format!("it has no {MANIFEST}");
                return Err(TakeoutError::NotATakeout(problem));
            }
            read => read?,
        };
        let wrong = |error: serde_json::Error| {
            TakeoutError::NotATakeout(format!("its {MANIFEST} cannot be read ({error})"))
        };
        let value: Value = serde_json::from_slice(&text).map_err(wrong)?;
        if value["format"] != FORMAT {
            let problem = format!("its {MANIFEST} is of another format");
            return Err(TakeoutError::NotATakeout(problem));
        }
        match value["version"].as_u64() {
            Some(version) if version > u64::from(VERSION) => Err(TakeoutError::NewerVersion(
                version.try_into().unwrap_or(u32::MAX),
            )),
            _ => serde_json::from_value(value).map_err(wrong),
        }
    }

    fn names(&self) -> Result<Vec<String>> {
        let names = self
            .zip
            .file_names()
            .map(|name| name.map(|name| name.into_owned()));
        names
            .collect::<std::result::Result<_, _>>()
            .map_err(damaged)
    }

    pub(super) fn media_names(&self) -> Result<Vec<String>> {
        let mut names = self.names()?;
        names.retain(|name| name.starts_with(MEDIA) || name.starts_with(SIZES));
        Ok(names)
    }

    /// Nothing is there that nobody knows. No name becomes a path.
    pub(super) fn check_names(&self) -> Result<()> {
        let is_known = |name: &str| {
            let file = name.strip_suffix(".jsonl");
            [MANIFEST, README].contains(&name)
                || file.is_some_and(|file| {
                    file == SETTINGS || FILES.iter().any(|known| known.name == file)
                })
                || name.starts_with(MEDIA)
                || name.starts_with(SIZES)
        };
        match self.names()?.into_iter().find(|name| !is_known(name)) {
            Some(name) => Err(TakeoutError::Unknown(name.chars().take(80).collect())),
            None => Ok(()),
        }
    }

    /// All of an entry.
    pub(super) fn content(&mut self, name: &str, limit: u64) -> Result<Vec<u8>> {
        let limit = limit.min(self.left);
        let mut content = Vec::new();
        let entry = self.zip.by_name(name).map_err(|error| at(name, error))?;
        let read = entry.take(limit + 1).read_to_end(&mut content);
        read.map_err(|error| TakeoutError::Damaged(format!("{name}: {error}")))?;
        if content.len() as u64 > limit {
            return Err(TakeoutError::TooLarge);
        }
        self.left -= content.len() as u64;
        Ok(content)
    }

    pub(super) fn lines(&mut self, name: &str) -> Result<Lines<'_, impl BufRead + use<'_>>> {
        let entry = self.zip.by_name(name).map_err(|error| at(name, error))?;
        Ok(Lines {
            name: name.to_owned(),
            entry: BufReader::with_capacity(64 * 1024, entry),
            left: &mut self.left,
            line: Vec::new(),
            number: 0,
        })
    }
}

/// The lines of an entry.
pub(super) struct Lines<'a, R> {
    name: String,
    entry: R,
    left: &'a mut u64,
    line: Vec<u8>,
    /// Of the last line, from 1.
    pub(super) number: u64,
}

impl<R: BufRead> Lines<'_, R> {
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        let limit = LINE.min(*self.left);
        let mut bounded = (&mut self.entry).take(limit + 1);
        let read = bounded.read_until(b'\n', &mut self.line);
        let read =
            read.map_err(|error| TakeoutError::Damaged(format!("{}: {error}", self.name)))? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read > limit {
            return match limit {
                LINE => Err(self.wrong(format!("is longer than {} MiB", LINE >> 20))),
                _ => Err(TakeoutError::TooLarge),
            };
        }
        *self.left -= read;
        Ok(Some(&self.line))
    }

    pub(super) fn wrong(&self, problem: String) -> TakeoutError {
        TakeoutError::Line {
            file: self.name.clone(),
            line: self.number,
            problem,
        }
    }
}

fn at(name: &str, error: ZipError) -> TakeoutError {
    match error {
        ZipError::FileNotFound => TakeoutError::Missing(name.to_owned()),
        other => TakeoutError::Damaged(format!("{name}: {other}")),
    }
}

fn damaged(error: ZipError) -> TakeoutError {
    TakeoutError::Damaged(error.to_string())
}

/// Whether bytes are wrong or missing, rather than out of reach.
fn is_about_content(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}
