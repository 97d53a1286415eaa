//! The ledger's pen: writes what connections are about to do and have done,
//! many at a time, so that one durable commit serves them all.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::ledger::{self, Outcome, Page};
use crate::store::{StoreError, brakes, deliveries};

/// Entries that one commit may hold.
const BATCH: usize = 512;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

enum Entry {
    Begin(i64, oneshot::Sender<bool>),
    Record(Outcome),
    Release(i64),
    PutOff(i64, Timestamp),
    PutBack(Vec<i64>),
    EndSlice(i64),
}

/// A connection's hold on the pen; cheap to clone.
///
/// The way to the pen has no bound of its own: a connection writes about one
/// delivery at a time.
#[derive(Clone)]
pub struct Ledger {
    entries: mpsc::UnboundedSender<Entry>,
    held: HeldSlices,
    company: Arc<Mutex<Company>>,
}

/// How many beginnings a commit waits for, and for how long.
#[derive(Debug, Clone, Copy, Default)]
pub struct Company {
    /// So many; none where connections keep the pen busy anyway.
    pub count: usize,
    /// As long as the commit before took, and no longer than this: a database
    /// that is busy gets larger pages, and one that is not keeps nobody waiting.
    pub at_most: Duration,
}

/// The slices that this worker holds, to renew their leases.
#[derive(Clone, Default)]
pub struct HeldSlices(Arc<Mutex<HashSet<i64>>>);

impl HeldSlices {
    fn set(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets them all.
    pub(super) fn clear(&self) {
        self.set().clear();
    }

    /// Their rows.
    pub fn ids(&self) -> Vec<i64> {
        self.set().iter().copied().collect()
    }
}

/// An answer to [`Ledger::begin`] that is still to come.
pub struct Grant(Option<oneshot::Receiver<bool>>);

impl Grant {
    /// Waits until the delivery is durably marked as `sending`. `false`: it
    /// must not be sent.
    pub async fn given(self) -> bool {
        match self.0 {
            Some(answer) => answer.await.unwrap_or(false),
            None => false,
        }
    }
}

/// Keeps a slice of deliveries in this worker's hands until it is dropped.
pub struct SliceHold {
    id: i64,
    ledger: Ledger,
}

impl Drop for SliceHold {
    fn drop(&mut self) {
        self.ledger.held.set().remove(&self.id);
        // Where the pen is gone, the lease ends by itself.
        let _ = self.ledger.entries.send(Entry::EndSlice(self.id));
    }
}

impl Ledger {
    /// A pen and the task that moves it. The task ends once every clone is
    /// dropped and all it was told is written.
    pub fn open(
        cx: Context,
        owner: Uuid,
        held: HeldSlices,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (entries, receiver) = mpsc::unbounded_channel();
        let company = Arc::<Mutex<Company>>::default();
        let ledger = Self {
            entries,
            held,
            company: company.clone(),
        };
        (ledger, write(cx, owner, company, receiver))
    }

    /// Lets commits wait for company from now on, so that they do not come one
    /// for each message where messages take their time.
    pub fn wait_for(&self, company: Company) {
        *self.company.lock().unwrap_or_else(PoisonError::into_inner) = company;
    }

    /// Asks for a delivery to be marked as `sending`, durably.
    pub fn begin(&self, id: i64) -> Grant {
        let (answer, granted) = oneshot::channel();
        let asked = self.entries.send(Entry::Begin(id, answer));
        Grant(asked.is_ok().then_some(granted))
    }

    /// Records what became of a delivery that had begun.
    pub fn record(&self, outcome: Outcome) {
        metrics::counter!("jarshy_deliveries_total", "state" => outcome.state.as_str())
            .increment(1);
        // The task outlives every pen.
        let _ = self.entries.send(Entry::Record(outcome));
    }

    /// Gives back a delivery that has not begun.
    pub fn release(&self, id: i64) {
        let _ = self.entries.send(Entry::Release(id));
    }

    /// Puts a delivery off that has not begun.
    pub fn put_off(&self, id: i64, to: Timestamp) {
        let _ = self.entries.send(Entry::PutOff(id, to));
    }

    /// Lets deliveries that were recorded as refused be tried again, when their
    /// campaign goes on.
    pub fn put_back(&self, ids: Vec<i64>) {
        let _ = self.entries.send(Entry::PutBack(ids));
    }

