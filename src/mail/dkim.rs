//! DKIM signatures (RFC 6376) with RSA-2048 and Ed25519 (RFC 8463).

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use data_encoding::BASE64;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The signed header fields, if the message has them. `From` and `Subject` are listed twice, so
/// that no one can add another (RFC 6376 §8.15).
const SIGNED_HEADERS: [&str; 18] = [
    "From",
    "From",
    "To",
    "Subject",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Archive",
    "Feedback-ID",
    "Auto-Submitted",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// 2048 bits, understood everywhere.
    Rsa,
    /// Short and quick; not every receiver knows it yet.
    Ed25519,
}

impl Algorithm {
    /// The value of the `k=` tag of a key record.
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Rsa => "rsa",
            Algorithm::Ed25519 => "ed25519",
        }
    }

    /// The algorithm of this name.
    pub fn parse(text: &str) -> Option<Self> {
        [Algorithm::Rsa, Algorithm::Ed25519]
            .into_iter()
            .find(|a| a.as_str() == text)
    }
}

/// A key cannot be made, read or used.
#[derive(Debug, thiserror::Error)]
#[error("DKIM: {0}")]
pub struct DkimError(String);

impl DkimError {
    /// An error with its cause in words.
    pub fn new(cause: &str) -> Self {
        Self(cause.to_owned())
    }
}

fn error(cause: impl std::fmt::Display) -> DkimError {
    DkimError(cause.to_string())
}

/// A private key as PKCS #8.
pub struct PrivateKey {
    /// Its algorithm.
    pub algorithm: Algorithm,
    /// PKCS #8 in DER.
    pub pkcs8: Vec<u8>,
}

impl PrivateKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn generate(algorithm: Algorithm) -> Result<Self, DkimError> {
        let pkcs8 = match algorithm {
            Algorithm::Rsa => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(error)?;
                AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair)
                    .map_err(error)?
                    .as_ref()
                    .to_vec()
            }
            Algorithm::Ed25519 => Ed25519Key::generate_pkcs8().map_err(error)?,
        };
        Ok(Self { algorithm, pkcs8 })
    }

    /// The text of the TXT record at `SELECTOR._domainkey.DOMAIN` (RFC 6376
    /// §3.6.1; for Ed25519 the bare public key, RFC 8463 §4).
    ///
    /// # Errors
    /// Where the key is not of its algorithm.
    pub fn dns_record(&self) -> Result<String, DkimError> {
        let public = match self.algorithm {
            Algorithm::Rsa => {
                let pair = RsaKeyPair::from_pkcs8(&self.pkcs8).map_err(error)?;
                let der: PublicKeyX509Der<'_> = pair.public_key().as_der().map_err(error)?;
                der.as_ref().to_vec()
            }
            Algorithm::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8(&self.pkcs8).map_err(error)?;
                pair.public_key().as_ref().to_vec()
            }
        };
        Ok(format!(
            "v=DKIM1; k={}; p={}",
            self.algorithm.as_str(),
            BASE64.encode(&public)
        ))
    }
}

/// The text of a TXT record for a zone file: strings of at most 255 bytes, each in quotes (RFC
/// 1035 §3.3.14).
fn zone_strings(record: &str) -> String {
    let bytes: Vec<char> = record.chars().collect();
    bytes
        .chunks(255)
        .map(|chunk| format!("\"{}\"", chunk.iter().collect::<String>()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A TXT record for a zone file.
pub fn zone_line(name: &str, record: &str) -> String {
    format!("{name}. IN TXT {}", zone_strings(record))
}

/// Signs messages of one domain with each of its active keys.
#[derive(Default)]
pub struct Signer {
    keys: Vec<SigningKey>,
}

enum SigningKey {
    Rsa(Box<DkimSigner<RsaKey<Sha256>, Done>>),
    Ed25519(Box<DkimSigner<Ed25519Key, Done>>),
}

impl Signer {
    /// Adds a key under its selector.
    ///
    /// # Errors
    /// Where the key cannot be read.
    pub fn add(&mut self, domain: &str, selector: &str, key: &PrivateKey) -> Result<(), DkimError> {
        self.keys.push(match key.algorithm {
            Algorithm::Rsa => {
                let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.pkcs8.as_slice()));
                let key = RsaKey::<Sha256>::from_key_der(der).map_err(error)?;
                SigningKey::Rsa(Box::new(
                    DkimSigner::from_key(key)
                        .domain(domain)
                        .selector(selector)
                        .headers(SIGNED_HEADERS),
                ))
            }
            Algorithm::Ed25519 => {
                let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(&key.pkcs8).map_err(error)?;
                SigningKey::Ed25519(Box::new(
                    DkimSigner::from_key(key)
                        .domain(domain)
                        .selector(selector)
                        .headers(SIGNED_HEADERS),
                ))
            }
        });
        Ok(())
    }

    /// Whether there is any key to sign with.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a signature takes much longer than writing a message.
    pub fn is_slow(&self) -> bool {
        let is_rsa = |key: &SigningKey| matches!(key, SigningKey::Rsa(_));
        self.keys.iter().any(is_rsa)
    }

    /// The message with a `DKIM-Signature` for each key in front of it.
    ///
    /// # Errors
    /// Where a key fails.
    pub fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, DkimError> {
        if self.is_empty() {
            return Ok(message);
        }
        let mut signed = Vec::with_capacity(message.len() + 1024 * self.keys.len());
        for key in &self.keys {
            let signature = match key {
                SigningKey::Rsa(signer) => signer.sign(&message),
                SigningKey::Ed25519(signer) => signer.sign(&message),
            };
            signature.map_err(error)?.write_header(&mut signed);
        }
        signed.extend_from_slice(&message);
        Ok(signed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_once_by_each_key() {
        let mut signer = Signer::default();
        for (selector, algorithm) in [("r1", Algorithm::Rsa), ("e1", Algorithm::Ed25519)] {
            let key = PrivateKey::generate(algorithm).unwrap();
            assert!(key.dns_record().unwrap().contains(algorithm.as_str()));
            signer.add("example.kz", selector, &key).unwrap();
        }
        let message = b"From: a@example.kz\r\nSubject: Hello\r\n\r\nText\r\n".to_vec();
        let signed = String::from_utf8(signer.sign(message).unwrap()).unwrap();
        assert_eq!(signed.matches("DKIM-Signature:").count(), 2);
        assert!(signed.contains("a=rsa-sha256") && signed.contains("a=ed25519-sha256"));
        assert!(signed.ends_with("\r\n\r\nText\r\n"));
    }

    #[test]
    fn long_records_are_cut_for_zone_files() {
        let strings = zone_strings(&"a".repeat(300));
        assert_eq!(
            strings,
            format!("\"{}\" \"{}\"", "a".repeat(255), "a".repeat(45))
        );
    }
}
