//! Events of the calendar: the list, and one event in all its languages.

mod form_input;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::campaign::event_change;
use crate::content::ContentError;
use crate::content::translation::Outdated;
use crate::content::{event, media};
use crate::model::content::TrashKind;
use crate::model::list::Slug;
use crate::model::{CampaignId, EventId, MediaId};
use crate::store::campaign_changes::Changed;
use crate::store::events::{Event, EventSelection, EventVariant};
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::events::form_input::{EventTexts, FormInput};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::translations::{Copied, behind, copied};
use crate::web::admin::trash::moved_to_trash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::waiting_campaigns;
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
        .route("/events/{slug}/duplicate", post(duplicate))
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
    let selection = EventSelection {
        reader: web.cx.reader(viewer.language()),
        with_drafts: true,
        limit: LIMIT,
    };
    render_page(&IndexPage {
        viewer,
        upcoming: event::upcoming(&web.cx, selection).await?,
        past: event::past(&web.cx, selection).await?,
    })
}

#[derive(Template)]
#[template(path = "admin/event.html")]
struct FormPage {
    viewer: Viewer,
    known: Option<Known>,
    input: FormInput,
    errors: FormErrors,
    /// Translations that are older than the text in the first language.
    outdated: Option<Outdated>,
    /// The file names of all pictures.
    pictures: Vec<String>,
    /// The campaigns that brought it to readers' calendars, with their subjects.
    campaigns: Vec<(CampaignId, String)>,
}

/// An event that is there already.
struct Known {
    id: EventId,
    slug: String,
    title: String,
    is_published: bool,
}

impl FormPage {
    /// The path of the event, or of all.
    fn path(&self) -> String {
        match &self.known {
            Some(known) => format!("{HOME}/{}", known.slug),
            None => HOME.to_owned(),
        }
    }

    fn title(&self) -> String {
        match &self.known {
            Some(known) => known.title.clone(),
            None => self.viewer.t("admin-event-new"),
        }
    }

    fn state(&self) -> &'static str {
        match &self.known {
            Some(known) if known.is_published => "published",
            _ => "draft",
        }
    }

    /// The language that a translation is behind, if it is.
    fn behind(&self, language: &Language) -> Option<Language> {
        behind(self.outdated.as_ref(), *language)
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    known: Option<Known>,
    input: FormInput,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let outdated = match &known {
        Some(known) => event::outdated(&web.cx, known.id).await?,
        None => None,
    };
    let campaigns = match &known {
        Some(known) => event_change::campaigns_with(&web.cx, &viewer.access, known.id).await?,
        None => Vec::new(),
    };
    render_page(&FormPage {
        campaigns,
        pictures: media::pictures(&web.cx).await?,
        viewer,
        known,
        input,
        errors,
        outdated,
    })
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let today = viewer.calendar.local(web.cx.clock.now()).date();
    let languages = web.languages();
    let input = FormInput {
        starts_on: today.to_string(),
        starts_at: "18:00".to_owned(),
        ends_on: today.to_string(),
        ends_at: "20:00".to_owned(),
        language: languages
            .find(viewer.language().tag())
            .unwrap_or(Language::EN),
        ..FormInput::read(&languages, &Form::default())
    };
    page(&web, viewer, None, input, FormErrors::default()).await
}

async fn find(web: &Web, slug: &Slug) -> Result<(Event, Vec<EventVariant>), HttpError> {
    event::full(&web.cx, slug).await?.ok_or(HttpError::NotFound)
}

impl From<Event> for Known {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            slug: event.slug.into(),
            title: event.title,
            is_published: event.is_published,
        }
    }
}

#[derive(Deserialize)]
struct Shown {
    language: Option<Language>,
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    PathParam(slug): PathParam<Slug>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let (event, variants) = find(&web, &slug).await?;
    let languages = web.languages();
    let input = FormInput::of(&languages, &viewer, &event, &variants, shown.language);
    let known = Some(event.into());
    page(&web, viewer, known, input, FormErrors::default()).await
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
    save(&web, viewer, Some(event.into()), &body).await
}

