//! Which connections wait for a request, and for how long: at the cap on
//! connections the oldest one makes room.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

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
        let entry = IdleEntry {
            idle: self.clone(),
            dropped: CancellationToken::new(),
            state: Mutex::new(State {
                number: None,
                since: Instant::now(),
                busy: 1,
            }),
        };
        entry.wait();
        entry
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
    /// Locked after the queue.
    state: Mutex<State>,
}

struct State {
    /// Where it is in the queue.
    number: Option<u64>,
    /// Since when it waits.
    since: Instant,
    /// What is being answered. HTTP/2 sends several requests at once.
    busy: u32,
}

impl IdleEntry {
    /// One less is being answered. With the last, the connection moves to the end of the
    /// queue: it waits for a request.
    pub fn wait(&self) {
        let mut queue = self.idle.queue();
        let mut state = self.state.lock();
        state.busy = state.busy.saturating_sub(1);
        if state.busy > 0 {
            return;
        }
        let number = queue.next;
        queue.next += 1;
        queue.waiting.insert(number, self.dropped.clone());
        state.since = Instant::now();
        if let Some(before) = state.number.replace(number) {
            queue.waiting.remove(&before);
        }
    }

    /// One more is being answered: the connection is not in the queue.
    pub fn leave(&self) {
        let mut queue = self.idle.queue();
        let mut state = self.state.lock();
        state.busy += 1;
        if let Some(number) = state.number.take() {
            queue.waiting.remove(&number);
        }
    }

    /// How long it has waited; `None` while something is being answered.
    pub fn idle_for(&self) -> Option<Duration> {
        let state = self.state.lock();
        (state.busy == 0).then(|| state.since.elapsed())
    }
}

impl Drop for IdleEntry {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_with_several_requests_waits_after_the_last() {
        let idle = IdleConnections::default();
        let (busy, waiting) = (idle.join(), idle.join());
        busy.leave();
        busy.leave();
        busy.wait();
        assert!(busy.idle_for().is_none() && waiting.idle_for().is_some());
        idle.drop_oldest();
        assert!(waiting.dropped.is_cancelled() && !busy.dropped.is_cancelled());
        busy.wait();
        assert!(busy.idle_for().is_some());
        idle.drop_oldest();
        assert!(busy.dropped.is_cancelled());
    }
}
