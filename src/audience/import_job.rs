//! Imports in the background: a file is kept in the database, tried row by row,
//! and taken row by row, by whichever process gets to it.
//!
//! Each slice of rows and the count of rows done are one transaction: a restart
//! goes on at the very row, and no row is taken twice.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::import::{Columns, FINISHED, Imported, Plan, error_line, read_row, row_line, take};
use super::import_limits::{BoundedRows, TOO_LONG, is_too_long};
use super::rejected_rows::clipped;
use super::{AudienceError, ConsentSource, Result};
use crate::context::Context;
use crate::model::ImportId;
use crate::model::import::{ImportAction, ImportState, next};
use crate::model::list::ListSlug;
use crate::store::imports::{self, Import, Progress};
use crate::store::{Db, StoreError, lists, webhooks};

/// The name of the task that runs imports.
pub const TASK: &str = "imports";
/// Octets of a piece of a file.
pub const PIECE: usize = 512 * 1024;
/// Octets that a file may have.
pub const SIZE_LIMIT: usize = 200 * 1024 * 1024;
/// Rows of one transaction: the site goes on writing in between.
const SLICE: usize = 500;
const LEASE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const SWEEP_EVERY: Duration = Duration::from_secs(3600);
/// How long a file waits for somebody to go on with it.
const PATIENCE: Duration = Duration::from_secs(7 * 24 * 3600);
/// Rows that are named with why they cannot be taken; all are counted.
pub const REFUSALS_KEPT: i64 = 100_000;
/// Rows that a page shows before the columns are chosen.
const SAMPLE: usize = 3;

