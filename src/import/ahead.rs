//! Reading the rows of the next piece in threads of their own, while the piece before it is
//! being written.

use std::sync::Arc;

use tokio::task::JoinHandle;

use super::mapping::Mapping;
use super::pieces::{Contents, PIECE_ROWS, StoredCells, StoredRow, rows};
use super::record::{Record, RowReader};
use super::{ImportError, Result};
use crate::context::Context;
use crate::model::ImportId;
use crate::store::imports::{self, Piece};

/// A row of the file.
pub(super) struct ReadRow {
    pub at: Place,
    /// What it says, or why it is rejected.
    pub record: std::result::Result<Record, String>,
}

/// Where a row is in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its place among all rows, from 1; numbers may be missing.
    pub number: i64,
    pub line: u64,
}

/// The rows of one piece.
pub(super) struct ReadPiece {
    pub number: i64,
    /// Which of the file's tables they are of.
    pub table: usize,
    pub rows: Vec<ReadRow>,
}

/// Where the rows of an import come from, and how they are read.
pub(super) struct Source {
    pub import: ImportId,
    pub contents: Contents,
    pub mapping: Mapping,
}

impl Source {
    fn read(&self, number: i64, piece: &Piece) -> Result<ReadPiece> {
        let table = usize::try_from(piece.table).unwrap_or(0);
        let columns = self.contents.tables.get(table).ok_or(ImportError::Moved)?;
        let reader = RowReader::new(&self.mapping, columns);
        let read = (number * PIECE_ROWS as i64 + 1..)
            .zip(rows(&piece.content))
            .map(|(number, row)| {
                let StoredRow(line, cells) = row?;
                Ok(ReadRow {
                    at: Place { number, line },
                    record: match cells {
                        StoredCells::Cells(cells) => reader.read(&cells),
                        StoredCells::Unreadable(reason) => Err(reason),
                    },
                })
            });
        Ok(ReadPiece {
            number,
            table,
            rows: read.collect::<Result<_>>()?,
        })
    }
}

/// The pieces of an import in their order, one of them read ahead.
pub(super) struct Ahead {
    cx: Context,
    source: Arc<Source>,
    number: i64,
    reading: JoinHandle<Result<Option<ReadPiece>>>,
}

impl Ahead {
    pub(super) fn from(cx: &Context, source: Arc<Source>, number: i64) -> Self {
        let reading = begin(cx, &source, number);
        Self {
            cx: cx.clone(),
            source,
            number,
            reading,
        }
    }

    /// The next piece; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<ReadPiece>> {
        // It panicked, which it would do again.
        let read = (&mut self.reading)
            .await
            .map_err(|error| ImportError::Spool(std::io::Error::other(error)))??;
        if read.is_some() {
            self.number += 1;
            self.reading = begin(&self.cx, &self.source, self.number);
        }
        Ok(read)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

fn begin(cx: &Context, source: &Arc<Source>, number: i64) -> JoinHandle<Result<Option<ReadPiece>>> {
    let (cx, source) = (cx.clone(), source.clone());
    tokio::spawn(async move {
        let mut db = cx.store.read().await?;
        let piece = imports::piece(&mut db, source.import, number).await?;
        drop(db);
        let Some(piece) = piece else { return Ok(None) };
        let reading = tokio::task::spawn_blocking(move || source.read(number, &piece));
        let read = reading.await;
        let read = read.map_err(|error| ImportError::Spool(std::io::Error::other(error)))?;
        read.map(Some)
    })
}
