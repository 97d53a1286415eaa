//! The machine: disks, the rights of files, the clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::database::log_of;
use super::{Found, Subject, bytes, or_failed};
use crate::backup::key_file;
use crate::config::Origin;
use crate::store::{Store, StoreError, diagnostics};

/// Below this much free space, or this share of the disk, there is reason to worry.
const LITTLE: u64 = 1_000_000_000;
const ALMOST_NONE: u64 = 100_000_000;
const LITTLE_PERCENT: u64 = 5;
/// Clocks that differ by more confuse leases and links.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(5);
/// There while systemd-timesyncd follows a time server.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";

/// The folders that Jarshy writes to, with what for.
fn folders(subject: &Subject) -> Vec<(&'static str, PathBuf)> {
    let mut folders = Vec::new();
    if let Ok(Some(file)) = Store::file_of(&subject.config.database_url) {
        let folder = std::path::absolute(&file).ok();
        let folder = folder.and_then(|file| file.parent().map(Path::to_owned));
        folders.extend(folder.map(|folder| ("the database", folder)));
    }
    if let Some(folder) = &subject.config.backup_dir {
        folders.push(("backups", folder.clone()));
    }
    folders
}

/// What this machine is called, to tell its disks and tasks from those of another.
#[cfg(unix)]
pub fn machine_name() -> String {
    let known = rustix::system::uname();
    known.nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
pub fn machine_name() -> String {
    "this machine".to_owned()
}

pub(super) async fn disk(subject: Arc<Subject>) -> Vec<Found> {
    let folders = folders(&subject);
    let is_here = folders.iter().any(|(what, _)| *what == "the database");
    let looked = tokio::task::spawn_blocking(move || {
        folders
            .iter()
            .map(|(what, folder)| space(what, folder))
            .collect::<Vec<_>>()
    });
    let mut found = looked.await.unwrap_or_default();
    if !is_here {
        found.push(Found::not_checked(
            "the disk of PostgreSQL cannot be seen from here",
            "watch it on PostgreSQL's machine",
        ));
    }
    found
}

#[cfg(unix)]
fn space(what: &str, folder: &Path) -> Found {
    let disk = match rustix::fs::statvfs(folder) {
        Ok(disk) => disk,
        Err(error) => {
            return Found::error(
                format!("the folder of {what}, {}: {error}", folder.display()),
                "create it, and let Jarshy's user write to it",
            );
        }
    };
    let (free, all) = (disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize);
    judge_space(what, folder, free, all)
}

#[cfg(not(unix))]
fn space(what: &str, folder: &Path) -> Found {
    Found::not_checked(
        format!("free space for {what} in {}", folder.display()),
        "look at it",
    )
}

#[cfg(unix)]
fn judge_space(what: &str, folder: &Path, free: u64, all: u64) -> Found {
    let text = format!(
        "{} of {} free for {what} in {}",
        bytes(free),
        bytes(all),
        folder.display()
    );
    match free {
        free if free < ALMOST_NONE => Found::error(
            text,
            "free some space: without it nothing can be recorded, and nothing is sent",
        ),
        free if free < LITTLE || free / LITTLE_PERCENT < all / 100 => {
            Found::warning(text, "free some space before it runs out")
        }
        _ => Found::ok(text),
    }
}

pub(super) async fn permissions(subject: Arc<Subject>) -> Vec<Found> {
    let looked = tokio::task::spawn_blocking(move || rights(&subject));
    looked.await.unwrap_or_default()
}

#[cfg(not(unix))]
fn rights(_: &Subject) -> Vec<Found> {
    vec![Found::not_checked(
        "the rights of files are known on Unix only",
        "",
    )]
}

#[cfg(unix)]
fn rights(subject: &Subject) -> Vec<Found> {
    use rustix::fs::{Access, access};

    let mut found = Vec::new();
    let mut count = 0;
    for (file, is_written) in files(subject) {
        if !file.exists() {
            continue;
        }
        count += 1;
        if others_may_read(&file) {
            found.push(Found::warning(
                format!("other users of this machine can read {}", file.display()),
                format!("chmod o-rwx {}", file.display()),
            ));
        }
        let wanted = if is_written {
            Access::READ_OK | Access::WRITE_OK
        } else {
            Access::READ_OK
        };
        if let Err(error) = access(&file, wanted) {
            found.push(Found::error(
                format!("{}: {error}", file.display()),
                "run this as Jarshy's user; if it is, give it the file",
            ));
        }
    }
    for (what, folder) in folders(subject) {
        count += 1;
        if let Err(error) = access(&folder, Access::WRITE_OK | Access::EXEC_OK) {
            found.push(Found::error(
                format!("the folder of {what}, {}: {error}", folder.display()),
                "let Jarshy's user write to it",
            ));
        }
    }
    if found.is_empty() {
        found.push(match count {
            0 => Found::not_checked("there is no file whose rights matter here", ""),
            _ => Found::ok(
                "Jarshy's user can read and write what it needs, and nobody else reads it",
            ),
        });
    }
    found
}

/// Files with secrets or addresses, and whether Jarshy writes to them.
#[cfg(unix)]
fn files(subject: &Subject) -> Vec<(PathBuf, bool)> {
    let config = &subject.config;
    let mut files = Vec::new();
    if let Ok(Some(file)) = Store::file_of(&config.database_url) {
        files.push((log_of(&file), true));
        if config.secret_key.is_none() {
            files.push((key_file(&file), false));
        }
        files.push((file, true));
    }
    // Its rights matter where it holds a secret.
    let of_file = config
        .origins
        .iter()
        .find_map(|(key, origin)| match origin {
            Origin::File(name) if crate::config::is_secret(key) => Some(PathBuf::from(name)),
            _ => None,
        });
    files.extend(of_file.map(|file| (file, false)));
    files
}

#[cfg(unix)]
fn others_may_read(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|known| known.permissions().mode() & 0o007 != 0)
}

pub(super) async fn clock(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let compared = async {
        let mut db = cx.store.read().await?;
        let mut found = Vec::new();
        let newest = diagnostics::newest_record(&mut db).await?;
        let theirs = diagnostics::clock(&mut db).await?;
        let now = cx.clock.now();
        if let Some(newest) = newest.filter(|newest| newest.since(now) > CLOCK_TOLERANCE) {
            found.push(Found::error(
                format!("it is {now} here, and something was done at {newest}"),
                "the clock was set back, or another machine's is ahead: let each follow a time server",
            ));
        }
        if let Some(theirs) = theirs {
            let apart = theirs.since(now).max(now.since(theirs));
            let text = format!("PostgreSQL's clock differs by {} ms", apart.as_millis());
            found.push(if apart > CLOCK_TOLERANCE {
                Found::error(text, "let both machines follow a time server")
            } else {
                Found::ok(text)
            });
        }
        found.push(if Path::new(SYNCHRONISED).exists() {
            Found::ok("the clock follows a time server")
        } else {
            Found::not_checked(
                "whether the clock follows a time server",
                "look with: timedatectl (or chronyc tracking)",
            )
        });
        Ok::<_, StoreError>(found)
    };
    or_failed(compared.await)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn little_space_is_a_warning_and_none_an_error() {
        for (free, all, state) in [
            (50_000_000_000, 100_000_000_000, State::Ok),
            (4_000_000_000, 100_000_000_000, State::Warning),
            (900_000_000, 2_000_000_000, State::Warning),
            (50_000_000, 1_000_000_000, State::Error),
        ] {
            assert_eq!(
                judge_space("x", Path::new("/"), free, all).state,
                state,
                "{free}"
            );
        }
    }
}
