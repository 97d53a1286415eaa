//! Imports as admins and the API steer them: a file is uploaded in pieces, checked
//! and imported row by row. [`import_worker`](super::import_worker) runs them.

use super::import::Columns;
use super::import_file::{delimiter, reader};
use super::{AudienceError, Result};
use crate::account::audit;
use crate::context::Context;
use crate::model::ImportId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::import::{ImportAction, next};
use crate::model::list::ListSlug;
use crate::store::imports::{self, Import};
use crate::store::{Db, lists};

/// Bytes of a piece of a file.
pub const PIECE: usize = 512 * 1024;
/// Bytes that a file may have.
pub const SIZE_LIMIT: usize = 200 * 1024 * 1024;
/// Rejected rows that are stored with their reason; all are counted.
pub const REJECTED_ROWS_KEPT: i64 = 100_000;
/// Rows that a page shows before the columns are chosen.
const SAMPLE: usize = 3;

/// Begins an import; its file follows in pieces by [`append`].
///
/// # Errors
/// [`AudienceError::UnknownList`] for an unknown list.
pub async fn begin(cx: &Context, by: &Actor, list: &ListSlug, file_name: &str) -> Result<ImportId> {
    let mut db = cx.store.write().await?;
    let known = lists::by_slug(&mut db, list).await?;
    let known = known.ok_or_else(|| AudienceError::UnknownList(list.to_string()))?;
    let columns = serde_json::to_value(Columns::default()).unwrap_or_default();
    let now = cx.clock.now();
    let id = imports::insert(&mut db, known.id, file_name, &columns, by.as_str(), now).await?;
    let subject = format!("{id} {file_name}");
    audit::record(&mut db, by, AuditAction::ImportUpload, subject, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Adds the next piece of an import's file.
pub async fn append(cx: &Context, id: ImportId, number: i64, piece: &[u8]) -> Result<()> {
    let mut db = cx.store.write().await?;
    imports::insert_chunk(&mut db, id, number, piece).await?;
    db.commit().await?;
    Ok(())
}

/// The last imports, newest first.
pub async fn latest(cx: &Context, limit: i64) -> Result<Vec<Import>> {
    Ok(imports::latest(&mut cx.store.read().await?, limit).await?)
}

/// The import of this number.
pub async fn by_id(cx: &Context, id: ImportId) -> Result<Option<Import>> {
    Ok(imports::by_id(&mut cx.store.read().await?, id).await?)
}

/// The names of a file's columns and its first rows.
pub async fn sample(cx: &Context, id: ImportId) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    let piece = imports::chunk(&mut cx.store.read().await?, id, 0).await?;
    let piece = piece.unwrap_or_default();
    let mut reader = reader(piece.as_slice(), delimiter(&piece));
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
    let headers = reader.headers().map(texts).unwrap_or_default();
    let rows = reader.records().take(SAMPLE).flatten();
    Ok((headers, rows.map(|row| texts(&row)).collect()))
}

/// Checks every row and changes nothing. `announces_each`: whether each
/// subscription is a webhook event once it runs; its end always is.
///
/// # Errors
/// [`AudienceError::Moved`] where its state does not permit a check.
pub async fn check(
    cx: &Context,
    by: &Actor,
    id: ImportId,
    columns: &Columns,
    announces_each: bool,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    transition(cx, &mut db, id, ImportAction::Check, "").await?;
    let columns = serde_json::to_value(columns).unwrap_or_default();
    imports::set_columns(&mut db, id, &columns, announces_each).await?;
    audit::record(&mut db, by, AuditAction::ImportCheck, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Imports every row. The admin confirms that the subscribers consented.
///
/// # Errors
/// [`AudienceError::Moved`] where the import was not checked.
pub async fn start(cx: &Context, by: &Actor, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    transition(cx, &mut db, id, ImportAction::Run, "").await?;
    imports::reset(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ImportRun, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Cancels an import; rows that were imported stay.
///
/// # Errors
/// [`AudienceError::Moved`] where it is over.
pub async fn cancel(cx: &Context, by: &Actor, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    transition(cx, &mut db, id, ImportAction::Cancel, "").await?;
    imports::drop_chunks(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ImportCancel, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Up to `limit` rejected rows after line `after`.
pub async fn rejected_rows(
    cx: &Context,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>> {
    Ok(imports::rejected_rows(&mut cx.store.read().await?, id, after, limit).await?)
}

pub(super) async fn transition(
    cx: &Context,
    db: &mut Db,
    id: ImportId,
    action: ImportAction,
    failure: &str,
) -> Result<()> {
    let import = imports::by_id(db, id).await?.ok_or(AudienceError::Moved)?;
    let to = next(import.state, action).ok_or(AudienceError::Moved)?;
    let now = cx.clock.now();
    if imports::set_state(db, id, import.state, to, failure, now).await? {
        Ok(())
    } else {
        Err(AudienceError::Moved)
    }
}
