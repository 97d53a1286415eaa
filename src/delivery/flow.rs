//! How much mail a recipients' domain takes: its limits, and what its refusals
//! teach.
//!
//! Concurrency is halved when a domain asks for patience (421, 45x), at most
//! once in a cool-down, and grows again by one for each round of successes, as
//! TCP does it. A domain that goes on refusing with a single connection left
//! rests for a while.

use std::collections::HashMap;
use std::str::FromStr;
use std::time::{Duration, Instant};

const COOL_DOWN: Duration = Duration::from_secs(1);
/// Refusals in a row, with one connection left, that make a domain rest.
const PATIENCE: u32 = 3;
const FIRST_REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(300);
/// How soon a relay answers that does not make others wait.
const PROMPT: Duration = Duration::from_secs(1);

/// What an operator allows a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DomainLimit {
    /// Messages under way at once.
    pub connections: Option<usize>,
    /// Messages a second.
    pub rate: Option<u32>,
}

/// The limits of all domains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainLimits {
    named: HashMap<String, DomainLimit>,
    others: DomainLimit,
}

/// The text is no domain's limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no domain's limit; write DOMAIN=CONNECTIONS or DOMAIN=CONNECTIONS@RATE, such as example.org=4@10, with * for all others"
)]
pub struct LimitError(String);

impl DomainLimits {
    /// Reads limits such as `example.org=4@10` or `*=20`.
    ///
    /// # Errors
    /// [`LimitError`] names the entry that cannot be read.
    pub fn parse(entries: &[String]) -> Result<Self, LimitError> {
        let mut limits = Self::default();
        for entry in entries {
            let broken = || LimitError(entry.clone());
            let (domain, limit) = entry.split_once('=').ok_or_else(broken)?;
            let limit: DomainLimit = limit.trim().parse().map_err(|()| broken())?;
            match domain.trim() {
                "" => return Err(broken()),
                "*" => limits.others = limit,
                domain => {
                    limits.named.insert(domain.to_ascii_lowercase(), limit);
                }
            }
        }
        Ok(limits)
    }

    /// The limit of one domain.
    pub fn of(&self, domain: &str) -> DomainLimit {
        self.named.get(domain).copied().unwrap_or(self.others)
    }
}

impl FromStr for DomainLimit {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (connections, rate) = match text.split_once('@') {
            Some((connections, rate)) => (connections, Some(rate)),
            None => (text, None),
        };
        let connections: usize = connections.trim().parse().map_err(|_| ())?;
        let rate = match rate {
            Some(rate) => Some(rate.trim().parse::<u32>().map_err(|_| ())?),
            None => None,
        };
        match connections == 0 || rate == Some(0) {
            true => Err(()),
            false => Ok(Self {
                connections: Some(connections),
                rate,
            }),
        }
    }
}

/// What became of a message, as far as its domain is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// It was taken.
    Taken,
    /// The domain asks for patience.
    Patience,
    /// It says nothing of the domain.
    Nothing,
}

/// One domain's mail under way.
#[derive(Debug)]
pub struct Flow {
    limit: DomainLimit,
    /// How many may be under way now; a fraction of the next one is kept.
    allowed: f64,
    most: f64,
    under_way: usize,
    next_at: Option<Instant>,
    cool_until: Option<Instant>,
    rest_until: Option<Instant>,
    rests: u32,
    refusals: u32,
    is_prompt: bool,
}

impl Flow {
    /// A domain of which nothing bad is known; `connections` is all there are.
    pub fn new(limit: DomainLimit, connections: usize) -> Self {
        let most = limit.connections.unwrap_or(connections).max(1) as f64;
        Self {
            limit,
            allowed: most,
            most,
            under_way: 0,
            next_at: None,
            cool_until: None,
            rest_until: None,
            rests: 0,
            refusals: 0,
            is_prompt: true,
        }
    }

    /// Whether another message may go now; otherwise from when on, where time
    /// alone will tell. One that `follows` takes the place of another that is
    /// under way.
    pub fn admit(&self, now: Instant, follows: bool) -> Result<(), Option<Instant>> {
        for until in [self.rest_until, self.next_at].into_iter().flatten() {
            if until > now {
                return Err(Some(until));
            }
        }
        match self.under_way < self.allowed as usize + usize::from(follows) {
            true => Ok(()),
            false => Err(None),
        }
    }

    /// Until when it rests, if it does.
    pub fn rests_until(&self, now: Instant) -> Option<Instant> {
        self.rest_until.filter(|until| *until > now)
    }

    /// Whether the domain's own answers slow it down, and not the operator's
    /// limit alone.
    pub fn is_slowed(&self, now: Instant) -> bool {
        self.rests_until(now).is_some() || (self.allowed as usize) < self.most as usize
    }

