//! Events of the calendar: the list, and one event in all its languages.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::event::{self, EventDraft};
use crate::model::EventId;
use crate::model::content::Repetition;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::events::{Event, EventFields, EventVariant, Recurrence};
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/events", get(index).post(create))
        .route("/events/new", get(new))
        .route("/events/{slug}", get(edit).post(change))
        .route("/events/{slug}/delete", post(delete))
}

const HOME: &str = "/admin/events";
const LIMIT: i64 = 200;

#[derive(Template)]
#[template(path = "admin/events.html")]
struct IndexPage {
    viewer: Viewer,
    upcoming: Vec<Event>,
    past: Vec<Event>,
}

impl IndexPage {
    /// Headings with their events and the text if there are none.
    fn sections(&self) -> [(&'static str, &[Event], &'static str); 2] {
        [
            ("Upcoming", &self.upcoming, "No upcoming events."),
            ("Past", &self.past, "No past events."),
        ]
    }

    fn when(&self, event: &Event) -> String {
        match event.all_day {
            true => self.viewer.calendar.date(event.starts_at),
            false => self.viewer.when(&event.starts_at),
        }
    }
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        viewer,
        upcoming: event::upcoming(&web.cx, Language::En, LIMIT).await?,
        past: event::past(&web.cx, Language::En, LIMIT).await?,
    })
}

/// The form of an event as entered. Times are in the site's zone.
#[derive(Default)]
struct FormInput {
    slug: String,
    starts_on: String,
    starts_at: String,
    ends_on: String,
    ends_at: String,
    all_day: bool,
    repeats: String,
    repeat_every: String,
    repeat_until: String,
    words: Vec<Words>,
}

struct Words {
    language: Language,
    title: String,
    place: String,
    description: String,
}

impl FormInput {
    fn of(viewer: &Viewer, event: &Event, variants: &[EventVariant]) -> Self {
        let starts = viewer.calendar.local(event.starts_at);
        let ends = viewer.calendar.local(event.ends_at);
        // An all-day event ends at the start of the next day.
        let last = match event.all_day && ends.date() > starts.date() {
            true => ends.date().saturating_sub(1.day()),
            false => ends.date(),
        };
        let time = |at: Time| at.strftime("%H:%M").to_string();
        let words = |language: Language| {
            let found = variants.iter().find(|one| one.language == language);
            Words {
                language,
                title: found.map(|one| one.title.clone()).unwrap_or_default(),
                place: found.map(|one| one.place.clone()).unwrap_or_default(),
                description: found.map(|one| one.description.clone()).unwrap_or_default(),
            }
        };
        Self {
            slug: event.slug.to_string(),
            starts_on: starts.date().to_string(),
            starts_at: time(starts.time()),
            ends_on: last.to_string(),
            ends_at: time(ends.time()),
            all_day: event.all_day,
            repeats: event.recurrence.repeats.clone(),
            repeat_every: event.recurrence.repeat_every.to_string(),
            repeat_until: event
                .recurrence
                .repeat_until
                .map_or_else(String::new, |until| {
                    viewer.calendar.local(until).date().to_string()
                }),
            words: Language::ALL.map(words).into(),
        }
    }

    fn read(form: &Form) -> Self {
        let field = |name: &str| form.trimmed(name).to_owned();
        Self {
            slug: field("slug"),
            starts_on: field("starts_on"),
            starts_at: field("starts_at"),
            ends_on: field("ends_on"),
            ends_at: field("ends_at"),
            all_day: form.has("all_day"),
            repeats: field("repeats"),
            repeat_every: field("repeat_every"),
            repeat_until: field("repeat_until"),
            words: Language::ALL
                .map(|language| Words {
                    language,
                    title: field(&format!("title-{language}")),
                    place: field(&format!("place-{language}")),
                    description: field(&format!("description-{language}")),
                })
                .into(),
        }
    }

