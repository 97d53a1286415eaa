//! How much mail a recipient domain accepts: its configured limits, and what its temporary
//! rejections teach.
//!
//! Concurrency is halved when a domain throttles (421, 45x), at most once per cool-down,
//! and grows again by one for each round of successes, as in TCP. A domain that goes on
//! throttling a single connection is backed off from for a while.

use std::time::{Duration, Instant};

use crate::model::domain_limit::DomainLimit;

const COOLDOWN: Duration = Duration::from_secs(1);
/// Throttled messages in a row, with one connection left, before the domain is backed off
/// from.
const THROTTLED_BEFORE_BACKOFF: u32 = 3;
const INITIAL_BACKOFF: Duration = Duration::from_secs(5);
const MAX_BACKOFF: Duration = Duration::from_secs(300);
/// A relay that replies later than this delays a pipelined message too much.
pub(super) const RESPONSIVE_WITHIN: Duration = Duration::from_secs(1);

/// How a domain responded to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomainResponse {
    Accepted,
    /// A temporary rejection: the domain asks to be sent less.
    Throttled,
    /// Says nothing about the domain.
    Neutral,
}

/// The throttle of one domain.
#[derive(Debug)]
pub struct Throttle {
    limit: DomainLimit,
    /// Whether the operator's limit leaves less than all connections.
    has_limit: bool,
    /// How many messages may be in flight now; fractions add up to the next.
    concurrency: f64,
    max_concurrency: f64,
    in_flight: usize,
    next_at: Option<Instant>,
    cooldown_until: Option<Instant>,
    backing_off_until: Option<Instant>,
    backoffs: u32,
    throttled_in_a_row: u32,
    is_responsive: bool,
}

impl Throttle {
    /// `connections`: those of all relays together.
    pub fn new(limit: DomainLimit, connections: usize) -> Self {
        let max_concurrency = limit.connections.unwrap_or(connections).max(1) as f64;
        Self {
            has_limit: limit.rate.is_some() || max_concurrency < connections as f64,
            limit,
            concurrency: max_concurrency,
            max_concurrency,
            in_flight: 0,
            next_at: None,
            cooldown_until: None,
            backing_off_until: None,
            backoffs: 0,
            throttled_in_a_row: 0,
            is_responsive: true,
        }
    }

    /// Whether another message may be sent now. One that `is_pipelined` takes the slot of
    /// the message before it.
    ///
    /// # Errors
    /// When to try again, where time alone may allow it.
    pub fn admit(&self, now: Instant, is_pipelined: bool) -> Result<(), Option<Instant>> {
        for until in [self.backing_off_until, self.next_at].into_iter().flatten() {
            if until > now {
                return Err(Some(until));
            }
        }
        if self.in_flight < self.concurrency as usize + usize::from(is_pipelined) {
            Ok(())
        } else {
            Err(None)
        }
    }

    pub fn backoff_until(&self, now: Instant) -> Option<Instant> {
        self.backing_off_until.filter(|until| *until > now)
    }

    /// Whether the domain's own answers slow it down, and not the operator's
    /// limit alone.
    pub fn is_slowed(&self, now: Instant) -> bool {
        self.backoff_until(now).is_some()
            || (self.concurrency as usize) < self.max_concurrency as usize
    }

    /// Whether its slots are scarce: none may be held for a message whose turn is yet to come.
    pub fn is_limited(&self, now: Instant) -> bool {
        self.has_limit || self.is_slowed(now)
    }

    /// A message is about to be sent. One that `is_pipelined` has no slot of its own until
    /// it [takes over](Self::take_over_slot) that of the message before.
    pub fn begin(&mut self, now: Instant, is_pipelined: bool) {
        self.in_flight += usize::from(!is_pipelined);
        if let Some(rate) = self.limit.rate {
            let from = self.next_at.map_or(now, |at| at.max(now));
            self.next_at = Some(from + Duration::from_secs(1) / rate);
        }
    }

    /// A message has ended.
    pub fn end(&mut self, domain_response: DomainResponse, now: Instant) {
        self.in_flight = self.in_flight.saturating_sub(1);
        match domain_response {
            DomainResponse::Neutral => {}
            DomainResponse::Accepted => {
                (self.throttled_in_a_row, self.backoffs) = (0, 0);
                self.concurrency =
                    (self.concurrency + 1.0 / self.concurrency).min(self.max_concurrency);
            }
            DomainResponse::Throttled => self.reduce(now),
        }
    }

    /// The slot of the message that has just ended passes to the pipelined one.
    pub fn take_over_slot(&mut self) {
        self.in_flight += 1;
    }

