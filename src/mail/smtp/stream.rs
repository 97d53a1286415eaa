//! The octets' way to a relay: TCP, in the open or under TLS.

use std::io;
use std::sync::{Arc, OnceLock};

use rustls_pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub(super) enum Stream {
    Open(TcpStream),
    Private(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub(super) async fn connect(host: &str, port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect((host, port)).await?;
        // Without it the system holds small writes back for the other side's
        // acknowledgement, which costs 40 ms a message.
        stream.set_nodelay(true)?;
        Ok(Self::Open(stream))
    }

    /// Changes over to TLS; the relay must prove to be `host`.
    pub(super) async fn start_tls(self, host: &str) -> io::Result<Self> {
        let Stream::Open(stream) = self else {
            return Ok(self);
        };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let private = TlsConnector::from(trust()?).connect(name, stream).await?;
        Ok(Self::Private(Box::new(private)))
    }

    pub(super) async fn write_all(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Stream::Open(stream) => stream.write_all(octets).await,
            Stream::Private(stream) => {
                stream.write_all(octets).await?;
                stream.flush().await
            }
        }
    }

    pub(super) async fn read_buf(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Stream::Open(stream) => stream.read_buf(into).await,
            Stream::Private(stream) => stream.read_buf(into).await,
        }
    }

    /// Reads what is there already; `None` where there is nothing.
    pub(super) fn read_ready(&mut self, into: &mut Vec<u8>) -> Option<io::Result<usize>> {
        let reading = std::pin::pin!(self.read_buf(into));
        let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
        match reading.poll(&mut nobody) {
            std::task::Poll::Ready(read) => Some(read),
            std::task::Poll::Pending => None,
        }
    }
}

/// The certificates that this machine trusts, read once.
fn trust() -> io::Result<Arc<ClientConfig>> {
    static TRUST: OnceLock<Result<Arc<ClientConfig>, String>> = OnceLock::new();
    TRUST
        .get_or_init(read_trust)
        .clone()
        .map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause))
}

fn read_trust() -> Result<Arc<ClientConfig>, String> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        let why = found.errors.first().map(ToString::to_string);
        return Err(format!(
            "this machine has no certificates to trust: {}",
            why.unwrap_or_default()
        ));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
