//! Making a backup.

use std::path::{Path, PathBuf};

use super::file::Unfinished;
use super::{BackupError, Result, envelope, key_digest, secret_key};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::backup_info::{self, BackupInfo};
use crate::store::transfer::Progress;
use crate::store::{Engine, Store};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Bytes of the file.
    pub size: u64,
    /// Whether it is encrypted, and so holds the secret key.
    pub is_encrypted: bool,
}

/// Makes a backup at `target`, or in it under a name with the time where it is a folder.
pub async fn create_in(
    cx: &Context,
    target: &Path,
    passphrase: Option<&str>,
    progress: Progress<'_>,
) -> Result<(PathBuf, Created)> {
    let file = if target.is_dir() {
        target.join(file_name(cx.clock.now(), passphrase.is_some()))
    } else {
        target.to_owned()
    };
    let created = create(cx, &file, passphrase, progress).await?;
    Ok((file, created))
}

/// `jarshy-2026-11-27T020000Z.db`, so that names sort by time.
pub fn file_name(now: Timestamp, is_encrypted: bool) -> String {
    let time = now.to_jiff().strftime("%Y-%m-%dT%H%M%SZ");
    let ending = if is_encrypted { ".age" } else { "" };
    format!("jarshy-{time}.db{ending}")
}

/// Writes a consistent copy of the live database to `target`, which must not exist yet. With a
/// passphrase it is encrypted and holds the secret key too. `progress` is called with a table
/// and its rows so far where rows are copied.
pub async fn create(
    cx: &Context,
    target: &Path,
    passphrase: Option<&str>,
    progress: Progress<'_>,
) -> Result<Created> {
    if target.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(BackupError::NoFolder(folder.to_owned()));
    }
    let copy = Unfinished::beside(target);
    cx.store.copy_to(copy.path(), progress).await?;
    let key = match passphrase {
        Some(_) => secret_key(&cx.config(), &cx.store)?,
        None => None,
    };
    let info = BackupInfo {
        made_at: cx.clock.now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: match cx.store.engine() {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => "postgres".to_owned(),
        },
        key_digest: key_digest(&cx.keys),
        secret_key: key,
    };
    let store = Store::open_file(copy.path()).await?;
    let mut db = store.write().await?;
    backup_info::insert(&mut db, &info).await?;
    db.commit().await?;
    store.close().await;
    let finished = match passphrase {
        Some(passphrase) => {
            let encrypted = Unfinished::beside(target);
            envelope::encrypt(copy.path(), encrypted.path(), passphrase).await?;
            encrypted
        }
        None => copy,
    };
    finished.keep(target)?;
    let size = target.metadata().map_err(|cause| BackupError::Io {
        path: target.to_owned(),
        cause,
    })?;
    Ok(Created {
        size: size.len(),
        is_encrypted: passphrase.is_some(),
    })
}
