//! Backups: one file format for both databases, which is an SQLite database. What is restored
//! from it mails nobody a second time.
//!
//! A plain backup is readable with every SQLite tool; an encrypted one is the same inside a
//! file of [age](https://age-encryption.org). Media are in the database and so in the backup.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::store::{Store, StoreError};
use crate::token::{KeyError, KeyRing};

mod create;
mod envelope;
pub mod file;
pub mod hold;
pub mod moving;
pub mod restore;
pub mod schedule;

pub use create::{Created, create, create_in};

pub type Result<T> = std::result::Result<T, BackupError>;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the secret key: {0}")]
    Key(#[from] KeyError),
    #[error("{} exists already; nothing is overwritten", .0.display())]
    Exists(PathBuf),
    #[error("{}: {cause}", path.display())]
    Io {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("{} is no backup of Jarshy", .0.display())]
    NotABackup(PathBuf),
    #[error("{} is damaged or incomplete: {cause}", path.display())]
    Damaged { path: PathBuf, cause: String },
    #[error("{} is an SQLite database, but its schema is not one that Jarshy makes: {place}", path.display())]
    ForeignSchema { path: PathBuf, place: String },
    #[error(
        "{} is a file of pg_dump: restore it with pg_restore, then run: jarshy restore --in-place",
        .0.display()
    )]
    OfPgDump(PathBuf),
    #[error("another process makes the backup now")]
    TakenOver,
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    #[error("{} is encrypted; set JARSHY_BACKUP_PASSPHRASE or JARSHY_BACKUP_PASSPHRASE_FILE", .0.display())]
    Encrypted(PathBuf),
    #[error("{} cannot be decrypted: the passphrase is wrong or the file is damaged", .0.display())]
    WrongPassphrase(PathBuf),
    #[error("encryption: {0}")]
    Encryption(String),
    #[error(
        "only an SQLite database is moved; to leave PostgreSQL, make a backup and restore it \
         with the other database URL"
    )]
    NotSqlite,
    #[error("move to a PostgreSQL database: --to postgres://…")]
    NotPostgres,
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("the database was moved to {0} already; see: jarshy move --take-back")]
    AlreadyMoved(String),
}

/// The text of the secret key: the configured one, or that beside an SQLite database; `None`
/// where there is none yet.
fn secret_key(config: &Config, store: &Store) -> Result<Option<String>> {
    if let Some(key) = &config.secret_key {
        return Ok(Some(key.clone()));
    }
    store
        .file()
        .map_or(Ok(None), |file| read_key(&key_file(file)))
}

/// Where the secret key of an SQLite database is kept.
pub fn key_file(database: &Path) -> PathBuf {
    database.with_extension("key")
}

fn read_key(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(key) => Ok(Some(key.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(BackupError::Io {
            path: path.to_owned(),
            cause,
        }),
    }
}

/// What tells one secret key from another, without telling the key.
fn key_digest(keys: &KeyRing) -> Vec<u8> {
    keys.digest(b"backup").to_vec()
}
