//! Outgoing webhooks.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;

use crate::model::WebhookId;
use crate::store::webhooks::Webhook;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::webhooks::{self, EVENTS, WebhookError};

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
    viewer: Viewer,
    webhooks: Vec<Webhook>,
    /// The secret of a new webhook, shown only once.
    secret: String,
    url: String,
    chosen: Vec<String>,
    errors: FormErrors,
}

impl IndexPage {
    /// The name of an event.
    fn called(&self, event: &str) -> String {
        let event = event.replace('.', "-");
        self.viewer.word("admin-webhook-event", event)
    }
}

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        webhooks: webhooks::all(&web.cx).await?,
        viewer,
        secret: String::new(),
        url: String::new(),
        chosen: Vec::new(),
        errors: FormErrors::default(),
    })
}

async fn make(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let mut url = form.trimmed("url").to_owned();
    let mut chosen: Vec<String> = form.all("events").map(str::to_owned).collect();
    let mut errors = FormErrors::default();
    let mut secret = String::new();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match webhooks::create(&web.cx, &viewer.actor(), &url, &chosen).await {
        Ok(made) => {
            (status, secret) = (StatusCode::CREATED, made.secret);
            url.clear();
            chosen.clear();
        }
        Err(error @ WebhookError::Url(_)) => errors.add("url", error),
        Err(error) => return Err(error.into()),
    }
    let html = render_page(&IndexPage {
        webhooks: webhooks::all(&web.cx).await?,
        viewer,
        secret,
        url,
        chosen,
        errors,
    })?;
    Ok((status, html).into_response())
}

/// Enables or disables a webhook.
async fn turn(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<WebhookId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let is_active = Form::parse(&body)?.text("to") == "on";
    let by = viewer.actor();
    let changed = webhooks::change(&web.cx, &by, id, None, None, Some(is_active)).await?;
    let done = if is_active {
        viewer.say("admin-webhook-is-on")
    } else {
        viewer.say("admin-webhook-is-off")
    };
    let back = if is_active { "off" } else { "on" };
    let flash = Flash::good(done.text("url", &changed.url))
        .undo_by(format!("{HOME}/{id}/turn"), &[("to", back)]);
    Ok(redirect(&web, HOME, &flash))
}

async fn delete(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<WebhookId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let webhook = webhooks::by_id(&web.cx, id).await?;
    let question = viewer.say("admin-webhook-delete-question");
    let confirmation = Confirmation {
        title: question.text("url", &webhook.url).into(),
        text: viewer.t("admin-webhook-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    webhooks::remove(&web.cx, &viewer.actor(), webhook.id).await?;
    let flash = Flash::good(viewer.t("admin-deleted"));
    Ok(redirect(&web, HOME, &flash))
}

/// Whether a webhook gets every event.
fn is_told_all(webhook: &Webhook) -> bool {
    webhook.events.split_whitespace().count() == EVENTS.len()
}
