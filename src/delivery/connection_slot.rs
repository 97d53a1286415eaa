//! A place among the connections to a relay, held by whoever opens or has one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

use super::connection_limit::{ConnectFailure, ConnectionLimit};
use crate::clock::{Clock, Timestamp};

/// How long somebody who comes first waits for a place before the relay is
/// asked all the same.
const PRIORITY_WAIT: Duration = Duration::from_secs(5);
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The places of one relay.
pub(super) struct ConnectionSlots {
    limit: Mutex<ConnectionLimit>,
    /// Rung when one may have become free.
    released: Notify,
    /// Rung when somebody who comes first waits for one.
    yield_requested: Notify,
    clock: Clock,
}

impl ConnectionSlots {
    pub(super) fn new(configured: usize, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            limit: Mutex::new(ConnectionLimit::new(configured)),
            released: Notify::new(),
            yield_requested: Notify::new(),
            clock,
        })
    }

    fn limit(&self) -> MutexGuard<'_, ConnectionLimit> {
        self.limit.lock()
    }

    /// The limit that was met, and when; `None` while none is known.
    pub(super) fn known_limit(&self) -> Option<(usize, Timestamp)> {
        self.limit().known()
    }

    /// Whether a connection that has nothing under way should end.
    pub(super) fn must_yield(&self) -> bool {
        self.limit().must_yield()
    }

    /// Waits until somebody who comes first waits for a place.
    pub(super) async fn yield_requested(&self) {
        self.yield_requested.notified().await;
    }
}

/// Given back when it is dropped.
pub(super) struct ConnectionSlot {
    slots: Arc<ConnectionSlots>,
    state: SlotState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SlotState {
    Reserved,
    Connecting,
    Open,
    /// Given back already.
    Released,
}

impl ConnectionSlot {
    /// A place, where there is one now; otherwise the moment to ask again.
    pub(super) fn reserve(slots: &Arc<ConnectionSlots>) -> Result<Self, Option<Instant>> {
        slots.limit().reserve(Instant::now())?;
        Ok(Self {
            slots: slots.clone(),
            state: SlotState::Reserved,
        })
    }

    /// A place, once there is one.
    pub(super) async fn wait(slots: &Arc<ConnectionSlots>) -> Self {
        loop {
            let released = slots.released.notified();
            let until = match Self::reserve(slots) {
                Ok(place) => return place,
                Err(until) => until,
            };
            match until {
                Some(until) => {
                    let _ = tokio::time::timeout_at(until.into(), released).await;
                }
                None => released.await,
            }
        }
    }

    /// A place before everybody else: connections that have nothing under way
    /// make room.
    pub(super) async fn wait_with_priority(slots: &Arc<ConnectionSlots>) -> Self {
        let started = Instant::now();
        slots.limit().add_priority_waiter();
        loop {
            let released = slots.released.notified();
            let is_late = started.elapsed() > PRIORITY_WAIT;
            if slots.limit().reserve_with_priority(is_late) {
                return Self {
                    slots: slots.clone(),
                    state: SlotState::Reserved,
                };
            }
            slots.yield_requested.notify_waiters();
            let _ = tokio::time::timeout(POLL_INTERVAL, released).await;
        }
    }

    /// A connection is being opened, in place of one that has ended perhaps.
    pub(super) fn connecting(&mut self) {
        let mut limit = self.slots.limit();
        match self.state {
            SlotState::Reserved => limit.connecting(),
            SlotState::Open => limit.reconnecting(),
            SlotState::Connecting | SlotState::Released => {}
        }
        drop(limit);
        self.state = SlotState::Connecting;
    }

    pub(super) fn opened(&mut self) {
        self.slots.limit().opened(Instant::now());
        self.state = SlotState::Open;
    }

    /// The relay has refused it with a reply.
    pub(super) fn refused(mut self) -> ConnectFailure {
        self.state = SlotState::Released;
        let at = self.slots.clock.now();
        self.slots.limit().refused(Instant::now(), at)
    }

    /// It could not be opened for another reason.
    pub(super) fn failed(mut self) -> ConnectFailure {
        self.state = SlotState::Released;
        self.slots.limit().failed()
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut limit = self.slots.limit();
        match self.state {
            SlotState::Reserved => limit.cancel(),
            SlotState::Connecting => limit.connect_cancelled(),
            SlotState::Open => limit.closed(),
            SlotState::Released => {}
        }
        drop(limit);
        self.slots.released.notify_waiters();
    }
}
