//! The web inbox of the mail catcher: each mail as HTML, text, headers and
//! source. Only a demo has one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::failure::page;
use super::middleware::MAIL_POLICY;
use super::{Failure, Web};
use crate::catcher::mailbox::{Mailbox, Summary};
use crate::catcher::view::{View, view};

/// How many messages the page lists.
const SHOWN: usize = 200;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/mailbox", get(inbox))
        .route("/mailbox/empty", post(empty))
        .route("/mailbox/messages", get(messages))
        .route("/mailbox/messages/{id}", get(message))
        .route("/mailbox/messages/{id}/html", get(html))
        .route("/mailbox/messages/{id}/raw", get(raw))
}

fn mailbox(web: &Web) -> Result<&Mailbox, Failure> {
    web.mailbox.as_ref().ok_or(Failure::NotFound)
}

/// A message as its page shows it.
struct Open {
    summary: Summary,
    view: View,
    part: Part,
    source: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    #[default]
    Html,
    Text,
    Headers,
    Source,
}

impl Part {
    const ALL: [(Part, &'static str, &'static str); 4] = [
        (Part::Html, "html", "HTML"),
        (Part::Text, "text", "Text"),
        (Part::Headers, "headers", "Headers"),
        (Part::Source, "source", "Source"),
    ];
}

#[derive(Template)]
#[template(path = "mailbox/inbox.html")]
struct Inbox {
    messages: Vec<Summary>,
    total: usize,
    open: Option<Open>,
}

impl Inbox {
    fn is_open(&self, id: &Uuid) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.summary.id == *id)
    }
}

fn listed(mailbox: &Mailbox) -> Vec<Summary> {
    let mut messages = mailbox.list();
    messages.truncate(SHOWN);
    messages
}

async fn inbox(State(web): State<Web>) -> Result<Html<String>, Failure> {
    let mailbox = mailbox(&web)?;
    page(&Inbox {
        messages: listed(mailbox),
        total: mailbox.len(),
        open: None,
    })
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    part: Part,
}

async fn message(
    State(web): State<Web>,
    Path(id): Path<Uuid>,
    Query(choice): Query<Choice>,
) -> Result<Html<String>, Failure> {
    let mailbox = mailbox(&web)?;
    let summary = mailbox.get(id).ok_or(Failure::NotFound)?;
    let raw = mailbox.raw(id).ok_or(Failure::NotFound)?;
    let open = Open {
        summary,
        view: view(&raw),
        part: choice.part,
        source: String::from_utf8_lossy(&raw).into_owned(),
    };
    page(&Inbox {
        messages: listed(mailbox),
        total: mailbox.len(),
        open: Some(open),
    })
}

/// The HTML part alone, under a policy of its own. Its links open beside the
/// mailbox: inside the frame, the sandbox would keep their forms from working.
async fn html(State(web): State<Web>, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let raw = mailbox(&web)?.raw(id).ok_or(Failure::NotFound)?;
    let html = view(&raw).html.ok_or(Failure::NotFound)?;
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response())
}

async fn raw(State(web): State<Web>, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let raw = mailbox(&web)?.raw(id).ok_or(Failure::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "message/rfc822")], raw).into_response())
}

async fn messages(State(web): State<Web>) -> Result<Json<Vec<Summary>>, Failure> {
    Ok(Json(mailbox(&web)?.list()))
}

async fn empty(State(web): State<Web>) -> Result<Redirect, Failure> {
    mailbox(&web)?.clear();
    Ok(Redirect::to("/mailbox"))
}
