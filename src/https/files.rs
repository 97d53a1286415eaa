//! A certificate in files, which other programs renew.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::certificate::{Certificate, CertificateError};

/// Bytes of a file; a long chain has some thousands.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// Why the files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("{path} cannot be read: {cause}")]
    File { path: String, cause: io::Error },
    #[error("{path} is larger than a certificate can be")]
    TooLarge { path: String },
    #[error("{files} cannot be used: {cause}")]
    Certificate {
        files: String,
        cause: CertificateError,
    },
}

/// A certificate's file and that of its key.
#[derive(Debug, Clone)]
pub struct Files {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// What the files held.
#[derive(PartialEq, Eq)]
pub struct Contents {
    chain: Vec<u8>,
    key: Vec<u8>,
}

impl Files {
    pub async fn read(&self) -> Result<Contents, FilesError> {
        let files = self.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let (chain, key) = (read(&files.cert)?, read(&files.key)?);
            Ok(Contents { chain, key })
        });
        reading.await.unwrap_or_else(|error| {
            Err(FilesError::File {
                path: self.cert.display().to_string(),
                cause: io::Error::other(error),
            })
        })
    }

    /// The certificate that the files held.
    pub fn certificate(&self, contents: &Contents) -> Result<Certificate, FilesError> {
        let certificate = Certificate::from_pem(&contents.chain, &contents.key);
        certificate.map_err(|cause| FilesError::Certificate {
            files: format!("{} with {}", self.cert.display(), self.key.display()),
            cause,
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, FilesError> {
    let failed = |cause| FilesError::File {
        path: path.display().to_string(),
        cause,
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut content = Vec::new();
    file.take(SIZE_LIMIT + 1)
        .read_to_end(&mut content)
        .map_err(failed)?;
    if content.len() as u64 > SIZE_LIMIT {
        return Err(FilesError::TooLarge {
            path: path.display().to_string(),
        });
    }
    Ok(content)
}
