//! The ledger writer: one task writes what connections are about to do and have done, many
//! entries per durable commit (group commit).

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::lease::Lease;
use crate::store::ledger::{self, Batch, Outcome};
use crate::store::{StoreError, automatic_pauses, delivery_claims};

/// Entries that one commit may hold.
const BATCH_SIZE: usize = 512;
const MAX_RETRY_INTERVAL: Duration = Duration::from_secs(5);

enum Entry {
    Begin(i64, oneshot::Sender<bool>),
    Record(Outcome),
    GiveBack(i64),
    Release(i64),
    Defer(i64, Timestamp),
    Retry(Vec<i64>),
    EndSlice(i64),
}

/// A handle to the writer; cheap to clone.
///
/// The channel is unbounded: a connection writes about few deliveries at a time.
#[derive(Clone)]
pub struct Ledger {
    entries: mpsc::UnboundedSender<Entry>,
    leased: LeasedSlices,
    group_commit: Arc<Mutex<GroupCommit>>,
}

/// How many begins a commit waits for, and for how long.
#[derive(Debug, Clone, Copy, Default)]
pub struct GroupCommit {
    /// Zero where connections keep the writer busy anyway.
    pub min_begins: usize,
    /// A commit waits as long as the one before took, and no longer than this: a busy
    /// database gets larger batches, and an idle one delays no one.
    pub max_wait: Duration,
}

/// The audience slices that this worker has leased.
#[derive(Clone, Default)]
pub struct LeasedSlices(Arc<Mutex<HashSet<i64>>>);

impl LeasedSlices {
    fn set(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.0.lock()
    }

    pub fn clear(&self) {
        self.set().clear();
    }

    pub fn ids(&self) -> Vec<i64> {
        self.set().iter().copied().collect()
    }
}

/// A delivery that is marked as `sending`, or about to be. It is given back when this is
/// dropped before [`may_be_sent`](Self::may_be_sent).
pub struct Grant {
    id: i64,
    asked_at: Timestamp,
    answer: Answer,
    /// `None` once it is not given back any more.
    ledger: Option<Ledger>,
}

enum Answer {
    Pending(oneshot::Receiver<bool>),
    Known(bool),
}

impl Grant {
    /// Waits until the delivery is durably marked as `sending`; `false` if it must not be
    /// sent.
    pub async fn granted(&mut self) -> bool {
        if let Answer::Pending(answer) = &mut self.answer {
            let is_granted = answer.await.unwrap_or(false);
            self.answer = Answer::Known(is_granted);
        }
        matches!(self.answer, Answer::Known(true))
    }

    /// Whether it is known already that the delivery must not be sent.
    pub fn is_refused(&mut self) -> bool {
        if let Answer::Pending(answer) = &mut self.answer {
            let known = match answer.try_recv() {
                Ok(is_granted) => is_granted,
                Err(oneshot::error::TryRecvError::Empty) => return false,
                Err(oneshot::error::TryRecvError::Closed) => false,
            };
            self.answer = Answer::Known(known);
        }
        matches!(self.answer, Answer::Known(false))
    }

    /// How long ago it was asked for.
    pub fn age(&self, now: Timestamp) -> Duration {
        now.since(self.asked_at)
    }

    /// From here on the message may be sent at any moment, and only its outcome counts.
    pub fn may_be_sent(mut self) {
        self.ledger = None;
    }
}

impl Drop for Grant {
    fn drop(&mut self) {
        let is_refused = matches!(self.answer, Answer::Known(false));
        if let Some(ledger) = self.ledger.take().filter(|_| !is_refused) {
            ledger.give_back(self.id);
        }
    }
}

/// Keeps an audience slice leased until it is dropped.
pub struct SliceLease {
    id: i64,
    ledger: Ledger,
}

impl Drop for SliceLease {
    fn drop(&mut self) {
        self.ledger.leased.set().remove(&self.id);
        // Without a writer, the lease expires by itself.
        let _ = self.ledger.entries.send(Entry::EndSlice(self.id));
    }
}

