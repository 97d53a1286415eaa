//! Events of the calendar, by month and as iCalendar (RFC 5545).

use icalendar::{Calendar, Component, EventLike};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{ContentError, Result, recurrence};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::EventId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::Slug;
use crate::store::events::{self, Event, EventFields, EventVariant, Recurrence};
use crate::store::{StoreError, campaigns};
use crate::text::characters;
use crate::text::line::Title;
use crate::text::locale::Language;

const MONTH_LIMIT: i64 = 500;
const FEED_LIMIT: i64 = 1000;
/// How far ahead a feed lists recurring events.
const UNFOLDED: std::time::Duration = std::time::Duration::from_secs(370 * 24 * 3600);

/// The fields of an event in one language.
#[derive(Debug, Clone)]
pub struct EventInLanguage {
    /// Its name in URLs and calendars.
    pub slug: Slug,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends, exclusive.
    pub ends_at: Timestamp,
    /// Whether it lasts all day.
    pub all_day: bool,
    /// How it recurs.
    pub recurrence: Recurrence,
    /// The language of the fields below.
    pub language: Language,
    /// Its title.
    pub title: Title,
    /// Its place.
    pub place: String,
    /// Its description.
    pub description: String,
}

/// Creates an event, or adds a language to the event with this slug.
///
/// # Errors
/// [`ContentError::Text`] where it ends before it starts.
pub async fn save(cx: &Context, by: &Actor, event: &EventInLanguage) -> Result<EventId> {
    if event.ends_at < event.starts_at {
        return Err(ContentError::Text("an event cannot end before it starts"));
    }
    let fields = EventFields {
        slug: event.slug.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        all_day: event.all_day,
        recurrence: event.recurrence.clone(),
    };
    let mut db = cx.store.write().await?;
    let known = events::by_slug(&mut db, &event.slug, event.language).await?;
    let action = match known {
        Some(_) => AuditAction::EventChange,
        None => AuditAction::EventCreate,
    };
    let id = match known {
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
    audit::record(&mut db, by, action, &event.slug, cx.clock.now()).await?;
    db.commit().await?;
    Ok(id)
}

/// An event with its texts in every language.
#[derive(Debug, Clone)]
pub struct EventDraft {
    /// Slug, time and recurrence.
    pub fields: EventFields,
    /// Its texts; other languages are deleted.
    pub variants: Vec<EventVariant>,
}

/// Creates an event, or with `known` replaces it.
///
/// # Errors
/// [`ContentError::Text`] where it ends before it starts or has no text,
/// [`ContentError::Exists`] where the slug is taken.
pub async fn save_all(
    cx: &Context,
    by: &Actor,
    known: Option<EventId>,
    programme: &EventDraft,
) -> Result<EventId> {
    let EventDraft { fields, variants } = programme;
    if fields.ends_at < fields.starts_at {
        return Err(ContentError::Text("an event cannot end before it starts"));
    }
    if variants.is_empty() {
        return Err(ContentError::Text(
            "an event needs a title in some language",
        ));
    }
    let taken = |error| match error {
        StoreError::Exists => ContentError::Exists("an event with this slug"),
        other => other.into(),
    };
    let action = match known {
        Some(_) => AuditAction::EventChange,
        None => AuditAction::EventCreate,
    };
    let mut db = cx.store.write().await?;
    let id = match known {
        Some(id) => {
            events::update(&mut db, id, fields).await.map_err(taken)?;
            id
        }
        None => events::insert(&mut db, fields, cx.clock.now())
            .await
            .map_err(taken)?,
    };
    for variant in variants {
        events::set_variant(&mut db, id, variant).await?;
    }
    let kept: Vec<Language> = variants.iter().map(|one| one.language).collect();
    events::keep_variants(&mut db, id, &kept).await?;
    audit::record(&mut db, by, action, &fields.slug, cx.clock.now()).await?;
    db.commit().await?;
    Ok(id)
}

/// The event with this slug and its texts in every language.
pub async fn full(cx: &Context, slug: &Slug) -> Result<Option<(Event, Vec<EventVariant>)>> {
    let mut db = cx.store.read().await?;
    let Some(event) = events::by_slug(&mut db, slug, cx.config().language).await? else {
        return Ok(None);
    };
    let variants = events::variants(&mut db, event.id).await?;
    Ok(Some((event, variants)))
}

/// Up to `limit` past events, latest first.
pub async fn past(cx: &Context, language: Language, limit: i64) -> Result<Vec<Event>> {
    let mut db = cx.store.read().await?;
    Ok(events::before(&mut db, cx.clock.now(), language, limit).await?)
}

/// Deletes an event.
///
/// # Errors
/// [`ContentError::InUse`] where a scheduled campaign mails it.
pub async fn delete(cx: &Context, by: &Actor, id: EventId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(subject) = campaigns::scheduled_with_event(&mut db, id).await? {
        return Err(ContentError::InUse(subject));
    }
    let event = events::by_id(&mut db, id, cx.config().language).await?;
    let slug = event.map_or_else(String::new, |event| event.slug.to_string());
    events::delete(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::EventDelete, &slug, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// The event with this slug, in `language` or the next best.
pub async fn by_slug(cx: &Context, slug: &Slug, language: Language) -> Result<Option<Event>> {
    Ok(events::by_slug(&mut cx.store.read().await?, slug, language).await?)
}

/// The next `limit` events, each at its next time.
pub async fn upcoming(cx: &Context, language: Language, limit: i64) -> Result<Vec<Event>> {
    let mut db = cx.store.read().await?;
    let (now, ever) = (cx.clock.now(), Timestamp::from_millis(i64::MAX));
    let zone = cx.config().time_zone.get();
    let all = events::between(&mut db, now, ever, language, FEED_LIMIT).await?;
    let next = all
        .iter()
        .filter_map(|event| recurrence::next(event, &zone, now));
    let mut next: Vec<Event> = next.collect();
    next.sort_by_key(|event| (event.starts_at, event.id));
    next.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(next)
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
    /// The date.
    pub date: Date,
    /// Whether it belongs to the month itself.
    pub is_inside: bool,
    /// The events on it.
    pub events: Vec<Event>,
}

/// The calendar page of the month that starts at `first`.
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
    let times = all
        .iter()
        .flat_map(|event| recurrence::times(event, zone, starts, ends));
    let mut all: Vec<Event> = times.collect();
    all.sort_by_key(|event| (event.starts_at, event.id));
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

/// Recent and future events as an iCalendar feed.
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
    let events = events::between(&mut db, from, ever, language, FEED_LIMIT).await?;
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

/// Up to `limit` recent and future events, in each of their languages:
/// slug and language.
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

/// The languages that an event has a text in.
pub async fn languages(cx: &Context, id: EventId) -> Result<Vec<Language>> {
    let variants = events::variants(&mut cx.store.read().await?, id).await?;
    Ok(variants.iter().map(|variant| variant.language).collect())
}

/// Events as iCalendar text.
pub fn calendar(events: &[Event], site_name: &str, site_url: &str, zone: &TimeZone) -> String {
    let host = site_url.split("://").last().unwrap_or(site_url);
    let mut calendar = Calendar::new();
    calendar.name(&characters::scrub(site_name));
    for event in events {
        let mut entry = icalendar::Event::new();
        entry
            .uid(&format!("{}@{host}", uid(event, zone)))
            // Stored texts may be older than the rule for allowed characters, and a
            // stray line break would end the property.
            .summary(&characters::scrub(&event.title))
            .description(&characters::scrub(&event.description))
            .location(&characters::scrub(&event.place))
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

/// Each occurrence of a recurring event is an event of its own: calendar clients
/// differ too much in recurrence rules and time zones.
fn uid(event: &Event, zone: &TimeZone) -> String {
    match event.recurrence.frequency() {
        None => event.slug.to_string(),
        Some(_) => {
            let local = event.starts_at.to_jiff().to_zoned_datetime(zone.clone());
            format!("{}-{}", event.slug, local.strftime("%Y%m%d"))
        }
    }
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
