//! The octets' way to a relay: TCP, in the open or under TLS.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::tls::Trust;

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

    /// Changes over to TLS; the relay must prove to be `host` as far as `trust`
    /// asks for it.
    pub(super) async fn start_tls(self, host: &str, trust: &Trust) -> io::Result<Self> {
        let Stream::Open(stream) = self else {
            return Ok(self);
        };
        let private = trust.connect(host, stream).await?;
        Ok(Self::Private(Box::new(private)))
    }

    pub(super) fn is_private(&self) -> bool {
        matches!(self, Stream::Private(_))
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
