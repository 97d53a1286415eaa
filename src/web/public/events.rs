//! The calendar: what is coming, a month at a time, one event, and feeds for other calendars.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::content::calendar::{self, Month};
use crate::content::event;
use crate::content::{media, recurrence};
use crate::model::list::Slug;
use crate::store::events::{Event, EventSelection};
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::text::phrases::{Phrases, Value};
use crate::web::brand::Brand;
use crate::web::calendar_day;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::public::card::EventCard;
use crate::web::public::page_context::PageContext;
use crate::web::public::pictures::{Sources, preview_path};
use crate::web::public::structured_data;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// How many coming events the calendar begins with.
const UPCOMING: i64 = 12;

struct DayCell {
    number: i8,
    weekday: String,
    class: &'static str,
    is_today: bool,
    events: Vec<Entry>,
}

struct Entry {
    path: String,
    time: String,
    title: String,
    language: Language,
}

struct Heading {
    short: String,
    name: String,
}

#[derive(Template)]
#[template(path = "public/events.html")]
struct EventsPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    /// What is coming; only where the calendar begins.
    upcoming: Option<Vec<EventCard>>,
    month: String,
    headings: Vec<Heading>,
    weeks: Vec<Vec<DayCell>>,
    is_empty: bool,
    previous: (String, String),
    next: (String, String),
}

pub async fn index(
    State(web): State<Web>,
    context: PageContext,
) -> Result<Html<String>, HttpError> {
    let language = context.visitor.language;
    let next = EventSelection {
        reader: context.phrases.reader(),
        with_drafts: false,
        limit: UPCOMING,
    };
    let events = event::upcoming(&web.cx, next).await?;
    let card = |event: &Event| EventCard::new(&web, &context.phrases, event);
    let upcoming = events.iter().map(card).collect();
    let today = today(&web, language);
    month(&web, context, today.first_of_month(), Some(upcoming)).await
}

pub async fn in_month(
    State(web): State<Web>,
    context: PageContext,
    Path((year, number)): Path<(i16, i8)>,
) -> Result<Html<String>, HttpError> {
    let is_near = (1900..=2200).contains(&year);
    let first = Date::new(year, number, 1).ok().filter(|_| is_near);
    month(&web, context, first.ok_or(HttpError::NotFound)?, None).await
}

fn today(web: &Web, language: Language) -> Date {
    web.calendar(language).local(web.cx.clock.now()).date()
}

async fn month(
    web: &Web,
    context: PageContext,
    first: Date,
    upcoming: Option<Vec<EventCard>>,
) -> Result<Html<String>, HttpError> {
    let phrases = context.phrases.clone();
    let language = context.visitor.language;
    let month = calendar::month(&web.cx, &web.zone(), first, language).await?;
    let named = |date: Date| {
        let path = format!("/events/{:04}/{:02}", date.year(), date.month());
        (
            path,
            web.calendar_of(&phrases).month(date.year(), date.month()),
        )
    };
    let is_empty = month
        .weeks
        .iter()
        .flatten()
        .all(|day| !day.is_inside || day.events.is_empty());
    render_page(&EventsPage {
        upcoming,
        month: named(first).1,
        headings: (1..=7)
            .map(|day| Heading {
                short: phrases.translate(&format!("weekday-short-{day}")),
                name: phrases.translate(&format!("weekday-{day}")),
            })
            .collect(),
        weeks: cells(web, &phrases, &month),
        is_empty,
        previous: named(first.saturating_sub(1.month())),
        next: named(first.saturating_add(1.month())),
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })
}

fn cells(web: &Web, phrases: &Phrases, month: &Month) -> Vec<Vec<DayCell>> {
    let calendar = web.calendar_of(phrases);
    let today = today(web, phrases.language);
    let cell = |day: &calendar::Day| DayCell {
        number: day.date.day(),
        weekday: phrases.translate(&format!(
            "weekday-{}",
            day.date.weekday().to_monday_one_offset()
        )),
        class: calendar_day::class(day.is_inside, !day.events.is_empty(), day.date == today),
        is_today: day.date == today,
        events: day
            .events
            .iter()
            .filter(|_| day.is_inside)
            .map(|event| Entry {
                path: format!("/events/{}", event.slug),
                time: if event.all_day {
                    String::new()
                } else {
                    calendar.time(event.starts_at)
                },
                title: event.title.clone(),
                language: event.language,
            })
            .collect(),
    };
    month
        .weeks
        .iter()
        .map(|week| week.iter().map(cell).collect())
        .collect()
}

