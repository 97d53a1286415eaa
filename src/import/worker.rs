//! Checking and running imports in the background, by whichever process claims them.
//!
//! Each [part](super::lanes) of a piece of rows and the record that it is done are one transaction:
//! after a restart an import continues with the next one, and no row is imported twice. The piece
//! after it is read meanwhile.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::ahead::{Ahead, ReadPiece, ReadRow, Source};
use super::apply;
use super::job::{self, NOTES_KEPT, contents, mapping};
use super::lanes::{self, Done, Lanes, Part};
use super::plan::Plan;
use super::state::{LEASE_LASTS, json, transition};
use super::{ImportError, Note, Result, undo};
use crate::audience::AudienceError;
use crate::audience::rejected_rows::clipped;
use crate::context::Context;
use crate::model::import::{ImportAction, ImportState, Outcome, Standing};
use crate::model::lease::Lease;
use crate::model::notification::Notice;
use crate::model::{ImportId, ListId};
use crate::store::imports::{self, Import, NewNote, Progress};
use crate::store::{Db, Engine, StoreError, lists, webhooks};
use crate::{notifications, polling};

pub use super::state::TASK;
/// After this long without a change an unfinished import is cancelled, and one that has
/// ended can no longer be undone.
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);
/// The webhook event for an import that has ended.
const FINISHED: &str = "import.finished";
/// An import of so many rows changes what the database knows of its tables.
const MANY_ROWS: i64 = 20_000;

/// Runs imports until `stop`.
pub async fn work(cx: Context, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    let next = || async {
        match run_next(&cx, owner, None, &stop).await {
            Ok(has_worked) => has_worked,
            Err(ImportError::Again) => true,
            Err(error) => {
                tracing::error!(%error, "an import failed; it is retried");
                false
            }
        }
    };
    let clean_up = || async {
        if let Err(error) = cancel_abandoned(&cx).await {
            tracing::error!(%error, "old imports could not be cancelled");
        }
    };
    polling::run(&cx, TASK, &stop, next, clean_up).await;
}

/// Works on one import until it no longer moves, here or in another process that has
/// claimed it. `progress` gets it from time to time.
///
/// # Errors
/// [`ImportError`] of the database; the import goes on in another process.
pub async fn complete(
    cx: &Context,
    id: ImportId,
    mut progress: impl FnMut(&Import),
) -> Result<Import> {
    let owner = Uuid::now_v7();
    let stop = CancellationToken::new();
    loop {
        let import = imports::by_id(&mut cx.store.read().await?, id).await?;
        let import = import.ok_or(ImportError::Moved)?;
        progress(&import);
        if !import.state.is_moving() {
            return Ok(import);
        }
        let step = run_some(cx, owner, id, &stop, &mut progress).await;
        match step {
            Ok(true) | Err(ImportError::Again) => {}
            Err(error) if has_met_another(&error) => {}
            Ok(false) => tokio::time::sleep(polling::INTERVAL / 5).await,
            Err(error) => return Err(error),
        }
    }
}

/// Whether others did something with the same people at the same moment, which ends no import.
fn has_met_another(error: &ImportError) -> bool {
    let (ImportError::Store(error) | ImportError::Audience(AudienceError::Store(error))) = error
    else {
        return false;
    };
    matches!(error, StoreError::Deadlock(_))
}

async fn run_some(
    cx: &Context,
    owner: Uuid,
    id: ImportId,
    stop: &CancellationToken,
    progress: &mut impl FnMut(&Import),
) -> Result<bool> {
    let mut ticker = tokio::time::interval(polling::INTERVAL / 4);
    let running = run_next(cx, owner, Some(id), stop);
    tokio::pin!(running);
    loop {
        tokio::select! {
            done = &mut running => return done,
            _ = ticker.tick() => {
                if let Some(import) = imports::by_id(&mut cx.store.read().await?, id).await? {
                    progress(&import);
                }
            }
        }
    }
}

async fn cancel_abandoned(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    let week_ago = cx.clock.now().before(ABANDONED_AFTER);
    imports::give_up(&mut db, week_ago).await?;
    imports::forget_changes(&mut db, week_ago).await?;
    db.commit().await?;
    Ok(())
}

