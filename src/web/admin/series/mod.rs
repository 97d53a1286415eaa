//! Series: the list, a series as a path with what has come of each step, its form, its rehearsal.

mod begins;
mod email_offers;
mod email_row;
mod event_offers;
mod form_page;
mod path_page;
mod rows;
mod trial;
mod words;
mod written;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde::Deserialize;

use crate::model::SeriesId;
use crate::model::series::{SeriesAction, SeriesState};
use crate::series::edit::{self, Inside};
use crate::series::overview::{self, ReaderTotals};
use crate::series::ready_made::ReadyMade;
use crate::series::{SeriesError, approval, beginning, lifecycle, readers};
use crate::store::series::Series;
use crate::web::admin::confirmation::{self, Confirmation};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::series::form_page::{FormPage, HOME};
use crate::web::admin::series::path_page::PathPage;
use crate::web::admin::series::trial::{rehearse, test, walk_through};
use crate::web::admin::series::written::Written;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/series", get(index).post(create))
        .route("/series/new", get(new).post(draft))
        .route("/series/{id}", get(show).post(change))
        .route("/series/{id}/edit", get(edit_form).post(redraft))
        .route("/series/{id}/start", post(start))
        .route("/series/{id}/pause", moves(SeriesAction::Pause))
        .route("/series/{id}/resume", moves(SeriesAction::Resume))
        .route("/series/{id}/drain", moves(SeriesAction::Drain))
        .route("/series/{id}/end", post(end))
        .route("/series/{id}/address", post(renew_address))
        .route("/series/{id}/walk", post(walk_through))
        .route("/series/{id}/delete", post(delete))
        .route("/series/{id}/test", post(test))
        .route("/series/{id}/rehearsal", get(rehearse))
}

#[derive(Template)]
#[template(path = "admin/series.html")]
struct IndexPage {
    viewer: Viewer,
    all: Vec<(Series, ReaderTotals)>,
    offers: Vec<&'static str>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let all = overview::all(&web.cx, &viewer.access).await?;
    let offers = crate::series::ready_made::READY_MADE.iter();
    render_page(&IndexPage {
        viewer,
        all,
        offers: offers.map(|one| one.name).collect(),
    })
}

/// Which series to start from.
#[derive(Deserialize)]
struct Begun {
    from: Option<String>,
}

async fn new(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(query): Query<Begun>,
) -> Result<Html<String>, HttpError> {
    let ready_made = query.from.as_deref().and_then(ReadyMade::find);
    let filled = ready_made.and_then(|one| one.filled(&web.languages()));
    let mut written = Written::blank(&web);
    if let (Some(one), Some(filled)) = (ready_made, filled) {
        written.name = viewer.word("admin-series-ready-made", one.name);
        written.set(filled.start.as_ref(), &filled.steps);
        written.ends_on_answer = filled.ends_on_answer;
        if one.name == "event-reminder" {
            written.set_event_reminder();
        }
    }
    render_page(&FormPage::new(&web, viewer, None, written).await?)
}

async fn edit_form(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
) -> Result<Html<String>, HttpError> {
    let seen = overview::of(&web.cx, &viewer.actor(), id).await?;
    let written = Written::of(&web, &seen);
    render_page(&FormPage::new(&web, viewer, Some(seen.series), written).await?)
}

async fn draft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    let form = Form::parse(&body)?;
    let mut written = Written::read(&web, &form);
    written.press(&form);
    let mut page = FormPage::new(&web, viewer, None, written).await?;
    page.redraw_from(&form);
    render_page(&page)
}