    /// Whether the reply to the last message came soon.
    pub fn is_responsive(&self) -> bool {
        self.is_responsive
    }

    pub fn record_latency(&mut self, took: Duration) {
        self.is_responsive = took < RESPONSIVE_WITHIN;
    }

    fn reduce(&mut self, now: Instant) {
        self.throttled_in_a_row += 1;
        let is_cooling_down = self.cooldown_until.is_some_and(|until| until > now);
        if self.concurrency < 2.0 {
            if self.throttled_in_a_row >= THROTTLED_BEFORE_BACKOFF {
                let backoff = INITIAL_BACKOFF.saturating_mul(1 << self.backoffs.min(10));
                self.backing_off_until = Some(now + backoff.min(MAX_BACKOFF));
                self.backoffs += 1;
                self.throttled_in_a_row = 0;
            }
        } else if !is_cooling_down {
            self.concurrency = (self.concurrency / 2.0).max(1.0);
            self.cooldown_until = Some(now + COOLDOWN);
        }
    }

    /// Whether it holds no state worth keeping.
    pub fn is_idle(&self, now: Instant) -> bool {
        self.in_flight == 0
            && self.is_responsive
            && self.concurrency >= self.max_concurrency
            && self.backoff_until(now).is_none()
            && self.next_at.is_none_or(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttle(connections: usize) -> Throttle {
        Throttle::new(DomainLimit::default(), connections)
    }

    fn refuse(throttle: &mut Throttle, now: Instant) {
        throttle.begin(now, false);
        throttle.end(DomainResponse::Throttled, now);
    }

    #[test]
    fn throttling_halves_concurrency_once_per_cool_down_and_successes_restore_it() {
        let (mut throttle, start) = (throttle(8), Instant::now());
        refuse(&mut throttle, start);
        refuse(&mut throttle, start);
        assert_eq!(throttle.concurrency as usize, 4);
        refuse(&mut throttle, start + COOLDOWN);
        assert_eq!(throttle.concurrency as usize, 2);
        assert!(throttle.is_slowed(start));
        for _ in 0..60 {
            throttle.begin(start, false);
            throttle.end(DomainResponse::Accepted, start);
        }
        assert_eq!(throttle.concurrency as usize, 8);
        assert!(!throttle.is_slowed(start));
    }

    #[test]
    fn a_domain_that_only_throttles_is_backed_off_from_longer_each_time() {
        let (mut throttle, start) = (throttle(1), Instant::now());
        let mut backoffs = Vec::new();
        let mut now = start;
        for _ in 0..3 {
            for _ in 0..THROTTLED_BEFORE_BACKOFF {
                assert!(throttle.admit(now, false).is_ok());
                refuse(&mut throttle, now);
            }
            let until = throttle.backoff_until(now).unwrap();
            backoffs.push((until - now).as_secs());
            now = until;
        }
        assert_eq!(backoffs, [5, 10, 20]);
    }

    #[test]
    fn a_pipelined_message_takes_one_slot_and_not_two() {
        let (mut throttle, now) = (throttle(1), Instant::now());
        throttle.begin(now, false);
        assert!(throttle.admit(now, true).is_ok());
        throttle.begin(now, true);
        throttle.end(DomainResponse::Accepted, now);
        assert!(throttle.admit(now, false).is_ok());
        throttle.take_over_slot();
        assert_eq!(throttle.admit(now, false), Err(None));
        throttle.end(DomainResponse::Accepted, now);
        assert!(throttle.is_idle(now));
    }

    #[test]
    fn slots_are_scarce_by_a_limit_or_by_answers() {
        let now = Instant::now();
        let is_limited = |limit: &str| Throttle::new(limit.parse().unwrap(), 4).is_limited(now);
        assert!(is_limited("2") && is_limited("8@10"));
        assert!(!is_limited("4"));
        let mut throttle = throttle(4);
        assert!(!throttle.is_limited(now));
        refuse(&mut throttle, now);
        assert!(throttle.is_limited(now));
    }

    #[test]
    fn concurrency_and_rate_are_kept() {
        let limit = "2@10".parse().unwrap();
        let (mut throttle, now) = (Throttle::new(limit, 20), Instant::now());
        throttle.begin(now, false);
        let next = throttle.admit(now, false).unwrap_err().unwrap();
        assert_eq!(next - now, Duration::from_millis(100));
        throttle.begin(next, false);
        let later = now + Duration::from_secs(9);
        assert_eq!(throttle.admit(later, false), Err(None));
        throttle.end(DomainResponse::Accepted, later);
        assert!(throttle.admit(later, false).is_ok());
    }
}
