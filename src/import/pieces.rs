//! The form in which a file's rows are stored until they are imported.

use serde::{Deserialize, Serialize};

use super::mapping::Table;
use super::{ImportError, Result};

/// The most rows of a piece, which is imported at once: so many that what a transaction costs by
/// itself is little to a row, and other writers get their turn in between, some times a second.
pub(super) const PIECE_ROWS: usize = 5_000;

/// A row as it is stored: its line, and its cells or why it cannot be read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredRow(pub u64, pub StoredCells);

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum StoredCells {
    Cells(Vec<String>),
    Unreadable(String),
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contents {
    /// Its tables.
    pub tables: Vec<Table>,
    /// Files of an archive that hold none.
    pub passed_over: Vec<String>,
}

/// The rows of a piece.
pub(super) fn rows(piece: &[u8]) -> impl Iterator<Item = Result<StoredRow>> {
    let lines = piece.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| {
        serde_json::from_slice(line)
            .map_err(|error| ImportError::Spool(std::io::Error::other(error)))
    })
}
