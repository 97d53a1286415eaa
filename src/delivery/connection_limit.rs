//! How many connections a relay takes: what the operator allows, and less for a
//! while where the relay has refused more.
//!
//! A relay that refuses one connection while others work has a limit, and is
//! not away: only the refused connection waits. The limit is what works at that
//! moment; now and then one connection more is tried.

use std::time::{Duration, Instant};

use crate::clock::Timestamp;

/// Until one connection more is tried, after a limit was met for the first time.
const FIRST_PROBE: Duration = Duration::from_secs(60);
const LONGEST_PROBE: Duration = Duration::from_secs(15 * 60);
/// Until the next is tried after one more was taken.
const AFTER_SUCCESS: Duration = Duration::from_secs(5);

/// What a refused connection says of its relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Others work: the relay takes no more than those.
    Limit,
    /// None works: the relay itself is in trouble.
    Relay,
}

/// The connections to one relay.
#[derive(Debug)]
pub struct ConnectionLimit {
    most: usize,
    allowed: usize,
    /// Promised to somebody who has not set out.
    reserved: usize,
    trying: usize,
    open: usize,
    /// Who must not wait long, and waits for a place.
    hurried: usize,
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
    /// A relay of which no limit but the operator's is known.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            allowed: most,
            reserved: 0,
            trying: 0,
            open: 0,
            hurried: 0,
            probe: None,
            met_at: None,
        }
    }

    /// The limit that was met, and when; `None` while none is known.
    pub fn known(&self) -> Option<(usize, Timestamp)> {
        let met_at = self.met_at.filter(|_| self.allowed < self.most)?;
        Some((self.allowed, met_at))
    }

    fn taken(&self) -> usize {
        self.reserved + self.trying + self.open
    }

    /// Reserves a place, or tells from when on to ask again.
    ///
    /// # Errors
    /// The moment, where time alone may make room.
    pub fn reserve(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        if self.taken() + self.hurried < self.allowed {
            self.reserved += 1;
            return Ok(());
        }
        match &mut self.probe {
            Some(probe) if self.allowed < self.most && !probe.is_running => {
                if probe.at > now || self.hurried > 0 {
                    return Err(Some(probe.at.max(now)));
                }
                probe.is_running = true;
                self.allowed += 1;
                self.reserved += 1;
                Ok(())
            }
            _ => Err(None),
        }
    }

    /// Somebody waits for a place who comes first.
    pub fn hurry(&mut self) {
        self.hurried += 1;
    }

    /// Gives them a place if there is one, or `anyway`.
    pub fn reserve_hurried(&mut self, anyway: bool) -> bool {
        let has_room = self.taken() < self.allowed;
        if has_room || anyway {
            self.hurried = self.hurried.saturating_sub(1);
            self.reserved += 1;
        }
        has_room || anyway
    }

    /// Whether a connection that has nothing under way should end for somebody
    /// who comes first, or because there are more than the relay takes.
    pub fn must_yield(&self) -> bool {
        self.taken() + self.hurried > self.allowed
    }

    /// A reserved place is not needed any more.
    pub fn cancel(&mut self) {
        self.reserved = self.reserved.saturating_sub(1);
    }

    /// A connection that was being opened is not wanted any more.
    pub fn gave_up(&mut self) {
        self.trying = self.trying.saturating_sub(1);
    }

    /// A connection is being opened on a reserved place.
    pub fn begin(&mut self) {
        self.reserved = self.reserved.saturating_sub(1);
        self.trying += 1;
    }

    /// One that has ended is being opened anew.
    pub fn begin_again(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.trying += 1;
    }

    /// It is open.
    pub fn opened(&mut self, now: Instant) {
        self.trying = self.trying.saturating_sub(1);
        self.open += 1;
        if let Some(probe) = self.probe.as_mut().filter(|probe| probe.is_running)
            && self.open >= self.allowed
        {
            *probe = Probe {
                at: now + AFTER_SUCCESS,
                wait: FIRST_PROBE,
                is_running: false,
            };
        }
        if self.allowed >= self.most {
            (self.probe, self.met_at) = (None, None);
        }
    }

    /// An open connection has ended.
    pub fn closed(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// The relay has refused to open a connection with a reply.
    pub fn refused(&mut self, now: Instant, at: Timestamp) -> Refusal {
        self.trying = self.trying.saturating_sub(1);
        let others = self.open + self.trying;
        if others == 0 {
            // It was no limit, or is none any more.
            self.forget();
            return Refusal::Relay;
        }
        let was_probe = self.probe.is_some_and(|probe| probe.is_running);
        self.allowed = others.min(self.allowed).max(1);
        let wait = match self.probe {
            Some(probe) if was_probe => (probe.wait * 2).min(LONGEST_PROBE),
            Some(probe) => probe.wait,
            None => FIRST_PROBE,
        };
        self.probe = Some(Probe {
            at: now + wait,
            wait,
            is_running: false,
        });
        self.met_at.get_or_insert(at);
        Refusal::Limit
    }

    /// A connection could not be opened for another reason.
    pub fn failed(&mut self) -> Refusal {
        self.trying = self.trying.saturating_sub(1);
        match self.open {
            0 => {
                self.forget();
                Refusal::Relay
            }
            _ => Refusal::Limit,
        }
    }

    /// Forgets the limit that was met.
    fn forget(&mut self) {
        (self.allowed, self.probe, self.met_at) = (self.most, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn try_all(limit: &mut ConnectionLimit, count: usize, now: Instant) {
        for _ in 0..count {
            limit.reserve(now).unwrap();
            limit.begin();
        }
    }

    fn at() -> Timestamp {
        Timestamp::from_millis(1)
    }

    /// Eight are tried at once, in whatever order the answers come.
    #[test]
    fn the_limit_is_what_works() {
        for refused_first in [0, 2, 5] {
            let (mut limit, now) = (ConnectionLimit::new(8), Instant::now());
            try_all(&mut limit, 8, now);
            for _ in 0..refused_first {
                assert_eq!(limit.refused(now, at()), Refusal::Limit);
            }
            (0..3).for_each(|_| limit.opened(now));
            for _ in refused_first..5 {
                assert_eq!(limit.refused(now, at()), Refusal::Limit);
            }
            assert_eq!(limit.known(), Some((3, at())));
            assert!(limit.reserve(now).is_err());
            limit.closed();
            assert!(limit.reserve(now).is_ok());
        }
    }

    #[test]
    fn one_more_is_tried_now_and_then() {
        let (mut limit, now) = (ConnectionLimit::new(4), Instant::now());
        try_all(&mut limit, 4, now);
        (0..3).for_each(|_| limit.opened(now));
        limit.refused(now, at());
        let next = limit.reserve(now).unwrap_err().unwrap();
        assert_eq!(next - now, FIRST_PROBE);
        limit.reserve(next).unwrap();
        assert_eq!(limit.reserve(next), Err(None), "one at a time");
        limit.begin();
        limit.refused(next, at());
        let later = limit.reserve(next).unwrap_err().unwrap();
        assert_eq!(later - next, 2 * FIRST_PROBE);
        try_all(&mut limit, 1, later);
        limit.opened(later);
        assert_eq!(limit.known(), None, "all that is allowed is taken");
    }

    #[test]
    fn a_relay_that_takes_none_is_in_trouble_and_has_no_limit() {
        let (mut limit, now) = (ConnectionLimit::new(3), Instant::now());
        try_all(&mut limit, 3, now);
        assert_eq!(limit.refused(now, at()), Refusal::Limit);
        assert_eq!(limit.refused(now, at()), Refusal::Limit);
        assert_eq!(limit.refused(now, at()), Refusal::Relay);
        assert_eq!(limit.known(), None);
        try_all(&mut limit, 1, now);
        assert_eq!(limit.failed(), Refusal::Relay);
        try_all(&mut limit, 2, now);
        limit.opened(now);
        assert_eq!(limit.failed(), Refusal::Limit);
        assert_eq!(limit.known(), None, "a lost connection is no limit");
    }

    #[test]
    fn who_is_in_a_hurry_comes_first() {
        let (mut limit, now) = (ConnectionLimit::new(2), Instant::now());
        try_all(&mut limit, 2, now);
        limit.opened(now);
        limit.refused(now, at());
        limit.hurry();
        assert!(limit.must_yield() && !limit.reserve_hurried(false));
        limit.closed();
        assert!(limit.reserve(now).is_err());
        assert!(limit.reserve_hurried(false));
        assert!(!limit.must_yield());
        limit.begin();
        limit.opened(now);
        limit.closed();
        assert!(limit.reserve(now).is_ok());
    }
}
