//! Which connections wait for a request, and for how long: at the cap on
//! connections the oldest one makes room.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tokio_util::sync::CancellationToken;

/// Connections that wait for a request or still read their last response,
/// oldest first.
#[derive(Clone, Default)]
pub struct IdleConnections {
    queue: Arc<Mutex<Queue>>,
}

#[derive(Default)]
struct Queue {
    next: u64,
    waiting: BTreeMap<u64, CancellationToken>,
}

impl IdleConnections {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock()
    }

    /// Adds a connection, as the newest.
    pub fn join(&self) -> IdleEntry {
        let place = IdleEntry {
            idle: self.clone(),
            dropped: CancellationToken::new(),
            number: Mutex::new(None),
        };
        place.wait();
        place
    }

    /// Drops the connection that has waited longest, if one waits.
    pub fn drop_oldest(&self) {
        if let Some((_, oldest)) = self.queue().waiting.pop_first() {
            oldest.cancel();
        }
    }
}

/// A connection's entry in the queue.
pub struct IdleEntry {
    idle: IdleConnections,
    /// Cancelled when the connection must make room.
    pub dropped: CancellationToken,
    number: Mutex<Option<u64>>,
}

impl IdleEntry {
    fn number(&self) -> MutexGuard<'_, Option<u64>> {
        self.number.lock()
    }

    /// Moves to the end of the queue: the connection waits for a request.
    pub fn wait(&self) {
        let mut queue = self.idle.queue();
        let number = queue.next;
        queue.next += 1;
        queue.waiting.insert(number, self.dropped.clone());
        if let Some(before) = self.number().replace(number) {
            queue.waiting.remove(&before);
        }
    }

    /// Leaves the queue: a request is being answered.
    pub fn leave(&self) {
        if let Some(number) = self.number().take() {
            self.idle.queue().waiting.remove(&number);
        }
    }
}

impl Drop for IdleEntry {
    fn drop(&mut self) {
        self.leave();
    }
}
