//! Encryption of a backup with a passphrase, in the format of age.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, scrypt};

use super::file::create_private;
use super::{BackupError, Result};

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Sqlite,
    Age,
    PgDump,
    Other,
}

impl Format {
    pub fn of(path: &Path) -> Result<Self> {
        let mut start = Vec::new();
        let read = File::open(path).and_then(|file| file.take(32).read_to_end(&mut start));
        read.map_err(|cause| io(path, cause))?;
        Ok(match start.as_slice() {
            [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => Self::Sqlite,
            [b'P', b'G', b'D', b'M', b'P', ..] => Self::PgDump,
            other if other.starts_with(b"age-encryption.org/") => Self::Age,
            _ => Self::Other,
        })
    }
}

fn io(path: &Path, cause: std::io::Error) -> BackupError {
    BackupError::Io {
        path: path.to_owned(),
        cause,
    }
}

/// Encrypts `from` into the new file `to`.
pub async fn encrypt(from: &Path, to: &Path, passphrase: &str) -> Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let passphrase = SecretString::from(passphrase.to_owned());
    on_own_thread(move || {
        let mut input = BufReader::new(File::open(&from).map_err(|cause| io(&from, cause))?);
        let output = BufWriter::new(create_private(&to)?);
        let written = Encryptor::with_user_passphrase(passphrase)
            .wrap_output(output)
            .and_then(|mut writer| {
                std::io::copy(&mut input, &mut writer)?;
                writer.finish()?.flush()
            });
        written.map_err(|cause| io(&to, cause))
    })
    .await
}

/// Decrypts `from` into the new file `to`.
pub async fn decrypt(from: &Path, to: &Path, passphrase: &str) -> Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let passphrase = SecretString::from(passphrase.to_owned());
    on_own_thread(move || {
        let input = BufReader::new(File::open(&from).map_err(|cause| io(&from, cause))?);
        let refused = |error: DecryptError| match error {
            DecryptError::Io(cause) => io(&from, cause),
            DecryptError::ExcessiveWork { .. } => BackupError::Encryption(error.to_string()),
            _ => BackupError::WrongPassphrase(from.clone()),
        };
        let decryptor = Decryptor::new_buffered(input).map_err(refused)?;
        let identity = scrypt::Identity::new(passphrase);
        let identities = std::iter::once(&identity as &dyn Identity);
        let mut reader = decryptor.decrypt(identities).map_err(refused)?;
        let mut output = BufWriter::new(create_private(&to)?);
        std::io::copy(&mut reader, &mut output).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => {
                BackupError::WrongPassphrase(from.clone())
            }
            _ => io(&to, cause),
        })?;
        output.flush().map_err(|cause| io(&to, cause))
    })
    .await
}

/// Copies `from` to the new file `to`.
pub async fn copy(from: &Path, to: &Path) -> Result<()> {
    let (from, to): (PathBuf, PathBuf) = (from.to_owned(), to.to_owned());
    on_own_thread(move || {
        let mut input = File::open(&from).map_err(|cause| io(&from, cause))?;
        let mut output = create_private(&to)?;
        std::io::copy(&mut input, &mut output).map_err(|cause| io(&to, cause))?;
        Ok(())
    })
    .await
}

async fn on_own_thread(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(BackupError::Encryption(error.to_string())))
}
