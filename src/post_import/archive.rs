//! ZIP archives of posts, unpacked within bounds. Nothing is written by the names in them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{POST_LIMIT, POSTS_LIMIT, PostImportError, Result, SIZE_LIMIT, UNPACKED_LIMIT};

/// Files of an archive: a text for each post, and statistics.
const ENTRY_LIMIT: usize = 4 * POSTS_LIMIT;

/// The files of an archive that may be about posts, by their paths.
pub(super) struct Files(BTreeMap<String, Entry>);

enum Entry {
    Content(Vec<u8>),
    TooLarge,
}

/// A file that was looked for.
pub(super) enum Lookup<'a> {
    /// Its content.
    Content(&'a [u8]),
    /// It is larger than a post may be.
    TooLarge,
    /// It is not there.
    Missing,
}

impl Files {
    /// Unpacks an archive.
    pub(super) fn unpack(content: &[u8]) -> Result<Self> {
        Self::unpack_within(content, UNPACKED_LIMIT)
    }

    fn unpack_within(content: &[u8], limit: u64) -> Result<Self> {
        let broken = |error: zip::result::ZipError| PostImportError::Broken(error.to_string());
        let mut archive = ZipArchive::new(Cursor::new(content)).map_err(broken)?;
        if archive.len() > ENTRY_LIMIT {
            return Err(PostImportError::TooMany);
        }
        let mut files = BTreeMap::new();
        let mut left = limit;
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(broken)?;
            let path = entry.name().map_err(broken)?.replace('\\', "/");
            let limit = match limit_of(&path) {
                Some(limit) if !entry.is_dir() => limit as u64,
                _ => continue,
            };
            let limit = limit.min(left);
            let mut content = Vec::new();
            // What an archive says of its sizes need not be true.
            let read = entry.take(limit + 1).read_to_end(&mut content);
            read.map_err(|error| PostImportError::Broken(error.to_string()))?;
            let size = content.len() as u64;
            if size > left {
                return Err(PostImportError::UnpacksToTooMuch);
            }
            left -= size;
            let entry = if size > limit {
                Entry::TooLarge
            } else {
                Entry::Content(content)
            };
            files.insert(path, entry);
        }
        Ok(Self(files))
    }

    /// The path of the file with this name, in the folder that is nearest to the root.
    pub(super) fn path(&self, name: &str) -> Option<&str> {
        let all = self.0.keys().filter(|path| {
            let last = path.rsplit('/').next().unwrap_or_default();
            last.eq_ignore_ascii_case(name)
        });
        let nearest = all.min_by_key(|path| path.matches('/').count());
        nearest.map(String::as_str)
    }

    /// The paths of files with this ending.
    pub(super) fn with_ending(&self, ending: &str) -> impl Iterator<Item = &str> {
        let paths = self.0.keys().map(String::as_str);
        paths.filter(move |path| path.to_ascii_lowercase().ends_with(ending))
    }

    /// The paths of files with this start.
    pub(super) fn with_start(&self, start: &str) -> impl Iterator<Item = &str> {
        let after = self.0.range(start.to_owned()..);
        let paths = after.map(|(path, _)| path.as_str());
        paths.take_while(move |path| path.starts_with(start))
    }

    /// A file by its path.
    pub(super) fn get(&self, path: &str) -> Lookup<'_> {
        match self.0.get(path) {
            Some(Entry::Content(content)) => Lookup::Content(content),
            Some(Entry::TooLarge) => Lookup::TooLarge,
            None => Lookup::Missing,
        }
    }

    /// A table or export by its path.
    pub(super) fn whole(&self, path: &str) -> Result<&[u8]> {
        match self.get(path) {
            Lookup::Content(content) => Ok(content),
            Lookup::TooLarge => Err(PostImportError::TooLarge),
            Lookup::Missing => Err(PostImportError::Unknown),
        }
    }
}

/// The folder of a path, with a slash at its end unless it is the root.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Bytes that a file may have, by its name; `None` for files that are not about posts.
fn limit_of(path: &str) -> Option<usize> {
    let name = path.to_ascii_lowercase();
    let last = name.rsplit('/').next().unwrap_or_default();
    let is_hidden = last.starts_with('.') || name.starts_with("__macosx/");
    // What became of each email of Substack, and whom it went to.
    let is_statistic = last.ends_with(".opens.csv") || last.ends_with(".delivers.csv");
    if is_hidden || is_statistic || last.starts_with("email_list") {
        return None;
    }
    match last.rsplit('.').next()? {
        "csv" | "json" => Some(SIZE_LIMIT),
        "html" | "htm" | "md" | "markdown" | "txt" => Some(POST_LIMIT),
        _ => None,
    }
}

/// Text as these systems write it. What is not UTF-8 becomes a replacement character.
pub(super) fn text(content: &[u8]) -> String {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    String::from_utf8_lossy(content).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zip(files: &[(&str, usize)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in files {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(*name, options).unwrap();
            archive.write_all(&vec![b'a'; *size]).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let large = POST_LIMIT + 1;
        let files = Files::unpack(&zip(&[("x/posts.csv", 3), ("x/a.html", large)])).unwrap();
        assert!(matches!(files.get("x/a.html"), Lookup::TooLarge));
        assert_eq!(files.path("posts.csv"), Some("x/posts.csv"));
        let bomb = zip(&[("a.csv", 60_000), ("b.csv", 60_000)]);
        assert!(Files::unpack_within(&bomb, 120_000).is_ok());
        assert!(matches!(
            Files::unpack_within(&bomb, 119_999),
            Err(PostImportError::UnpacksToTooMuch)
        ));
    }
}
