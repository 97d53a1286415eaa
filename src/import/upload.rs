//! Reading an uploaded file into the database, in pieces of rows, so that checking and
//! importing it need neither the file nor its format.

use std::fs::File;

use tokio::sync::mpsc;

use super::mapping::{Mapping, Table};
use super::pieces::{Contents, PIECE_ROWS, StoredCells, StoredRow};
use super::state::{json, transition};
use super::{ImportError, Result, system};
use crate::account::audit;
use crate::audience::AudienceError;
use crate::context::Context;
use crate::model::ImportId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::import::{ImportAction, System};
use crate::model::list::ListSlug;
use crate::store::imports::{self, Piece};
use crate::store::lists;
use crate::tabular::{self, ReadError, Stopped, Visitor};

/// The most bytes of a file.
pub const SIZE_LIMIT: u64 = 200 * 1024 * 1024;
/// The most bytes of a piece.
const PIECE_BYTES: usize = 1024 * 1024;
/// The most tables in a file.
const TABLE_LIMIT: usize = 1_000;
/// Files of an archive that are listed as passed over.
const PASSED_OVER: usize = 100;

/// Reads a file into a new import. Nothing else changes until it is checked and run.
/// `system` says whose file it is; `None` recognises it.
///
/// # Errors
/// [`ImportError::File`] for a file that cannot be read; nothing is left of it then.
pub async fn read(
    cx: &Context,
    by: &Actor,
    list: &ListSlug,
    file_name: &str,
    file: File,
    system: Option<System>,
) -> Result<ImportId> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let known = lists::by_slug(&mut db, list).await?;
    let known = known.ok_or_else(|| AudienceError::UnknownList(list.to_string()))?;
    let id = imports::insert(&mut db, known.id, file_name, by.as_str(), now).await?;
    db.commit().await?;
    let read = match read_pieces(cx, id, file_name, file).await {
        Ok(contents) => finish(cx, by, id, file_name, &contents, system).await,
        Err(error) => Err(error),
    };
    if read.is_err() {
        let mut db = cx.store.write().await?;
        imports::delete(&mut db, id).await?;
        db.commit().await?;
    }
    read.map(|()| id)
}

async fn finish(
    cx: &Context,
    by: &Actor,
    id: ImportId,
    file_name: &str,
    contents: &Contents,
    system: Option<System>,
) -> Result<()> {
    let mapping = match system {
        Some(system) => Mapping::for_system(system, &contents.tables),
        None => Mapping::suggested(&contents.tables),
    };
    let rows: u64 = contents.tables.iter().map(|table| table.rows).sum();
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let mut db = cx.store.write().await?;
    imports::set_contents(&mut db, id, &json(contents), &json(&mapping), rows).await?;
    transition(cx, &mut db, id, ImportAction::Read, "").await?;
    let subject = format!("{id} {file_name}");
    let now = cx.clock.now();
    audit::record(&mut db, by, AuditAction::ImportUpload, subject, now).await?;
    db.commit().await?;
    Ok(())
}

async fn read_pieces(cx: &Context, id: ImportId, name: &str, file: File) -> Result<Contents> {
    let (pieces, mut incoming) = mpsc::channel(4);
    let name = name.to_owned();
    let region = tabular::region(cx.config().language);
    let reading = tokio::task::spawn_blocking(move || {
        let mut reader = Reader {
            contents: Contents::default(),
            pieces,
            piece: Vec::new(),
            rows: 0,
            is_skipped: false,
        };
        tabular::read(&file, &name, region, &mut reader)?;
        // The end of the channel tells that this was the last.
        reader.flush().map_err(ReadError::from)?;
        if reader.contents.tables.is_empty() {
            return Err(ReadError::NoPeople);
        }
        Ok::<Contents, ReadError>(reader.contents)
    });
    let mut number = 0;
    while let Some((table, content)) = incoming.recv().await {
        let mut db = cx.store.write().await?;
        let piece = Piece { table, content };
        imports::insert_piece(&mut db, id, number, &piece).await?;
        db.commit().await?;
        number += 1;
    }
    match reading.await {
        Ok(contents) => Ok(contents?),
        // It panicked, which is a defect of a library on this file.
        Err(_) => Err(ReadError::Workbook("it is damaged".to_owned()).into()),
    }
}

/// Collects rows into pieces.
struct Reader {
    contents: Contents,
    pieces: mpsc::Sender<(i64, Vec<u8>)>,
    piece: Vec<u8>,
    rows: usize,
    /// Whether the table is not about people.
    is_skipped: bool,
}

impl Reader {
    fn add(&mut self, row: &StoredRow) -> std::result::Result<(), Stopped> {
        if self.is_skipped {
            return Ok(());
        }
        serde_json::to_writer(&mut self.piece, row).map_err(|_| Stopped)?;
        self.piece.push(b'\n');
        self.rows += 1;
        if let Some(table) = self.contents.tables.last_mut() {
            table.rows += 1;
        }
        if self.rows >= PIECE_ROWS || self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> std::result::Result<(), Stopped> {
        if self.rows == 0 {
            return Ok(());
        }
        let table = self.contents.tables.len().saturating_sub(1);
        let table = i64::try_from(table).unwrap_or(0);
        let piece = std::mem::take(&mut self.piece);
        self.rows = 0;
        self.pieces
            .blocking_send((table, piece))
            .map_err(|_| Stopped)
    }
}

impl Visitor for Reader {
    fn table(&mut self, name: &str, columns: &[String]) -> std::result::Result<(), Stopped> {
        self.flush()?;
        self.is_skipped = system::is_of_posts(columns);
        if self.is_skipped {
            self.passed_over(name);
            return Ok(());
        }
        if self.contents.tables.len() == TABLE_LIMIT {
            return Err(Stopped);
        }
        self.contents.tables.push(Table {
            name: name.chars().take(200).collect(),
            columns: columns.to_vec(),
            rows: 0,
        });
        Ok(())
    }

    fn row(&mut self, line: u64, cells: Vec<String>) -> std::result::Result<(), Stopped> {
        self.add(&StoredRow(line, StoredCells::Cells(cells)))
    }

    fn unreadable(&mut self, line: u64, reason: &str) -> std::result::Result<(), Stopped> {
        let reason = StoredCells::Unreadable(reason.to_owned());
        self.add(&StoredRow(line, reason))
    }

    fn passed_over(&mut self, name: &str) {
        if self.contents.passed_over.len() < PASSED_OVER {
            let name = name.chars().take(200).collect();
            self.contents.passed_over.push(name);
        }
    }
}

impl From<Stopped> for ImportError {
    fn from(_: Stopped) -> Self {
        ImportError::File(ReadError::Stopped)
    }
}