impl Ledger {
    /// A ledger and the task that writes it. The task ends once every clone is dropped and
    /// every entry is written.
    pub fn start(
        cx: Context,
        owner: Uuid,
        leased: LeasedSlices,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (entries, receiver) = mpsc::unbounded_channel();
        let group_commit = Arc::<Mutex<GroupCommit>>::default();
        let ledger = Self {
            entries,
            leased,
            group_commit: group_commit.clone(),
        };
        (ledger, write(cx, owner, group_commit, receiver))
    }

    /// Sets how long commits wait for more entries, so that slow messages do not cost one
    /// commit each.
    pub fn set_group_commit(&self, group_commit: GroupCommit) {
        *self.group_commit.lock() = group_commit;
    }

    /// Requests that a delivery be marked as `sending`, durably.
    pub fn begin(&self, id: i64, now: Timestamp) -> Grant {
        let (answer, granted) = oneshot::channel();
        // Without a writer nobody answers, which is a refusal.
        let _ = self.entries.send(Entry::Begin(id, answer));
        Grant {
            id,
            asked_at: now,
            answer: Answer::Pending(granted),
            ledger: Some(self.clone()),
        }
    }

    /// Records the outcome of a delivery that had begun.
    pub fn record(&self, outcome: Outcome) {
        metrics::counter!("jarshy_deliveries_total", "state" => outcome.state.as_str())
            .increment(1);
        // The task outlives every handle.
        let _ = self.entries.send(Entry::Record(outcome));
    }

    /// Gives back a delivery that had begun and was certainly not sent.
    pub fn give_back(&self, id: i64) {
        let _ = self.entries.send(Entry::GiveBack(id));
    }

    /// Releases a delivery that has not begun.
    pub fn release(&self, id: i64) {
        let _ = self.entries.send(Entry::Release(id));
    }

    /// Defers a delivery that has not begun.
    pub fn defer(&self, id: i64, to: Timestamp) {
        let _ = self.entries.send(Entry::Defer(id, to));
    }

    /// Lets rejected deliveries be tried again when their campaign is resumed.
    pub fn retry(&self, ids: Vec<i64>) {
        let _ = self.entries.send(Entry::Retry(ids));
    }

    pub fn lease(&self, slice: i64) -> SliceLease {
        self.leased.set().insert(slice);
        SliceLease {
            id: slice,
            ledger: self.clone(),
        }
    }
}

#[derive(Default)]
struct Pending {
    batch: Batch,
    /// Answers to the begins of the batch.
    waiting: Vec<(i64, oneshot::Sender<bool>)>,
    /// Also begins of a commit that may or may not have been done.
    given_back: Vec<i64>,
    releases: Vec<i64>,
    deferrals: Vec<(i64, Timestamp)>,
    retries: Vec<i64>,
    ended_slices: Vec<i64>,
}

impl Pending {
    /// Takes the next entries that one commit can hold: it writes beginnings first, so what
    /// is given back cannot begin again in the same one.
    fn take(received: &mut VecDeque<Entry>) -> Self {
        let mut pending = Self::default();
        while let Some(entry) = received.pop_front() {
            match entry {
                Entry::Begin(id, answer) if pending.given_back.contains(&id) => {
                    received.push_front(Entry::Begin(id, answer));
                    break;
                }
                Entry::Begin(id, answer) => {
                    pending.batch.begins.push(id);
                    pending.waiting.push((id, answer));
                }
                Entry::Record(outcome) => pending.batch.outcomes.push(outcome),
                Entry::GiveBack(id) => pending.given_back.push(id),
                Entry::Release(id) => pending.releases.push(id),
                Entry::Defer(id, to) => pending.deferrals.push((id, to)),
                Entry::Retry(ids) => pending.retries.extend(ids),
                Entry::EndSlice(id) => pending.ended_slices.push(id),
            }
        }
        pending
    }