/// The form again as the pressed button leaves it; nothing is saved.
async fn redraft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    let form = Form::parse(&body)?;
    let mut written = Written::read(&web, &form);
    written.press(&form);
    let mut page = FormPage::new(&web, viewer, Some(series), written).await?;
    page.redraw_from(&form);
    render_page(&page)
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let written = Written::read(&web, &Form::parse(&body)?);
    let mut page = FormPage::new(&web, viewer, None, written).await?;
    if let Some(draft) = page.finish() {
        match edit::create(&web.cx, &page.viewer.actor(), &draft).await {
            Ok(made) => {
                let flash = Flash::good(page.viewer.t("admin-saved"));
                return Ok(redirect(&web, &format!("{HOME}/{}", made.id), &flash));
            }
            Err(error) => page.refuse(error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render_page(&page)?).into_response())
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    let form = Form::parse(&body)?;
    let written = Written::read(&web, &form);
    let seen = written.edit_count;
    let mut page = FormPage::new(&web, viewer, Some(series), written).await?;
    if let Some(draft) = page.finish() {
        let inside = match form.text("inside") {
            "move" => Inside::Move,
            _ => Inside::Stay,
        };
        let by = page.viewer.actor();
        match edit::change(&web.cx, &by, id, &draft, (seen, inside)).await {
            Ok(series) => {
                let mut flash = Flash::good(page.viewer.t("admin-saved"));
                if series.pause_reason == approval::WAITS {
                    flash = flash.with(page.viewer.explain(approval::WAITS));
                }
                return Ok(redirect(&web, &format!("{HOME}/{id}"), &flash));
            }
            Err(error) => page.refuse(error)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render_page(&page)?).into_response())
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SeriesId>,
) -> Result<Html<String>, HttpError> {
    let view = overview::of(&web.cx, &viewer.actor(), id).await?;
    render_page(&PathPage::new(&web, viewer, view).await?)
}

/// A button that moves a series.
fn moves(action: SeriesAction) -> MethodRouter<Web> {
    post(
        async move |State(web): State<Web>, Editor(viewer): Editor, Path(id): Path<SeriesId>| {
            act(&web, &viewer, id, action).await
        },
    )
}

async fn act(
    web: &Web,
    viewer: &Viewer,
    id: SeriesId,
    action: SeriesAction,
) -> Result<Response, HttpError> {
    let flash = match lifecycle::act(&web.cx, &viewer.actor(), id, action).await {
        Ok(_) => Flash::good(viewer.word("admin-series-did", action)),
        Err(
            error @ (SeriesError::Email { .. }
            | SeriesError::Gap { .. }
            | SeriesError::PostGone(..)
            | SeriesError::UnknownUser(_)
            | SeriesError::UnknownList(_)
            | SeriesError::OwnStart),
        ) => return Ok(not_started(web, viewer, id, error)),
        Err(error) => return Err(error.into()),
    };
    Ok(redirect(web, &format!("{HOME}/{id}"), &flash))
}

/// A question about a series, what would come of it, and the button that says yes.
fn question(
    viewer: &Viewer,
    series: &Series,
    [title, yes]: [&str; 2],
    text: String,
) -> Confirmation {
    Confirmation {
        title: viewer.say(title).text("name", &series.name).into(),
        text,
        yes: viewer.t(yes),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{}", series.id),
        choice: None,
    }
}

async fn start(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    if series.state == SeriesState::Draft && !confirmation::is_confirmed(&form) {
        match beginning::of(&web.cx, &series).await {
            Ok(found) => {
                let words = ["admin-series-start-question", "admin-series-act-start"];
                let text = begins::text(&viewer, &series.start(), &found);
                let asked = question(&viewer, &series, words, text);
                if let Some(page) = asked.unless_agreed(&viewer, &form)? {
                    return Ok(page);
                }
            }
            Err(error @ (SeriesError::UnknownSegment | SeriesError::EventGone(_))) => {
                return Ok(not_started(&web, &viewer, id, error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    act(&web, &viewer, id, SeriesAction::Start).await
}

fn not_started(web: &Web, viewer: &Viewer, id: SeriesId, why: SeriesError) -> Response {
    let flash = Flash::bad(viewer.t("admin-series-not-started")).with(viewer.explain(why));
    redirect(web, &format!("{HOME}/{id}"), &flash)
}

async fn end(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    let words = ["admin-series-end-question", "admin-series-act-end"];
    let text = viewer.t("admin-series-end-text");
    let confirmation = question(&viewer, &series, words, text);
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    act(&web, &viewer, id, SeriesAction::End).await
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    let words = ["admin-delete-question", "admin-delete"];
    let text = if series.state == SeriesState::Ended {
        let extent = overview::extent(&web.cx, id).await?;
        let text = viewer.say("admin-series-delete-ended-text");
        let text = text.number("readers", extent.readers);
        text.number("emails", extent.emails).to_string()
    } else {
        viewer.t("admin-series-delete-text")
    };
    let confirmation = question(&viewer, &series, words, text);
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    edit::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-deleted"));
    Ok(redirect(&web, HOME, &flash))
}

/// Gives a series another address by which programs let readers in.
async fn renew_address(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
) -> Result<Response, HttpError> {
    readers::renew_address(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}
