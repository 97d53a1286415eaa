//! Lines and replies over a stream.

use std::io::{Error, ErrorKind, Result};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

const END: &[u8] = b"\r\n.\r\n";

pub struct Wire {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
    pub single_octets: bool,
}

impl Wire {
    pub fn new(stream: impl Stream + 'static, single_octets: bool) -> Self {
        Self {
            stream: Box::new(stream),
            buffer: Vec::new(),
            single_octets,
        }
    }

    /// The stream underneath, and what was read of it too early.
    pub fn into_parts(self) -> (Box<dyn Stream>, Vec<u8>) {
        (self.stream, self.buffer)
    }

    /// Whether the client said more than was read.
    pub fn has_more(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Throws away what the client said and nobody has read.
    pub fn forget(&mut self) {
        self.buffer.clear();
    }

    async fn fill(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// A command without its line end.
    pub async fn line(&mut self) -> Result<String> {
        loop {
            if let Some(end) = self.buffer.iter().position(|octet| *octet == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let line = line
                    .strip_suffix(b"\r\n")
                    .ok_or_else(|| Error::other("a bare LF"))?;
                return Ok(String::from_utf8_lossy(line).into_owned());
            }
            self.fill().await?;
        }
    }

    /// Waits for the first octets of a message.
    pub async fn message_begins(&mut self) -> Result<()> {
        if self.buffer.is_empty() {
            self.fill().await?;
        }
        Ok(())
    }

    /// A whole message, dots still stuffed.
    pub async fn message(&mut self) -> Result<Vec<u8>> {
        // A message may be nothing but its end.
        let mut seen = 0;
        loop {
            if self.buffer.starts_with(&END[2..]) {
                self.buffer.drain(..3);
                return Ok(Vec::new());
            }
            let found = self.buffer[seen..]
                .windows(END.len())
                .position(|at| at == END);
            if let Some(end) = found.map(|at| at + seen) {
                let mut message: Vec<u8> = self.buffer.drain(..end + END.len()).collect();
                message.truncate(end + 2);
                return Ok(message);
            }
            seen = self.buffer.len().saturating_sub(END.len());
            self.fill().await?;
        }
    }

    /// Writes octets as they are.
    pub async fn write(&mut self, octets: &[u8]) -> Result<()> {
        if !self.single_octets {
            self.stream.write_all(octets).await?;
            return self.stream.flush().await;
        }
        for octet in octets {
            self.stream.write_all(std::slice::from_ref(octet)).await?;
            self.stream.flush().await?;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// Waits for the client to go away.
    pub async fn closed(&mut self) {
        let mut sink = [0; 1024];
        while !matches!(self.stream.read(&mut sink).await, Ok(0) | Err(_)) {}
    }

    /// Hangs up with a FIN, after what was written.
    pub async fn close(&mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(1), self.stream.shutdown()).await;
    }
}