/// Works on one import, that of `only` or any; `false` where none waits.
async fn run_next(
    cx: &Context,
    owner: Uuid,
    only: Option<ImportId>,
    stop: &CancellationToken,
) -> Result<bool> {
    // Most polls find nothing; they must not wait for SQLite's one writer.
    let now = cx.clock.now();
    if !imports::is_waiting(&mut cx.store.read().await?, now).await? {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let lease = Lease::new(owner, now, LEASE_LASTS);
    let Some(id) = imports::claim(&mut db, &lease, only).await? else {
        return Ok(false);
    };
    let import = imports::by_id(&mut db, id).await?;
    let mut import = import.ok_or(ImportError::Moved)?;
    if import.state == ImportState::Checking {
        // A repeated check must not count rows twice.
        imports::reset(&mut db, id).await?;
        import = imports::by_id(&mut db, id)
            .await?
            .ok_or(ImportError::Moved)?;
    }
    db.commit().await?;
    let ended = match import.state {
        ImportState::Undoing => undo::run(cx, &import, owner, stop).await?,
        _ => match Pass::new(cx, &import).await?.run(cx, owner, stop).await {
            // Tried again, it would fail again.
            Err(error @ (ImportError::Spool(_) | ImportError::Mapping(_))) => {
                fail(cx, &import, &error.to_string()).await?;
                return Ok(true);
            }
            ended => ended?,
        },
    };
    if !ended {
        return Ok(true);
    }
    let mut db = cx.store.write().await?;
    match import.state {
        ImportState::Checking => {
            transition(cx, &mut db, id, ImportAction::Report, "").await?;
        }
        ImportState::Undoing => {
            transition(cx, &mut db, id, ImportAction::FinishUndo, "").await?;
            tracing::info!(import = %id, "undone");
        }
        _ => {
            transition(cx, &mut db, id, ImportAction::Finish, "").await?;
            imports::drop_pieces(&mut db, id).await?;
            announce_end(cx, &mut db, id).await?;
            tracing::info!(import = %id, "finished");
        }
    }
    db.commit().await?;
    Ok(true)
}

/// Ends an import that cannot go on, with the reason, and notifies users.
async fn fail(cx: &Context, import: &Import, reason: &str) -> Result<()> {
    let id = import.id;
    let mut db = cx.store.write().await?;
    transition(cx, &mut db, id, ImportAction::Fail, reason).await?;
    imports::drop_pieces(&mut db, id).await?;
    let notice = Notice::import_failed(id, &import.file_name, reason);
    notifications::record(&mut db, &notice, cx.clock.now()).await?;
    db.commit().await?;
    tracing::error!(import = %id, reason, "an import failed");
    Ok(())
}

/// Queues the webhook event of an import that has ended, and notifies users.
async fn announce_end(cx: &Context, db: &mut Db, id: ImportId) -> Result<()> {
    if let Some(import) = imports::by_id(db, id).await? {
        let balance = job::balance(&import);
        let data = serde_json::json!({
            "import": import.id, "list": import.list, "state": import.state,
            "file_name": import.file_name, "by": import.created_by, "failure": import.failure,
            "rows": balance.rows(), "added": balance.total(Outcome::Added),
            "known": balance.rows() - balance.rejected - balance.total(Outcome::Added),
            "rejected": balance.rejected, "balance": balance,
        });
        let now = cx.clock.now();
        webhooks::announce(db, FINISHED, &data, now).await?;
        let (added, rejected) = (balance.total(Outcome::Added), balance.rejected);
        let notice = Notice::import_finished(id, &import.file_name, added, rejected);
        notifications::record(db, &notice, now).await?;
    }
    Ok(())
}

/// One pass over the rows of an import.
struct Pass<'a> {
    import: &'a Import,
    source: Arc<Source>,
    list: ListId,
    lists: HashMap<String, ListId>,
    origin: String,
    done: Mutex<Done>,
    /// Addresses that a check has met in earlier pieces, as hashes: they are known by then.
    seen: HashSet<u64>,
}

impl<'a> Pass<'a> {
    async fn new(cx: &Context, import: &'a Import) -> Result<Self> {
        let (mut lists, mut slugs) = (HashMap::new(), Vec::new());
        let mut list = None;
        for one in lists::all(&mut cx.store.read().await?).await? {
            if one.slug == import.list {
                list = Some(one.id);
            }
            lists.insert(one.name.to_lowercase(), one.id);
            slugs.push((one.slug.as_str().to_owned(), one.id));
        }
        // A short name means its list, also where another one is called so.
        lists.extend(slugs);
        Ok(Self {
            source: Arc::new(Source {
                import: import.id,
                contents: contents(import),
                mapping: mapping(import),
            }),
            list: list.ok_or(ImportError::Moved)?,
            lists,
            origin: format!("import {} by {}", import.file_name, import.created_by),
            done: Mutex::new(Done {
                pieces: import.pieces_done,
                lanes: Lanes::from_stored(import.lanes_done),
                balance: job::balance(import),
            }),
            seen: HashSet::new(),
            import,
        })
    }

