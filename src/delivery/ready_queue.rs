//! Claimed deliveries that wait for a connection, in one queue per recipient domain.
//! Connections take from these queues in turn, so that a slow domain delays no other.

mod blocked;
mod purpose;
mod run_ahead;

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

use self::purpose::Purpose;
use super::queued_delivery::QueuedDelivery;
use super::throttle::{DomainResponse, Throttle};
use crate::model::CampaignId;
use crate::model::domain_limit::DomainLimits;

/// Shared by the claim loop and the connections.
pub(super) struct ReadyQueue {
    queues: Mutex<Queues>,
    pushed: Notify,
    drained: Notify,
    limits: DomainLimits,
    connections: usize,
}

#[derive(Default)]
struct Queues {
    by_domain: HashMap<String, DomainQueue>,
    /// Domains with queued deliveries, the next in turn first.
    rotation: VecDeque<String>,
    waiting: usize,
    /// Connections that found nothing to send.
    idle: usize,
    popped: u64,
    is_closed: bool,
}

struct DomainQueue {
    queue: VecDeque<QueuedDelivery>,
    throttle: Throttle,
}

/// What [`ReadyQueue::find_next`] found.
enum Next {
    Ready(Box<QueuedDelivery>),
    /// Nothing may be sent now; perhaps from this moment on.
    Wait(Option<Instant>),
    Closed,
}

impl ReadyQueue {
    pub(super) fn new(limits: DomainLimits, connections: usize) -> Self {
        Self {
            queues: Mutex::default(),
            pushed: Notify::new(),
            drained: Notify::new(),
            limits,
            connections,
        }
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock()
    }

