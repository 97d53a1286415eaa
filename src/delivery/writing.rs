//! Writing and signing messages, where they wait for nothing.
//!
//! What is signed with RSA takes four times as long as everything else of a message. It is
//! written on threads of its own, as many as there are cores, as soon as a connection has
//! taken it: the messages that it has prepared are signed side by side. Others are written
//! by their connection while it waits for the relay.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::WriteError;
use super::mailer::Mailer;
use super::queued_delivery::QueuedDelivery;
use crate::clock::Timestamp;
use crate::health::panic_message;
use crate::store::deliveries::Claimed;

type Written = Result<Vec<u8>, WriteError>;

/// The cores that sign.
#[derive(Clone)]
pub(super) struct SigningCores(Arc<Semaphore>);

impl Default for SigningCores {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(cores)))
    }
}

/// The message of a delivery, written or not.
pub(super) enum Writing {
    NotYet,
    OnAnotherCore(JoinHandle<Written>),
    Done(Written),
}

impl Writing {
    /// Begins to write a message that is slow to sign.
    pub(super) fn start(item: &QueuedDelivery, cores: &SigningCores, now: Timestamp) -> Self {
        if !item.mailer.is_slow() {
            return Self::NotYet;
        }
        let cores = cores.clone();
        let (mailer, claimed) = (item.mailer.clone(), item.claimed.clone());
        Self::OnAnotherCore(tokio::spawn(async move {
            // Never closed.
            let _core = cores.0.acquire().await;
            let written = tokio::task::spawn_blocking(move || write(&mailer, &claimed, now));
            match written.await {
                Ok(written) => written,
                Err(error) => Err(WriteError::Stopped(error.to_string())),
            }
        }))
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
            Self::OnAnotherCore(writing) => match writing.await {
                Ok(written) => written,
                Err(error) => Err(WriteError::Stopped(error.to_string())),
            },
        }
    }
}

/// A message that makes its writer panic is one that cannot be written.
fn write(mailer: &Mailer, claimed: &Claimed, now: Timestamp) -> Written {
    catch_unwind(AssertUnwindSafe(|| mailer.write(claimed, now)))
        .unwrap_or_else(|panic| Err(WriteError::Stopped(panic_message(&*panic))))
}
