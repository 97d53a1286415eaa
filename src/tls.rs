//! TLS for relays and mailboxes, and how the server must prove its identity.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use data_encoding::HEXUPPER;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::crypto::{verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore,
    SignatureScheme,
};

/// What a TLS client trusts; cheap to clone.
#[derive(Clone)]
pub struct Trust {
    rule: Rule,
    config: Arc<OnceLock<Result<Arc<ClientConfig>, String>>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// A certificate for the host's name by an authority that this machine
    /// trusts.
    System,
    /// The same by these authorities alone, or one of these certificates.
    Authorities(Vec<CertificateDer<'static>>),
    /// One of the certificates with these SHA-256 fingerprints, whatever it says.
    Pinned(Vec<[u8; 32]>),
    /// Anybody: the line is encrypted against listeners alone.
    Anybody,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The file cannot be read.
    #[error("the file of certificates {0} cannot be read: {1}")]
    File(String, String),
    /// The file has no certificate.
    #[error("the file {0} holds no certificate in PEM")]
    NoCertificate(String),
    /// Not `sha256:` and 32 octets in hexadecimal.
    #[error(
        "a fingerprint looks like sha256:AB:CD:… with 32 pairs; openssl x509 -noout -fingerprint -sha256 prints it"
    )]
    Fingerprint,
}

impl Trust {
    fn new(rule: Rule) -> Self {
        Self {
            rule,
            config: Arc::default(),
        }
    }

    /// The authorities that this machine trusts.
    pub fn system() -> Self {
        Self::new(Rule::System)
    }

    /// Everybody: no proof is asked for.
    pub fn anybody() -> Self {
        Self::new(Rule::Anybody)
    }

    /// The authorities whose certificates are in a PEM file. A server's own
    /// certificate may be there too.
    ///
    /// # Errors
    /// [`TrustError`] where there are none.
    pub fn of_file(path: &str) -> Result<Self, TrustError> {
        let found = CertificateDer::pem_file_iter(Path::new(path))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| TrustError::File(path.to_owned(), error.to_string()))?;
        if found.is_empty() {
            Err(TrustError::NoCertificate(path.to_owned()))
        } else {
            Ok(Self::new(Rule::Authorities(found)))
        }
    }

    /// The certificate with this fingerprint too, such as `sha256:AB:CD:…`.
    /// With fingerprints, nothing else about a certificate counts.
    ///
    /// # Errors
    /// [`TrustError::Fingerprint`] for other text.
    pub fn and_fingerprint(self, text: &str) -> Result<Self, TrustError> {
        let digits = text
            .strip_prefix("sha256:")
            .or(text.strip_prefix("SHA256:"));
        let digits = digits
            .ok_or(TrustError::Fingerprint)?
            .replace([':', ' '], "");
        let octets = HEXUPPER.decode(digits.to_ascii_uppercase().as_bytes());
        let octets = octets.ok().and_then(|octets| octets.try_into().ok());
        let fingerprint: [u8; 32] = octets.ok_or(TrustError::Fingerprint)?;
        let mut fingerprints = match self.rule {
            Rule::Pinned(before) => before,
            _ => Vec::new(),
        };
        fingerprints.push(fingerprint);
        Ok(Self::new(Rule::Pinned(fingerprints)))
    }

    /// Whether the other side must prove who it is.
    pub fn is_verifying(&self) -> bool {
        self.rule != Rule::Anybody
    }

    /// Changes a connection over to TLS.
    ///
    /// # Errors
    /// Of kind `InvalidData` where the other side is not who it must be, or
    /// speaks no TLS: nothing that waiting would mend.
    pub async fn connect(&self, host: &str, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let invalid = |cause: String| io::Error::new(io::ErrorKind::InvalidData, cause);
        // No certificate has a zone.
        let host = host.split_once('%').map_or(host, |(address, _)| address);
        let name = match ServerName::try_from(host.to_owned()) {
            Ok(name) => name,
            // A name that no certificate can have is no hindrance where none counts.
            Err(_) if !matches!(self.rule, Rule::System | Rule::Authorities(_)) => {
                ServerName::try_from("relay.invalid").map_err(|error| invalid(error.to_string()))?
            }
            Err(error) => return Err(invalid(error.to_string())),
        };
        let config = self.config.get_or_init(|| self.rule.config());
        let config = config.clone().map_err(invalid)?;
        let connected = TlsConnector::from(config).connect(name, stream).await;
        connected.map_err(in_words)
    }
}

/// The reason why the certificate was rejected, instead of the name of the library error.
fn in_words(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    let refused = match inner {
        Some(Error::InvalidCertificate(CertificateError::Other(OtherError(refused)))) => {
            refused.downcast_ref::<CertificateRefused>()
        }
        _ => None,
    };
    match refused {
        Some(refused) => io::Error::new(io::ErrorKind::InvalidData, refused.clone()),
        None => error,
    }
}

/// The server has presented a certificate that is not trusted.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the certificate is not trusted: {cause} (its fingerprint is {fingerprint})")]
pub struct CertificateRefused {
    cause: String,
    fingerprint: String,
}

