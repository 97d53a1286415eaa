//! Reading the stored file of an import, piece by piece.

use std::io::Read;

use tokio::sync::mpsc;

use super::import::{error_line, row_line};
use super::import_limits::{BoundedRows, TOO_LONG, is_too_long};
use crate::context::Context;
use crate::model::ImportId;
use crate::store::{StoreError, imports};

/// Rows of one transaction: other writes take place in between.
const SLICE: usize = 500;

/// Why a file could not be opened.
pub(super) enum OpenError {
    /// It cannot be read, and never will be.
    File(String),
    /// The database.
    Store(StoreError),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Consecutive rows of a file.
#[derive(Default)]
pub(super) struct Slice {
    pub rows: Vec<(u64, csv::StringRecord)>,
    /// Rows that are not valid CSV: line and reason.
    pub broken: Vec<(u64, String)>,
}

impl Slice {
    fn is_full(&self) -> bool {
        self.rows.len() + self.broken.len() == SLICE
    }
}

/// Opens a file after its first `done` rows: its header, and its rows in slices
/// on demand. Memory holds a few pieces and slices.
pub(super) async fn open(
    cx: &Context,
    id: ImportId,
    done: usize,
) -> std::result::Result<(csv::StringRecord, mpsc::Receiver<Slice>), OpenError> {
    let first = imports::chunk(&mut cx.store.read().await?, id, 0).await?;
    let Some(first) = first.filter(|first| !first.is_empty()) else {
        return Err(OpenError::File("the file is empty".to_owned()));
    };
    let delimiter = delimiter(&first);
    let (pieces, incoming) = mpsc::channel(2);
    let feeder = cx.clone();
    tokio::spawn(async move {
        let mut piece = Some(first);
        let mut number = 0;
        while let Some(content) = piece.take() {
            if pieces.send(Ok(content)).await.is_err() {
                return;
            }
            number += 1;
            let read = async {
                let mut db = feeder.store.read().await?;
                imports::chunk(&mut db, id, number).await
            };
            match read.await {
                Ok(next) => piece = next,
                Err(error) => {
                    let _ = pieces.send(Err(std::io::Error::other(error))).await;
                }
            }
        }
    });
    let (found, header) = tokio::sync::oneshot::channel();
    let (slices, rows) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut reader = reader(Pieces::new(incoming), delimiter);
        let headers = reader.headers().cloned().map_err(|error| error.to_string());
        let is_readable = headers.is_ok();
        if found.send(headers).is_err() || !is_readable {
            return;
        }
        let mut slice = Slice::default();
        for (row, line) in reader.into_records().zip(2_u64..).skip(done) {
            match row {
                Ok(row) if is_too_long(&row) => {
                    slice
                        .broken
                        .push((row_line(&row, line), TOO_LONG.to_owned()));
                }
                Ok(row) => slice.rows.push((row_line(&row, line), row)),
                // A lost database connection must not look like the end of the file.
                Err(error) if error.is_io_error() => return,
                Err(error) => slice.broken.push((error_line(&error), error.to_string())),
            }
            if slice.is_full() && slices.blocking_send(std::mem::take(&mut slice)).is_err() {
                return;
            }
        }
        let _ = slices.blocking_send(slice);
    });
    let headers = header
        .await
        .map_err(|_| OpenError::File("the file cannot be read".to_owned()))?;
    Ok((headers.map_err(OpenError::File)?, rows))
}

pub(super) fn reader<R: Read>(file: R, delimiter: u8) -> csv::Reader<BoundedRows<R>> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(BoundedRows::new(file, delimiter))
}

/// The delimiter: whichever of comma, semicolon and tab the header has most of.
/// Spreadsheets use that of their locale.
pub(super) fn delimiter(piece: &[u8]) -> u8 {
    let header = piece.split(|byte| *byte == b'\n').next().unwrap_or(piece);
    let count = |mark: u8| header.iter().filter(|byte| **byte == mark).count();
    // The first of equals: `max_by_key` would take the last.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

/// Reads the stored pieces of a file as one.
struct Pieces {
    incoming: mpsc::Receiver<std::io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    read: usize,
}

impl Pieces {
    fn new(incoming: mpsc::Receiver<std::io::Result<Vec<u8>>>) -> Self {
        Self {
            incoming,
            piece: Vec::new(),
            read: 0,
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.read == self.piece.len() {
            match self.incoming.blocking_recv() {
                Some(piece) => (self.piece, self.read) = (piece?, 0),
                None => return Ok(0),
            }
        }
        let length = out.len().min(self.piece.len() - self.read);
        out[..length].copy_from_slice(&self.piece[self.read..self.read + length]);
        self.read += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_detected_from_the_header() {
        assert_eq!(delimiter(b"email,name\na;b,c"), b',');
        assert_eq!(delimiter(b"email;name;city\n"), b';');
        assert_eq!(delimiter(b"email\tname"), b'\t');
        assert_eq!(delimiter(b"email"), b',');
    }

    #[tokio::test]
    async fn chunks_are_read_as_one_file() {
        let (send, incoming) = mpsc::channel(8);
        for piece in ["email,na", "me\n\"a@x.e", "xample\",\"A\nB\"\n"] {
            send.send(Ok(piece.as_bytes().to_vec())).await.unwrap();
        }
        drop(send);
        let rows = tokio::task::spawn_blocking(move || {
            let mut reader = reader(Pieces::new(incoming), b',');
            reader
                .records()
                .collect::<std::result::Result<Vec<_>, _>>()
                .unwrap()
        });
        let rows = rows.await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(&rows[0][1], "A\nB");
    }
}
