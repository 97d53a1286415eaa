//! What is claimed and waits for a connection, in a lane for each recipients'
//! domain. Connections take from the lanes in turn, so that a slow domain holds
//! up nobody else.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::flow::{DomainLimits, Flow, Lesson};
use super::ledger::SliceHold;
use super::mailer::Mailer;
use crate::mail::smtp::Envelope;
use crate::model::CampaignId;
use crate::model::delay::DelayReason;
use crate::store::deliveries::Claimed;

/// Of a lane that cannot move, how many may stay in memory.
const KEPT_BACK: usize = 20;
/// How long the others are put off.
const SET_ASIDE: Duration = Duration::from_secs(20);

/// A delivery on its way to a connection.
pub(super) struct Item {
    pub(super) campaign: CampaignId,
    pub(super) claimed: Claimed,
    pub(super) mailer: Arc<Mailer>,
    /// Keeps the slice it came with.
    pub(super) _hold: Option<Arc<SliceHold>>,
}

impl Item {
    /// The same with what the relay is told of it.
    pub(super) fn with_envelope(self) -> (Self, Envelope) {
        let envelope = self.mailer.envelope(&self.claimed);
        (self, envelope)
    }
}

/// The lanes; shared by the claimer and the connections.
pub(super) struct Outbox {
    lanes: Mutex<Lanes>,
    filled: Notify,
    drained: Notify,
    limits: DomainLimits,
    connections: usize,
}

#[derive(Default)]
struct Lanes {
    by_domain: HashMap<String, Lane>,
    /// Domains with something to send, the next in turn first.
    turn: VecDeque<String>,
    waiting: usize,
    /// Connections that found nothing to take.
    idle: usize,
    taken: u64,
    is_closed: bool,
}

struct Lane {
    queue: VecDeque<Item>,
    flow: Flow,
}

/// A campaign all of whose deliveries here wait for their recipients' domains.
pub(super) struct Blocked {
    pub(super) campaign: CampaignId,
    pub(super) reason: DelayReason,
    pub(super) domains: BTreeSet<String>,
}

