//! Which times of a recurring campaign are due.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::clock::Timestamp;
use crate::content::recurrence;
use crate::store::recurring_campaigns::RecurringTimes;

/// A time that is noticed later, since nothing ran, is skipped.
pub const PATIENCE: Duration = Duration::from_secs(24 * 3600);
/// Times that are longer past are not even noted.
const LOOK_BACK: Duration = Duration::from_secs(366 * 24 * 3600);

/// What is to be done about the times that have come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// To make a campaign for: the last of them.
    pub make: Option<Timestamp>,
    pub skip: Vec<Timestamp>,
}

/// What is due at `now` of the times after `after`.
pub fn due(times: &RecurringTimes, zone: &TimeZone, after: Timestamp, now: Timestamp) -> Due {
    let from = after.max(now.before(LOOK_BACK));
    let mut skip = recurrence::moments(times, zone, from, now);
    let is_fresh = |at: &&Timestamp| now.since(**at) <= PATIENCE;
    let make = skip.last().filter(is_fresh).copied();
    if make.is_some() {
        skip.pop();
    }
    Due { make, skip }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::content::Repetition;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn daily(after: &str, now: &str) -> Due {
        let times = RecurringTimes {
            starts_at: at("2026-11-02T09:00:00Z"),
            repeats: Repetition::Daily,
            repeat_every: 1,
            repeat_until: Some(at("2027-03-01T00:00:00Z")),
        };
        due(&times, &TimeZone::UTC, at(after), at(now))
    }

    #[test]
    fn a_missed_time_is_made_late_within_a_day_and_older_ones_are_skipped() {
        let made = |at_: &str| Due {
            make: Some(at(at_)),
            skip: Vec::new(),
        };
        let none = Due::default();
        assert_eq!(daily("2026-11-01T00:00:00Z", "2026-11-02T08:59:59Z"), none);
        let first = made("2026-11-02T09:00:00Z");
        assert_eq!(daily("2026-11-01T00:00:00Z", "2026-11-02T09:00:00Z"), first);
        assert_eq!(daily("2026-11-01T00:00:00Z", "2026-11-03T08:59:59Z"), first);
        assert_eq!(daily("2026-11-02T09:00:00Z", "2026-11-03T08:59:59Z"), none);
        let late = daily("2026-11-02T09:00:00Z", "2026-11-06T08:00:00Z");
        assert_eq!(late.make, Some(at("2026-11-05T09:00:00Z")));
        assert_eq!(
            late.skip,
            [at("2026-11-03T09:00:00Z"), at("2026-11-04T09:00:00Z")]
        );
    }

    #[test]
    fn a_clock_that_goes_back_makes_nothing_and_a_far_past_is_bounded() {
        let back = daily("2026-11-09T09:00:00Z", "2026-11-05T12:00:00Z");
        assert_eq!(back, Due::default());
        let ended = daily("2026-11-02T09:00:00Z", "2040-01-01T00:00:00Z");
        assert_eq!(ended, Due::default());
        let long = daily("2026-11-02T09:00:00Z", "2027-03-02T12:00:00Z");
        assert_eq!((long.make, long.skip.len()), (None, 118));
    }
}
