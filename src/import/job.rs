//! Imports as admins, the API and the command line steer them.

use super::balance::Balance;
use super::mapping::Mapping;
use super::pieces::{self, Contents, StoredCells, StoredRow};
use super::state::{json, transition};
use super::{ImportError, Note, Result};
use crate::account::audit;
use crate::context::Context;
use crate::model::ImportId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::import::{ImportAction, ImportState, Outcome, System, next};
use crate::store::import_confirmations;
use crate::store::imports::{self, Import};

/// Rows with a note that are stored; all are counted.
pub const NOTES_KEPT: i64 = 100_000;
/// Rows that a page shows of a file.
const SAMPLE: usize = 3;

/// The last imports, newest first.
pub async fn latest(cx: &Context, limit: i64) -> Result<Vec<Import>> {
    Ok(imports::latest(&mut cx.store.read().await?, limit).await?)
}

/// The import of this number.
pub async fn by_id(cx: &Context, id: ImportId) -> Result<Option<Import>> {
    Ok(imports::by_id(&mut cx.store.read().await?, id).await?)
}

/// The choices of an import.
pub fn mapping(import: &Import) -> Mapping {
    serde_json::from_value(import.mapping.clone()).unwrap_or_default()
}

/// What the file of an import holds.
pub fn contents(import: &Import) -> Contents {
    serde_json::from_value(import.contents.clone()).unwrap_or_default()
}

/// What an import has come to so far.
pub fn balance(import: &Import) -> Balance {
    serde_json::from_value(import.balance.clone()).unwrap_or_default()
}

/// The first rows of the first table with rows, as many cells as it has columns.
pub async fn sample(cx: &Context, id: ImportId) -> Result<Vec<Vec<String>>> {
    let piece = imports::piece(&mut cx.store.read().await?, id, 0).await?;
    let Some(piece) = piece else {
        return Ok(Vec::new());
    };
    let cells = pieces::rows(&piece.content).filter_map(|row| match row {
        Ok(StoredRow(_, StoredCells::Cells(cells))) => Some(Ok(cells)),
        Ok(StoredRow(_, StoredCells::Unreadable(_))) => None,
        Err(error) => Some(Err(error)),
    });
    cells.take(SAMPLE).collect()
}

/// How many people of an import are still to be asked to confirm.
pub async fn still_to_ask(cx: &Context, id: ImportId) -> Result<i64> {
    Ok(import_confirmations::waiting_of(&mut cx.store.read().await?, id).await?)
}

/// Checks every row and changes nothing. `announces_each`: whether each subscription is a
/// webhook event once it runs; its end always is.
///
/// # Errors
/// [`ImportError::Mapping`] for choices that cannot be followed, [`ImportError::Moved`]
/// where its state does not permit a check.
pub async fn check(
    cx: &Context,
    by: &Actor,
    id: ImportId,
    mapping: &Mapping,
    announces_each: bool,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let import = imports::by_id(&mut db, id).await?;
    let import = import.ok_or(ImportError::Moved)?;
    mapping.check(&contents(&import).tables)?;
    transition(cx, &mut db, id, ImportAction::Check, "").await?;
    imports::set_mapping(&mut db, id, &json(mapping), announces_each).await?;
    audit::record(&mut db, by, AuditAction::ImportCheck, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Imports every row. The admin confirms that the subscribers consented.
///
/// # Errors
/// [`ImportError::Moved`] where the import was not checked.
pub async fn start(cx: &Context, by: &Actor, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    transition(cx, &mut db, id, ImportAction::Run, "").await?;
    imports::reset(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ImportRun, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Cancels an import; rows that were imported stay. Nobody else of it is asked to confirm.
/// Before rows are imported there is only a forecast, which comes to nothing.
///
/// # Errors
/// [`ImportError::Moved`] where it is over.
pub async fn cancel(cx: &Context, by: &Actor, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let before = transition(cx, &mut db, id, ImportAction::Cancel, "").await?;
    if before != ImportState::Running {
        imports::reset(&mut db, id).await?;
    }
    imports::drop_pieces(&mut db, id).await?;
    import_confirmations::forget(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ImportCancel, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Undoes what an import changed, where nobody has changed it since.
///
/// # Errors
/// [`ImportError::TooLate`] once the changes are forgotten, [`ImportError::Moved`] where
/// the import has not ended.
pub async fn undo(cx: &Context, by: &Actor, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if !imports::has_changes(&mut db, id).await? {
        return Err(ImportError::TooLate);
    }
    transition(cx, &mut db, id, ImportAction::Undo, "").await?;
    import_confirmations::forget(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ImportUndo, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Whether an import can be undone.
pub async fn can_be_undone(cx: &Context, import: &Import) -> Result<bool> {
    let has_ended = next(import.state, ImportAction::Undo).is_some();
    Ok(has_ended && imports::has_changes(&mut cx.store.read().await?, import.id).await?)
}

/// Up to `limit` notes after the one numbered `after`; `outcome` picks those of one kind.
pub async fn notes(
    cx: &Context,
    id: ImportId,
    outcome: Option<Outcome>,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Note)>> {
    let mut db = cx.store.read().await?;
    let rows = imports::notes(&mut db, id, outcome, after, limit).await?;
    let note = |row: imports::NoteRow| {
        let note = Note {
            line: u64::try_from(row.line).unwrap_or(0),
            outcome: row.outcome,
            reason: row.reason,
        };
        (row.number, note)
    };
    Ok(rows.into_iter().map(note).collect())
}

/// Takes the file for that of another system: its columns get the meaning that they have
/// there.
///
/// # Errors
/// [`ImportError::Moved`] where it is being imported or is over.
pub async fn set_system(cx: &Context, by: &Actor, id: ImportId, system: System) -> Result<()> {
    let mut db = cx.store.write().await?;
    let import = imports::by_id(&mut db, id)
        .await?
        .ok_or(ImportError::Moved)?;
    transition(cx, &mut db, id, ImportAction::Remap, "").await?;
    imports::reset(&mut db, id).await?;
    let mapping = Mapping::for_system(system, &contents(&import).tables);
    imports::set_mapping(&mut db, id, &json(&mapping), import.announces_each).await?;
    let subject = format!("{id} {system}");
    audit::record(
        &mut db,
        by,
        AuditAction::ImportUpload,
        subject,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}
