//! The archive as a stream: what is written goes out in pieces, and memory holds one of them.

use std::io::{self, Write};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::mpsc::Sender;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::{Result, TakeoutError};

/// Bytes of a piece.
const PIECE: usize = 128 * 1024;
/// Little gain for much time beyond.
const LEVEL: i64 = 4;

/// A part of the archive, or why it ends before its end.
pub type Piece = Result<Vec<u8>>;

/// Writes entries one after the other. No entry has a time, so that the same content is the
/// same archive.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Pending>>,
    pending: Pending,
    to: Sender<Piece>,
}

/// Bytes that have not been sent.
#[derive(Clone, Default)]
struct Pending(Arc<Mutex<Vec<u8>>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    pub fn new(to: Sender<Piece>) -> Self {
        let pending = Pending::default();
        Self {
            zip: ZipWriter::new_stream(pending.clone()),
            pending,
            to,
        }
    }

    pub fn begin(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            // Nobody knows yet how long it becomes.
            .large_file(true);
        self.zip.start_file(name, options).map_err(failed)
    }

    /// Adds to the entry that was begun last.
    pub async fn add(&mut self, bytes: &[u8]) -> Result<()> {
        for part in bytes.chunks(PIECE) {
            self.zip.write_all(part).map_err(TakeoutError::Write)?;
            self.send(PIECE).await?;
        }
        Ok(())
    }

    pub async fn finish(self) -> Result<()> {
        let Self { zip, pending, to } = self;
        zip.finish().map_err(failed)?;
        send(&to, &pending, 1).await
    }

    async fn send(&mut self, least: usize) -> Result<()> {
        send(&self.to, &self.pending, least).await
    }
}

async fn send(to: &Sender<Piece>, pending: &Pending, least: usize) -> Result<()> {
    let piece = {
        let mut bytes = pending.0.lock();
        if bytes.len() < least {
            return Ok(());
        }
        std::mem::take(&mut *bytes)
    };
    // Nobody wants the rest.
    to.send(Ok(piece))
        .await
        .map_err(|_| TakeoutError::Interrupted)
}

fn failed(error: zip::result::ZipError) -> TakeoutError {
    TakeoutError::Write(error.into())
}
