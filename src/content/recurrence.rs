//! Recurring events: daily, weekly, monthly or yearly.
//!
//! They keep the site's local time: a lesson at 18:30 is at 18:30 in summer and
//! winter. If a month lacks the day, its last day counts. Recurring campaigns keep the same rules.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::store::events::Event;
use crate::store::recurring_campaigns::RecurringTimes;

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
        let moved = |at: DateTime| moved(at, span, zone);
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

/// The times after `from` and up to `to` of what comes again without a length, in order: at most
/// [`MOST`], from the first on.
pub fn moments(
    times: &RecurringTimes,
    zone: &TimeZone,
    from: Timestamp,
    to: Timestamp,
) -> Vec<Timestamp> {
    let every = times.repeat_every.clamp(1, 99);
    let first = times.starts_at.to_jiff().to_zoned_datetime(zone.clone());
    let first = first.datetime();
    let ahead = from.millis().saturating_sub(times.starts_at.millis());
    let number = (ahead / (longest(times.repeats) * every) - 1).max(0);
    let until = times.repeat_until.map_or(to, |until| until.min(to));
    (number..number + MOST)
        .map_while(|number| {
            let span = step(times.repeats, every.saturating_mul(number))?;
            moved(first, span, zone)
        })
        .take_while(|at| *at <= until)
        .filter(|at| *at > from)
        .collect()
}

/// The first of them after `now`.
pub fn next_moment(times: &RecurringTimes, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let far = now.millis().max(times.starts_at.millis());
    let every = times.repeat_every.clamp(1, 99);
    let to = far.saturating_add(3 * longest(times.repeats) * every);
    let found = moments(times, zone, now, Timestamp::from_millis(to));
    found.into_iter().next()
}

/// A local time after a span, in the site's zone; one that a change of clocks skips is the next
/// that there is, and of one that comes twice it is the first.
fn moved(at: DateTime, span: Span, zone: &TimeZone) -> Option<Timestamp> {
    let at = at.checked_add(span).ok()?;
    let at = at.to_zoned_datetime(zone.clone()).ok()?;
    Some(Timestamp::from_millis(at.timestamp().as_millisecond()))
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

    fn campaign_times(
        starts: &str,
        repeats: Repetition,
        every: i64,
        zone: &str,
        from: &str,
        to: &str,
    ) -> Vec<String> {
        let times = RecurringTimes {
            starts_at: at(starts),
            repeats,
            repeat_every: every,
            repeat_until: None,
        };
        let zone = TimeZone::get(zone).unwrap();
        let found = moments(&times, &zone, at(from), at(to));
        found.iter().map(|at| at.rfc3339()).collect()
    }

    #[test]
    fn a_daily_campaign_keeps_its_hour_over_both_changes_of_clocks() {
        let daily = |starts, from, to| {
            campaign_times(starts, Repetition::Daily, 1, "Europe/Berlin", from, to)
        };
        assert_eq!(
            daily(
                "2026-03-01T08:00:00Z",
                "2026-03-28T08:00:00Z",
                "2026-03-30T07:00:00Z"
            ),
            ["2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z"]
        );
        assert_eq!(
            daily(
                "2026-03-01T08:00:00Z",
                "2026-10-24T07:00:00Z",
                "2026-10-26T08:00:00Z"
            ),
            ["2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z"]
        );
        // 02:30, which 29 March lacks and 25 October has twice: each day has one.
        assert_eq!(
            daily(
                "2026-03-01T01:30:00Z",
                "2026-03-27T12:00:00Z",
                "2026-03-30T12:00:00Z"
            ),
            [
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z"
            ]
        );
        assert_eq!(
            daily(
                "2026-03-01T01:30:00Z",
                "2026-10-24T12:00:00Z",
                "2026-10-26T12:00:00Z"
            ),
            ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        );
    }

    #[test]
    fn months_are_as_long_as_they_are_and_bounds_are_exact() {
        let monthly = |from, to| {
            campaign_times(
                "2026-01-31T10:00:00Z",
                Repetition::Monthly,
                1,
                "UTC",
                from,
                to,
            )
        };
        assert_eq!(
            monthly("2026-01-31T10:00:00Z", "2026-03-31T10:00:00Z"),
            ["2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"]
        );
        assert!(monthly("2026-02-28T10:00:00Z", "2026-03-31T09:59:59Z").is_empty());
        let second = campaign_times(
            "2026-11-02T04:00:00Z",
            Repetition::Weekly,
            2,
            "Asia/Almaty",
            "2030-01-01T00:00:00Z",
            "2030-01-20T00:00:00Z",
        );
        assert_eq!(second, ["2030-01-07T04:00:00Z"]);
    }
}
