//! A certificate with its private key, as the server shows it.

use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, InconsistentKeys};
use webpki::EndEntityCert;
use x509_parser::parse_x509_certificate;

use crate::clock::Timestamp;

/// A certificate that can be shown.
#[derive(Debug, Clone)]
pub struct Certificate {
    pub(super) key: Arc<CertifiedKey>,
    /// From when on it counts.
    pub not_before: Timestamp,
    /// Until when it counts.
    pub not_after: Timestamp,
}

/// Why a certificate cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("it holds no certificate in PEM")]
    NoCertificate,
    #[error("its certificate cannot be read: {0}")]
    Certificate(String),
    #[error("its key is no private key in PEM, or is encrypted")]
    NoKey,
    #[error("its key cannot be used: {0}")]
    Key(String),
    #[error("the key belongs to another certificate")]
    Mismatch,
}

impl Certificate {
    /// Reads a chain of certificates, the server's own first, and its key.
    ///
    /// # Errors
    /// [`CertificateError`] where a client could not be served with them.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, CertificateError> {
        let chain = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| CertificateError::Certificate(error.to_string()))?;
        let own = chain.first().ok_or(CertificateError::NoCertificate)?;
        let (not_before, not_after) = validity(own)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| CertificateError::NoKey)?;
        let key = CertifiedKey::from_der(chain, key, &default_provider()).map_err(of_key)?;
        Ok(Self {
            key: Arc::new(key),
            not_before,
            not_after,
        })
    }

    /// Whether it is for this host.
    pub fn is_for(&self, host: &str) -> bool {
        let Some(own) = self.key.cert.first() else {
            return false;
        };
        let name = ServerName::try_from(host.trim_matches(['[', ']']));
        match (EndEntityCert::try_from(own), name) {
            (Ok(own), Ok(name)) => own.verify_is_valid_for_subject_name(&name).is_ok(),
            _ => false,
        }
    }

    /// For how long it counts in all.
    pub fn lasts(&self) -> Duration {
        self.not_after.since(self.not_before)
    }

    /// Whether it counts at this time.
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.not_before <= now && now < self.not_after
    }
}

fn validity(own: &CertificateDer<'_>) -> Result<(Timestamp, Timestamp), CertificateError> {
    let (_, parsed) = parse_x509_certificate(own)
        .map_err(|error| CertificateError::Certificate(error.to_string()))?;
    let validity = parsed.validity();
    let at = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1000));
    Ok((
        at(validity.not_before.timestamp()),
        at(validity.not_after.timestamp()),
    ))
}

fn of_key(error: rustls::Error) -> CertificateError {
    match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            CertificateError::Mismatch
        }
        other => CertificateError::Key(other.to_string()),
    }
}

/// A certificate for `host` and its key, in PEM.
#[cfg(test)]
pub(super) fn made(host: &str, from: (i32, u8, u8), to: (i32, u8, u8)) -> (String, String) {
    let mut parameters = rcgen::CertificateParams::new(vec![host.to_owned()]).unwrap();
    parameters.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
    parameters.not_after = rcgen::date_time_ymd(to.0, to.1, to.2);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = parameters.self_signed(&key).unwrap();
    (certificate.pem(), key.serialize_pem())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(chain: &str, key: &str) -> Result<Certificate, CertificateError> {
        Certificate::from_pem(chain.as_bytes(), key.as_bytes())
    }

    #[test]
    fn names_and_times_are_those_of_the_certificate() {
        let (chain, key) = made("*.example.org", (2024, 1, 1), (2024, 4, 1));
        let certificate = parsed(&chain, &key).unwrap();
        assert!(certificate.is_for("news.example.org"));
        assert!(!certificate.is_for("example.net") && !certificate.is_for("no host"));
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        assert!(certificate.is_valid_at(at("2024-02-01T00:00:00Z")));
        assert!(!certificate.is_valid_at(at("2024-04-01T00:00:01Z")));
        assert!(!certificate.is_valid_at(at("2023-12-31T00:00:00Z")));
    }

    #[test]
    fn what_no_client_could_use_is_an_error() {
        let (chain, key) = made("a.example", (2024, 1, 1), (2034, 1, 1));
        let (_, other) = made("a.example", (2024, 1, 1), (2034, 1, 1));
        let refused = |chain: &str, key: &str| parsed(chain, key).err().unwrap();
        assert_eq!(refused(&chain, &other), CertificateError::Mismatch);
        assert_eq!(refused("", &key), CertificateError::NoCertificate);
        assert_eq!(refused(&key, &key), CertificateError::NoCertificate);
        assert_eq!(refused(&chain, &chain), CertificateError::NoKey);
        let mut lines: Vec<&str> = chain.lines().collect();
        lines.remove(3);
        let cut = lines.join("\n");
        assert!(matches!(
            refused(&cut, &key),
            CertificateError::Certificate(_)
        ));
    }
}
