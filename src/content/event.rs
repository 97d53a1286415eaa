//! Events of the calendar, by month and as iCalendar (RFC 5545).

use icalendar::{Calendar, Component, EventLike};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{ContentError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::EventId;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::StoreError;
use crate::store::events::{self, Event, EventFields, EventVariant};
use crate::text::locale::Language;

const MONTH_LIMIT: i64 = 500;
const FEED_LIMIT: i64 = 1000;

/// What an admin says of an event, in one language.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// Its name in addresses and calendars.
    pub slug: Slug,
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The moment after its last.
    pub ends_at: Timestamp,
    /// Whether it has days and no hours.
    pub all_day: bool,
    /// The language of what follows.
    pub language: Language,
    /// What it is called.
    pub title: Title,
    /// Where it is.
    pub place: String,
    /// What it is about.
    pub description: String,
}

/// Makes an event, or adds a language to the event of this slug.
///
/// # Errors
/// [`ContentError::Text`] where it ends before it starts.
pub async fn save(cx: &Context, event: &Announcement) -> Result<EventId> {
    if event.ends_at < event.starts_at {
        return Err(ContentError::Text("an event cannot end before it starts"));
    }
    let fields = EventFields {
        slug: event.slug.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        all_day: event.all_day,
    };
    let mut db = cx.store.write().await?;
    let id = match events::by_slug(&mut db, &event.slug, event.language).await? {
        Some(known) => {
            events::update(&mut db, known.id, &fields).await?;
            known.id
        }
        None => match events::insert(&mut db, &fields, cx.clock.now()).await {
            Err(StoreError::Exists) => {
                return Err(ContentError::Exists("an event with this slug"));
            }
            other => other?,
        },
    };
    let variant = EventVariant {
        language: event.language,
        title: event.title.to_string(),
        place: event.place.clone(),
        description: event.description.clone(),
    };
    events::set_variant(&mut db, id, &variant).await?;
    db.commit().await?;
    Ok(id)
}

/// Drops an event.
///
/// # Errors
/// Where the database fails.
pub async fn delete(cx: &Context, id: EventId) -> Result<()> {
    let mut db = cx.store.write().await?;
    events::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// The event of this slug, in `language` or the next best.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(cx: &Context, slug: &Slug, language: Language) -> Result<Option<Event>> {
    Ok(events::by_slug(&mut cx.store.read().await?, slug, language).await?)
}

/// The next `limit` events that are not over.
///
/// # Errors
/// Where the database fails.
pub async fn upcoming(cx: &Context, language: Language, limit: i64) -> Result<Vec<Event>> {
    let mut db = cx.store.read().await?;
    let (from, to) = (cx.clock.now(), Timestamp::from_millis(i64::MAX));
    Ok(events::between(&mut db, from, to, language, limit).await?)
}

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
    /// Which day.
    pub date: Date,
    /// Whether it is of the month itself.
    pub is_inside: bool,
    /// What happens on it.
    pub events: Vec<Event>,
}

/// The calendar page of the month that `first` begins.
///
/// # Errors
/// Where the database fails.
pub async fn month(
    cx: &Context,
    zone: &TimeZone,
    first: Date,
    language: Language,
) -> Result<Month> {
    let from = first.saturating_sub(i32::from(first.weekday().to_monday_zero_offset()).days());
    let last = first.last_of_month();
    let weeks =
        (i32::from(last.day()) + i32::from(first.weekday().to_monday_zero_offset()) + 6) / 7;
    let to = from.saturating_add((weeks * 7).days());
    let mut db = cx.store.read().await?;
    let (starts, ends) = (moment(from, zone), moment(to, zone));
    let all = events::between(&mut db, starts, ends, language, MONTH_LIMIT).await?;
    let day = |number: i32| {
        let date = from.saturating_add(number.days());
        let starts = moment(date, zone);
        let ends = moment(date.saturating_add(1.day()), zone);
        Day {
            date,
            is_inside: date.month() == first.month(),
            events: all
                .iter()
                .filter(|event| event.starts_at < ends && event.ends_at > starts)
                .cloned()
                .collect(),
        }
    };
    let weeks = (0..weeks)
        .map(|week| (0..7).map(|n| day(week * 7 + n)).collect())
        .collect();
    Ok(Month { first, weeks })
}

/// The first moment of a day.
fn moment(date: Date, zone: &TimeZone) -> Timestamp {
    let start = date
        .to_zoned_datetime(zone.clone())
        .map(|zoned| zoned.timestamp());
    Timestamp::from_millis(start.unwrap_or_default().as_millisecond())
}

/// Every event that is not long past, as an iCalendar feed.
///
/// # Errors
/// Where the database fails.
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
    let to = Timestamp::from_millis(i64::MAX);
    let events = events::between(&mut db, from, to, language, FEED_LIMIT).await?;
    Ok(calendar(&events, site_name, &cx.config.public_url(), zone))
}

/// Up to `limit` events that are not long past, in each language they have:
/// slug and language.
///
/// # Errors
/// Where the database fails.
pub async fn addresses(cx: &Context, limit: i64) -> Result<Vec<(String, Language)>> {
    let from = cx
        .clock
        .now()
        .before(std::time::Duration::from_secs(365 * 24 * 3600));
    let rows = events::addresses(&mut cx.store.read().await?, from, limit).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(slug, language)| Some((slug, language.parse().ok()?)))
        .collect())
}

/// The languages that an event has words in.
///
/// # Errors
/// Where the database fails.
pub async fn languages(cx: &Context, id: EventId) -> Result<Vec<Language>> {
    let variants = events::variants(&mut cx.store.read().await?, id).await?;
    Ok(variants.iter().map(|variant| variant.language).collect())
}

/// Events as iCalendar text.
pub fn calendar(events: &[Event], site_name: &str, site_url: &str, zone: &TimeZone) -> String {
    let host = site_url.split("://").last().unwrap_or(site_url);
    let mut calendar = Calendar::new();
    calendar.name(site_name);
    for event in events {
        let mut entry = icalendar::Event::new();
        entry
            .uid(&format!("{}@{host}", event.slug))
            .summary(&event.title)
            .description(&event.description)
            .location(&event.place)
            .url(&format!("{site_url}/events/{}", event.slug));
        entry.add_property("DTSTAMP", utc(event.starts_at));
        if event.all_day {
            entry.append_property(dates("DTSTART", event.starts_at, zone));
            entry.append_property(dates("DTEND", event.ends_at, zone));
        } else {
            entry.add_property("DTSTART", utc(event.starts_at));
            entry.add_property("DTEND", utc(event.ends_at));
        }
        calendar.push(entry.done());
    }
    calendar.done().to_string()
}

fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn dates(name: &str, at: Timestamp, zone: &TimeZone) -> icalendar::Property {
    let local = at.to_jiff().to_zoned_datetime(zone.clone());
    icalendar::Property::new(name, local.strftime("%Y%m%d").to_string())
        .append_parameter(("VALUE", "DATE"))
        .done()
}
