//! A takeout: everything that an installation knows, as one ZIP archive of JSON lines and files,
//! and reading one into an empty installation. The format is described in docs/takeout.md, and
//! its tables in [`crate::store::takeout`].
//!
//! Unlike a backup it holds no secrets, it is meant for other programs too, and it does not
//! depend on the schema of a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::backup::BackupError;
use crate::clock::Timestamp;
use crate::settings::SettingsError;
use crate::store::StoreError;
use crate::token::KeyRing;

mod archive;
pub mod export;
pub mod import;
mod reading;

/// What the manifest calls the format.
pub const FORMAT: &str = "jarshy-takeout";
/// The version of the format. It changes where an older program would misread an archive.
pub const VERSION: u32 = 1;

const MANIFEST: &str = "manifest.json";
const README: &str = "README.txt";
const SETTINGS: &str = "settings";
/// Folders of the archive.
const MEDIA: &str = "media/";
const SIZES: &str = "media-sizes/";

pub type Result<T> = std::result::Result<T, TakeoutError>;

/// The last entry of the archive: what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    /// Of Jarshy.
    pub program_version: String,
    #[serde(with = "crate::clock::moment")]
    pub made_at: Timestamp,
    /// Tells whether the digests of erased addresses are of the same secret key, without telling
    /// the key.
    pub key_digest: String,
    /// The lines of each file, and how many media files there are.
    pub counts: BTreeMap<String, u64>,
    /// The last number that each table has given to a row: links in old email name rows by
    /// number, also of those that are gone.
    pub last_ids: BTreeMap<String, i64>,
}

/// Why there is no takeout, or none was read in.
#[derive(Debug, thiserror::Error)]
pub enum TakeoutError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("the archive cannot be written: {0}")]
    Write(std::io::Error),
    #[error("the takeout was interrupted")]
    Interrupted,
    #[error("the file cannot be read: {0}")]
    Read(std::io::Error),
    #[error("this is no takeout of Jarshy: {0}")]
    NotATakeout(String),
    #[error("the archive is damaged or incomplete: {0}")]
    Damaged(String),
    #[error(
        "the archive has version {0} of the format, which this version of Jarshy does not know; \
         install the newer version"
    )]
    NewerVersion(u32),
    #[error("the installation is not empty: there are rows in {0}")]
    NotEmpty(&'static str),
    #[error("{0} is missing in the archive")]
    Missing(String),
    #[error("{0:?} does not belong into a takeout")]
    Unknown(String),
    #[error("the archive unpacks to far more than it can hold")]
    TooLarge,
    #[error("{file}, line {line}: {problem}")]
    Line {
        file: String,
        line: u64,
        problem: String,
    },
    #[error("{file}, lines up to {line}: {cause}")]
    Rows {
        file: String,
        line: u64,
        cause: StoreError,
    },
    #[error("{file} has {found} lines, and the manifest says {expected}")]
    Count {
        file: String,
        expected: u64,
        found: u64,
    },
    #[error("{file} {problem}")]
    Medium { file: String, problem: String },
    #[error("the setting {0} cannot be taken over: {1}")]
    Setting(String, String),
}

impl From<SettingsError> for TakeoutError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            SettingsError::Invalid(problems) => {
                let (key, problem) = problems.into_iter().next().unwrap_or_default();
                Self::Setting(key, problem)
            }
        }
    }
}

/// What tells one secret key from another, without telling the key.
fn key_digest(keys: &KeyRing) -> String {
    data_encoding::HEXLOWER.encode(&keys.digest(b"takeout"))
}
