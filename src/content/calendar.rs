//! The calendar by month, and as iCalendar (RFC 5545).

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Result, recurrence};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::icalendar;
use crate::model::calendar::CalendarEntry;
use crate::store::events::{self, Event, EventSelection};
use crate::text::datetime::start_of_day;
use crate::text::locale::Language;
use crate::text::month;

const MONTH_LIMIT: i64 = 500;
const FEED_LIMIT: i64 = 1000;
/// How far ahead a feed lists recurring events.
const UNFOLDED: std::time::Duration = std::time::Duration::from_secs(370 * 24 * 3600);

const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

/// A month of the calendar: its weeks from Monday to Sunday, each day with its
/// events. Days of the neighbouring months fill the first and last week.
#[derive(Debug, Clone)]
pub struct Month {
    /// The first day.
    pub first: Date,
    /// Four to six weeks.
    pub weeks: Vec<Vec<Day>>,
}

/// A day of a calendar page.
#[derive(Debug, Clone)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Whether it belongs to the month itself.
    pub is_inside: bool,
    /// The events on it.
    pub events: Vec<Event>,
}

/// The calendar page of the month that starts at `first`, for visitors.
pub async fn month(
    cx: &Context,
    zone: &TimeZone,
    first: Date,
    language: Language,
) -> Result<Month> {
    let weeks = month::weeks(first);
    let days = weeks.iter().flatten();
    let (from, to) = (days.clone().min(), days.max());
    let starts = start_of_day(from.copied().unwrap_or(first), zone);
    let ends = start_of_day(to.copied().unwrap_or(first).saturating_add(1.day()), zone);
    let mut db = cx.store.read().await?;
    let public = EventSelection {
        reader: cx.reader(language),
        with_drafts: false,
        limit: MONTH_LIMIT,
    };
    let all = events::between(&mut db, starts, ends, public).await?;
    let times = all
        .iter()
        .flat_map(|event| recurrence::times(event, zone, starts, ends));
    let mut all: Vec<Event> = times.collect();
    all.sort_by_key(|event| (event.starts_at, event.id));
    let day = |date: Date| {
        let starts = start_of_day(date, zone);
        let ends = start_of_day(date.saturating_add(1.day()), zone);
        Day {
            date,
            is_inside: month::holds(first, date),
            events: all
                .iter()
                .filter(|event| event.starts_at < ends && event.ends_at > starts)
                .cloned()
                .collect(),
        }
    };
    let weeks = weeks.into_iter();
    let weeks = weeks
        .map(|week| week.into_iter().map(day).collect())
        .collect();
    Ok(Month { first, weeks })
}

/// Recent and future public events as an iCalendar feed.
pub async fn icalendar(
    cx: &Context,
    site_name: &str,
    zone: &TimeZone,
    language: Language,
) -> Result<String> {
    let mut db = cx.store.read().await?;
    let from = cx
        .clock
        .now()
        .before(std::time::Duration::from_secs(90 * 24 * 3600));
    let ever = Timestamp::from_millis(i64::MAX);
    let ahead = cx.clock.now().after(UNFOLDED);
    let public = EventSelection {
        reader: cx.reader(language),
        with_drafts: false,
        limit: FEED_LIMIT,
    };
    let events = events::between(&mut db, from, ever, public).await?;
    let unfolded: Vec<Event> = events
        .iter()
        .flat_map(|event| match event.recurrence.frequency() {
            None => vec![event.clone()],
            Some(_) => recurrence::times(event, zone, from, ahead),
        })
        .collect();
    Ok(calendar(
        &unfolded,
        site_name,
        &cx.config().public_url(),
        zone,
    ))
}

/// Events as iCalendar text.
pub fn calendar(events: &[Event], site_name: &str, site_url: &str, zone: &TimeZone) -> String {
    let entries = events.iter().map(|event| entry(event, site_url, zone));
    icalendar::write(&entries.collect::<Vec<_>>(), site_name, None)
}

/// An event as calendars know it, at its next time; `None` where it is over.
pub fn next_entry(cx: &Context, event: &Event) -> Option<CalendarEntry> {
    let zone = cx.config().time_zone.get();
    let next = recurrence::next(event, &zone, cx.clock.now())?;
    Some(entry(&next, &cx.config().public_url(), &zone))
}

/// What a calendar has of an event, as the event is now; `None` for a time of a recurring event
/// that there is no more.
pub fn entry_now(cx: &Context, event: &Event, known: &CalendarEntry) -> Option<CalendarEntry> {
    let (zone, site_url) = (cx.config().time_zone.get(), cx.config().public_url());
    if event.recurrence.frequency().is_none() {
        return Some(entry(event, &site_url, &zone));
    }
    let (from, to) = (known.starts_at.before(DAY), known.ends_at.after(DAY));
    let times = recurrence::times(event, &zone, from, to);
    let mut entries = times.iter().map(|event| entry(event, &site_url, &zone));
    entries.find(|entry| entry.uid == known.uid)
}

/// An event as calendars know it.
fn entry(event: &Event, site_url: &str, zone: &TimeZone) -> CalendarEntry {
    let host = site_url.split("://").last().unwrap_or(site_url);
    let entry = CalendarEntry {
        event: Some(event.id),
        uid: format!("{}@{host}", uid(event, zone)),
        sequence: event.sequence,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        all_day: event.all_day,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        summary: event.title.clone(),
        place: event.place.clone(),
        description: event.description.clone(),
        url: format!("{site_url}/events/{}", event.slug),
    };
    entry.bounded()
}

/// Each occurrence of a recurring event is an event of its own: calendar clients
/// differ too much in recurrence rules and time zones.
fn uid(event: &Event, zone: &TimeZone) -> String {
    match event.recurrence.frequency() {
        None => event.uid.clone(),
        Some(_) => {
            let local = event.starts_at.to_jiff().to_zoned_datetime(zone.clone());
            format!("{}-{}", event.uid, local.strftime("%Y%m%d"))
        }
    }
}
