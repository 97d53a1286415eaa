//! How long a campaign that was started on the admin pages waits, so that it can be undone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Seconds, an hour at most: what waits longer is scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct SendDelay(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be at most {}", SendDelay::MOST)]
pub struct TooLong;

impl SendDelay {
    pub const MOST: u64 = 3600;

    /// `None` where campaigns start at once.
    pub fn get(self) -> Option<Duration> {
        (self.0 > 0).then_some(Duration::from_secs(self.0))
    }
}

impl Default for SendDelay {
    fn default() -> Self {
        Self(10)
    }
}

impl TryFrom<u64> for SendDelay {
    type Error = TooLong;

    fn try_from(seconds: u64) -> Result<Self, TooLong> {
        if seconds > Self::MOST {
            return Err(TooLong);
        }
        Ok(Self(seconds))
    }
}

impl From<SendDelay> for u64 {
    fn from(delay: SendDelay) -> u64 {
        delay.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_an_hour_at_most_and_may_be_none() {
        let delay = |seconds: u64| SendDelay::try_from(seconds).map(SendDelay::get);
        assert_eq!(delay(0), Ok(None));
        assert_eq!(delay(3600), Ok(Some(Duration::from_secs(3600))));
        assert_eq!(delay(3601), Err(TooLong));
    }
}
