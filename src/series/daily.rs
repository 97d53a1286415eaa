//! Lets readers in once a day: those whose date comes, everybody when an event comes, and who has
//! come to be in a segment. A list is looked at some subscribers at a time, and again for the days
//! on which nobody looked.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{Result, SeriesError};
use crate::clock::Timestamp;
use crate::content::recurrence;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::anniversary::{Occurrence, PersonalDate};
use crate::model::list::Slug;
use crate::model::series::{SeriesState, Start, edition};
use crate::store::series::{self, DateScan, Series};
use crate::store::series_readers::{self, Entry, Member};
use crate::store::{Db, events, segments};
use crate::text::locale::Preference;

/// Subscribers that are looked at in one go.
const MEMBERS: i64 = 2_000;
/// Days that are made up for when nobody looked: a birthday wish is not sent weeks later.
const LATE_DAYS: i64 = 7;

/// Days before and after now in which the round of an event is looked for.
const EVENT_DAYS: i64 = 366;

/// How far the dates were looked at when a series begins: those of today are the first.
pub(super) fn beginning(cx: &Context, now: Timestamp) -> DateScan {
    let yesterday = number(today(cx, now)) - 1;
    DateScan {
        day: yesterday,
        until: yesterday,
        after: 0,
    }
}

/// Looks at the next subscribers, where a day is to be looked at; whether there are more.
///
/// # Errors
/// [`SeriesError::EventGone`], [`SeriesError::UnknownSegment`] where what it waits for is not there
/// any more.
pub(super) async fn look(cx: &Context, series: &Series) -> Result<bool> {
    let start = series.start();
    let Some(hour) = start
        .hour()
        .filter(|_| series.state == SeriesState::Running)
    else {
        return Ok(false);
    };
    let now = cx.clock.now();
    let today = number(today(cx, now));
    let scan = series.dates;
    if scan.day >= today {
        return Ok(false);
    }
    // A look that has begun ends on its day, even after midnight.
    let until = if scan.until > scan.day {
        scan.until
    } else {
        today
    };
    let days = (scan.day.max(until - LATE_DAYS), until);
    let mut db = cx.store.read().await?;
    let comes = match &start {
        Start::Event {
            event, days: shift, ..
        } => event_day(cx, &mut db, event, *shift, days).await?,
        _ => None,
    };
    let members = match (&start, comes) {
        // Nobody comes in on these days.
        (Start::Event { .. }, None) => Vec::new(),
        _ => series_readers::members_after(&mut db, series.list_id, scan.after, MEMBERS).await?,
    };
    let is_last = (members.len() as i64) < MEMBERS;
    let reached = members.last().map(|member| member.subscriber_id);
    let scanned = match (is_last, reached) {
        (false, Some(after)) => DateScan {
            until,
            after: after.0,
            ..scan
        },
        _ => DateScan {
            day: until,
            until,
            after: 0,
        },
    };
    let coming = coming(&mut db, &start, comes, &members, days, now).await?;
    drop(db);
    let zone = cx.config().time_zone.get();
    let mut db = cx.store.write().await?;
    if !series::set_dates(&mut db, series.id, scan, scanned).await? {
        // Another worker has looked at them.
        return Ok(true);
    }
    for (subscriber, found) in coming {
        let Some(due_at) = at_hour(found.day, hour, &zone) else {
            continue;
        };
        let entry = Entry {
            series: series.id,
            subscriber,
            round: found.round,
            overlaps: found.round != 0,
            due_at,
        };
        series_readers::enter(&mut db, &entry, now).await?;
    }
    db.commit().await?;
    Ok(!is_last)
}

/// Who of these subscribers comes in, and on which day: in a segment on the last of the days, with
/// an event on its day, else when a date in their attributes comes.
async fn coming(
    db: &mut Db,
    start: &Start,
    event_comes: Option<Date>,
    members: &[Member],
    days: (i64, i64),
    now: Timestamp,
) -> Result<Vec<(SubscriberId, Occurrence)>> {
    if let Start::Segment { segment, .. } = start {
        let segment = segments::by_id(db, *segment).await?;
        let rule = segment.ok_or(SeriesError::UnknownSegment)?.rule;
        let ids: Vec<i64> = members.iter().map(|one| one.subscriber_id.0).collect();
        let picked = segments::among(db, &rule, &ids, now).await?;
        let Some(day) = date_of(days.1) else {
            return Ok(Vec::new());
        };
        let found = Occurrence { day, round: 0 };
        return Ok(picked.into_iter().map(|one| (one, found)).collect());
    }
    let found = members.iter().filter_map(|member| {
        let found = match event_comes {
            Some(day) => Occurrence {
                day,
                round: number(day),
            },
            None => occurrence(start, &member.attributes, days)?,
        };
        Some((member.subscriber_id, found))
    });
    Ok(found.collect())
}

