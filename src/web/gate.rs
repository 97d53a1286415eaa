//! How often one network may join in an hour.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Counts joins by network; cheap to clone. Each process counts for itself:
/// the limit is against floods, not an account.
#[derive(Clone)]
pub struct Gate {
    joins: Arc<DefaultKeyedRateLimiter<String>>,
}

impl Gate {
    /// Lets `per_hour` joins of one network through in an hour.
    pub fn new(per_hour: u32) -> Self {
        let per_hour = NonZeroU32::new(per_hour).unwrap_or(NonZeroU32::MIN);
        Self {
            joins: Arc::new(RateLimiter::keyed(Quota::per_hour(per_hour))),
        }
    }

    /// Whether this network may join once more.
    pub fn lets_join(&self, network: &str) -> bool {
        self.joins.check_key(&network.to_owned()).is_ok()
    }

    /// Forgets networks that have been quiet.
    pub fn forget_quiet(&self) {
        self.joins.retain_recent();
        self.joins.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_floods_is_stopped_and_others_are_not() {
        let gate = Gate::new(3);
        let let_in = (0..10).filter(|_| gate.lets_join("203.0.113.0/24")).count();
        assert_eq!(let_in, 3);
        assert!(gate.lets_join("198.51.100.0/24"));
    }
}