    fn check(&self, web: &Web) -> Result<EventDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let day = |text: &str| text.parse::<Date>().map_err(|_| "give a day");
        let time = |text: &str| {
            text.parse::<Time>()
                .map_err(|_| "give a time, such as 18:30")
        };
        let starts_on = errors.take("starts_on", day(&self.starts_on));
        let ends_on = match self.ends_on.is_empty() {
            true => starts_on,
            false => errors.take("ends_on", day(&self.ends_on)),
        };
        let (mut starts_at, mut ends_at) = (Some(Time::midnight()), Some(Time::midnight()));
        if !self.all_day {
            starts_at = errors.take("starts_at", time(&self.starts_at));
            ends_at = match self.ends_at.is_empty() {
                true => starts_at,
                false => errors.take("ends_at", time(&self.ends_at)),
            };
        }
        let recurrence = self.recurrence(web, &mut errors);
        let slug = self.slug(&mut errors);
        let mut variants = Vec::new();
        for words in &self.words {
            if words.title.is_empty() && words.place.is_empty() && words.description.is_empty() {
                continue;
            }
            let field = format!("title-{}", words.language);
            if let Some(title) = errors.take(&field, Title::parse(&words.title)) {
                variants.push(EventVariant {
                    language: words.language,
                    title: title.into(),
                    place: words.place.clone(),
                    description: words.description.clone(),
                });
            }
        }
        if variants.is_empty() && errors.is_empty() {
            errors.add("title-en", "enter a title in at least one language");
        }
        let (Some(slug), Some(starts_on), Some(ends_on), Some(starts_at), Some(ends_at)) =
            (slug, starts_on, ends_on, starts_at, ends_at)
        else {
            return Err(errors);
        };
        let last = match self.all_day {
            true => ends_on.saturating_add(1.day()),
            false => ends_on,
        };
        let fields = EventFields {
            slug,
            starts_at: moment(web, starts_on.to_datetime(starts_at)),
            ends_at: moment(web, last.to_datetime(ends_at)),
            all_day: self.all_day,
            recurrence,
        };
        if fields
            .recurrence
            .repeat_until
            .is_some_and(|until| until < fields.starts_at)
        {
            errors.add("repeat_until", "the last day comes after the first");
        }
        if fields.ends_at < fields.starts_at {
            errors.add("ends_on", "an event cannot end before it starts");
        }
        match errors.is_empty() {
            true => Ok(EventDraft { fields, variants }),
            false => Err(errors),
        }
    }

    /// How often it repeats, until the end of which day.
    fn recurrence(&self, web: &Web, errors: &mut FormErrors) -> Recurrence {
        if self.repeats.is_empty() {
            return Recurrence::once();
        }
        let frequency = errors.take("repeats", self.repeats.parse::<Repetition>());
        let every = match self.repeat_every.as_str() {
            "" => Ok(1),
            text => text
                .parse::<i64>()
                .ok()
                .filter(|n| (1..=99).contains(n))
                .ok_or("give a number from 1 to 99"),
        };
        let every = errors.take("repeat_every", every);
        let until = match self.repeat_until.as_str() {
            "" => None,
            text => {
                let day = text.parse::<Date>().map_err(|_| "give a day");
                let last = errors.take("repeat_until", day);
                last.map(|last| moment(web, last.to_datetime(Time::MAX)))
            }
        };
        Recurrence {
            repeats: frequency.map_or_else(String::new, |frequency| frequency.to_string()),
            repeat_every: every.unwrap_or(1),
            repeat_until: until,
        }
    }

    /// The slug entered, or one made from title and date.
    fn slug(&self, errors: &mut FormErrors) -> Option<Slug> {
        if !self.slug.is_empty() {
            return errors.take("slug", self.slug.parse::<Slug>());
        }
        let titles = self.words.iter().rev().map(|words| &words.title);
        let made = titles.filter_map(|title| Slug::from_title(title)).next();
        let made = made.map_or_else(|| "event".to_owned(), String::from);
        let dated = format!("{made} {}", self.starts_on);
        Slug::from_title(&dated)
    }
}

/// A time in the site's zone; a time skipped by a clock change becomes the
/// next one.
fn moment(web: &Web, at: DateTime) -> Timestamp {
    let zoned = at.to_zoned_datetime(web.zone.clone());
    let at = zoned.map(|zoned| zoned.timestamp()).unwrap_or_default();
    Timestamp::from_millis(at.as_millisecond())
}

#[derive(Template)]
#[template(path = "admin/event.html")]
struct FormPage {
    viewer: Viewer,
    /// The slug of an existing event.
    known: Option<String>,
    input: FormInput,
    errors: FormErrors,
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let today = viewer.calendar.local(web.cx.clock.now()).date();
    let input = FormInput {
        starts_on: today.to_string(),
        starts_at: "18:00".to_owned(),
        ends_on: today.to_string(),
        ends_at: "20:00".to_owned(),
        ..FormInput::read(&Form::default())
    };
    render_page(&FormPage {
        viewer,
        known: None,
        input,
        errors: FormErrors::default(),
    })
}

async fn find(web: &Web, slug: &str) -> Result<(Event, Vec<EventVariant>), HttpError> {
    let slug: Slug = slug.parse().map_err(|_| HttpError::NotFound)?;
    event::full(&web.cx, &slug)
        .await?
        .ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(slug): Path<String>,
) -> Result<Html<String>, HttpError> {
    let (event, variants) = find(&web, &slug).await?;
    render_page(&FormPage {
        input: FormInput::of(&viewer, &event, &variants),
        viewer,
        known: Some(slug),
        errors: FormErrors::default(),
    })
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, None, &body).await
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    save(&web, viewer, Some((event.id, slug)), &body).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    known: Option<(EventId, String)>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let mut input = FormInput::read(&Form::parse(body)?);
    let (id, known) = known.unzip();
    if let Some(slug) = &known {
        // Calendars that subscribe identify the event by its slug.
        input.slug = slug.clone();
    }
    let errors = match input.check(web) {
        Err(errors) => errors,
        Ok(programme) => match event::save_all(&web.cx, &viewer.actor(), id, &programme).await {
            Ok(_) => {
                return Ok(redirect(web, HOME, &Flash::good("Saved")));
            }
            Err(ContentError::Exists(_)) => {
                let mut errors = FormErrors::default();
                errors.add("slug", "another event has this short name");
                errors
            }
            Err(error) => return Err(error.into()),
        },
    };
    let html = render_page(&FormPage {
        viewer,
        known,
        input,
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    let question = Confirmation {
        title: format!("Delete {}?", event.title),
        text: "It is removed from the site and from calendars that subscribe to it, in every language."
            .to_owned(),
        yes: "Delete",
        no: "Keep",
        back: format!("{HOME}/{slug}"),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    event::delete(&web.cx, &viewer.actor(), event.id).await?;
    Ok(redirect(&web, HOME, &Flash::good("Deleted")))
}