/// The round for which one comes in by a call: that of the day on which the event of the series
/// let everybody in last, or else of the first day on which it will; or the year of a date.
pub(super) async fn round_of_call(cx: &Context, db: &mut Db, start: &Start) -> Result<i64> {
    let now = cx.clock.now();
    let today = number(today(cx, now));
    match start {
        Start::Date { yearly: true, .. } => Ok(edition(now)),
        Start::Event { event, days, .. } => {
            let span = (today - EVENT_DAYS, today + EVENT_DAYS);
            let days = match event_days(cx, db, event, *days, span).await {
                Ok(days) => days,
                // Nobody comes in by it until it is there again.
                Err(SeriesError::EventGone(_)) => Vec::new(),
                Err(error) => return Err(error),
            };
            let last = days.iter().rfind(|day| number(**day) <= today);
            Ok(last.or(days.first()).map_or(0, |day| number(*day)))
        }
        _ => Ok(0),
    }
}

/// The last day after one and up to another that is so many days after a time of an event.
pub(super) async fn event_day(
    cx: &Context,
    db: &mut Db,
    event: &Slug,
    shift: i32,
    span: (i64, i64),
) -> Result<Option<Date>> {
    Ok(event_days(cx, db, event, shift, span).await?.pop())
}

/// The first day from `today` on that is so many days after a time of an event, within a year.
///
/// # Errors
/// [`SeriesError::EventGone`] where the event is not there, or not published.
pub(super) async fn next_event_day(
    cx: &Context,
    db: &mut Db,
    event: &Slug,
    shift: i32,
    today: i64,
) -> Result<Option<Date>> {
    let span = (today - 1, today + EVENT_DAYS);
    let days = event_days(cx, db, event, shift, span).await?;
    Ok(days.into_iter().next())
}

/// The days after one and up to another that are so many days after a time of an event, in order.
async fn event_days(
    cx: &Context,
    db: &mut Db,
    event: &Slug,
    shift: i32,
    (after, until): (i64, i64),
) -> Result<Vec<Date>> {
    let zone = cx.config().time_zone.get();
    let reader = Preference::only(cx.config().language);
    let found = events::by_slug(db, event, reader).await?;
    let gone = || SeriesError::EventGone(event.to_string());
    let found = found.ok_or_else(gone)?;
    // Of the event itself, from the first moment of the first day to the last of the last.
    let midnight = |number: i64| {
        let day = date_of(number.saturating_sub(i64::from(shift)))?;
        at_hour(day, 0, &zone)
    };
    let (Some(from), Some(to)) = (midnight(after + 1), midnight(until + 1)) else {
        return Ok(Vec::new());
    };
    let times = recurrence::times(&found, &zone, from, to);
    let starts = times.iter().map(|one| one.starts_at);
    let mut starts: Vec<Timestamp> = starts.filter(|at| *at >= from && *at < to).collect();
    if !starts.is_empty() && !found.is_published {
        return Err(gone());
    }
    starts.sort_unstable();
    let day = |at| date_of(day_number(at, &zone) + i64::from(shift));
    Ok(starts.into_iter().filter_map(day).collect())
}

/// When the date of these attributes comes, after one day and up to another.
pub(super) fn occurrence(
    start: &Start,
    attributes: &Value,
    (after, until): (i64, i64),
) -> Option<Occurrence> {
    let Start::Date {
        attribute,
        days,
        yearly,
        ..
    } = start
    else {
        return None;
    };
    let date = PersonalDate::parse(attributes.get(attribute)?.as_str()?)?;
    date.within(*days, *yearly, date_of(after)?, date_of(until)?)
}

pub(super) fn at_hour(day: Date, hour: u8, zone: &TimeZone) -> Option<Timestamp> {
    let at = day.at(i8::try_from(hour).ok()?, 0, 0, 0);
    let at = at.to_zoned_datetime(zone.clone()).ok()?;
    Some(Timestamp::from_millis(at.timestamp().as_millisecond()))
}

fn today(cx: &Context, now: Timestamp) -> Date {
    let zone = cx.config().time_zone.get();
    now.to_jiff().to_zoned_datetime(zone).date()
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970.
pub(super) fn number(day: Date) -> i64 {
    let since = day.since(EPOCH).map(|span| i64::from(span.get_days()));
    since.unwrap_or_default()
}

fn date_of(number: i64) -> Option<Date> {
    EPOCH.checked_add(number.days()).ok()
}

/// The day of a moment in the site's zone, as days since 1970.
pub(super) fn day_number(at: Timestamp, zone: &TimeZone) -> i64 {
    number(at.to_jiff().to_zoned_datetime(zone.clone()).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn days_are_counted_since_1970() {
        assert_eq!(number(date(1970, 1, 2)), 1);
        assert_eq!(number(date(2026, 11, 29)), 20_786);
        assert_eq!(date_of(20_786), Some(date(2026, 11, 29)));
    }

    #[test]
    fn what_is_no_date_lets_nobody_in() {
        let start = Start::Date {
            attribute: "birthday".to_owned(),
            days: 0,
            hour: 9,
            yearly: true,
        };
        let today = number(date(2026, 11, 29));
        let found = |attributes: Value| occurrence(&start, &attributes, (today - 1, today));
        assert_eq!(
            found(json!({ "birthday": "29.11.1990" })).map(|one| one.round),
            Some(2026)
        );
        assert_eq!(found(json!({ "birthday": "28.11.1990" })), None);
        assert_eq!(found(json!({ "birthday": 7 })), None);
        assert_eq!(found(json!({})), None);
    }
}
