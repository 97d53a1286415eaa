//! How many connections a relay accepts: what the operator allows, and fewer for a while
//! after the relay has refused more.
//!
//! A relay that refuses one connection while others work has a limit and is not down: only
//! the refused connection waits. The limit is the number that works at that moment; from
//! time to time one connection more is tried.

use std::time::{Duration, Instant};

use crate::clock::Timestamp;

/// Until one connection more is tried, after a limit was reached for the first time.
const INITIAL_PROBE_INTERVAL: Duration = Duration::from_secs(60);
const MAX_PROBE_INTERVAL: Duration = Duration::from_secs(15 * 60);
/// Until the next is tried, after one more was accepted.
const PROBE_AFTER_SUCCESS: Duration = Duration::from_secs(5);

/// What a connection that failed to open means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectFailure {
    /// Others work: the relay accepts no more than those.
    Limit,
    /// None works: the relay itself fails.
    Relay,
}

/// The connections to one relay.
#[derive(Debug)]
pub struct ConnectionLimit {
    configured: usize,
    current: usize,
    /// Slots of sessions that have not begun to connect.
    reserved: usize,
    connecting_count: usize,
    open: usize,
    /// Sessions with priority that wait for a slot.
    priority_waiters: usize,
    probe: Option<Probe>,
    met_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Probe {
    at: Instant,
    wait: Duration,
    /// Whether one more is being tried.
    is_running: bool,
}

impl ConnectionLimit {
    pub fn new(configured: usize) -> Self {
        Self {
            configured,
            current: configured,
            reserved: 0,
            connecting_count: 0,
            open: 0,
            priority_waiters: 0,
            probe: None,
            met_at: None,
        }
    }

    /// The limit that was reached, and when; `None` while none is known.
    pub fn known(&self) -> Option<(usize, Timestamp)> {
        let met_at = self.met_at.filter(|_| self.current < self.configured)?;
        Some((self.current, met_at))
    }

    fn in_use(&self) -> usize {
        self.reserved + self.connecting_count + self.open
    }

    /// Reserves a slot.
    ///
    /// # Errors
    /// When to try again, where time alone may free one.
    pub fn reserve(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        if self.in_use() + self.priority_waiters < self.current {
            self.reserved += 1;
            return Ok(());
        }
        match &mut self.probe {
            Some(probe) if self.current < self.configured && !probe.is_running => {
                if probe.at > now || self.priority_waiters > 0 {
                    return Err(Some(probe.at.max(now)));
                }
                probe.is_running = true;
                self.current += 1;
                self.reserved += 1;
                Ok(())
            }
            _ => Err(None),
        }
    }

    pub fn add_priority_waiter(&mut self) {
        self.priority_waiters += 1;
    }

    /// Reserves a slot for a waiter with priority if one is free, or if `force`.
    pub fn reserve_with_priority(&mut self, force: bool) -> bool {
        let has_room = self.in_use() < self.current;
        if has_room || force {
            self.priority_waiters = self.priority_waiters.saturating_sub(1);
            self.reserved += 1;
        }
        has_room || force
    }

    /// Whether an idle connection should close: for a waiter with priority, or because
    /// more are open than the relay accepts.
    pub fn must_yield(&self) -> bool {
        self.in_use() + self.priority_waiters > self.current
    }

    /// A reserved slot is no longer needed.
    pub fn cancel(&mut self) {
        self.reserved = self.reserved.saturating_sub(1);
    }

    /// A connection that was being opened is no longer needed.
    pub fn connect_cancelled(&mut self) {
        self.connecting_count = self.connecting_count.saturating_sub(1);
    }

    /// A connection is being opened on a reserved slot.
    pub fn connecting(&mut self) {
        self.reserved = self.reserved.saturating_sub(1);
        self.connecting_count += 1;
    }

    /// A connection that has ended is being replaced.
    pub fn reconnecting(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.connecting_count += 1;
    }

    pub fn opened(&mut self, now: Instant) {
        self.connecting_count = self.connecting_count.saturating_sub(1);
        self.open += 1;
        if let Some(probe) = self.probe.as_mut().filter(|probe| probe.is_running)
            && self.open >= self.current
        {
            *probe = Probe {
                at: now + PROBE_AFTER_SUCCESS,
                wait: INITIAL_PROBE_INTERVAL,
                is_running: false,
            };
        }
        if self.current >= self.configured {
            (self.probe, self.met_at) = (None, None);
        }
    }

