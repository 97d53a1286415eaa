//! Tags: how many subscribers have each, renaming, merging and deleting them.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Html, Response};
use axum::routing::{get, post};

use crate::audience::tags::{self, Renamed};
use crate::model::tag::Tag;
use crate::store::tags::TagCount;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const HOME: &str = "/admin/tags";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/tags", get(index))
        .route("/tags/rename", post(rename))
        .route("/tags/delete", post(delete))
}

#[derive(Template)]
#[template(path = "admin/tags.html")]
struct IndexPage {
    viewer: Viewer,
    tags: Vec<TagCount>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let tags = tags::all(&web.cx).await?;
    render_page(&IndexPage { viewer, tags })
}

async fn rename(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let from = Tag::parse(form.text("tag")).map_err(|_| HttpError::NotFound)?;
    let to = match Tag::parse(form.text("name")) {
        Ok(to) => to,
        Err(error) => {
            let flash = Flash::bad(viewer.t("admin-tag-not-renamed")).with(viewer.explain(error));
            return Ok(redirect(&web, HOME, &flash));
        }
    };
    let other = if from == to {
        None
    } else {
        tags::find(&web.cx, &to).await?
    };
    if let Some(other) = &other {
        let title = viewer.say("admin-tag-merge-question");
        let text = viewer.say("admin-tag-merge-text");
        let confirmation = Confirmation {
            title: title.text("from", &from).text("to", &other.tag).into(),
            text: text
                .number("count", other.subscribers)
                .text("from", &from)
                .text("to", &other.tag)
                .into(),
            yes: viewer.t("admin-tag-merge"),
            no: viewer.t("admin-cancel"),
            back: HOME.to_owned(),
            choice: None,
        };
        if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
            return Ok(page);
        }
    }
    let renamed = tags::rename(&web.cx, &viewer.actor(), &from, &to, other.is_some()).await?;
    let Renamed {
        subscribers,
        segments,
    } = renamed.ok_or(HttpError::NotFound)?;
    let done = match &other {
        Some(other) => viewer.say("admin-tag-merged").text("to", &other.tag),
        None => viewer.say("admin-tag-renamed").text("to", &to),
    };
    let changed = viewer
        .say("admin-tag-change")
        .number("subscribers", subscribers)
        .number("segments", segments);
    let flash = Flash::good(done.text("from", &from)).with(changed);
    // Two tags that became one cannot be told apart again.
    let flash = match &other {
        Some(_) => flash,
        None => flash.undo_by(
            "/admin/tags/rename",
            &[("tag", to.as_str()), ("name", from.as_str())],
        ),
    };
    Ok(redirect(&web, HOME, &flash))
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let tag = Tag::parse(form.text("tag")).map_err(|_| HttpError::NotFound)?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-tag-delete-question")
            .text("tag", &tag)
            .into(),
        text: viewer.t("admin-tag-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    match tags::delete(&web.cx, &viewer.actor(), &tag).await? {
        0 => Err(HttpError::NotFound),
        _ => {
            let flash = Flash::good(viewer.say("admin-deleted-name").text("name", &tag));
            Ok(redirect(&web, HOME, &flash))
        }
    }
}
