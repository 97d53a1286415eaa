//! Feeds of other sites: the list, adding one with a look at its items, and the page of one.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::content::feeds::items::Found;
use crate::content::feeds::{self, FeedChange, FeedError};
use crate::model::FeedId;
use crate::model::list::Slug;
use crate::store::feeds::{Feed, FeedItem};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const HOME: &str = "/admin/feeds";
/// Items on a feed's page.
const SHOWN: i64 = 30;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/feeds", get(index).post(add))
        .route("/feeds/{id}", get(show))
        .route("/feeds/{id}/turn", post(turn))
        .route("/feeds/{id}/delete", post(delete))
}

#[derive(Template)]
#[template(path = "admin/feeds.html")]
struct IndexPage {
    viewer: Viewer,
    feeds: Vec<Feed>,
    name: String,
    url: String,
    /// What is at the address now, where that was asked.
    found: Option<Found>,
    errors: FormErrors,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        feeds: feeds::all(&web.cx).await?,
        viewer,
        name: String::new(),
        url: String::new(),
        found: None,
        errors: FormErrors::default(),
    })
}

/// Adds a feed, or shows what is in it.
async fn add(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let (name, url) = (
        form.trimmed("name").to_owned(),
        form.trimmed("url").to_owned(),
    );
    let mut errors = FormErrors::default();
    let (mut found, mut status) = (None, StatusCode::UNPROCESSABLE_ENTITY);
    let tried = if form.text("action") == "add" {
        match errors.take("name", name.parse::<Slug>()) {
            Some(slug) => match feeds::add(&web.cx, &viewer.actor(), &slug, &url).await {
                Ok(feed) => {
                    let flash = Flash::good(viewer.t("admin-feed-added"));
                    return Ok(redirect(&web, &format!("{HOME}/{}", feed.id), &flash));
                }
                Err(error) => Err(error),
            },
            None => Ok(()),
        }
    } else {
        feeds::preview(&web.cx, &url).await.map(|seen| {
            status = StatusCode::OK;
            found = Some(seen);
        })
    };
    match tried {
        Ok(()) => {}
        Err(error @ FeedError::Exists) => errors.add("name", viewer.explain(error)),
        Err(error @ (FeedError::Url(_) | FeedError::Fetch(_))) => {
            errors.add("url", viewer.explain(error));
        }
        Err(error) => return Err(error.into()),
    }
    let html = render_page(&IndexPage {
        feeds: feeds::all(&web.cx).await?,
        viewer,
        name,
        url,
        found,
        errors,
    })?;
    Ok((status, html).into_response())
}

#[derive(Template)]
#[template(path = "admin/feed.html")]
struct ShowPage {
    viewer: Viewer,
    feed: Feed,
    items: Vec<FeedItem>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<FeedId>,
) -> Result<Html<String>, HttpError> {
    render_page(&ShowPage {
        feed: feeds::by_id(&web.cx, id).await?,
        items: feeds::newest(&web.cx, id, SHOWN).await?,
        viewer,
    })
}

/// Pauses or resumes.
async fn turn(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<FeedId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let is_paused = Form::parse(&body)?.text("to") != "on";
    let change = FeedChange {
        is_paused: Some(is_paused),
        ..FeedChange::default()
    };
    feeds::change(&web.cx, &viewer.actor(), id, &change).await?;
    let flash = Flash::good(if is_paused {
        viewer.t("admin-recurring-is-paused")
    } else {
        viewer.t("admin-recurring-resumed")
    });
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<FeedId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let feed = feeds::by_id(&web.cx, id).await?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-feed-delete-title")
            .text("name", &feed.name)
            .into(),
        text: viewer.t("admin-feed-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    feeds::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-deleted"));
    Ok(redirect(&web, HOME, &flash))
}