impl Blocked {
    /// The domains, as an admin reads them.
    pub(super) fn detail(&self) -> String {
        let named: Vec<&str> = self.domains.iter().take(3).map(String::as_str).collect();
        match self.domains.len() - named.len() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}

/// What [`Outbox::look`] found.
enum Look {
    Item(Box<Item>),
    /// Nothing that may go; perhaps from some moment on.
    Nothing(Option<Instant>),
    Closed,
}

impl Outbox {
    pub(super) fn new(limits: DomainLimits, connections: usize) -> Self {
        Self {
            lanes: Mutex::default(),
            filled: Notify::new(),
            drained: Notify::new(),
            limits,
            connections,
        }
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts deliveries into their lanes.
    pub(super) fn put(&self, items: Vec<Item>) {
        let count = items.len();
        let mut lanes = self.lanes();
        for item in items {
            let domain = item.claimed.email.domain();
            if !lanes.by_domain.contains_key(domain) {
                let lane = Lane {
                    queue: VecDeque::new(),
                    flow: Flow::new(self.limits.of(domain), self.connections),
                };
                lanes.by_domain.insert(domain.to_owned(), lane);
            }
            let mut is_first = false;
            let domain = domain.to_owned();
            if let Some(lane) = lanes.by_domain.get_mut(&domain) {
                is_first = lane.queue.is_empty();
                lane.queue.push_back(item);
            }
            if is_first {
                lanes.turn.push_back(domain);
            }
        }
        lanes.waiting += count;
        let idle = lanes.idle;
        drop(lanes);
        for _ in 0..count.min(idle) {
            self.filled.notify_one();
        }
    }

    /// The next delivery that may go; `None` once the box is closed.
    pub(super) async fn take(&self) -> Option<Item> {
        loop {
            let filled = self.filled.notified();
            let until = match self.look(self.lanes(), None) {
                Look::Item(item) => return Some(*item),
                Look::Closed => return None,
                Look::Nothing(until) => until,
            };
            self.lanes().idle += 1;
            let _idle = Idle(self);
            self.drained.notify_one();
            match until {
                Some(until) => {
                    let _ = tokio::time::timeout_at(until.into(), filled).await;
                }
                None => filled.await,
            }
        }
    }

    /// The next delivery for a connection whose message to `domain` is about to
    /// go, to be announced with it; does not wait. None where others have
    /// nothing to do, or where the answer to the one before may take long.
    pub(super) fn take_ahead(&self, domain: &str) -> Option<Item> {
        let lanes = self.lanes();
        let is_prompt = lanes
            .by_domain
            .get(domain)
            .is_none_or(|lane| lane.flow.is_prompt());
        if !is_prompt || lanes.idle > 0 || lanes.waiting < self.connections {
            return None;
        }
        match self.look(lanes, Some(domain)) {
            Look::Item(item) => Some(*item),
            Look::Nothing(_) | Look::Closed => None,
        }
    }

    /// `follows`: the domain of a message that will have ended when the one
    /// found sets out; one to the same domain takes its place there.
    fn look(&self, mut lanes: MutexGuard<'_, Lanes>, follows: Option<&str>) -> Look {
        let now = Instant::now();
        if lanes.is_closed {
            return Look::Closed;
        }
        let mut soonest: Option<Instant> = None;
        for _ in 0..lanes.turn.len() {
            let Some(domain) = lanes.turn.pop_front() else {
                break;
            };
            let Some(lane) = lanes.by_domain.get_mut(&domain) else {
                continue;
            };
            let takes_place = follows == Some(domain.as_str());
            if let Err(until) = lane.flow.admit(now, takes_place) {
                soonest = soonest.into_iter().chain(until).min();
                lanes.turn.push_back(domain);
                continue;
            }
            let Some(item) = lane.queue.pop_front() else {
                continue;
            };
            lane.flow.begin(now, takes_place);
            if !lane.queue.is_empty() {
                lanes.turn.push_back(domain);
            }
            lanes.waiting -= 1;
            lanes.taken += 1;
            let others = lanes.waiting > 0 && lanes.idle > 0;
            drop(lanes);
            self.drained.notify_one();
            if others {
                self.filled.notify_one();
            }
            return Look::Item(Box::new(item));
        }
        Look::Nothing(soonest)
    }

    /// Puts a delivery back that could not set out, first in its lane.
    pub(super) fn put_back(&self, item: Item) {
        let domain = item.claimed.email.domain().to_owned();
        let mut lanes = self.lanes();
        let Some(lane) = lanes.by_domain.get_mut(&domain) else {
            drop(lanes);
            return self.put(vec![item]);
        };
        lane.flow.end(Lesson::Nothing, Instant::now());
        let is_first = lane.queue.is_empty();
        lane.queue.push_front(item);
        if is_first {
            lanes.turn.push_front(domain);
        }
        lanes.waiting += 1;
        let has_idle = lanes.idle > 0;
        drop(lanes);
        if has_idle {
            self.filled.notify_one();
        }
    }

    /// Tells the domain what its message met and how long the answer `took`,
    /// once for each that was taken. `next`: what was [taken
    /// ahead](Self::take_ahead) for the time after it.
    pub(super) fn learn(&self, domain: &str, lesson: Lesson, took: Duration, next: Option<&Item>) {
        let now = Instant::now();
        let mut lanes = self.lanes();
        let mut is_over = false;
        let mut has_more = false;
        if let Some(lane) = lanes.by_domain.get_mut(domain) {
            lane.flow.end(lesson, now);
            lane.flow.note_wait(took);
            if next.is_some_and(|next| next.claimed.email.domain() == domain) {
                lane.flow.hand_on();
            }
            has_more = !lane.queue.is_empty();
            is_over = !has_more && lane.flow.is_idle(now);
        }
        if is_over {
            lanes.by_domain.remove(domain);
        }
        if has_more && lanes.idle > 0 {
            self.filled.notify_one();
        }
    }

    /// Whether a campaign has a delivery here.
    pub(super) fn holds(&self, campaign: CampaignId) -> bool {
        let lanes = self.lanes();
        let mut queues = lanes.by_domain.values().map(|lane| &lane.queue);
        queues.any(|queue| queue.iter().any(|item| item.campaign == campaign))
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.lanes().waiting
    }

    /// Whether connections have nothing to do while deliveries wait: those are
    /// to domains that rest or are full.
    pub(super) fn is_blocked(&self) -> bool {
        let lanes = self.lanes();
        lanes.idle > 0 && lanes.waiting > 0
    }

    /// Whether connections have nothing to do and nothing waits for them.
    pub(super) fn is_starved(&self) -> bool {
        let lanes = self.lanes();
        lanes.idle > 0 && lanes.waiting == 0
    }

    /// How many were ever taken.
    pub(super) fn taken(&self) -> u64 {
        self.lanes().taken
    }

    /// Waits until something was taken, or a connection found nothing to take.
    pub(super) async fn drained(&self) {
        self.drained.notified().await;
    }

    /// Takes out what belongs to campaigns that do not send any more.
    pub(super) fn keep(&self, mut wanted: impl FnMut(CampaignId) -> bool) -> Vec<Item> {
        let mut lanes = self.lanes();
        let mut out = Vec::new();
        for lane in lanes.by_domain.values_mut() {
            if lane.queue.iter().all(|item| wanted(item.campaign)) {
                continue;
            }
            let (kept, gone): (VecDeque<_>, VecDeque<_>) =
                lane.queue.drain(..).partition(|item| wanted(item.campaign));
            lane.queue = kept;
            out.extend(gone);
        }
        lanes.settle(out.len());
        out
    }

    /// The campaigns that wait for domains alone while connections have nothing
    /// to do.
    pub(super) fn blocked(&self) -> Vec<Blocked> {
        let now = Instant::now();
        let lanes = self.lanes();
        if lanes.idle == 0 || lanes.waiting == 0 {
            return Vec::new();
        }
        let mut moving = HashSet::new();
        let mut blocked: HashMap<CampaignId, Blocked> = HashMap::new();
        for (domain, lane) in &lanes.by_domain {
            let campaigns: HashSet<CampaignId> =
                lane.queue.iter().map(|item| item.campaign).collect();
            if lane.flow.admit(now, false).is_ok() {
                moving.extend(campaigns);
                continue;
            }
            let is_slowed = lane.flow.is_slowed(now);
            for campaign in campaigns {
                let entry = blocked.entry(campaign).or_insert_with(|| Blocked {
                    campaign,
                    reason: DelayReason::DomainLimit,
                    domains: BTreeSet::new(),
                });
                if is_slowed {
                    entry.reason = DelayReason::Throttled;
                }
                entry.domains.insert(domain.clone());
            }
        }
        blocked.retain(|campaign, _| !moving.contains(campaign));
        blocked.into_values().collect()
    }

    /// Takes out what blocks the box while connections have nothing to do:
    /// deliveries to domains that rest or are full. Each comes with the time
    /// after which it may be tried again, and the reason.
    pub(super) fn relieve(&self) -> Vec<(Item, Duration, DelayReason)> {
        let now = Instant::now();
        let mut lanes = self.lanes();
        if lanes.idle == 0 {
            return Vec::new();
        }
        let mut out = Vec::new();
        for lane in lanes.by_domain.values_mut() {
            if lane.flow.admit(now, false).is_ok() {
                continue;
            }
            let (keep, wait) = match lane.flow.rests_until(now) {
                Some(until) => (0, until - now),
                None => (KEPT_BACK, SET_ASIDE),
            };
            let reason = if lane.flow.is_slowed(now) {
                DelayReason::Throttled
            } else {
                DelayReason::DomainLimit
            };
            let kept = lane.queue.len().min(keep);
            out.extend(lane.queue.drain(kept..).map(|item| (item, wait, reason)));
        }
        lanes.settle(out.len());
        out
    }

    /// Lets connections end, and gives out what is left.
    pub(super) fn close(&self) -> Vec<Item> {
        let mut lanes = self.lanes();
        lanes.is_closed = true;
        let mut out = Vec::new();
        for lane in lanes.by_domain.values_mut() {
            out.extend(lane.queue.drain(..));
        }
        lanes.settle(out.len());
        drop(lanes);
        self.filled.notify_waiters();
        out
    }
}

impl Lanes {
    fn settle(&mut self, removed: usize) {
        self.waiting -= removed;
        let by_domain = &self.by_domain;
        self.turn.retain(|domain| {
            by_domain
                .get(domain)
                .is_some_and(|lane| !lane.queue.is_empty())
        });
    }
}

struct Idle<'a>(&'a Outbox);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.lanes().idle -= 1;
    }
}
