//! Limits on joins, sign-in links, guesses and addresses for series, by network and account, and on
//! things that count used.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use parking_lot::{Mutex, RwLock};

use crate::clock::Timestamp;
use crate::model::{SeriesId, SubscriberId};

/// Requests for sign-in links per network and hour.
const SIGN_INS_PER_NETWORK: u32 = 30;
/// Attempts of passwords and codes per network, and per account, and hour.
const GUESSES_PER_NETWORK: u32 = 60;
const GUESSES_PER_ACCOUNT: u32 = 12;
/// Sign-ins that leave for the provider, per network and hour: each makes requests to it.
const PROVIDER_SIGN_INS_PER_NETWORK: u32 = 120;
/// Sign-in links sent to one address per hour, however many ask.
const SIGN_INS_PER_ADDRESS: u32 = 6;

/// More joins in an hour than the limits of this many networks count as load.
const USUAL_LOAD: u32 = 2;
/// How long load is assumed to last after the last sign of it.
const LOAD_DURATION: Duration = Duration::from_secs(10 * 60);
/// The longest delay of a confirmation email.
const MAX_CONFIRMATION_DELAY: Duration = Duration::from_secs(24 * 3600);
/// Links of other systems that are nobody's, per network and hour.
const OLD_LINKS_PER_NETWORK: u32 = 120;
/// Other addresses that one subscriber may ask for per hour: each is written to.
const ADDRESS_CHANGES_PER_SUBSCRIBER: u32 = 6;
/// Addresses that come to those of series, per network, and per series, and hour.
const SERIES_ENTRIES_PER_NETWORK: u32 = 300;
const SERIES_ENTRIES_PER_SERIES: u32 = 1000;
/// Forms accepted per network and hour without a solved puzzle.
const UNSOLVED_FORMS_PER_NETWORK: u32 = 10;

/// Rate limits; cheap to clone. Each process counts for itself: they are
/// against floods and need not be exact.
#[derive(Clone)]
pub struct RateLimits {
    joins: Arc<RwLock<Arc<JoinLimits>>>,
    /// When the next confirmation of a network over its limit may be sent.
    next_confirmation: Arc<Mutex<HashMap<String, Timestamp>>>,
    loaded_until: Arc<AtomicI64>,
    sign_ins: Arc<DefaultKeyedRateLimiter<String>>,
    sign_in_mails: Arc<DefaultKeyedRateLimiter<String>>,
    provider_sign_ins: Arc<DefaultKeyedRateLimiter<String>>,
    guesses_by_network: Arc<DefaultKeyedRateLimiter<String>>,
    guesses_by_account: Arc<DefaultKeyedRateLimiter<String>>,
    unsolved_forms: Arc<DefaultKeyedRateLimiter<String>>,
    old_links: Arc<DefaultKeyedRateLimiter<String>>,
    address_changes: Arc<DefaultKeyedRateLimiter<String>>,
    series_entries_by_network: Arc<DefaultKeyedRateLimiter<String>>,
    series_entries_by_series: Arc<DefaultKeyedRateLimiter<String>>,
    used: Arc<DefaultKeyedRateLimiter<String>>,
}

/// The limits of joins, which a setting can change.
struct JoinLimits {
    per_hour: u32,
    by_network: DefaultKeyedRateLimiter<String>,
    all: DefaultDirectRateLimiter,
}

impl JoinLimits {
    fn new(per_hour: u32) -> Arc<Self> {
        let quota =
            |per_hour| Quota::per_hour(NonZeroU32::new(per_hour).unwrap_or(NonZeroU32::MIN));
        Arc::new(Self {
            per_hour,
            by_network: RateLimiter::keyed(quota(per_hour)),
            all: RateLimiter::direct(quota(per_hour.saturating_mul(USUAL_LOAD))),
        })
    }
}