/// The picture of an event.
struct EventPicture {
    sources: Sources,
    alt: String,
}

#[derive(Template)]
#[template(path = "public/event.html")]
struct EventPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    event: Event,
    picture: Option<EventPicture>,
    /// The URL of the picture that stands for links to it.
    image: String,
    when: String,
    languages: Vec<Language>,
    data: String,
    zone: String,
    datetime: String,
    is_over: bool,
    /// How often it repeats; empty if it does not.
    repeats: String,
    add_path: String,
}

/// An event's page; with `.ics` after its slug, the event as a calendar file.
pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(name): Path<String>,
) -> Result<Response, HttpError> {
    let (slug, is_entry) = match name.strip_suffix(".ics") {
        Some(slug) => (slug, true),
        None => (name.as_str(), false),
    };
    let slug: Slug = slug.parse().map_err(|_| HttpError::NotFound)?;
    let language = context.visitor.language;
    let event = event::by_slug(&web.cx, &slug, language).await?;
    let event = event.filter(|event| event.is_published);
    let event = event.ok_or(HttpError::NotFound)?;
    if is_entry {
        let now = web.cx.clock.now();
        let entry = calendar::calendar(
            &[recurrence::next(&event, &web.zone(), now).unwrap_or(event)],
            &context.brand.name,
            &web.cx.config().public_url(),
            &web.zone(),
        );
        return Ok(icalendar(entry));
    }
    let phrases = context.phrases.clone();
    let calendar = web.calendar_of(&phrases);
    let now = web.cx.clock.now();
    let next = recurrence::next(&event, &web.zone(), now);
    let is_over = next.is_none();
    let event = next.unwrap_or(event);
    let address = context.visitor.address_in(&event.language);
    let site_url = web.cx.config().public_url();
    let picture = match event.picture_id {
        Some(id) => media::sized_picture(&web.cx, id).await?,
        None => None,
    };
    let image = picture.as_ref();
    let image = image.map(|picture| format!("{site_url}{}", preview_path(picture)));
    let name = &context.brand.name;
    let data = structured_data::event(&event, &calendar, &address, image.as_deref(), name);
    let html = render_page(&EventPage {
        picture: picture.map(|picture| EventPicture {
            sources: Sources::new(&picture.medium, &picture.widths()),
            alt: picture.medium.caption(web.cx.reader(event.language)).alt,
        }),
        image: image.unwrap_or_else(|| format!("{site_url}{}", context.brand.picture())),

        when: calendar.time_range(event.starts_at, event.ends_at, event.all_day),
        languages: event::languages(&web.cx, event.id).await?,
        data,
        zone: phrases.translate_with("event-time-zone", "zone", web.cx.config().time_zone.name()),
        datetime: event.starts_at.rfc3339(),
        is_over,
        repeats: repeats(&phrases, &calendar, &event),
        add_path: format!("/events/{}.ics", event.slug),
        event,
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })?;
    Ok(html.into_response())
}

fn repeats(phrases: &Phrases, calendar: &Calendar, event: &Event) -> String {
    let Some(frequency) = event.recurrence.frequency() else {
        return String::new();
    };
    let key = format!("event-repeats-{frequency}");
    let often = phrases.count(&key, "every", event.recurrence.repeat_every);
    match event.recurrence.repeat_until {
        Some(until) => phrases.translate_args(
            "event-repeats-until",
            &[
                ("often", Value::Text(&often)),
                ("date", Value::Text(&calendar.date(until))),
            ],
        ),
        None => often,
    }
}

/// The iCalendar feed.
pub async fn feed(State(web): State<Web>, context: PageContext) -> Result<Response, HttpError> {
    let language = context.visitor.language;
    let name = &context.brand.name;
    Ok(icalendar(
        calendar::icalendar(&web.cx, name, &web.zone(), language).await?,
    ))
}

fn icalendar(text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    (kind, text).into_response()
}
