//! A place among the connections to a relay, held by whoever opens or has one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::connection_limit::{ConnectionLimit, Refusal};
use crate::clock::{Clock, Timestamp};

/// How long somebody who comes first waits for a place before the relay is
/// asked all the same.
const LONGEST_HURRY: Duration = Duration::from_secs(5);
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// The places of one relay.
pub(super) struct Places {
    limit: Mutex<ConnectionLimit>,
    /// Rung when one may have become free.
    freed: Notify,
    /// Rung when somebody who comes first waits for one.
    asked: Notify,
    clock: Clock,
}

impl Places {
    pub(super) fn new(most: usize, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            limit: Mutex::new(ConnectionLimit::new(most)),
            freed: Notify::new(),
            asked: Notify::new(),
            clock,
        })
    }

    fn limit(&self) -> MutexGuard<'_, ConnectionLimit> {
        self.limit.lock().unwrap_or_else(PoisonError::into_inner)
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
    pub(super) async fn asked(&self) {
        self.asked.notified().await;
    }
}

/// Given back when it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    step: Step,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Reserved,
    Trying,
    Open,
    /// Given back already.
    Gone,
}

impl Place {
    /// A place, where there is one now; otherwise the moment to ask again.
    pub(super) fn reserve(places: &Arc<Places>) -> Result<Self, Option<Instant>> {
        places.limit().reserve(Instant::now())?;
        Ok(Self {
            places: places.clone(),
            step: Step::Reserved,
        })
    }

    /// A place, once there is one.
    pub(super) async fn wait(places: &Arc<Places>) -> Self {
        loop {
            let freed = places.freed.notified();
            let until = match Self::reserve(places) {
                Ok(place) => return place,
                Err(until) => until,
            };
            match until {
                Some(until) => {
                    let _ = tokio::time::timeout_at(until.into(), freed).await;
                }
                None => freed.await,
            }
        }
    }

    /// A place before everybody else: connections that have nothing under way
    /// make room.
    pub(super) async fn wait_first(places: &Arc<Places>) -> Self {
        let started = Instant::now();
        places.limit().hurry();
        loop {
            let freed = places.freed.notified();
            let is_late = started.elapsed() > LONGEST_HURRY;
            if places.limit().reserve_hurried(is_late) {
                return Self {
                    places: places.clone(),
                    step: Step::Reserved,
                };
            }
            places.asked.notify_waiters();
            let _ = tokio::time::timeout(ASK_AGAIN, freed).await;
        }
    }

    /// A connection is being opened, in place of one that has ended perhaps.
    pub(super) fn begin(&mut self) {
        let mut limit = self.places.limit();
        match self.step {
            Step::Reserved => limit.begin(),
            Step::Open => limit.begin_again(),
            Step::Trying | Step::Gone => {}
        }
        drop(limit);
        self.step = Step::Trying;
    }

    pub(super) fn opened(&mut self) {
        self.places.limit().opened(Instant::now());
        self.step = Step::Open;
    }

    /// The relay has refused it with a reply.
    pub(super) fn refused(mut self) -> Refusal {
        self.step = Step::Gone;
        let at = self.places.clock.now();
        self.places.limit().refused(Instant::now(), at)
    }

    /// It could not be opened for another reason.
    pub(super) fn failed(mut self) -> Refusal {
        self.step = Step::Gone;
        self.places.limit().failed()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut limit = self.places.limit();
        match self.step {
            Step::Reserved => limit.cancel(),
            Step::Trying => limit.gave_up(),
            Step::Open => limit.closed(),
            Step::Gone => {}
        }
        drop(limit);
        self.places.freed.notify_waiters();
    }
}