    /// A message sets out. One that `follows` has no place of its own until it
    /// is [handed on](Self::hand_on).
    pub fn begin(&mut self, now: Instant, follows: bool) {
        self.under_way += usize::from(!follows);
        if let Some(rate) = self.limit.rate {
            let from = self.next_at.map_or(now, |at| at.max(now));
            self.next_at = Some(from + Duration::from_secs(1) / rate);
        }
    }

    /// A message's way has ended.
    pub fn end(&mut self, lesson: Lesson, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        match lesson {
            Lesson::Nothing => {}
            Lesson::Taken => {
                (self.refusals, self.rests) = (0, 0);
                self.allowed = (self.allowed + 1.0 / self.allowed).min(self.most);
            }
            Lesson::Patience => self.slow_down(now),
        }
    }

    /// The place of the message whose way has just ended goes to the one that
    /// follows it.
    pub fn hand_on(&mut self) {
        self.under_way += 1;
    }

    /// Whether its last message was answered soon.
    pub fn is_prompt(&self) -> bool {
        self.is_prompt
    }

    /// Notes how long an answer took.
    pub fn note_wait(&mut self, took: Duration) {
        self.is_prompt = took < PROMPT;
    }

    fn slow_down(&mut self, now: Instant) {
        self.refusals += 1;
        let is_cooling = self.cool_until.is_some_and(|until| until > now);
        if self.allowed < 2.0 {
            if self.refusals >= PATIENCE {
                let rest = FIRST_REST.saturating_mul(1 << self.rests.min(10));
                self.rest_until = Some(now + rest.min(LONGEST_REST));
                self.rests += 1;
                self.refusals = 0;
            }
        } else if !is_cooling {
            self.allowed = (self.allowed / 2.0).max(1.0);
            self.cool_until = Some(now + COOL_DOWN);
        }
    }

    /// Whether there is nothing to remember.
    pub fn is_idle(&self, now: Instant) -> bool {
        self.under_way == 0
            && self.is_prompt
            && self.allowed >= self.most
            && self.rests_until(now).is_none()
            && self.next_at.is_none_or(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(connections: usize) -> Flow {
        Flow::new(DomainLimit::default(), connections)
    }

    fn refuse(flow: &mut Flow, now: Instant) {
        flow.begin(now, false);
        flow.end(Lesson::Patience, now);
    }

    #[test]
    fn limits_are_read_and_mistakes_named() {
        let entries = ["example.org=4@10".to_owned(), "*=20".to_owned()];
        let limits = DomainLimits::parse(&entries).unwrap();
        assert_eq!(limits.of("example.org").rate, Some(10));
        assert_eq!(limits.of("example.kz").connections, Some(20));
        for wrong in ["example.org", "=4", "a.b=0", "a.b=x", "a.b=4@0"] {
            assert!(DomainLimits::parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn refusals_halve_once_in_a_cool_down_and_successes_win_it_back() {
        let (mut flow, start) = (flow(8), Instant::now());
        refuse(&mut flow, start);
        refuse(&mut flow, start);
        assert_eq!(flow.allowed as usize, 4);
        refuse(&mut flow, start + COOL_DOWN);
        assert_eq!(flow.allowed as usize, 2);
        assert!(flow.is_slowed(start));
        for _ in 0..60 {
            flow.begin(start, false);
            flow.end(Lesson::Taken, start);
        }
        assert_eq!(flow.allowed as usize, 8);
        assert!(!flow.is_slowed(start));
    }

    #[test]
    fn a_domain_that_only_refuses_rests_longer_each_time() {
        let (mut flow, start) = (flow(1), Instant::now());
        let mut rests = Vec::new();
        let mut now = start;
        for _ in 0..3 {
            for _ in 0..PATIENCE {
                assert!(flow.admit(now, false).is_ok());
                refuse(&mut flow, now);
            }
            let until = flow.rests_until(now).unwrap();
            rests.push((until - now).as_secs());
            now = until;
        }
        assert_eq!(rests, [5, 10, 20]);
    }

    #[test]
    fn a_message_that_follows_takes_one_place_and_not_two() {
        let (mut flow, now) = (flow(1), Instant::now());
        flow.begin(now, false);
        assert!(flow.admit(now, true).is_ok());
        flow.begin(now, true);
        flow.end(Lesson::Taken, now);
        assert!(flow.admit(now, false).is_ok());
        flow.hand_on();
        assert_eq!(flow.admit(now, false), Err(None));
        flow.end(Lesson::Taken, now);
        assert!(flow.is_idle(now));
    }

    #[test]
    fn concurrency_and_rate_hold() {
        let limit = "2@10".parse().unwrap();
        let (mut flow, now) = (Flow::new(limit, 20), Instant::now());
        flow.begin(now, false);
        let next = flow.admit(now, false).unwrap_err().unwrap();
        assert_eq!(next - now, Duration::from_millis(100));
        flow.begin(next, false);
        let later = now + Duration::from_secs(9);
        assert_eq!(flow.admit(later, false), Err(None));
        flow.end(Lesson::Taken, later);
        assert!(flow.admit(later, false).is_ok());
    }
}