    fn domain_queue<'a>(&self, queues: &'a mut Queues, domain: &str) -> &'a mut DomainQueue {
        let new = || DomainQueue {
            queue: VecDeque::new(),
            throttle: Throttle::new(self.limits.of(domain), self.connections),
        };
        let by_domain = &mut queues.by_domain;
        by_domain.entry(domain.to_owned()).or_insert_with(new)
    }

    /// Adds deliveries to the queues of their domains.
    pub(super) fn push(&self, items: Vec<QueuedDelivery>) {
        let count = items.len();
        let mut queues = self.queues();
        for item in items {
            let domain = item.claimed.email.domain();
            let domain = domain.to_owned();
            let domain_queue = self.domain_queue(&mut queues, &domain);
            let is_first = domain_queue.queue.is_empty();
            domain_queue.queue.push_back(item);
            if is_first {
                queues.rotation.push_back(domain);
            }
        }
        queues.waiting += count;
        let idle = queues.idle;
        drop(queues);
        for _ in 0..count.min(idle) {
            self.pushed.notify_one();
        }
    }

    /// Waits for the next delivery that may be sent; `None` once the queue is closed.
    pub(super) async fn pop(&self) -> Option<QueuedDelivery> {
        loop {
            let pushed = self.pushed.notified();
            let until = match self.find_next(self.queues(), Purpose::Idle) {
                Next::Ready(item) => return Some(*item),
                Next::Closed => return None,
                Next::Wait(until) => until,
            };
            self.queues().idle += 1;
            let _idle = Idle(self);
            self.drained.notify_one();
            match until {
                Some(until) => {
                    let _ = tokio::time::timeout_at(until.into(), pushed).await;
                }
                None => pushed.await,
            }
        }
    }

    fn find_next(&self, mut queues: MutexGuard<'_, Queues>, purpose: Purpose<'_>) -> Next {
        let now = Instant::now();
        if queues.is_closed {
            return Next::Closed;
        }
        let mut soonest: Option<Instant> = None;
        for _ in 0..queues.rotation.len() {
            let Some(domain) = queues.rotation.pop_front() else {
                break;
            };
            let Some(domain_queue) = queues.by_domain.get_mut(&domain) else {
                continue;
            };
            let is_limited = domain_queue.throttle.is_limited(now);
            let is_pipelined = purpose.follows(&domain);
            if purpose.takes_slot(is_limited)
                && let Err(until) = domain_queue.throttle.admit(now, is_pipelined)
            {
                soonest = soonest.into_iter().chain(until).min();
                queues.rotation.push_back(domain);
                continue;
            }
            if purpose.leaves(is_limited) {
                // It keeps its turn.
                queues.rotation.push_front(domain);
                break;
            }
            let Some(item) = domain_queue.queue.pop_front() else {
                continue;
            };
            if purpose.takes_slot(is_limited) {
                domain_queue.throttle.begin(now, is_pipelined);
            }
            if !domain_queue.queue.is_empty() {
                queues.rotation.push_back(domain);
            }
            queues.waiting -= 1;
            queues.popped += 1;
            let others = queues.waiting > 0 && queues.idle > 0;
            drop(queues);
            self.drained.notify_one();
            if others {
                self.pushed.notify_one();
            }
            return Next::Ready(Box::new(item));
        }
        Next::Wait(soonest)
    }

    /// Puts a delivery that could not be sent back at the head of its domain's queue.
    /// `has_slot`: it was to be sent now, and not ahead.
    pub(super) fn requeue(&self, item: QueuedDelivery, has_slot: bool) {
        let domain = item.claimed.email.domain().to_owned();
        let mut queues = self.queues();
        let Some(domain_queue) = queues.by_domain.get_mut(&domain) else {
            drop(queues);
            return self.push(vec![item]);
        };
        if has_slot {
            domain_queue
                .throttle
                .end(DomainResponse::Neutral, Instant::now());
        }
        let is_first = domain_queue.queue.is_empty();
        domain_queue.queue.push_front(item);
        if is_first {
            queues.rotation.push_front(domain);
        }
        queues.waiting += 1;
        let has_idle = queues.idle > 0;
        drop(queues);
        if has_idle {
            self.pushed.notify_one();
        }
    }

    /// Records how the domain responded to a message and how long that `took`; called
    /// once for each delivery that has a slot. `next`: the one that was
    /// [pipelined](Self::pop_pipelined) with it.
    pub(super) fn observe(
        &self,
        domain: &str,
        domain_response: DomainResponse,
        took: Duration,
        next: Option<&QueuedDelivery>,
    ) {
        let now = Instant::now();
        let mut queues = self.queues();
        let mut is_unused = false;
        let mut has_more = false;
        if let Some(domain_queue) = queues.by_domain.get_mut(domain) {
            domain_queue.throttle.end(domain_response, now);
            domain_queue.throttle.record_latency(took);
            if next.is_some_and(|next| next.claimed.email.domain() == domain) {
                domain_queue.throttle.take_over_slot();
            }
            has_more = !domain_queue.queue.is_empty();
            is_unused = !has_more && domain_queue.throttle.is_idle(now);
        }
        if is_unused {
            queues.by_domain.remove(domain);
        }
        if has_more && queues.idle > 0 {
            self.pushed.notify_one();
        }
    }

    /// Whether a delivery of the campaign is queued.
    pub(super) fn holds(&self, campaign: CampaignId) -> bool {
        let queues = self.queues();
        let mut queues = queues
            .by_domain
            .values()
            .map(|domain_queue| &domain_queue.queue);
        queues.any(|queue| queue.iter().any(|item| item.campaign == campaign))
    }

    /// How many deliveries are queued.
    pub(super) fn waiting(&self) -> usize {
        self.queues().waiting
    }

    /// Whether connections are idle while deliveries are queued: their domains are backing
    /// off or at their limit.
    pub(super) fn is_blocked(&self) -> bool {
        let queues = self.queues();
        queues.idle > 0 && queues.waiting > 0
    }

    /// Whether connections are idle and nothing is queued.
    pub(super) fn is_starved(&self) -> bool {
        let queues = self.queues();
        queues.idle > 0 && queues.waiting == 0
    }

    /// How many were ever popped.
    pub(super) fn popped(&self) -> u64 {
        self.queues().popped
    }

    /// Waits until something was popped, or a connection found nothing to send.
    pub(super) async fn drained(&self) {
        self.drained.notified().await;
    }

    /// Removes the deliveries of campaigns that are no longer sending.
    pub(super) fn retain(&self, mut wanted: impl FnMut(CampaignId) -> bool) -> Vec<QueuedDelivery> {
        let mut queues = self.queues();
        let mut out = Vec::new();
        for domain_queue in queues.by_domain.values_mut() {
            if domain_queue.queue.iter().all(|item| wanted(item.campaign)) {
                continue;
            }
            let (kept, gone): (VecDeque<_>, VecDeque<_>) = domain_queue
                .queue
                .drain(..)
                .partition(|item| wanted(item.campaign));
            domain_queue.queue = kept;
            out.extend(gone);
        }
        queues.removed(out.len());
        out
    }

    /// Ends the connections, and returns what is left.
    pub(super) fn close(&self) -> Vec<QueuedDelivery> {
        let mut queues = self.queues();
        queues.is_closed = true;
        let mut out = Vec::new();
        for domain_queue in queues.by_domain.values_mut() {
            out.extend(domain_queue.queue.drain(..));
        }
        queues.removed(out.len());
        drop(queues);
        self.pushed.notify_waiters();
        out
    }
}

impl Queues {
    fn removed(&mut self, removed: usize) {
        self.waiting -= removed;
        let by_domain = &self.by_domain;
        self.rotation.retain(|domain| {
            by_domain
                .get(domain)
                .is_some_and(|domain_queue| !domain_queue.queue.is_empty())
        });
    }
}

struct Idle<'a>(&'a ReadyQueue);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.queues().idle -= 1;
    }
}
