//! Events of the calendar: the list, and one event in all its languages.

mod form_input;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::content::ContentError;
use crate::content::event;
use crate::model::EventId;
use crate::model::list::Slug;
use crate::store::events::{Event, EventVariant};
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::events::form_input::FormInput;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
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
    fn sections(&self) -> [(String, &[Event], String); 2] {
        let t = |key: &str| self.viewer.t(key);
        [
            (
                t("admin-events-upcoming"),
                &self.upcoming,
                t("admin-events-no-upcoming"),
            ),
            (
                t("admin-events-past"),
                &self.past,
                t("admin-events-no-past"),
            ),
        ]
    }

    fn when(&self, event: &Event) -> String {
        if event.all_day {
            self.viewer.calendar.date(event.starts_at)
        } else {
            self.viewer.when(&event.starts_at)
        }
    }
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        viewer,
        upcoming: event::upcoming(&web.cx, Language::EN, LIMIT).await?,
        past: event::past(&web.cx, Language::EN, LIMIT).await?,
    })
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
        ..FormInput::read(&web.languages(), &Form::default())
    };
    render_page(&FormPage {
        viewer,
        known: None,
        input,
        errors: FormErrors::default(),
    })
}

async fn find(web: &Web, slug: &Slug) -> Result<(Event, Vec<EventVariant>), HttpError> {
    event::full(&web.cx, slug).await?.ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    PathParam(slug): PathParam<Slug>,
) -> Result<Html<String>, HttpError> {
    let (event, variants) = find(&web, &slug).await?;
    render_page(&FormPage {
        input: FormInput::of(&web.languages(), &viewer, &event, &variants),
        viewer,
        known: Some(slug.into()),
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
    PathParam(slug): PathParam<Slug>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    save(&web, viewer, Some((event.id, slug.into())), &body).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    known: Option<(EventId, String)>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let mut input = FormInput::read(&web.languages(), &Form::parse(body)?);
    let (id, known) = known.unzip();
    if let Some(slug) = &known {
        // Calendars that subscribe identify the event by its slug.
        input.slug = slug.clone();
    }
    let errors = match input.check(web, &viewer) {
        Err(errors) => errors,
        Ok(programme) => match event::save_all(&web.cx, &viewer.actor(), id, &programme).await {
            Ok(_) => {
                return Ok(redirect(web, HOME, &Flash::good(viewer.t("admin-saved"))));
            }
            Err(ContentError::Exists(_)) => {
                let mut errors = FormErrors::default();
                errors.add("slug", viewer.t("admin-event-slug-taken"));
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
    PathParam(slug): PathParam<Slug>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", &event.title)
            .into(),
        text: viewer.t("admin-event-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-event-keep"),
        back: format!("{HOME}/{slug}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    event::delete(&web.cx, &viewer.actor(), event.id).await?;
    Ok(redirect(
        &web,
        HOME,
        &Flash::good(viewer.t("admin-deleted")),
    ))
}