/// Whether an event is on the site after the pressed button, and what the next page says.
fn pressed(form: &Form, viewer: &Viewer, known: Option<&Known>) -> (bool, Flash) {
    match form.text("action") {
        "publish" => {
            let flash = Flash::good(viewer.t("admin-event-published"));
            (true, flash.with(viewer.t("admin-event-published-text")))
        }
        "withdraw" => {
            let flash = Flash::good(viewer.t("admin-event-unpublished"));
            (false, flash.with(viewer.t("admin-event-unpublished-text")))
        }
        _ => {
            let is_published = known.is_some_and(|known| known.is_published);
            (is_published, Flash::good(viewer.t("admin-saved")))
        }
    }
}

async fn save(
    web: &Web,
    viewer: Viewer,
    known: Option<Known>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let form = Form::parse(body)?;
    let languages = web.languages();
    let read = |form: &Form| {
        let mut input = FormInput::read(&languages, form);
        if let Some(known) = &known {
            // Calendars that subscribe identify the event by its slug.
            input.slug = known.slug.clone();
        }
        input
    };
    let mut input = read(&form);
    match copied(&form, &languages, &["title-", "place-", "description-"]) {
        Copied::NotAsked => {}
        Copied::Into(filled) => {
            let input = read(&filled);
            let shown = page(web, viewer, known, input, FormErrors::default()).await?;
            return Ok(shown.into_response());
        }
        Copied::Nothing => {
            let reason = viewer.t("admin-translation-nothing-to-copy");
            let shown = page(web, viewer, known, input, FormErrors::one(WHOLE, &reason)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    }
    let (is_published, flash) = pressed(&form, &viewer, known.as_ref());
    let mut errors = FormErrors::default();
    let picture = picture(web, &input, &mut errors).await?;
    let errors = match input.check(web, &viewer, picture, is_published, errors) {
        Err(errors) => errors,
        Ok(programme) => {
            let id = known.as_ref().map(|known| known.id);
            // What leaves the site is refused while a campaign mails it.
            if let Some(id) = id.filter(|_| is_published) {
                let back = format!("{HOME}/{}", programme.fields.slug);
                let changed = Changed::Event(id);
                let asked = waiting_campaigns::ask(web, &viewer, &form, changed, back).await?;
                if let Some(page) = asked {
                    return Ok(page);
                }
            }
            let saved = event::save_all(&web.cx, &viewer.actor(), id, &programme).await;
            let mut errors = FormErrors::default();
            match saved {
                Ok(_) => {
                    let (slug, language) = (&programme.fields.slug, input.language);
                    let path = format!("{HOME}/{slug}?language={language}");
                    return Ok(redirect(web, &path, &flash));
                }
                Err(ContentError::Exists(_)) => {
                    errors.add("slug", viewer.t("admin-event-slug-taken"));
                }
                Err(error @ ContentError::InUse(_)) => errors.add(WHOLE, error),
                Err(error) => return Err(error.into()),
            }
            errors
        }
    };
    // The panel of the first error.
    let wrong = |texts: &&EventTexts| {
        let at = errors.at(&format!("title-{}", texts.language));
        !at.is_empty()
    };
    if let Some(texts) = input.texts.iter().find(wrong) {
        input.language = texts.language;
    }
    let html = page(web, viewer, known, input, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The picture that is named, if one is.
async fn picture(
    web: &Web,
    input: &FormInput,
    errors: &mut FormErrors,
) -> Result<Option<MediaId>, HttpError> {
    if input.picture.is_empty() {
        return Ok(None);
    }
    match media::picture_named(&web.cx, &input.picture).await {
        Err(error @ ContentError::NoPicture) => {
            errors.add("picture", error);
            Ok(None)
        }
        other => Ok(Some(other?)),
    }
}

async fn duplicate(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(slug): PathParam<Slug>,
) -> Result<Response, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    let made = event::duplicate(&web.cx, &viewer.actor(), event.id).await?;
    let flash = Flash::good(viewer.t("admin-event-duplicated"))
        .with(viewer.t("admin-event-duplicated-text"));
    Ok(redirect(&web, &format!("{HOME}/{made}"), &flash))
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
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{slug}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    event::delete(&web.cx, &viewer.actor(), event.id).await?;
    let flash = moved_to_trash(&viewer, TrashKind::Event, event.id.0, &event.title);
    Ok(redirect(&web, HOME, &flash))
}
