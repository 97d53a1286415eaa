//! Importing subscribers from the files of other systems and spreadsheets, without losing
//! anyone's word: who left, bounced, complained or was erased stays so.
//!
//! A file is read once ([`upload`]) into pieces of the database, its columns are given a
//! meaning ([`mapping`]), every row is checked ([`job`]), and then applied by whichever
//! process has the time ([`worker`]). The admin pages, the API and the command line go the
//! same way.

use crate::audience::AudienceError;
use crate::store::StoreError;
use crate::tabular::ReadError;

mod ahead;
mod apply;
pub mod balance;
pub mod confirmations;
mod decision;
pub mod field;
pub mod job;
mod lanes;
pub mod listmonk;
mod mailbox;
pub mod mapping;
mod person;
pub mod pieces;
mod plan;
mod record;
mod state;
mod system;
mod system_columns;
mod undo;
pub mod upload;
mod values;
pub mod worker;

pub use apply::Note;

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is no table, or breaks off.
    #[error(transparent)]
    File(#[from] ReadError),
    /// Its columns or choices.
    #[error(transparent)]
    Mapping(#[from] mapping::MappingError),
    /// A list, or the audience.
    #[error(transparent)]
    Audience(#[from] AudienceError),
    /// The import is in another state.
    #[error("the import has changed in the meantime; reload its page")]
    Moved,
    /// It is longer ago than changes are kept.
    #[error("the changes of this import are no longer kept, so it cannot be undone")]
    TooLate,
    /// Another process wrote the same people at the same time: the rows are taken again.
    #[error("the same people were changed at the same time")]
    Again,
    /// The temporary file.
    #[error("the uploaded file cannot be kept: {0}")]
    Spool(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ImportError>;
