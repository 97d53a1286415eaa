//! What needs a person, what has happened, and how each user wants to be told.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::model::NotificationId;
use crate::model::notification::Channels;
use crate::notifications::choices::{self, Choice};
use crate::notifications::inbox;
use crate::notifications::wording::{self, Told};
use crate::store::notifications::Shown;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::needs::{self, Need};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/notifications", get(index))
        .route("/notifications/read", post(read_all))
        .route("/notifications/{id}/read", post(read))
        .route("/account/notifications", get(show_choices).post(choose))
}

const HOME: &str = "/admin/notifications";
const CHOICES: &str = "/admin/account/notifications";
const PAGE: i64 = 50;

/// A notification in the user's language.
struct Row {
    shown: Shown,
    told: Told,
}

impl Row {
    /// `None` where the row cannot be read: it must not hide the others.
    fn new(viewer: &Viewer, shown: Shown) -> Option<Self> {
        let notice = shown.notice()?;
        let told = wording::told(viewer.phrases(), &notice);
        let told = Told {
            reason: viewer.calendar.with_local_times(&told.reason),
            ..told
        };
        Some(Self { shown, told })
    }
}

#[derive(Template)]
#[template(path = "admin/notifications.html")]
struct NotificationsPage {
    viewer: Viewer,
    needs: Vec<Need>,
    rows: Vec<Row>,
    /// The newest on the page.
    newest: Option<NotificationId>,
    /// Where the next page begins.
    older: Option<NotificationId>,
    is_first: bool,
}

#[derive(Deserialize)]
struct Paging {
    before: Option<NotificationId>,
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, HttpError> {
    let user = viewer.user.id;
    let shown = inbox::page(&web.cx, user, paging.before, false, PAGE).await?;
    let is_full = i64::try_from(shown.len()) == Ok(PAGE);
    let is_first = paging.before.is_none();
    let needs = if is_first {
        needs::all(&web, &viewer).await?
    } else {
        Vec::new()
    };
    let older = shown.last().filter(|_| is_full).map(|last| last.id);
    let newest = shown.first().map(|first| first.id);
    let rows = shown.into_iter().filter_map(|one| Row::new(&viewer, one));
    render_page(&NotificationsPage {
        rows: rows.collect(),
        viewer,
        needs,
        newest,
        older,
        is_first,
    })
}

/// Marks one as read, and leads to what it is about where `then` asks for that.
async fn read(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<NotificationId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let read = inbox::read(&web.cx, viewer.user.id, id).await?;
    let notice = read.ok_or(HttpError::NotFound)?.notice();
    let to = notice.filter(|_| form.text("then") == "open");
    let to = to.map_or_else(|| HOME.to_owned(), |notice| notice.path);
    Ok(Redirect::to(&to).into_response())
}

/// Marks all as read that the user has seen on the page.
async fn read_all(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let newest = Form::parse(&body)?.text("newest").parse();
    let newest = newest.unwrap_or(NotificationId(0));
    let count = inbox::read_all(&web.cx, viewer.user.id, newest).await?;
    let done = viewer.say("admin-notification-all-read");
    let flash = Flash::good(done.number("count", count));
    Ok(redirect(&web, HOME, &flash))
}

#[derive(Template)]
#[template(path = "admin/notification_choices.html")]
struct ChoicesPage {
    viewer: Viewer,
    choices: Vec<Choice>,
}

impl ChoicesPage {
    /// What a checkbox is for, for screen readers.
    fn label(&self, choice: &Choice, channel: &str) -> String {
        let viewer = &self.viewer;
        viewer
            .say("admin-notification-choice")
            .text("kind", viewer.word("admin-notification-kind", choice.kind))
            .text("channel", channel)
            .into()
    }
}

async fn show_choices(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let user = &viewer.user;
    render_page(&ChoicesPage {
        choices: choices::of_user(&web.cx, user.id, user.role).await?,
        viewer,
    })
}

async fn choose(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let user = &viewer.user;
    if form.has("reset") {
        choices::reset(&web.cx, user.id).await?;
        let flash = Flash::good(viewer.t("admin-notification-reset-done"));
        return Ok(redirect(&web, CHOICES, &flash));
    }
    let offered = choices::of_user(&web.cx, user.id, user.role).await?;
    let chosen = offered.iter().map(|choice| Choice {
        kind: choice.kind,
        channels: Channels {
            in_admin: form.has(&format!("{}-admin", choice.kind)),
            by_mail: form.has(&format!("{}-mail", choice.kind)),
        },
    });
    choices::set(&web.cx, user.id, &chosen.collect::<Vec<_>>()).await?;
    Ok(redirect(
        &web,
        CHOICES,
        &Flash::good(viewer.t("admin-saved")),
    ))
}