    /// Keeps a slice until the last hold on it is dropped.
    pub fn hold(&self, slice: i64) -> SliceHold {
        self.held.set().insert(slice);
        SliceHold {
            id: slice,
            ledger: self.clone(),
        }
    }
}

#[derive(Default)]
struct Batch {
    page: Page,
    /// Who waits to begin, in the page's order.
    waiting: Vec<(i64, oneshot::Sender<bool>)>,
    /// Begun in a commit of which nobody knows whether it was done.
    undone: Vec<i64>,
    releases: Vec<i64>,
    put_off: Vec<(i64, Timestamp)>,
    put_back: Vec<i64>,
    ended_slices: Vec<i64>,
}

impl Batch {
    fn has_corrections(&self) -> bool {
        !(self.undone.is_empty()
            && self.releases.is_empty()
            && self.put_off.is_empty()
            && self.put_back.is_empty()
            && self.ended_slices.is_empty())
    }
}

/// What comes while one commit is on its way to the disk goes with the next.
async fn write(
    cx: Context,
    owner: Uuid,
    company: Arc<Mutex<Company>>,
    mut entries: mpsc::UnboundedReceiver<Entry>,
) {
    let mut taken = Vec::with_capacity(BATCH);
    let mut last_took = Duration::ZERO;
    while entries.recv_many(&mut taken, BATCH).await > 0 {
        let company = *company.lock().unwrap_or_else(PoisonError::into_inner);
        let patience = company.at_most.min(last_took);
        gather(&mut entries, &mut taken, company.count, patience).await;
        let mut batch = Batch::default();
        for entry in taken.drain(..) {
            match entry {
                Entry::Begin(id, answer) => {
                    batch.page.begins.push(id);
                    batch.waiting.push((id, answer));
                }
                Entry::Record(outcome) => batch.page.outcomes.push(outcome),
                Entry::Release(id) => batch.releases.push(id),
                Entry::PutOff(id, to) => batch.put_off.push((id, to)),
                Entry::PutBack(ids) => batch.put_back.extend(ids),
                Entry::EndSlice(id) => batch.ended_slices.push(id),
            }
        }
        let began = Instant::now();
        write_batch(&cx, owner, batch).await;
        last_took = began.elapsed();
    }
}

/// Waits until `company` connections want to begin, or patience ends.
async fn gather(
    entries: &mut mpsc::UnboundedReceiver<Entry>,
    taken: &mut Vec<Entry>,
    company: usize,
    patience: Duration,
) {
    let is_begin = |entry: &&Entry| matches!(entry, Entry::Begin(..));
    let until = Instant::now() + patience;
    while taken.iter().filter(is_begin).count() < company && taken.len() < BATCH {
        let more = entries.recv_many(taken, BATCH);
        match tokio::time::timeout_at(until, more).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return,
        }
    }
}

/// Writes a batch, however long the database takes to come back: an outcome
/// that is known must not become `uncertain`. Deliveries that wait to begin are
/// turned away at the first failure; they stay queued.
async fn write_batch(cx: &Context, owner: Uuid, mut batch: Batch) {
    let mut wait = Duration::from_millis(100);
    loop {
        match commit(cx, owner, &batch).await {
            Ok(granted) => {
                for (id, answer) in batch.waiting.drain(..) {
                    let _ = answer.send(granted.contains(&id));
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, outcomes = batch.page.outcomes.len(), "the ledger cannot be written; trying again");
                batch.undone.append(&mut batch.page.begins);
                for (_, answer) in batch.waiting.drain(..) {
                    let _ = answer.send(false);
                }
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// Writes the page, then what is set right beside it. Where that fails, the page
/// is written again with the next attempt, which changes nothing.
async fn commit(cx: &Context, owner: Uuid, batch: &Batch) -> Result<Vec<i64>, StoreError> {
    let now = cx.clock.now();
    let until = now.after(Duration::from_secs(cx.config.lease));
    let granted = match batch.page.is_empty() {
        true => Vec::new(),
        false => ledger::write(&cx.store, &batch.page, owner, now, until).await?,
    };
    if batch.has_corrections() {
        let mut db = cx.store.write().await?;
        ledger::undo_begin(&mut db, &batch.undone, owner, now).await?;
        ledger::release(&mut db, &batch.releases, owner).await?;
        for (id, to) in &batch.put_off {
            ledger::put_off(&mut db, *id, *to, now).await?;
        }
        for id in &batch.put_back {
            brakes::put_back_delivery(&mut db, *id, now).await?;
        }
        for slice in &batch.ended_slices {
            deliveries::end_slice(&mut db, *slice, owner).await?;
        }
        db.commit().await?;
    }
    Ok(granted)
}