impl RateLimits {
    /// With `per_hour` joins per network and hour.
    pub fn new(per_hour: u32) -> Self {
        let limiter = |per_hour| {
            let per_hour = NonZeroU32::new(per_hour).unwrap_or(NonZeroU32::MIN);
            Arc::new(RateLimiter::keyed(Quota::per_hour(per_hour)))
        };
        Self {
            joins: Arc::new(RwLock::new(JoinLimits::new(per_hour))),
            next_confirmation: Arc::default(),
            loaded_until: Arc::default(),
            sign_ins: limiter(SIGN_INS_PER_NETWORK),
            sign_in_mails: limiter(SIGN_INS_PER_ADDRESS),
            provider_sign_ins: limiter(PROVIDER_SIGN_INS_PER_NETWORK),
            guesses_by_network: limiter(GUESSES_PER_NETWORK),
            guesses_by_account: limiter(GUESSES_PER_ACCOUNT),
            unsolved_forms: limiter(UNSOLVED_FORMS_PER_NETWORK),
            old_links: limiter(OLD_LINKS_PER_NETWORK),
            address_changes: limiter(ADDRESS_CHANGES_PER_SUBSCRIBER),
            series_entries_by_network: limiter(SERIES_ENTRIES_PER_NETWORK),
            series_entries_by_series: limiter(SERIES_ENTRIES_PER_SERIES),
            // Puzzles and form marks expire within two hours.
            used: Arc::new(RateLimiter::keyed(once_per(Duration::from_secs(2 * 3600)))),
        }
    }

    /// Counts anew with another limit of joins, if it is another.
    pub fn set_join_limit(&self, per_hour: u32) {
        if self.joins.read().per_hour != per_hour {
            *self.joins.write() = JoinLimits::new(per_hour);
        }
    }

    /// The delay of the confirmation for one more join from this network: none
    /// within its limit, more and more above it. `None` if the delay would be
    /// too long to be a real visitor's.
    pub fn check_join(&self, network: &str, now: Timestamp) -> Option<Duration> {
        let joins = self.joins.read().clone();
        if joins.all.check().is_err() {
            let until = now.after(LOAD_DURATION).millis();
            self.loaded_until.store(until, Ordering::Relaxed);
        }
        if joins.by_network.check_key(&network.to_owned()).is_ok() {
            return Some(Duration::ZERO);
        }
        let mut next_confirmation = self.next_confirmation.lock();
        let turn = next_confirmation.entry(network.to_owned()).or_insert(now);
        let next = (*turn)
            .max(now)
            .after(Duration::from_secs(3600) / joins.per_hour.max(1));
        let delay = next.since(now);
        if delay > MAX_CONFIRMATION_DELAY {
            tracing::warn!(
                network,
                "joins of this network are refused: far over their limit"
            );
            return None;
        }
        *turn = next;
        tracing::warn!(
            network,
            "joins of this network are over their limit; their confirmations are delayed"
        );
        Some(delay)
    }

    /// Whether there were more joins than usual lately.
    pub fn is_under_load(&self, now: Timestamp) -> bool {
        now.millis() < self.loaded_until.load(Ordering::Relaxed)
    }

    /// Whether this network may ask for one more sign-in link to this address.
    pub fn check_sign_in(&self, network: &str, email_key: &str) -> bool {
        self.sign_ins.check_key(&network.to_owned()).is_ok()
            && self.sign_in_mails.check_key(&email_key.to_owned()).is_ok()
    }

    /// Whether one more sign-in of this network may leave for the provider.
    pub fn check_provider(&self, network: &str) -> bool {
        self.provider_sign_ins
            .check_key(&network.to_owned())
            .is_ok()
    }

    /// Whether this network may try one more password or code of this account.
    pub fn check_guess(&self, network: &str, account: &str) -> bool {
        self.guesses_by_network
            .check_key(&network.to_owned())
            .is_ok()
            && self
                .guesses_by_account
                .check_key(&account.to_owned())
                .is_ok()
    }

    /// Whether this network may try one more credential that names no account.
    pub fn check_unnamed_guess(&self, network: &str) -> bool {
        self.guesses_by_network
            .check_key(&network.to_owned())
            .is_ok()
    }

    /// Whether this network may send one more form without a solved puzzle.
    pub fn check_unsolved_form(&self, network: &str) -> bool {
        self.unsolved_forms.check_key(&network.to_owned()).is_ok()
    }

    /// Whether this network may try one more link that turned out to be nobody's.
    pub fn check_old_link(&self, network: &str) -> bool {
        self.old_links.check_key(&network.to_owned()).is_ok()
    }

