//! Webhooks: which other programs are told what happens.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, Owner, go, show};
use super::question::Question;
use crate::feedback::webhook::{self, EVENTS, WebhookError};
use crate::model::WebhookId;
use crate::store::webhooks::Webhook;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/webhooks", get(index).post(make))
        .route("/webhooks/{id}/turn", post(turn))
        .route("/webhooks/{id}/delete", post(delete))
}

const HOME: &str = "/admin/webhooks";

#[derive(Template)]
#[template(path = "admin/webhooks.html")]
struct IndexPage {
    desk: Desk,
    webhooks: Vec<Webhook>,
    /// The secret of one just made: it is shown here and never again.
    secret: String,
    url: String,
    wanted: Vec<String>,
    errors: Errors,
}

async fn index(State(web): State<Web>, Owner(desk): Owner) -> Result<Html<String>, Failure> {
    show(&IndexPage {
        webhooks: webhook::all(&web.cx).await?,
        desk,
        secret: String::new(),
        url: String::new(),
        wanted: Vec::new(),
        errors: Errors::default(),
    })
}

async fn make(
    State(web): State<Web>,
    Owner(desk): Owner,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let mut url = form.trimmed("url").to_owned();
    let mut wanted: Vec<String> = form.all("events").map(str::to_owned).collect();
    let mut errors = Errors::default();
    let mut secret = String::new();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match webhook::create(&web.cx, &url, &wanted).await {
        Ok(made) => {
            let id = made.webhook.id.to_string();
            desk.note(&web, "webhook.create", &id).await?;
            (status, secret) = (StatusCode::CREATED, made.secret);
            url.clear();
            wanted.clear();
        }
        Err(error @ WebhookError::Url(_)) => errors.add("url", error),
        Err(error) => return Err(error.into()),
    }
    let html = show(&IndexPage {
        webhooks: webhook::all(&web.cx).await?,
        desk,
        secret,
        url,
        wanted,
        errors,
    })?;
    Ok((status, html).into_response())
}

/// Turns one off, or on again.
async fn turn(
    State(web): State<Web>,
    Owner(desk): Owner,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    let is_active = Form::parse(&body)?.text("to") == "on";
    let changed = webhook::change(&web.cx, WebhookId(id), None, None, Some(is_active)).await?;
    let (word, said) = match is_active {
        true => ("on", "is on"),
        false => ("off", "is off"),
    };
    let subject = format!("{id} {word}");
    desk.note(&web, "webhook.change", &subject).await?;
    Ok(go(
        &web,
        HOME,
        &Flash::good(format!("{} {said}", changed.url)),
    ))
}

async fn delete(
    State(web): State<Web>,
    Owner(desk): Owner,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    let webhook = webhook::by_id(&web.cx, WebhookId(id)).await?;
    let question = Question {
        title: format!("Delete the webhook {}?", webhook.url),
        text: "Messages waiting for it are discarded, and its secret becomes invalid.".to_owned(),
        yes: "Delete",
        no: "Keep",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    webhook::remove(&web.cx, webhook.id).await?;
    desk.note(&web, "webhook.remove", &id.to_string()).await?;
    Ok(go(&web, HOME, &Flash::good("Deleted")))
}

/// What an event is called at the desk.
fn called(event: &str) -> &'static str {
    match event {
        "subscription.joined" => "Someone asks to join",
        "subscription.confirmed" => "A subscription is confirmed",
        "subscription.unsubscribed" => "Someone leaves a list",
        "delivery.bounced" => "An email bounces",
        "delivery.complained" => "An email is marked as spam",
        "campaign.finished" => "A campaign finishes",
        "campaign.failed_to_start" => "A scheduled campaign fails to start",
        "import.finished" => "An import is over",
        _ => "Other",
    }
}

/// Whether a webhook is told of everything.
fn is_told_all(webhook: &Webhook) -> bool {
    webhook.events.split_whitespace().count() == EVENTS.len()
}