    fn has_other_changes(&self) -> bool {
        !(self.given_back.is_empty()
            && self.releases.is_empty()
            && self.deferrals.is_empty()
            && self.retries.is_empty()
            && self.ended_slices.is_empty())
    }
}

/// Entries that arrive during one commit go into the next.
async fn write(
    cx: Context,
    owner: Uuid,
    group_commit: Arc<Mutex<GroupCommit>>,
    mut entries: mpsc::UnboundedReceiver<Entry>,
) {
    let mut received = Vec::with_capacity(BATCH_SIZE);
    let mut last_duration = Duration::ZERO;
    while entries.recv_many(&mut received, BATCH_SIZE).await > 0 {
        let group_commit = *group_commit.lock();
        let max_wait = group_commit.max_wait.min(last_duration);
        wait_for_group(
            &mut entries,
            &mut received,
            group_commit.min_begins,
            max_wait,
        )
        .await;
        let mut entries: VecDeque<Entry> = received.drain(..).collect();
        while !entries.is_empty() {
            let began = Instant::now();
            write_pending(&cx, owner, Pending::take(&mut entries)).await;
            last_duration = began.elapsed();
        }
    }
}

/// Waits until `group_commit` connections want to begin, for `max_wait` at most.
async fn wait_for_group(
    entries: &mut mpsc::UnboundedReceiver<Entry>,
    received: &mut Vec<Entry>,
    group_commit: usize,
    max_wait: Duration,
) {
    let is_begin = |entry: &&Entry| matches!(entry, Entry::Begin(..));
    let until = Instant::now() + max_wait;
    while received.iter().filter(is_begin).count() < group_commit && received.len() < BATCH_SIZE {
        let more = entries.recv_many(received, BATCH_SIZE);
        match tokio::time::timeout_at(until, more).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return,
        }
    }
}

/// Writes a batch, however long the database is unavailable: a known outcome must not
/// become `uncertain`. Deliveries that wait to begin are refused at the first failure and
/// stay queued.
async fn write_pending(cx: &Context, owner: Uuid, mut pending: Pending) {
    let mut wait = Duration::from_millis(100);
    loop {
        match commit(cx, owner, &pending).await {
            Ok(granted) => {
                for (id, answer) in pending.waiting.drain(..) {
                    let _ = answer.send(granted.contains(&id));
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, outcomes = pending.batch.outcomes.len(), "the ledger cannot be written; trying again");
                pending.given_back.append(&mut pending.batch.begins);
                for (_, answer) in pending.waiting.drain(..) {
                    let _ = answer.send(false);
                }
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(MAX_RETRY_INTERVAL);
            }
        }
    }
}

/// Writes the batch, then the other changes. Where these fail, the batch is written again
/// with the next attempt, which is idempotent.
async fn commit(cx: &Context, owner: Uuid, pending: &Pending) -> Result<Vec<i64>, StoreError> {
    let now = cx.clock.now();
    let lease = Lease::new(owner, now, Duration::from_secs(cx.config().lease));
    let granted = if pending.batch.is_empty() {
        Vec::new()
    } else {
        ledger::write(&cx.store, &pending.batch, &lease).await?
    };
    if pending.has_other_changes() {
        let mut db = cx.store.write().await?;
        ledger::give_back(&mut db, &pending.given_back, owner, now).await?;
        ledger::release(&mut db, &pending.releases, owner).await?;
        for (id, to) in &pending.deferrals {
            ledger::put_off(&mut db, *id, *to, now).await?;
        }
        for id in &pending.retries {
            automatic_pauses::put_back_delivery(&mut db, *id, now).await?;
        }
        for slice in &pending.ended_slices {
            delivery_claims::end_slice(&mut db, *slice, owner).await?;
        }
        db.commit().await?;
    }
    Ok(granted)
}

#[cfg(test)]
mod tests;
