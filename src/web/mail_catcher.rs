//! The inbox of the demo's mail catcher: each email as HTML, text, headers and
//! source.

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use url::{Host, Url};
use uuid::Uuid;

use crate::catcher::mailbox::{Mailbox, Summary};
use crate::catcher::view::{View, view};
use crate::clock::Timestamp;
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::web::admin::session;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::http::security_headers::MAIL_POLICY;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

const SHOWN: usize = 200;

pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .route("/mailbox", get(inbox))
        .route("/mailbox/empty", post(empty))
        .route("/mailbox/messages", get(messages))
        .route("/mailbox/messages/{id}", get(message))
        .route("/mailbox/messages/{id}/html", get(html))
        .route("/mailbox/messages/{id}/raw", get(raw))
        .layer(from_fn_with_state(web.clone(), keep_private))
}

/// The mailbox holds sign-in links, so only this machine and signed-in users
/// may see it, and only under our own host name (against DNS rebinding).
async fn keep_private(
    State(web): State<Web>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_ours = is_own_name(host, &web.cx.config().public_url());
    if is_ours
        && (visitor.address.is_loopback() || session::is_signed_in(&web, request.headers()).await)
    {
        return next.run(request).await;
    }
    HttpError::Forbidden("the demo's mailbox is only for this machine and for signed-in users")
        .into_response()
}

/// Whether a `Host` can only mean this server: an IP address or one of its
/// names.
fn is_own_name(host: &str, public_url: &str) -> bool {
    let Ok(url) = Url::parse(&format!("http://{host}/")) else {
        return false;
    };
    match url.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => {
            let ours = Url::parse(public_url).ok();
            let ours = ours.as_ref().and_then(Url::host_str);
            name == "localhost" || Some(name) == ours
        }
        None => false,
    }
}

fn mailbox(web: &Web) -> Result<&Mailbox, HttpError> {
    web.mailbox.as_ref().ok_or(HttpError::NotFound)
}

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
#[template(path = "mail_catcher/inbox.html")]
struct Inbox {
    messages: Vec<Summary>,
    total: usize,
    open: Option<Open>,
    calendar: Calendar,
}

impl Inbox {
    /// When an email came, in the site's zone.
    fn when(&self, mail: &Summary) -> String {
        let at = Timestamp::parse_rfc3339(&mail.received_at);
        at.map_or_else(
            |_| mail.received_at.clone(),
            |at| self.calendar.date_time(at),
        )
    }

    /// The same without the day.
    fn time(&self, mail: &Summary) -> String {
        let at = Timestamp::parse_rfc3339(&mail.received_at);
        at.map_or_else(|_| String::new(), |at| self.calendar.time(at))
    }

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

async fn inbox(State(web): State<Web>) -> Result<Html<String>, HttpError> {
    let mailbox = mailbox(&web)?;
    render_page(&Inbox {
        messages: listed(mailbox),
        total: mailbox.len(),
        open: None,
        calendar: web.calendar(Language::EN),
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
) -> Result<Html<String>, HttpError> {
    let mailbox = mailbox(&web)?;
    let summary = mailbox.get(id).ok_or(HttpError::NotFound)?;
    let raw = mailbox.raw(id).ok_or(HttpError::NotFound)?;
    let open = Open {
        summary,
        view: view(&raw),
        part: choice.part,
        source: String::from_utf8_lossy(&raw).into_owned(),
    };
    render_page(&Inbox {
        messages: listed(mailbox),
        total: mailbox.len(),
        open: Some(open),
        calendar: web.calendar(Language::EN),
    })
}

/// The HTML part alone. Its links open in a new tab: inside the sandboxed
/// frame their forms would not work.
async fn html(State(web): State<Web>, Path(id): Path<Uuid>) -> Result<Response, HttpError> {
    let raw = mailbox(&web)?.raw(id).ok_or(HttpError::NotFound)?;
    let html = view(&raw).html.ok_or(HttpError::NotFound)?;
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response())
}

async fn raw(State(web): State<Web>, Path(id): Path<Uuid>) -> Result<Response, HttpError> {
    let raw = mailbox(&web)?.raw(id).ok_or(HttpError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "message/rfc822")], raw).into_response())
}

async fn messages(State(web): State<Web>) -> Result<Json<Vec<Summary>>, HttpError> {
    Ok(Json(mailbox(&web)?.list()))
}

async fn empty(State(web): State<Web>) -> Result<Redirect, HttpError> {
    mailbox(&web)?.clear();
    Ok(Redirect::to("/mailbox"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_name_that_leads_here_is_not_ours() {
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("localhost:8080", true),
            ("192.168.1.7", true),
            ("demo.example:8080", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("", false),
            ("a b", false),
        ] {
            assert_eq!(
                is_own_name(host, "http://demo.example:8080"),
                expected,
                "{host}"
            );
        }
    }
}