    /// Goes on from the piece after the last that is done; `false` where it was cancelled
    /// or taken over, or the process stops.
    async fn run(&mut self, cx: &Context, owner: Uuid, stop: &CancellationToken) -> Result<bool> {
        let ended = self.run_pieces(cx, owner, stop).await;
        let is_whole = matches!(ended, Ok(true)) && self.writes();
        let has_grown = is_whole && self.import.rows_total >= MANY_ROWS;
        cx.store.end_many(has_grown).await?;
        ended
    }

    /// Not so of a check, which goes the same way.
    fn writes(&self) -> bool {
        self.import.state == ImportState::Running
    }

    async fn run_pieces(
        &mut self,
        cx: &Context,
        owner: Uuid,
        stop: &CancellationToken,
    ) -> Result<bool> {
        let mut pieces = Ahead::from(cx, self.source.clone(), self.done.get_mut().pieces);
        loop {
            cx.health.heartbeat(TASK);
            if stop.is_cancelled() {
                return Ok(false);
            }
            let Some(piece) = pieces.next().await? else {
                return Ok(true);
            };
            if !self.run_piece(cx, owner, piece).await? {
                return Ok(false);
            }
        }
    }

    /// `false` where another process holds the lease.
    async fn run_piece(&mut self, cx: &Context, owner: Uuid, piece: ReadPiece) -> Result<bool> {
        let mut rows = piece.rows;
        lanes::spell_alike(&mut rows);
        let repeated = if self.writes() {
            Vec::new()
        } else {
            self.without_repeated(&mut rows)
        };
        let at_once = self.writes() && cx.store.engine() == Engine::Postgres;
        let mut parts = lanes::parts(rows, self.done.get_mut().lanes, at_once);
        if let Some(part) = parts.first_mut() {
            part.repeated = repeated;
        }
        let at = (piece.number, piece.table);
        let parts = parts
            .into_iter()
            .map(|part| self.run_part(cx, owner, at, part));
        let are_ours = try_join_all(parts).await?;
        Ok(are_ours.into_iter().all(|is_ours| is_ours))
    }

    /// A check has met some people in earlier pieces, who are known by then though they are not yet
    /// in the database: removes them, and gives their standing.
    fn without_repeated(&mut self, rows: &mut Vec<ReadRow>) -> Vec<Standing> {
        let mut repeated = Vec::new();
        let mut met = Vec::with_capacity(rows.len());
        rows.retain(|row| {
            let Ok(record) = &row.record else { return true };
            let mut hasher = DefaultHasher::new();
            record.key.hash(&mut hasher);
            let hash = hasher.finish();
            met.push(hash);
            let is_new = !self.seen.contains(&hash);
            if !is_new {
                repeated.push(record.standing);
            }
            is_new
        });
        self.seen.extend(met);
        repeated
    }

    async fn run_part(
        &self,
        cx: &Context,
        owner: Uuid,
        (number, table): (i64, usize),
        part: Part,
    ) -> Result<bool> {
        let id = self.import.id;
        let plan = Plan {
            mapping: &self.source.mapping,
            import: id,
            piece: number,
            list: self.list,
            lists: &self.lists,
            origin: &self.origin,
            announces_each: self.import.announces_each,
        };
        let mut db = cx.store.write_many().await?;
        let mut applied = apply::apply(cx, &mut db, &plan, part.rows, self.writes()).await?;
        // The lines are those of a file.
        let tables = &self.source.contents.tables;
        if let Some(table) = tables.get(table).filter(|_| tables.len() > 1) {
            for (_, note) in &mut applied.notes {
                note.reason = format!("{}: {}", table.name, note.reason);
            }
        }
        for standing in part.repeated {
            applied.balance.count(standing, Outcome::Untouched);
        }
        // Until the commit: what one part writes of the whole holds that of the other.
        let mut done = self.done.lock().await;
        let next = done.with(part.lanes, &applied.balance);
        let progress = Progress {
            balance: json(&next.balance),
            pieces: next.pieces,
            lanes: next.lanes.to_stored(),
            rows: applied.balance.rows(),
            notes: applied.notes.into_iter().map(row_of).collect(),
        };
        let lease = Lease::new(owner, cx.clock.now(), LEASE_LASTS);
        let state = self.import.state;
        if !imports::advance(&mut db, id, &lease, state, &progress, NOTES_KEPT).await? {
            // This transaction is rolled back.
            return Ok(false);
        }
        db.commit().await?;
        *done = next;
        Ok(true)
    }
}

fn row_of((number, note): (i64, Note)) -> NewNote {
    NewNote {
        number,
        line: note.line,
        outcome: note.outcome,
        reason: clipped(note.reason),
    }
}
