//! Which certificate a client is shown.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::certificate::Certificate;

/// The protocol of ACME's challenge by TLS (RFC 8737).
pub const ACME_PROTOCOL: &[u8] = b"acme-tls/1";

/// The certificate in use, and those that answer a challenge.
#[derive(Debug, Default)]
pub struct Resolver {
    current: RwLock<Option<Certificate>>,
    challenges: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

impl Resolver {
    pub fn current(&self) -> Option<Certificate> {
        self.current.read().clone()
    }

    /// Shows another certificate to clients that connect from now on.
    pub fn replace(&self, certificate: Certificate) {
        *self.current.write() = Some(certificate);
    }

    /// Answers the challenge for a host until the guard is dropped.
    pub fn answer(self: &Arc<Self>, host: &str, certificate: CertifiedKey) -> ChallengeGuard {
        let host = host.to_ascii_lowercase();
        let mut challenges = self.challenges.write();
        challenges.insert(host.clone(), Arc::new(certificate));
        ChallengeGuard {
            resolver: self.clone(),
            host,
        }
    }
}

/// A challenge that is being answered.
pub struct ChallengeGuard {
    resolver: Arc<Resolver>,
    host: String,
}

impl Drop for ChallengeGuard {
    fn drop(&mut self) {
        self.resolver.challenges.write().remove(&self.host);
    }
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // RFC 8737 §3: the authority offers this protocol alone, and must not be shown the
        // certificate in use.
        let is_challenge = hello
            .alpn()
            .is_some_and(|mut offered| offered.any(|protocol| protocol == ACME_PROTOCOL));
        if is_challenge {
            let host = hello.server_name()?.to_ascii_lowercase();
            return self.challenges.read().get(&host).cloned();
        }
        self.current
            .read()
            .as_ref()
            .map(|current| current.key.clone())
    }
}
