//! Addresses that are never mailed: which and why, adding one, lifting one.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, go, show, spaced};
use super::question::Question;
use crate::address::EmailAddress;
use crate::audience::manage;
use crate::model::subscription::SuppressionReason;
use crate::store::subscribers::Suppression;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/suppressions", get(index).post(add))
        .route("/suppressions/lift", post(lift))
}

const HOME: &str = "/admin/suppressions";
const ROWS: i64 = 50;
/// How many characters a note may have.
const NOTE_LIMIT: usize = 300;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    reason: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/suppressions.html")]
struct IndexPage {
    desk: Desk,
    wanted: Wanted,
    rows: Vec<Suppression>,
    next: Option<String>,
    email: String,
    note: String,
    chosen: SuppressionReason,
    errors: Errors,
}

async fn page(web: &Web, desk: Desk, wanted: Wanted) -> Result<IndexPage, Failure> {
    let reason = wanted.reason.parse().ok();
    let after = &wanted.after;
    let rows = manage::suppressions(&web.cx, &wanted.q, reason, after, ROWS).await?;
    let next = rows
        .last()
        .filter(|_| rows.len() as i64 == ROWS)
        .map(|last| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", &wanted.q)
                .append_pair("reason", &wanted.reason)
                .append_pair("after", &last.email_key)
                .finish();
            format!("{HOME}?{query}")
        });
    Ok(IndexPage {
        desk,
        wanted,
        rows,
        next,
        email: String::new(),
        note: String::new(),
        chosen: SuppressionReason::Manual,
        errors: Errors::default(),
    })
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    show(&page(&web, desk, wanted).await?)
}

async fn add(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let mut errors = Errors::default();
    let email = errors.take("email", EmailAddress::parse(form.trimmed("email")));
    let reason = errors.take("reason", form.text("reason").parse::<SuppressionReason>());
    let note: String = form.trimmed("note").chars().take(NOTE_LIMIT).collect();
    let (Some(email), Some(reason)) = (email, reason) else {
        let html = show(&IndexPage {
            email: form.text("email").to_owned(),
            note,
            errors,
            ..page(&web, desk, Wanted::default()).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    manage::suppress(&web.cx, &email, reason, &note).await?;
    desk.note(&web, "suppression.add", email.as_str()).await?;
    Ok(go(
        &web,
        HOME,
        &Flash::good(format!("{email} is never mailed")),
    ))
}

async fn lift(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let email = EmailAddress::parse(form.text("email")).map_err(|_| Failure::NotFound)?;
    let question = Question {
        title: format!("Mail {email} again?"),
        text: "Campaigns of the lists it is on go to this address again. If it asked for no more mail, or called it spam, be sure that its owner wants this.".to_owned(),
        yes: "Lift",
        no: "Keep suppressed",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &form)? {
        return Ok(page);
    }
    let flash = match manage::lift_suppression(&web.cx, &email).await? {
        true => {
            desk.note(&web, "suppression.lift", email.as_str()).await?;
            Flash::good(format!("{email} may be mailed again"))
        }
        false => Flash::warn(format!("{email} was not suppressed")),
    };
    Ok(go(&web, HOME, &flash))
}
