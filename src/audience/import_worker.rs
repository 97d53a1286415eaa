//! Running imports in the background, by whichever process claims them.
//!
//! Each slice of rows and the count of rows done are one transaction: after a
//! restart an import continues at the next row, and no row is imported twice.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::import::{Columns, FINISHED, Imported, Plan, read_row, take};
use super::import_file::{OpenError, open};
use super::import_job::{REJECTED_ROWS_KEPT, transition};
use super::rejected_rows::clipped;
use super::{AudienceError, ConsentSource, Result};
use crate::context::Context;
use crate::model::ImportId;
use crate::model::import::{ImportAction, ImportState};
use crate::model::lease::Lease;
use crate::store::imports::{self, Import, Progress};
use crate::store::{Db, StoreError, webhooks};

/// The name of the task that runs imports.
pub const TASK: &str = "imports";
const LEASE_LASTS: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_secs(1);
const CLEANUP_INTERVAL: Duration = Duration::from_secs(3600);
/// After this long without a change an unfinished import is cancelled.
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

/// Runs imports until `stop`.
pub async fn work(cx: Context, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    let mut swept = None;
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let now = cx.clock.now();
        if swept.is_none_or(|at| now.since(at) > CLEANUP_INTERVAL) {
            swept = Some(now);
            if let Err(error) = cancel_abandoned(&cx).await {
                tracing::error!(%error, "old imports could not be cancelled");
            }
        }
        match run_next(&cx, owner, &stop).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(POLL_INTERVAL, stop.cancelled()).await;
            }
            Err(error) => {
                tracing::error!(%error, "an import failed; it is retried");
                let _ = tokio::time::timeout(POLL_INTERVAL, stop.cancelled()).await;
            }
        }
    }
}

async fn cancel_abandoned(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    imports::give_up(&mut db, cx.clock.now().before(ABANDONED_AFTER)).await?;
    db.commit().await?;
    Ok(())
}

/// Runs one import; `false` where none waits.
async fn run_next(cx: &Context, owner: Uuid, stop: &CancellationToken) -> Result<bool> {
    // Most polls find nothing; they must not wait for SQLite's one writer.
    let now = cx.clock.now();
    if !imports::is_waiting(&mut cx.store.read().await?, now).await? {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let lease = Lease::new(owner, now, LEASE_LASTS);
    let Some(id) = imports::claim(&mut db, &lease).await? else {
        return Ok(false);
    };
    let import = imports::by_id(&mut db, id)
        .await?
        .ok_or(AudienceError::Moved)?;
    if import.state == ImportState::Checking {
        // A repeated check must not count rows twice.
        imports::reset(&mut db, id).await?;
    }
    db.commit().await?;
    let ended = match import.state {
        ImportState::Checking => process(cx, &import, owner, stop, Checker::default()).await,
        _ => process(cx, &import, owner, stop, Importer).await,
    };
    let mut db = cx.store.write().await?;
    match ended {
        Ok(End::OfFile) if import.state == ImportState::Checking => {
            transition(cx, &mut db, id, ImportAction::Report, "").await?;
            imports::set_total(&mut db, id).await?;
        }
        Ok(End::OfFile) => {
            transition(cx, &mut db, id, ImportAction::Finish, "").await?;
            imports::drop_chunks(&mut db, id).await?;
            announce_end(cx, &mut db, id).await?;
            tracing::info!(import = %id, "finished");
        }
        Ok(End::Early) => return Ok(true),
        Err(JobError::File(failure)) => {
            transition(cx, &mut db, id, ImportAction::Fail, &failure).await?;
            if import.state == ImportState::Running {
                announce_end(cx, &mut db, id).await?;
            }
        }
        Err(JobError::Audience(error)) => return Err(error),
    }
    db.commit().await?;
    Ok(true)
}

/// Queues the webhook event of a finished import.
async fn announce_end(cx: &Context, db: &mut Db, id: ImportId) -> Result<()> {
    if let Some(import) = imports::by_id(db, id).await? {
        let data = serde_json::json!({
            "import": import.id, "list": import.list, "state": import.state,
            "file_name": import.file_name, "by": import.created_by, "failure": import.failure,
            "rows": import.rows_done, "added": import.added, "known": import.known,
            "rejected": import.rejected,
        });
        webhooks::announce(db, FINISHED, &data, cx.clock.now()).await?;
    }
    Ok(())
}

enum End {
    /// Every row was processed.
    OfFile,
    /// It was cancelled or taken over, or the process stops.
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

impl From<OpenError> for JobError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::File(failure) => Self::File(failure),
            OpenError::Store(error) => Self::Audience(error.into()),
        }
    }
}

/// What a pass does with a slice of rows.
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

/// Checks rows and changes nothing.
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
                Err(reason) => progress.rejected.push((*line, reason)),
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

/// Imports rows.
struct Importer;

impl Work for Importer {
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
            rejected: done.rejected.into_named(),
            ..Progress::default()
        })
    }
}

async fn process(
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
        progress.rejected.extend(slice.broken);
        for (_, reason) in &mut progress.rejected {
            *reason = clipped(std::mem::take(reason));
        }
        let lease = Lease::new(owner, cx.clock.now(), LEASE_LASTS);
        let state = import.state;
        if !imports::advance(
            &mut db,
            import.id,
            &lease,
            state,
            &progress,
            REJECTED_ROWS_KEPT,
        )
        .await?
        {
            // Another process holds the lease; this transaction is rolled back.
            return Ok(End::Early);
        }
        db.commit().await?;
    }
    Ok(End::OfFile)
}
