//! Files that are complete or not there: written under another name first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use super::{BackupError, Result};
use crate::clock::Timestamp;

const START: &str = ".jarshy-";
const END: &str = ".part";
/// No copy takes that long.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 3600);

/// A file under a name of its own, removed with this value unless it was [kept](Self::keep).
pub struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// In the folder of `target`, so that it can be renamed to it.
    pub fn beside(target: &Path) -> Self {
        let folder = target.parent().unwrap_or(Path::new(""));
        Self::within(folder)
    }

    pub fn within(folder: &Path) -> Self {
        let name = format!("{START}{}{END}", Uuid::now_v7().simple());
        let path = folder.join(name);
        Self {
            // SQLite would read a relative one as a URI where it looks like that.
            path: std::path::absolute(&path).unwrap_or(path),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name, and never replaces another.
    pub fn keep(self, target: &Path) -> Result<()> {
        let done = std::fs::File::open(&self.path)
            .and_then(|file| file.sync_all())
            .and_then(|()| link(&self.path, target));
        done.map_err(|cause| match cause.kind() {
            std::io::ErrorKind::AlreadyExists => BackupError::Exists(target.to_owned()),
            _ => BackupError::Io {
                path: target.to_owned(),
                cause,
            },
        })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.path.clone().into_os_string();
            name.push(ending);
            let _ = std::fs::remove_file(name);
        }
    }
}

/// Removes what processes that were killed have left in a folder.
pub fn remove_abandoned(folder: &Path, now: Timestamp) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let begun = name.to_str().and_then(begun_at);
        if begun.is_some_and(|begun| now.since(begun) > ABANDONED_AFTER) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// When a file of this name was begun; `None` where it is none of ours.
fn begun_at(name: &str) -> Option<Timestamp> {
    let (id, _) = name.strip_prefix(START)?.split_once(END)?;
    let (seconds, _) = Uuid::parse_str(id).ok()?.get_timestamp()?.to_unix();
    Some(Timestamp::from_millis(i64::try_from(seconds).ok()? * 1000))
}

/// A hard link fails where the name is taken; a file system without links gets a rename after a
/// look.
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists && !to.exists() => {
            std::fs::rename(from, to)
        }
        done => done,
    }
}

/// Makes a new file that only its owner can read.
pub fn create_private(path: &Path) -> Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
        _ => BackupError::Io {
            path: path.to_owned(),
            cause,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_by_a_killed_process_goes_after_a_day() {
        let folder = std::env::temp_dir().join(format!("jarshy-left-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let left = Unfinished::within(&folder);
        let log = PathBuf::from(format!("{}-wal", left.path().display()));
        let other = folder.join(".jarshy-of-somebody.part");
        for file in [left.path(), &log, &other] {
            std::fs::write(file, "").unwrap();
        }
        let now = begun_at(left.path().file_name().unwrap().to_str().unwrap()).unwrap();
        remove_abandoned(&folder, now.after(Duration::from_secs(3600))).unwrap();
        assert!(left.path().exists());
        remove_abandoned(&folder, now.after(Duration::from_secs(25 * 3600))).unwrap();
        assert_eq!(
            [left.path(), &log, &other].map(Path::exists),
            [false, false, true]
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
