//! Recurring events: daily, weekly, monthly or yearly.
//!
//! They keep the site's local time: a lesson at 18:30 is at 18:30 in summer and
//! winter. If a month lacks the day, its last day counts.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::store::events::Event;

/// The maximum of occurrences of one query.
const MOST: i64 = 1_000;

/// The occurrences of an event between `from` and `to`, in order; one
/// for an event that does not recur.
pub fn times(event: &Event, zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Event> {
    let touches = |event: &Event| event.starts_at < to && event.ends_at > from;
    let Some(frequency) = event.recurrence.frequency() else {
        return Some(event.clone()).into_iter().filter(touches).collect();
    };
    let every = event.recurrence.repeat_every.clamp(1, 99);
    let local = |at: Timestamp| at.to_jiff().to_zoned_datetime(zone.clone()).datetime();
    let (starts, ends) = (local(event.starts_at), local(event.ends_at));
    // A little early, since months and years differ in length.
    let ahead = from.millis().saturating_sub(event.ends_at.millis());
    let first = (ahead / (longest(frequency) * every) - 1).max(0);
    let mut found = Vec::new();
    for number in first..first + MOST {
        let Some(span) = step(frequency, every.saturating_mul(number)) else {
            break;
        };
        let moved = |at: DateTime| {
            let at = at
                .checked_add(span)
                .ok()?
                .to_zoned_datetime(zone.clone())
                .ok()?;
            Some(Timestamp::from_millis(at.timestamp().as_millisecond()))
        };
        let (Some(starts_at), Some(ends_at)) = (moved(starts), moved(ends)) else {
            break;
        };
        let is_past_end = event
            .recurrence
            .repeat_until
            .is_some_and(|until| starts_at > until);
        if starts_at >= to || is_past_end {
            break;
        }
        let one = Event {
            starts_at,
            ends_at,
            ..event.clone()
        };
        if touches(&one) {
            found.push(one);
        }
    }
    found
}

/// The next occurrence that is not over at `now`, if any.
pub fn next(event: &Event, zone: &TimeZone, now: Timestamp) -> Option<Event> {
    let ever = Timestamp::from_millis(i64::MAX);
    match event.recurrence.frequency() {
        None => Some(event.clone()).filter(|event| event.ends_at > now),
        Some(frequency) => {
            // One of two steps hits it, or none is left.
            let every = event.recurrence.repeat_every.clamp(1, 99);
            let far = now.millis().max(event.starts_at.millis());
            let to = far.checked_add(3 * longest(frequency) * every);
            let to = to.map_or(ever, Timestamp::from_millis);
            times(event, zone, now, to).into_iter().next()
        }
    }
}

/// Milliseconds of the longest unit of its kind.
fn longest(frequency: Repetition) -> i64 {
    const DAY: i64 = 24 * 3600 * 1000;
    match frequency {
        Repetition::Daily => DAY,
        Repetition::Weekly => 7 * DAY,
        Repetition::Monthly => 31 * DAY,
        Repetition::Yearly => 366 * DAY,
    }
}

fn step(frequency: Repetition, count: i64) -> Option<Span> {
    let none = 0.days();
    let span = match frequency {
        Repetition::Daily => none.try_days(count),
        Repetition::Weekly => none.try_weeks(count),
        Repetition::Monthly => none.try_months(count),
        Repetition::Yearly => none.try_years(count),
    };
    span.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;
    use crate::store::events::Recurrence;
    use crate::text::locale::Language;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn event(starts: &str, repeats: &str, every: i64, until: Option<&str>) -> Event {
        Event {
            id: EventId(1),
            slug: "lesson".parse().unwrap(),
            starts_at: at(starts),
            ends_at: at(starts).after(std::time::Duration::from_secs(3600)),
            all_day: false,
            recurrence: Recurrence {
                repeats: repeats.to_owned(),
                repeat_every: every,
                repeat_until: until.map(at),
            },
            is_published: true,
            picture_id: None,
            picture: None,
            uid: "lesson".to_owned(),
            sequence: 0,
            language: Language::EN,
            title: String::new(),
            place: String::new(),
            description: String::new(),
        }
    }

    fn days(event: &Event, zone: &str, from: &str, to: &str) -> Vec<String> {
        let zone = TimeZone::get(zone).unwrap();
        let found = times(event, &zone, at(from), at(to));
        found.iter().map(|one| one.starts_at.rfc3339()).collect()
    }

    #[test]
    fn a_weekly_lesson_keeps_its_hour_when_the_clocks_change() {
        let lesson = event("2026-03-20T17:30:00Z", "weekly", 1, None);
        assert_eq!(
            days(
                &lesson,
                "Europe/Berlin",
                "2026-03-19T00:00:00Z",
                "2026-04-10T00:00:00Z"
            ),
            [
                "2026-03-20T17:30:00Z",
                "2026-03-27T17:30:00Z",
                "2026-04-03T16:30:00Z"
            ]
        );
        assert_eq!(
            days(
                &lesson,
                "UTC",
                "2036-01-01T00:00:00Z",
                "2036-01-09T00:00:00Z"
            )
            .len(),
            1
        );
    }

    #[test]
    fn intervals_end_dates_and_short_months_are_respected() {
        let second = event(
            "2026-01-31T10:00:00Z",
            "monthly",
            1,
            Some("2026-04-01T00:00:00Z"),
        );
        assert_eq!(
            days(
                &second,
                "UTC",
                "2026-01-01T00:00:00Z",
                "2027-01-01T00:00:00Z"
            ),
            [
                "2026-01-31T10:00:00Z",
                "2026-02-28T10:00:00Z",
                "2026-03-31T10:00:00Z"
            ]
        );
        let yearly = event("2024-02-29T10:00:00Z", "yearly", 2, None);
        assert_eq!(
            days(
                &yearly,
                "UTC",
                "2025-01-01T00:00:00Z",
                "2029-01-01T00:00:00Z"
            ),
            ["2026-02-28T10:00:00Z", "2028-02-29T10:00:00Z"]
        );
        let daily = event("1990-01-01T10:00:00Z", "daily", 1, None);
        assert_eq!(
            days(
                &daily,
                "UTC",
                "2026-05-01T00:00:00Z",
                "2026-06-01T00:00:00Z"
            )
            .len(),
            31
        );
        let once = event("2026-01-01T10:00:00Z", "", 1, None);
        assert_eq!(
            days(&once, "UTC", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z").len(),
            1
        );
        assert!(days(&once, "UTC", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z").is_empty());
    }

    #[test]
    fn the_next_occurrence_is_the_first_that_is_not_over() {
        let zone = TimeZone::UTC;
        let lesson = event(
            "2026-03-20T17:30:00Z",
            "weekly",
            2,
            Some("2026-05-01T00:00:00Z"),
        );
        let next =
            |now: &str| super::next(&lesson, &zone, at(now)).map(|one| one.starts_at.rfc3339());
        assert_eq!(
            next("2020-01-01T00:00:00Z").unwrap(),
            "2026-03-20T17:30:00Z"
        );
        assert_eq!(
            next("2026-03-20T18:00:00Z").unwrap(),
            "2026-03-20T17:30:00Z"
        );
        assert_eq!(
            next("2026-03-21T00:00:00Z").unwrap(),
            "2026-04-03T17:30:00Z"
        );
        assert_eq!(next("2026-05-02T00:00:00Z"), None);
    }
}
