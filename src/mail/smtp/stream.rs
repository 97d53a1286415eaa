//! The byte stream to a relay: TCP, plain or under TLS.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::tls::Trust;

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub(super) async fn connect(host: &str, port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect((host, port)).await?;
        // Otherwise the system delays small writes until an acknowledgement (Nagle), which
        // costs 40 ms per message.
        stream.set_nodelay(true)?;
        Ok(Self::Plain(stream))
    }

    /// Starts TLS; the relay must prove to be `host` as far as `trust` requires.
    pub(super) async fn start_tls(self, host: &str, trust: &Trust) -> io::Result<Self> {
        let Stream::Plain(stream) = self else {
            return Ok(self);
        };
        let tls = trust.connect(host, stream).await?;
        Ok(Self::Tls(Box::new(tls)))
    }

    pub(super) fn is_tls(&self) -> bool {
        matches!(self, Stream::Tls(_))
    }

    pub(super) async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Stream::Plain(stream) => stream.write_all(bytes).await,
            Stream::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    pub(super) async fn read_buf(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Stream::Plain(stream) => stream.read_buf(into).await,
            Stream::Tls(stream) => stream.read_buf(into).await,
        }
    }

    /// Reads what has arrived; `None` where nothing has.
    pub(super) fn read_ready(&mut self, into: &mut Vec<u8>) -> Option<io::Result<usize>> {
        let reading = std::pin::pin!(self.read_buf(into));
        let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
        match reading.poll(&mut nobody) {
            std::task::Poll::Ready(read) => Some(read),
            std::task::Poll::Pending => None,
        }
    }
}