/// Begins an import; its file follows in pieces by [`append`].
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's.
pub async fn begin(cx: &Context, list: &ListSlug, file_name: &str, by: &str) -> Result<ImportId> {
    let mut db = cx.store.write().await?;
    let known = lists::by_slug(&mut db, list).await?;
    let known = known.ok_or_else(|| AudienceError::UnknownList(list.to_string()))?;
    let columns = serde_json::to_value(Columns::default()).unwrap_or_default();
    let now = cx.clock.now();
    let id = imports::insert(&mut db, known.id, file_name, &columns, by, now).await?;
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

/// Tries every row and changes nothing. `announces_each`: whether webhooks are to
/// be told of each subscription once it runs; of its end they are told anyway.
///
/// # Errors
/// [`AudienceError::Moved`] where the import is not to be checked now.
pub async fn check(
    cx: &Context,
    id: ImportId,
    columns: &Columns,
    announces_each: bool,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    shift(cx, &mut db, id, ImportAction::Check, "").await?;
    let columns = serde_json::to_value(columns).unwrap_or_default();
    imports::set_columns(&mut db, id, &columns, announces_each).await?;
    db.commit().await?;
    Ok(())
}

/// Takes every row. The admin vouches for their consent.
///
/// # Errors
/// [`AudienceError::Moved`] where the import was not checked.
pub async fn start(cx: &Context, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    shift(cx, &mut db, id, ImportAction::Run, "").await?;
    imports::reset(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// Gives an import up; rows that were taken stay.
///
/// # Errors
/// [`AudienceError::Moved`] where it is over.
pub async fn cancel(cx: &Context, id: ImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    shift(cx, &mut db, id, ImportAction::Cancel, "").await?;
    imports::drop_chunks(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// Up to `limit` rows that could not be taken, after line `after`.
pub async fn refusals(
    cx: &Context,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>> {
    Ok(imports::refusals(&mut cx.store.read().await?, id, after, limit).await?)
}

async fn shift(
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

/// Works on imports until told to stop.
pub async fn work(cx: Context, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    let mut swept = None;
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let now = cx.clock.now();
        if swept.is_none_or(|at| now.since(at) > SWEEP_EVERY) {
            swept = Some(now);
            if let Err(error) = sweep(&cx).await {
                tracing::error!(%error, "old imports could not be cancelled");
            }
        }
        match turn(&cx, owner, &stop).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(LOOK_AGAIN, stop.cancelled()).await;
            }
            Err(error) => {
                tracing::error!(%error, "an import could not go on");
                let _ = tokio::time::timeout(LOOK_AGAIN, stop.cancelled()).await;
            }
        }
    }
}

async fn sweep(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    imports::give_up(&mut db, cx.clock.now().before(PATIENCE)).await?;
    db.commit().await?;
    Ok(())
}

/// Works on one import, if one waits; tells whether there was one.
async fn turn(cx: &Context, owner: Uuid, stop: &CancellationToken) -> Result<bool> {
    // Most looks find nothing: they shall not queue for SQLite's one writer.
    let now = cx.clock.now();
    if !imports::is_waiting(&mut cx.store.read().await?, now).await? {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let Some(id) = imports::claim(&mut db, owner, now, now.after(LEASE)).await? else {
        return Ok(false);
    };
    let import = imports::by_id(&mut db, id)
        .await?
        .ok_or(AudienceError::Moved)?;
    if import.state == ImportState::Checking {
        // A second look at the same rows must not count them twice.
        imports::reset(&mut db, id).await?;
    }
    db.commit().await?;
    let ended = match import.state {
        ImportState::Checking => go_through(cx, &import, owner, stop, Checker::default()).await,
        _ => go_through(cx, &import, owner, stop, Taker).await,
    };
    let mut db = cx.store.write().await?;
    match ended {
        Ok(End::OfFile) if import.state == ImportState::Checking => {
            shift(cx, &mut db, id, ImportAction::Report, "").await?;
            imports::set_total(&mut db, id).await?;
        }
        Ok(End::OfFile) => {
            shift(cx, &mut db, id, ImportAction::Finish, "").await?;
            imports::drop_chunks(&mut db, id).await?;
            announce_end(cx, &mut db, id).await?;
            tracing::info!(import = %id, "finished");
        }
        Ok(End::Early) => return Ok(true),
        Err(JobError::File(failure)) => {
            shift(cx, &mut db, id, ImportAction::Fail, &failure).await?;
            if import.state == ImportState::Running {
                announce_end(cx, &mut db, id).await?;
            }
        }
        Err(JobError::Audience(error)) => return Err(error),
    }
    db.commit().await?;
    Ok(true)
}

/// Tells webhooks that an import that ran is over.
async fn announce_end(cx: &Context, db: &mut Db, id: ImportId) -> Result<()> {
    if let Some(import) = imports::by_id(db, id).await? {
        let data = serde_json::json!({
            "import": import.id, "list": import.list, "state": import.state,
            "file_name": import.file_name, "by": import.created_by, "failure": import.failure,
            "rows": import.rows_done, "added": import.added, "known": import.known,
            "refused": import.refused,
        });
        webhooks::announce(db, FINISHED, &data, cx.clock.now()).await?;
    }
    Ok(())
}

enum End {
    /// Every row was looked at.
    OfFile,
    /// Somebody gave it up or took it over, or the process stops.
    Early,
}

enum JobError {
    /// The file cannot be read, and never will be.
    File(String),
    Audience(AudienceError),
}

impl From<AudienceError> for JobError {
    fn from(error: AudienceError) -> Self {
        Self::Audience(error)
    }
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Audience(error.into())
    }
}

/// What is done with a slice of rows.
trait Work {
    async fn slice(
        &mut self,
        cx: &Context,
        db: &mut Db,
        import: &Import,
        plan: &Plan,
        rows: &[(u64, csv::StringRecord)],
    ) -> Result<Progress>;
}

/// Tries rows.
#[derive(Default)]
struct Checker {
    /// Addresses met so far, as hashes: the second time a row is known.
    seen: HashSet<u64>,
}

impl Work for Checker {
    async fn slice(
        &mut self,
        _cx: &Context,
        db: &mut Db,
        import: &Import,
        plan: &Plan,
        rows: &[(u64, csv::StringRecord)],
    ) -> Result<Progress> {
        let mut progress = Progress::default();
        let mut keys = Vec::with_capacity(rows.len());
        for (line, row) in rows {
            let values: BTreeMap<&str, &str> = plan.headers.iter().zip(row.iter()).collect();
            match read_row(&values, &import.list, &plan.columns) {
                Ok(fields) => keys.push(fields.email.lookup_key()),
                Err(reason) => progress.refused.push((*line, reason)),
            }
        }
        let (known, suppressed) = imports::standing(db, &keys).await?;
        let known: HashSet<String> = known.into_iter().collect();
        for key in keys {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            if self.seen.insert(hasher.finish()) && !known.contains(&key) {
                progress.added += 1;
            } else {
                progress.known += 1;
            }
        }
        progress.suppressed = i64::try_from(suppressed.len()).unwrap_or(0);
        Ok(progress)
    }
}

/// Takes rows.
struct Taker;

impl Work for Taker {
    async fn slice(
        &mut self,
        cx: &Context,
        db: &mut Db,
        import: &Import,
        plan: &Plan,
        rows: &[(u64, csv::StringRecord)],
    ) -> Result<Progress> {
        let mut done = Imported::default();
        take(cx, db, rows, &import.list, plan, &mut done).await?;
        Ok(Progress {
            added: i64::try_from(done.added).unwrap_or(0),
            known: i64::try_from(done.known).unwrap_or(0),
            refused: done.refused.into_named(),
            ..Progress::default()
        })
    }
}

async fn go_through(
    cx: &Context,
    import: &Import,
    owner: Uuid,
    stop: &CancellationToken,
    mut work: impl Work,
) -> std::result::Result<End, JobError> {
    let columns: Columns = serde_json::from_value(import.columns.clone()).unwrap_or_default();
    let done = match import.state {
        ImportState::Running => usize::try_from(import.rows_done).unwrap_or(0),
        _ => 0,
    };
    let (headers, mut slices) = open(cx, import.id, done).await?;
    if !headers.iter().any(|header| header == columns.email) {
        return Err(JobError::File(format!(
            "the file has no column {:?}",
            columns.email
        )));
    }
    let plan = Plan {
        headers,
        source: ConsentSource {
            reason: format!("import {} by {}", import.file_name, import.created_by),
            ..ConsentSource::default()
        },
        columns,
        announces_each: import.announces_each,
    };
    while let Some(slice) = slices.recv().await {
        cx.health.heartbeat(TASK);
        if stop.is_cancelled() {
            return Ok(End::Early);
        }
        let mut db = cx.store.write().await?;
        let mut progress = work.slice(cx, &mut db, import, &plan, &slice.rows).await?;
        progress.rows = i64::try_from(slice.rows.len() + slice.broken.len()).unwrap_or(0);
        progress.refused.extend(slice.broken);
        for (_, reason) in &mut progress.refused {
            *reason = clipped(std::mem::take(reason));
        }
        let until = cx.clock.now().after(LEASE);
        let state = import.state;
        if !imports::advance(
            &mut db,
            import.id,
            owner,
            state,
            &progress,
            REFUSALS_KEPT,
            until,
        )
        .await?
        {
            // Dropped with the slice: whoever holds it now does these rows.
            return Ok(End::Early);
        }
        db.commit().await?;
    }
    Ok(End::OfFile)
}

/// Some rows of a file.
#[derive(Default)]
struct Slice {
    rows: Vec<(u64, csv::StringRecord)>,
    /// Rows that are no CSV: line and reason.
    broken: Vec<(u64, String)>,
}

impl Slice {
    fn is_full(&self) -> bool {
        self.rows.len() + self.broken.len() == SLICE
    }
}

/// Opens a file after its first `done` rows: its header, and its rows in slices
/// as they are asked for. Memory holds a few pieces and slices.
async fn open(
    cx: &Context,
    id: ImportId,
    done: usize,
) -> std::result::Result<(csv::StringRecord, mpsc::Receiver<Slice>), JobError> {
    let first = imports::chunk(&mut cx.store.read().await?, id, 0).await?;
    let Some(first) = first.filter(|first| !first.is_empty()) else {
        return Err(JobError::File("the file is empty".to_owned()));
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
                // A database that went away shall not pass for the file's end.
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
        .map_err(|_| JobError::File("the file cannot be read".to_owned()))?;
    Ok((headers.map_err(JobError::File)?, rows))
}

fn reader<R: Read>(file: R, delimiter: u8) -> csv::Reader<BoundedRows<R>> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(BoundedRows::new(file, delimiter))
}

/// What parts the columns: whatever of comma, semicolon and tab the header has
/// most of. Spreadsheets write what their country writes.
fn delimiter(piece: &[u8]) -> u8 {
    let header = piece.split(|octet| *octet == b'\n').next().unwrap_or(piece);
    let count = |mark: u8| header.iter().filter(|octet| **octet == mark).count();
    // The first of equals: `max_by_key` would take the last.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

/// The pieces of a file as one.
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
    fn the_header_tells_what_parts_the_columns() {
        assert_eq!(delimiter(b"email,name\na;b,c"), b',');
        assert_eq!(delimiter(b"email;name;city\n"), b';');
        assert_eq!(delimiter(b"email\tname"), b'\t');
        assert_eq!(delimiter(b"email"), b',');
    }

    #[tokio::test]
    async fn pieces_are_read_as_one_file() {
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