    /// Whether this subscriber may ask for one more address.
    pub fn check_address_change(&self, id: SubscriberId) -> bool {
        self.address_changes.check_key(&id.to_string()).is_ok()
    }

    /// Whether this network may send one more address to this series.
    pub fn check_series_entry(&self, network: &str, series: SeriesId) -> bool {
        self.series_entries_by_network
            .check_key(&network.to_owned())
            .is_ok()
            && self
                .series_entries_by_series
                .check_key(&series.to_string())
                .is_ok()
    }

    /// Whether this is used for the first time in two hours.
    pub fn first_use(&self, what: &str) -> bool {
        self.used.check_key(&what.to_owned()).is_ok()
    }

    /// Drops counters that are full again, to free memory.
    pub fn prune(&self, now: Timestamp) {
        let mut next_confirmation = self.next_confirmation.lock();
        next_confirmation.retain(|_, turn| *turn > now);
        next_confirmation.shrink_to_fit();
        let joins = self.joins.read().clone();
        joins.by_network.retain_recent();
        joins.by_network.shrink_to_fit();
        for limiter in [
            &self.sign_ins,
            &self.sign_in_mails,
            &self.provider_sign_ins,
            &self.guesses_by_network,
            &self.guesses_by_account,
            &self.unsolved_forms,
            &self.old_links,
            &self.address_changes,
            &self.series_entries_by_network,
            &self.series_entries_by_series,
            &self.used,
        ] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn once_per(span: Duration) -> Quota {
    // Only a zero period is refused.
    let quota = Quota::with_period(span).unwrap_or(Quota::per_hour(NonZeroU32::MIN));
    quota.allow_burst(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_floods_is_stopped_and_others_are_not() {
        let (gate, now) = (RateLimits::new(3), Timestamp::from_millis(0));
        let delays: Vec<u64> = (0..6)
            .map(|_| gate.check_join("203.0.113.0/24", now).unwrap().as_secs())
            .collect();
        assert_eq!(delays, [0, 0, 0, 1200, 2400, 3600], "each in its turn");
        assert!(!gate.is_under_load(now));
        assert_eq!(
            gate.check_join("198.51.100.0/24", now),
            Some(Duration::ZERO)
        );
        assert!(
            gate.is_under_load(now),
            "seven in an hour are more than twice three"
        );
        assert!(!gate.is_under_load(now.after(LOAD_DURATION)));
        let refused = (0..99).find(|_| gate.check_join("203.0.113.0/24", now).is_none());
        assert_eq!(refused, Some(69), "beyond a day nobody waits");
    }

    #[test]
    fn what_counts_once_is_known_again() {
        let gate = RateLimits::new(3);
        assert!(gate.first_use("a") && !gate.first_use("a") && gate.first_use("b"));
        gate.prune(Timestamp::from_millis(0));
        assert!(!gate.first_use("a"));
    }

    #[test]
    fn a_list_cannot_be_tried_through_the_address_of_a_series() {
        let gate = RateLimits::new(3);
        let taken = |network: &str, series| {
            let tries = (0..2_000).filter(|_| gate.check_series_entry(network, SeriesId(series)));
            tries.count()
        };
        assert_eq!(taken("10.0.0.0/24", 1), 300);
        let others: usize = (1..9).map(|n| taken(&format!("10.0.{n}.0/24"), 1)).sum();
        assert_eq!(others, 700);
        assert_eq!(taken("10.1.0.0/24", 2), 300);
    }

    #[test]
    fn a_password_cannot_be_guessed_from_many_networks() {
        let gate = RateLimits::new(3);
        let tried = (0..99)
            .filter(|n| gate.check_guess(&format!("10.0.{n}.0/24"), "a@b.kz"))
            .count();
        assert_eq!(tried, 12);
        assert!(gate.check_guess("198.51.100.0/24", "c@b.kz"));
    }

    #[test]
    fn an_admins_inbox_is_not_flooded_with_links() {
        let gate = RateLimits::new(3);
        let sent = (0..40)
            .filter(|n| gate.check_sign_in(&format!("10.0.{n}.0/24"), "a@b.kz"))
            .count();
        assert_eq!(sent, 6);
        assert!(gate.check_sign_in("198.51.100.0/24", "c@b.kz"));
    }
}
