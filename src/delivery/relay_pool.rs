//! The relays of a worker, and which of them takes the next message.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::relay_state::RelayState;
use crate::campaign::delay::RelayStatus;
use crate::context::Context;
use crate::model::delay::DelayReason;
use crate::relay::{Relay, Relays};

/// How many messages, divided by its weight, a relay may be ahead of the others.
const SHARE_TOLERANCE: u64 = 4;
/// A relay that was idle may catch up by no more than so many.
const CATCH_UP: u64 = 64;
/// How often a connection checks whether its relay has its turn.
const TURN_INTERVAL: Duration = Duration::from_millis(2);

pub struct RelayPool(Vec<Arc<RelayState>>);

impl RelayPool {
    pub fn new(cx: &Context, endpoints: &Relays) -> Arc<Self> {
        let relay = |relay: &Relay| Arc::new(RelayState::new(cx.clone(), relay.clone()));
        Arc::new(Self(endpoints.iter().map(relay).collect()))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<RelayState>> {
        self.0.iter()
    }

    /// Why no relay can be used and for how long; `None` where one can.
    pub fn backoff_reason(&self) -> Option<(DelayReason, String, Duration)> {
        let all: Option<Vec<_>> = self.0.iter().map(|relay| relay.backoff_reason()).collect();
        all?.into_iter().min_by_key(|(_, _, wait)| *wait)
    }

    /// The state of each relay, for the admin pages.
    pub fn status(&self) -> Vec<RelayStatus> {
        self.0.iter().map(|relay| relay.status()).collect()
    }

    /// Whether every relay rejects all mail until an operator acts.
    pub fn all_refuse(&self) -> bool {
        self.0.iter().all(|relay| relay.is_refusing())
    }

    /// The first relay that works, or else the first.
    pub fn healthy(&self) -> Option<Arc<RelayState>> {
        let works = self.0.iter().find(|relay| !relay.is_backing_off());
        works.or(self.0.first()).cloned()
    }

    /// Waits until `relay` may take a message.
    pub async fn wait_for_turn(&self, relay: &RelayState) {
        while !self.has_turn(relay) {
            match relay.backoff_until() {
                Some(until) => tokio::time::sleep_until(until).await,
                None => tokio::time::sleep(TURN_INTERVAL).await,
            }
        }
    }

    /// Whether `relay` works and no other working relay is behind its share.
    pub fn has_turn(&self, relay: &RelayState) -> bool {
        if relay.is_backing_off() {
            return false;
        }
        let share = |relay: &RelayState| {
            relay.messages.load(Ordering::Relaxed) / u64::from(relay.relay.weight)
        };
        let mine = share(relay);
        self.0.iter().all(|other| {
            std::ptr::eq(other.as_ref(), relay)
                || share(other) + SHARE_TOLERANCE >= mine
                || !other.makes_progress()
                || other.is_backing_off()
        })
    }

    /// Counts one of `relay`'s connections as idle until the guard is dropped.
    pub fn idle<'a>(&self, relay: &'a RelayState) -> IdleGuard<'a> {
        if relay.idle.fetch_add(1, Ordering::Relaxed) == 0 {
            // A relay that was idle must not catch up on all that it missed.
            let most = self.0.iter().map(|other| {
                other.messages.load(Ordering::Relaxed) / u64::from(other.relay.weight)
            });
            let floor = most.max().unwrap_or(0).saturating_sub(CATCH_UP);
            relay
                .messages
                .fetch_max(floor * u64::from(relay.relay.weight), Ordering::Relaxed);
        }
        IdleGuard(relay)
    }
}

pub struct IdleGuard<'a>(&'a RelayState);

impl Drop for IdleGuard<'_> {
    fn drop(&mut self) {
        self.0.idle.fetch_sub(1, Ordering::Relaxed);
    }
}
