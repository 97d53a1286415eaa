//! Tags: how many subscribers have each, renaming, merging and deleting them.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Html, Response};
use axum::routing::{get, post};

use super::flash::Flash;
use super::frame::{Desk, Editor, counted, go, sentence, show, thousands};
use super::question::Question;
use crate::audience::tags::{self, Renamed};
use crate::model::tag::Tag;
use crate::store::tags::TagCount;
use crate::web::form::Form;
use crate::web::{Failure, Web};

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
    desk: Desk,
    tags: Vec<TagCount>,
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let tags = tags::all(&web.cx).await?;
    show(&IndexPage { desk, tags })
}

async fn rename(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let from = Tag::parse(form.text("tag")).map_err(|_| Failure::NotFound)?;
    let to = match Tag::parse(form.text("name")) {
        Ok(to) => to,
        Err(error) => {
            let flash = Flash::bad("Not renamed").with(sentence(&error.to_string()));
            return Ok(go(&web, HOME, &flash));
        }
    };
    let other = match from == to {
        true => None,
        false => tags::find(&web.cx, &to).await?,
    };
    if let Some(other) = &other {
        let question = Question {
            title: format!("Merge {from} into {}?", other.tag),
            text: format!(
                "{} already have the tag {}. Everybody with {from} gets it, in segments too. This cannot be undone.",
                counted(other.subscribers, "subscriber", "subscribers"),
                other.tag,
            ),
            yes: "Merge",
            no: "Cancel",
            back: HOME.to_owned(),
            choice: None,
        };
        if let Some(page) = question.unless_answered(&desk, &form)? {
            return Ok(page);
        }
    }
    let renamed = tags::rename(&web.cx, &from, &to, other.is_some()).await?;
    let Renamed {
        subscribers,
        segments,
    } = renamed.ok_or(Failure::NotFound)?;
    desk.note(&web, "tag.rename", &format!("{from} → {to}"))
        .await?;
    let done = match &other {
        Some(other) => format!("{from} is merged into {}", other.tag),
        None => format!("{from} is now {to}"),
    };
    let flash = Flash::good(done).with(format!(
        "{} and {} changed.",
        counted(subscribers as i64, "subscriber", "subscribers"),
        counted(segments as i64, "segment", "segments"),
    ));
    Ok(go(&web, HOME, &flash))
}

async fn delete(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let tag = Tag::parse(form.text("tag")).map_err(|_| Failure::NotFound)?;
    let question = Question {
        title: format!("Delete the tag {tag}?"),
        text: "It is removed from every subscriber. The subscribers stay.".to_owned(),
        yes: "Delete",
        no: "Cancel",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &form)? {
        return Ok(page);
    }
    match tags::delete(&web.cx, &tag).await? {
        0 => Err(Failure::NotFound),
        _ => {
            desk.note(&web, "tag.delete", tag.as_str()).await?;
            Ok(go(&web, HOME, &Flash::good(format!("{tag} is deleted"))))
        }
    }
}
