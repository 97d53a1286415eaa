//! Restoring a backup into an empty place.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::envelope::{self, Format};
use super::file::{Unfinished, create_private};
use super::hold::{Held, hold};
use super::{BackupError, Result, key_digest, key_file, read_key};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::store::backup_info::{self, BackupInfo};
use crate::store::transfer::{self, Copied, Progress};
use crate::store::{Store, StoreError};
use crate::token::KeyRing;

/// The secret key of a restored database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// The one that is configured or kept beside the database is that of the backup.
    Same,
    /// It was in the backup, and is in this file now.
    Written(PathBuf),
    /// There is another one.
    Differs,
    /// There is none.
    Missing,
    /// The file does not say which key it was made with.
    Unknown,
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    pub info: Option<BackupInfo>,
    pub held: Held,
    pub key: KeyState,
    /// By table, where rows were copied.
    pub copied: Vec<Copied>,
}

/// Restores `file` to the configured database, which must not exist or must be empty.
/// Nothing that may have been sent since the backup is sent by the restored database. Where it
/// fails, nothing has changed.
///
/// A secret key in the backup goes to `key_target`, or beside an SQLite database.
pub async fn restore(
    config: &Config,
    file: &Path,
    key_target: Option<&Path>,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<Restored> {
    let target = Target::open(config).await?;
    let (copy, beside) = match &target {
        Target::File(database) => (Unfinished::beside(database), Some(key_file(database))),
        Target::Server(_) => (Unfinished::within(&std::env::temp_dir()), None),
    };
    let key_target = key_target.or(beside.as_deref());
    read(config, file, copy.path()).await?;
    let store = open_checked(file, copy.path()).await?;
    let info = backup_info::get(&mut store.read().await?).await?;
    store.migrate().await?;
    let mut db = store.write().await?;
    let made_at = info.as_ref().map(|info| info.made_at);
    let held = hold(&mut db, made_at, &config.time_zone.get(), now).await?;
    backup_info::remove(&mut db).await?;
    db.commit().await?;
    let (key, key_copy) = prepare_key(config, info.as_ref(), key_target)?;
    let copied = match target {
        Target::File(database) => {
            store.close().await;
            copy.keep(&database)?;
            Vec::new()
        }
        Target::Server(server) => {
            server.migrate().await?;
            let mut source = store.snapshot().await?;
            let mut db = server.write().await?;
            let copied = transfer::copy(&mut source, &mut db, progress).await?;
            db.commit().await?;
            drop(source);
            server.analyze().await?;
            server.close().await;
            store.close().await;
            copied
        }
    };
    if let (KeyState::Written(path), Some(key_copy)) = (&key, key_copy) {
        key_copy.keep(path)?;
    }
    Ok(Restored {
        info,
        held,
        key,
        copied,
    })
}

/// Copies a backup to `copy`, decrypted.
async fn read(config: &Config, file: &Path, copy: &Path) -> Result<()> {
    match (Format::of(file)?, &config.backup_passphrase) {
        (Format::Sqlite, _) => envelope::copy(file, copy).await?,
        (Format::Age, Some(passphrase)) => envelope::decrypt(file, copy, passphrase).await?,
        (Format::Age, None) => return Err(BackupError::Encrypted(file.to_owned())),
        (Format::PgDump, _) => return Err(BackupError::OfPgDump(file.to_owned())),
        (Format::Other, _) => return Err(BackupError::NotABackup(file.to_owned())),
    }
    match Format::of(copy)? {
        Format::Sqlite => Ok(()),
        _ => Err(BackupError::NotABackup(file.to_owned())),
    }
}

/// Opens the copy of a backup, once it is known to be a complete database with the schema of
/// Jarshy.
async fn open_checked(file: &Path, copy: &Path) -> Result<Store> {
    let checked = async {
        let store = Store::open_file(copy).await?;
        store.check_foreign_file().await?;
        Ok(store)
    };
    checked.await.map_err(|error| match error {
        StoreError::Damaged(cause) => BackupError::Damaged {
            path: file.to_owned(),
            cause: cause.to_string(),
        },
        StoreError::OtherSchema(place) => BackupError::ForeignSchema {
            path: file.to_owned(),
            place,
        },
        other => other.into(),
    })
}

/// Where a backup goes.
enum Target {
    /// A file that does not exist.
    File(PathBuf),
    /// An empty database.
    Server(Store),
}

impl Target {
    async fn open(config: &Config) -> Result<Self> {
        let Some(file) = Store::file_of(&config.database_url)? else {
            let store = Store::open(&config.database_url).await?;
            return match transfer::first_filled(&mut store.read().await?).await? {
                Some(table) => Err(StoreError::NotEmpty(table).into()),
                None => Ok(Self::Server(store)),
            };
        };
        let in_use = ["", "-wal"].map(|ending| {
            let mut name = file.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        });
        if let Some(path) = in_use
            .into_iter()
            .find(|path| path.symlink_metadata().is_ok())
        {
            return Err(BackupError::Exists(path));
        }
        let folder = std::path::absolute(&file)
            .ok()
            .and_then(|file| file.parent().map(Path::to_owned));
        match folder {
            Some(folder) if !folder.is_dir() => Err(BackupError::NoFolder(folder)),
            _ => Ok(Self::File(file)),
        }
    }
}

/// What the key is, and a file with that of the backup, yet to be kept, where there is no other.
fn prepare_key(
    config: &Config,
    info: Option<&BackupInfo>,
    target: Option<&Path>,
) -> Result<(KeyState, Option<Unfinished>)> {
    let known = match (&config.secret_key, target) {
        (Some(key), _) => Some(key.clone()),
        (None, Some(path)) => read_key(path)?,
        (None, None) => None,
    };
    if let Some(known) = known {
        let digest = key_digest(&KeyRing::parse(&known)?);
        let state = match info {
            None => KeyState::Unknown,
            Some(info) if info.key_digest == digest => KeyState::Same,
            Some(_) => KeyState::Differs,
        };
        return Ok((state, None));
    }
    let (Some(key), Some(path)) = (info.and_then(|info| info.secret_key.as_ref()), target) else {
        return Ok((KeyState::Missing, None));
    };
    let copy = Unfinished::beside(path);
    let mut file = create_private(copy.path())?;
    let written = file
        .write_all(key.as_bytes())
        .and_then(|()| file.sync_all());
    written.map_err(|cause| BackupError::Io {
        path: path.to_owned(),
        cause,
    })?;
    Ok((KeyState::Written(path.to_owned()), Some(copy)))
}
