//! A slot among the connections to a relay, held from before a connection is opened until
//! it has ended.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

use super::connection_limit::{ConnectFailure, ConnectionLimit};
use crate::clock::{Clock, Timestamp};

/// How long a session with priority waits before it connects beyond the known limit.
const PRIORITY_WAIT: Duration = Duration::from_secs(5);
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The slots of one relay.
pub(super) struct ConnectionSlots {
    limit: Mutex<ConnectionLimit>,
    /// Notified when a slot may have become free.
    released: Notify,
    /// Notified when a session with priority waits for a slot.
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

    /// The limit that was reached, and when; `None` while none is known.
    pub(super) fn known_limit(&self) -> Option<(usize, Timestamp)> {
        self.limit().known()
    }

    /// Whether an idle connection should close.
    pub(super) fn must_yield(&self) -> bool {
        self.limit().must_yield()
    }

    /// Waits until a session with priority waits for a slot.
    pub(super) async fn yield_requested(&self) {
        self.yield_requested.notified().await;
    }
}

/// Released when it is dropped.
pub(super) struct ConnectionSlot {
    slots: Arc<ConnectionSlots>,
    state: SlotState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SlotState {
    Reserved,
    Connecting,
    Open,
    Released,
}

impl ConnectionSlot {
    /// Takes a free slot.
    ///
    /// # Errors
    /// When to try again, where time alone may free one.
    pub(super) fn reserve(slots: &Arc<ConnectionSlots>) -> Result<Self, Option<Instant>> {
        slots.limit().reserve(Instant::now())?;
        Ok(Self {
            slots: slots.clone(),
            state: SlotState::Reserved,
        })
    }

    pub(super) async fn wait(slots: &Arc<ConnectionSlots>) -> Self {
        loop {
            let released = slots.released.notified();
            let until = match Self::reserve(slots) {
                Ok(slot) => return slot,
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

    /// Waits with priority: idle connections close to free a slot.
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

    /// A connection is being opened, perhaps in place of one that has ended.
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

    /// The relay has refused the connection with a reply.
    pub(super) fn refused(mut self) -> ConnectFailure {
        self.state = SlotState::Released;
        let at = self.slots.clock.now();
        self.slots.limit().refused(Instant::now(), at)
    }

    /// The connection could not be opened for another reason.
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
