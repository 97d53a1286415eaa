//! Certificates made on the spot.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair, SanType};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// One certificate that a client may trust, and one of nobody.
pub struct Certificates {
    /// PEM of the authority behind the good one.
    pub authority: String,
    /// SHA-256 of the one of nobody, in hexadecimal.
    pub strange_fingerprint: String,
    pub(super) good: TlsAcceptor,
    pub(super) strange: TlsAcceptor,
}

impl Certificates {
    pub(super) fn make() -> Self {
        let (authority, good, _) = acceptor();
        let (_, strange, strange_fingerprint) = acceptor();
        Self {
            authority,
            strange_fingerprint,
            good,
            strange,
        }
    }
}

/// A server with a certificate for loopback, the authority that signed it, and
/// its fingerprint.
fn acceptor() -> (String, TlsAcceptor, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();

    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params
        .subject_alt_names
        .push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    let certificate = params.signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let fingerprint = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, certificate.der());
    let fingerprint = data_encoding::HEXLOWER.encode(fingerprint.as_ref());
    (
        authority.pem(),
        TlsAcceptor::from(Arc::new(config)),
        fingerprint,
    )
}