    pub fn closed(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// The relay has refused a connection with a reply.
    pub fn refused(&mut self, now: Instant, at: Timestamp) -> ConnectFailure {
        self.connecting_count = self.connecting_count.saturating_sub(1);
        let others = self.open + self.connecting_count;
        if others == 0 {
            // It was no limit, or no longer is one.
            self.reset();
            return ConnectFailure::Relay;
        }
        let was_probe = self.probe.is_some_and(|probe| probe.is_running);
        self.current = others.min(self.current).max(1);
        let wait = match self.probe {
            Some(probe) if was_probe => (probe.wait * 2).min(MAX_PROBE_INTERVAL),
            Some(probe) => probe.wait,
            None => INITIAL_PROBE_INTERVAL,
        };
        self.probe = Some(Probe {
            at: now + wait,
            wait,
            is_running: false,
        });
        self.met_at.get_or_insert(at);
        ConnectFailure::Limit
    }

    /// A connection could not be opened for another reason.
    pub fn failed(&mut self) -> ConnectFailure {
        self.connecting_count = self.connecting_count.saturating_sub(1);
        match self.open {
            0 => {
                self.reset();
                ConnectFailure::Relay
            }
            _ => ConnectFailure::Limit,
        }
    }

    fn reset(&mut self) {
        (self.current, self.probe, self.met_at) = (self.configured, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn try_all(limit: &mut ConnectionLimit, count: usize, now: Instant) {
        for _ in 0..count {
            limit.reserve(now).unwrap();
            limit.connecting();
        }
    }

    fn at() -> Timestamp {
        Timestamp::from_millis(1)
    }

    /// Eight are tried at once, and the replies come in any order.
    #[test]
    fn the_limit_is_the_number_of_connections_that_work() {
        for refused_first in [0, 2, 5] {
            let (mut limit, now) = (ConnectionLimit::new(8), Instant::now());
            try_all(&mut limit, 8, now);
            for _ in 0..refused_first {
                assert_eq!(limit.refused(now, at()), ConnectFailure::Limit);
            }
            (0..3).for_each(|_| limit.opened(now));
            for _ in refused_first..5 {
                assert_eq!(limit.refused(now, at()), ConnectFailure::Limit);
            }
            assert_eq!(limit.known(), Some((3, at())));
            assert!(limit.reserve(now).is_err());
            limit.closed();
            assert!(limit.reserve(now).is_ok());
        }
    }

    #[test]
    fn one_more_connection_is_tried_from_time_to_time() {
        let (mut limit, now) = (ConnectionLimit::new(4), Instant::now());
        try_all(&mut limit, 4, now);
        (0..3).for_each(|_| limit.opened(now));
        limit.refused(now, at());
        let next = limit.reserve(now).unwrap_err().unwrap();
        assert_eq!(next - now, INITIAL_PROBE_INTERVAL);
        limit.reserve(next).unwrap();
        assert_eq!(limit.reserve(next), Err(None), "one at a time");
        limit.connecting();
        limit.refused(next, at());
        let later = limit.reserve(next).unwrap_err().unwrap();
        assert_eq!(later - next, 2 * INITIAL_PROBE_INTERVAL);
        try_all(&mut limit, 1, later);
        limit.opened(later);
        assert_eq!(limit.known(), None, "as many are open as are allowed");
    }

    #[test]
    fn a_relay_that_refuses_every_connection_has_no_limit() {
        let (mut limit, now) = (ConnectionLimit::new(3), Instant::now());
        try_all(&mut limit, 3, now);
        assert_eq!(limit.refused(now, at()), ConnectFailure::Limit);
        assert_eq!(limit.refused(now, at()), ConnectFailure::Limit);
        assert_eq!(limit.refused(now, at()), ConnectFailure::Relay);
        assert_eq!(limit.known(), None);
        try_all(&mut limit, 1, now);
        assert_eq!(limit.failed(), ConnectFailure::Relay);
        try_all(&mut limit, 2, now);
        limit.opened(now);
        assert_eq!(limit.failed(), ConnectFailure::Limit);
        assert_eq!(limit.known(), None, "a lost connection is no limit");
    }

    #[test]
    fn a_waiter_with_priority_gets_the_next_slot() {
        let (mut limit, now) = (ConnectionLimit::new(2), Instant::now());
        try_all(&mut limit, 2, now);
        limit.opened(now);
        limit.refused(now, at());
        limit.add_priority_waiter();
        assert!(limit.must_yield() && !limit.reserve_with_priority(false));
        limit.closed();
        assert!(limit.reserve(now).is_err());
        assert!(limit.reserve_with_priority(false));
        assert!(!limit.must_yield());
        limit.connecting();
        limit.opened(now);
        limit.closed();
        assert!(limit.reserve(now).is_ok());
    }
}