impl CertificateRefused {
    /// Whether a failed handshake was for this reason.
    pub fn is_cause_of(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }
}

fn fingerprint(certificate: &CertificateDer<'_>) -> [u8; 32] {
    Sha256::digest(certificate).into()
}

fn cause(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "no authority that is trusted here has signed it".to_owned()
        }
        Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "it has expired".to_owned(),
        Error::InvalidCertificate(certificate) => certificate.to_string(),
        other => other.to_string(),
    }
}

impl Rule {
    fn config(&self) -> Result<Arc<ClientConfig>, String> {
        if *self == Rule::System {
            static SYSTEM: OnceLock<Result<Arc<ClientConfig>, String>> = OnceLock::new();
            return SYSTEM.get_or_init(|| self.make_config()).clone();
        }
        self.make_config()
    }

    fn make_config(&self) -> Result<Arc<ClientConfig>, String> {
        let provider = Arc::new(default_provider());
        let chain = match self {
            Rule::System => Some(system_roots()?),
            Rule::Authorities(found) => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(found.iter().cloned());
                Some(roots)
            }
            Rule::Pinned(_) | Rule::Anybody => None,
        };
        let chain = chain.filter(|roots| !roots.is_empty()).map(|roots| {
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
                .build()
                .map_err(|error| error.to_string())
        });
        let verifier = Verifier {
            rule: self.clone(),
            chain: chain.transpose()?,
            schemes: provider.signature_verification_algorithms,
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Arc::new(config))
    }
}

fn system_roots() -> Result<RootCertStore, String> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        let why = found.errors.first().map(ToString::to_string);
        return Err(format!(
            "this machine has no certificates to trust: {}",
            why.unwrap_or_else(|| "install ca-certificates".to_owned())
        ));
    }
    Ok(roots)
}

#[derive(Debug)]
struct Verifier {
    rule: Rule,
    /// `None` where the chain of authorities does not count.
    chain: Option<Arc<WebPkiServerVerifier>>,
    schemes: tokio_rustls::rustls::crypto::WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let is_known = match &self.rule {
            Rule::Anybody => true,
            Rule::Pinned(fingerprints) => fingerprints.contains(&fingerprint(certificate)),
            // A self-signed one is often marked as an authority, which the
            // chain's rules forbid for a server.
            Rule::Authorities(found) => found.iter().any(|one| one == certificate),
            Rule::System => false,
        };
        if is_known {
            return Ok(ServerCertVerified::assertion());
        }
        let cause = match &self.chain {
            None => "it is not the one with the fingerprint that is set".to_owned(),
            Some(chain) => {
                match chain.verify_server_cert(certificate, intermediates, name, ocsp, now) {
                    Ok(verified) => return Ok(verified),
                    Err(error) => cause(&error),
                }
            }
        };
        let refused = CertificateRefused {
            cause,
            fingerprint: Fingerprint(fingerprint(certificate)).to_string(),
        };
        Err(CertificateError::Other(OtherError(Arc::new(refused))).into())
    }

    // The signature proves that the other side holds the certificate's key.
    // Where any certificate will do, so will any key, and certificates too old
    // for the library to read.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match self.rule {
            Rule::Anybody => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls12_signature(message, certificate, signature, &self.schemes),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match self.rule {
            Rule::Anybody => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls13_signature(message, certificate, signature, &self.schemes),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.supported_schemes()
    }
}

struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        for (n, octet) in self.0.iter().enumerate() {
            let colon = if n == 0 { "" } else { ":" };
            write!(f, "{colon}{octet:02X}")?;
        }
        Ok(())
    }
}

impl PartialEq for Trust {
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule
    }
}

impl Eq for Trust {}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Rule::System => f.write_str("System"),
            Rule::Authorities(found) => write!(f, "Authorities({})", found.len()),
            Rule::Pinned(found) => write!(f, "Pinned({})", found.len()),
            Rule::Anybody => f.write_str("Anybody"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_as_openssl_writes_them() {
        let pairs = vec!["aB"; 32].join(":");
        let trust = Trust::system()
            .and_fingerprint(&format!("sha256:{pairs}"))
            .unwrap();
        assert_eq!(trust.rule, Rule::Pinned(vec![[0xab; 32]]));
        let both = trust
            .and_fingerprint(&format!("sha256:{}", "00".repeat(32)))
            .unwrap();
        assert_eq!(both.rule, Rule::Pinned(vec![[0xab; 32], [0; 32]]));
        assert_eq!(
            Fingerprint([0xab; 32]).to_string(),
            format!("sha256:{}", pairs.to_uppercase())
        );
        for wrong in ["", "sha256:", "sha1:00", "sha256:zz", &"00".repeat(32)] {
            assert!(Trust::system().and_fingerprint(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        assert!(matches!(
            Trust::of_file("/nonexistent"),
            Err(TrustError::File(..))
        ));
        assert!(matches!(
            Trust::of_file("/dev/null"),
            Err(TrustError::NoCertificate(_))
        ));
    }
}
