//! The ledger's pen: writes what connections are about to do and have done,
//! many at a time, so that one durable commit serves them all.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::context::Context;
use crate::store::StoreError;
use crate::store::deliveries::{self, Outcome};

/// Entries that one commit may hold.
const BATCH: usize = 256;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

enum Entry {
    Begin(i64, oneshot::Sender<bool>),
    Record(Outcome),
    Release(i64),
}

/// A connection's hold on the pen; cheap to clone.
#[derive(Clone)]
pub struct Ledger(mpsc::Sender<Entry>);

impl Ledger {
    /// A pen and the task that moves it. The task ends once every clone is
    /// dropped and all it was told is written.
    pub fn open(cx: Context, owner: Uuid) -> (Self, impl Future<Output = ()> + Send) {
        let (sender, receiver) = mpsc::channel(4 * BATCH);
        (Self(sender), write(cx, owner, receiver))
    }

    /// Marks a delivery as `sending`, durably. `false`: it must not be sent.
    pub async fn begin(&self, id: i64) -> bool {
        let (answer, granted) = oneshot::channel();
        if self.0.send(Entry::Begin(id, answer)).await.is_err() {
            return false;
        }
        granted.await.unwrap_or(false)
    }

    /// Records what became of a delivery that had begun.
    pub async fn record(&self, outcome: Outcome) {
        metrics::counter!("jarshy_deliveries_total", "state" => outcome.state.as_str())
            .increment(1);
        // The task outlives every pen.
        let _ = self.0.send(Entry::Record(outcome)).await;
    }

    /// Gives back a delivery that has not begun.
    pub async fn release(&self, id: i64) {
        let _ = self.0.send(Entry::Release(id)).await;
    }
}

#[derive(Default)]
struct Batch {
    begins: Vec<(i64, oneshot::Sender<bool>)>,
    outcomes: Vec<Outcome>,
    releases: Vec<i64>,
}

async fn write(cx: Context, owner: Uuid, mut entries: mpsc::Receiver<Entry>) {
    let mut taken = Vec::with_capacity(BATCH);
    while entries.recv_many(&mut taken, BATCH).await > 0 {
        let mut batch = Batch::default();
        for entry in taken.drain(..) {
            match entry {
                Entry::Begin(id, answer) => batch.begins.push((id, answer)),
                Entry::Record(outcome) => batch.outcomes.push(outcome),
                Entry::Release(id) => batch.releases.push(id),
            }
        }
        write_batch(&cx, owner, batch).await;
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
                for (id, answer) in batch.begins.drain(..) {
                    let _ = answer.send(granted.contains(&id));
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, outcomes = batch.outcomes.len(), "the ledger cannot be written; trying again");
                for (_, answer) in batch.begins.drain(..) {
                    let _ = answer.send(false);
                }
                if batch.outcomes.is_empty() {
                    return;
                }
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

async fn commit(cx: &Context, owner: Uuid, batch: &Batch) -> Result<Vec<i64>, StoreError> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if !batch.outcomes.is_empty() {
        deliveries::record(&mut db, &batch.outcomes, now).await?;
    }
    let ids: Vec<i64> = batch.begins.iter().map(|(id, _)| *id).collect();
    let granted = match ids.is_empty() {
        true => Vec::new(),
        false => deliveries::begin(&mut db, &ids, owner, now).await?,
    };
    deliveries::release(&mut db, &batch.releases, owner).await?;
    db.commit().await?;
    Ok(granted)
}
