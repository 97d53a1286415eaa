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
    pub(super) good: TlsAcceptor,
    pub(super) strange: TlsAcceptor,
}

impl Certificates {
    pub(super) fn make() -> Self {
        let (authority, good) = acceptor();
        let (_, strange) = acceptor();
        Self {
            authority,
            good,
            strange,
        }
    }
}

/// A server with a certificate for loopback, and the authority that signed it.
fn acceptor() -> (String, TlsAcceptor) {
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
    (authority.pem(), TlsAcceptor::from(Arc::new(config)))
}
