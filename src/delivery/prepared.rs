//! A delivery that a connection has taken, and those that it has prepared before their turn.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::ledger::{Grant, Ledger};
use super::queued_delivery::QueuedDelivery;
use super::writing::{SigningCores, Writing};
use crate::clock::Timestamp;
use crate::mail::smtp::Envelope;

/// Dropped, it is given back.
pub(super) struct Prepared {
    /// `None` before it has begun. Dropped before the item, which holds the lease of its slice.
    pub(super) grant: Option<Grant>,
    pub(super) message: Writing,
    pub(super) envelope: Envelope,
    /// Whether it has a slot of its domain: its turn has come.
    pub(super) has_slot: bool,
    /// When its envelope was sent, if that was with the end of the message before it.
    pub(super) pipelined_at: Option<Instant>,
    pub(super) item: QueuedDelivery,
}

impl Prepared {
    pub(super) fn new(item: QueuedDelivery, cores: &SigningCores, now: Timestamp) -> Self {
        Self {
            grant: None,
            message: Writing::start(&item, cores, now),
            envelope: item.mailer.envelope(&item.claimed),
            has_slot: false,
            pipelined_at: None,
            item,
        }
    }

    /// One whose turn has come.
    pub(super) fn with_slot(mut self) -> Self {
        self.has_slot = true;
        self
    }

    /// One that begins before its turn.
    pub(super) fn begun(mut self, ledger: &Ledger, now: Timestamp) -> Self {
        self.grant = Some(ledger.begin(self.item.claimed.id.0, now));
        self
    }

    pub(super) fn domain(&self) -> &str {
        self.item.claimed.email.domain()
    }

    /// Whether it is known already that it must not be sent.
    pub(super) fn is_refused(&mut self) -> bool {
        self.grant.as_mut().is_some_and(Grant::is_refused)
    }

    /// Whether it began so long ago that a worker which was frozen meanwhile may have lost it.
    pub(super) fn is_older_than(&self, age: Duration, now: Timestamp) -> bool {
        let grant = self.grant.as_ref();
        grant.is_some_and(|grant| grant.age(now) > age)
    }
}

/// What a connection has prepared, the next in turn first.
#[derive(Default)]
pub(super) struct Line(Mutex<VecDeque<Prepared>>);

impl Line {
    pub(super) fn len(&self) -> usize {
        self.0.lock().len()
    }

    pub(super) fn push(&self, prepared: Prepared) {
        self.0.lock().push_back(prepared);
    }

    pub(super) fn pop(&self) -> Option<Prepared> {
        self.0.lock().pop_front()
    }
}
