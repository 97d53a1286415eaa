//! The keys that sign mail: made, let sign, and retired.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::deliverability::dns;
use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, Owner, go, show};
use super::question::Question;
use crate::address::sender_domain;
use crate::delivery::keys::{self, KeyError, KeyPair};
use crate::feedback::domain::rotation::{self, ActivateError};
use crate::model::list::Slug;
use crate::model::signing_key::KeyState;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/signing-keys", get(index).post(make))
        .route("/signing-keys/{domain}/{selector}/activate", post(activate))
        .route("/signing-keys/{domain}/{selector}/retire", post(retire))
}

const HOME: &str = "/admin/signing-keys";

#[derive(Template)]
#[template(path = "admin/signing_keys.html")]
struct IndexPage {
    desk: Desk,
    pairs: Vec<KeyPair>,
    /// As typed, or proposed.
    domain: String,
    selector: String,
    errors: Errors,
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let domain = web.cx.sender().map(|from| from.address.domain().to_owned());
    let today = desk.calendar.local(web.cx.clock.now());
    show(&IndexPage {
        pairs: keys::pairs(&web.cx, None).await?,
        domain: domain.unwrap_or_default(),
        selector: format!("s{}", today.strftime("%Y%m")),
        errors: Errors::default(),
        desk,
    })
}

async fn make(
    State(web): State<Web>,
    Owner(desk): Owner,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let mut errors = Errors::default();
    let domain = sender_domain(form.trimmed("domain"));
    let domain = errors.take("domain", domain.map_err(|_| "this is not a domain name"));
    let selector = errors.take("selector", form.trimmed("selector").parse::<Slug>());
    if let (Some(domain), Some(selector)) = (domain, selector) {
        match keys::make(&web.cx, &domain, selector.as_str()).await {
            Ok(pair) => return made(&web, &desk, &pair).await,
            Err(error @ (KeyError::Taken(..) | KeyError::Selector)) => {
                errors.add("selector", error)
            }
            Err(error) => return Err(error.into()),
        }
    }
    let html = show(&IndexPage {
        pairs: keys::pairs(&web.cx, None).await?,
        domain: form.text("domain").to_owned(),
        selector: form.text("selector").to_owned(),
        errors,
        desk,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn made(web: &Web, desk: &Desk, pair: &KeyPair) -> Result<Response, Failure> {
    desk.note(web, "dkim_key.make", &called(pair)).await?;
    let flash = Flash::good("Keys created").with(match pair.state {
        KeyState::New => {
            "Publish their records, then activate them. Until then the previous keys sign."
        }
        _ => "Mail is signed with them from now on; publish their records at once.",
    });
    Ok(go(web, HOME, &flash))
}

async fn activate(
    State(web): State<Web>,
    Owner(desk): Owner,
    Path((domain, selector)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Failure> {
    let pair = keys::pair(&web.cx, &domain, &selector).await?;
    let seen = rotation::activate(&web.cx, &dns(&web)?, &domain, &selector, false).await;
    let superseded = match seen {
        Ok(superseded) => superseded,
        Err(ActivateError::Key(error)) => return Err(error.into()),
        Err(error) => {
            let question = Question {
                title: format!("Activate {selector} anyway?"),
                text: format!(
                    "DNS lookup: {error}. Until receivers find the key, they treat email signed with it as unsigned."
                ),
                yes: "Activate",
                no: "Cancel",
                back: HOME.to_owned(),
                choice: None,
            };
            if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
                return Ok(page);
            }
            keys::activate(&web.cx, &domain, &selector).await?
        }
    };
    desk.note(&web, "dkim_key.activate", &called(&pair)).await?;
    let mut flash = Flash::good(format!("{selector} is active"));
    if !superseded.is_empty() {
        flash = flash.with(format!(
            "Keep the records of {} published for another week: email signed with them may still be in transit.",
            superseded.join(", ")
        ));
    }
    Ok(go(&web, HOME, &flash))
}

async fn retire(
    State(web): State<Web>,
    Owner(desk): Owner,
    Path((domain, selector)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Failure> {
    let pair = keys::pair(&web.cx, &domain, &selector).await?;
    let question = Question {
        title: format!("Retire {selector}?"),
        text: match pair.is_needed(web.cx.clock.now()) {
            true => format!(
                "Email signed with it may be in transit until {}. Its private keys are destroyed and cannot be restored.",
                desk.when(&pair.needed_until())
            ),
            false => "Its private keys are destroyed and cannot be restored.".to_owned(),
        },
        yes: "Retire",
        no: "Keep",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    keys::retire(&web.cx, &domain, &selector, true).await?;
    desk.note(&web, "dkim_key.retire", &called(&pair)).await?;
    let names: Vec<&str> = pair
        .records
        .iter()
        .map(|record| record.name.as_str())
        .collect();
    let flash = Flash::good(format!("{selector} is retired"))
        .with(format!("Remove from the DNS: {}.", names.join(", ")));
    Ok(go(&web, HOME, &flash))
}

fn called(pair: &KeyPair) -> String {
    format!("{} of {}", pair.selector, pair.domain)
}

/// The badge of a state, among the kinds that the style sheet knows.
fn badge(state: KeyState) -> &'static str {
    match state {
        KeyState::New => "scheduled",
        KeyState::Active => "sent",
        KeyState::Retiring => "deferred",
        KeyState::Retired => "cancelled",
    }
}
