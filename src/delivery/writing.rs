//! Writing and signing messages, where they wait for nothing.
//!
//! What is signed with RSA takes four times as long as everything else of a message. It is
//! written on threads of its own, as many as there are cores, as soon as a connection has
//! taken it: the messages that it has prepared are signed side by side. Others are written
//! by their connection while it waits for the relay.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::WriteError;
use super::mailer::Mailer;
use super::queued_delivery::QueuedDelivery;
use crate::clock::Timestamp;
use crate::health::panic_message;
use crate::store::deliveries::Claimed;

type Written = Result<Vec<u8>, WriteError>;

/// The cores that sign. Each goes on with the next message by itself: it does not wait for the
/// pipeline, which has to wait for a core.
#[derive(Clone)]
pub(super) struct SigningCores {
    number: usize,
    work: Arc<Mutex<Work>>,
}

#[derive(Default)]
struct Work {
    busy: usize,
    waiting: VecDeque<ToWrite>,
}

struct ToWrite {
    mailer: Arc<Mailer>,
    claimed: Claimed,
    now: Timestamp,
    answer: oneshot::Sender<Written>,
}

impl Default for SigningCores {
    fn default() -> Self {
        Self {
            number: std::thread::available_parallelism().map_or(1, usize::from),
            work: Arc::default(),
        }
    }
}

impl SigningCores {
    fn write(&self, one: ToWrite) {
        let mut work = self.work.lock();
        work.waiting.push_back(one);
        if work.busy < self.number {
            work.busy += 1;
            let cores = self.clone();
            tokio::task::spawn_blocking(move || cores.write_all());
        }
    }

    fn write_all(&self) {
        while let Some(one) = self.next() {
            // Unless its delivery was put back meanwhile.
            if !one.answer.is_closed() {
                let written = write(&one.mailer, &one.claimed, one.now);
                let _ = one.answer.send(written);
            }
        }
    }

    fn next(&self) -> Option<ToWrite> {
        let mut work = self.work.lock();
        let next = work.waiting.pop_front();
        if next.is_none() {
            work.busy -= 1;
        }
        next
    }
}

/// The message of a delivery, written or not.
pub(super) enum Writing {
    NotYet,
    OnAnotherCore(oneshot::Receiver<Written>),
    Done(Written),
}

impl Writing {
    /// Begins to write a message that is slow to sign.
    pub(super) fn start(item: &QueuedDelivery, cores: &SigningCores, now: Timestamp) -> Self {
        if !item.mailer.is_slow() {
            return Self::NotYet;
        }
        let (answer, written) = oneshot::channel();
        cores.write(ToWrite {
            mailer: item.mailer.clone(),
            claimed: item.claimed.clone(),
            now,
            answer,
        });
        Self::OnAnotherCore(written)
    }

    /// Writes the message now, unless it was begun.
    pub(super) fn write_early(&mut self, item: &QueuedDelivery, now: Timestamp) {
        if let Self::NotYet = self {
            *self = Self::Done(write(&item.mailer, &item.claimed, now));
        }
    }

    /// The message.
    pub(super) async fn finish(self, item: &QueuedDelivery, now: Timestamp) -> Written {
        match self {
            Self::NotYet => write(&item.mailer, &item.claimed, now),
            Self::Done(written) => written,
            // Without an answer the process stops.
            Self::OnAnotherCore(written) => written
                .await
                .unwrap_or_else(|error| Err(WriteError::Stopped(error.to_string()))),
        }
    }
}

/// A message that makes its writer panic is one that cannot be written.
fn write(mailer: &Mailer, claimed: &Claimed, now: Timestamp) -> Written {
    catch_unwind(AssertUnwindSafe(|| mailer.write(claimed, now)))
        .unwrap_or_else(|panic| Err(WriteError::Stopped(panic_message(&*panic))))
}
