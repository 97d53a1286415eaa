//! What is kept of a person, to see and to erase. The link to preferences, which
//! stands in every mail and is passed on with it, only asks for a link that goes
//! to the person's own inbox and works for a day.

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::frame::{Brand, Frame};
use super::links;
use super::preferences::gone;
use crate::account;
use crate::audience::{personal_data, preferences};
use crate::model::SubscriberId;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

/// What a link allows.
enum Link {
    /// To see and to erase.
    Whole(SubscriberId),
    /// To ask for a link that does.
    Ask(SubscriberId),
    /// Nothing: it stood in a test mail.
    Sample,
}

fn open(web: &Web, token: &str) -> Result<Link, Failure> {
    match links::open(web, token)? {
        Token::PersonalData { subscriber, until } if web.cx.clock.now() < until => {
            Ok(Link::Whole(SubscriberId(subscriber)))
        }
        Token::PersonalData { subscriber, .. } | Token::Preferences { subscriber } => {
            Ok(Link::Ask(SubscriberId(subscriber)))
        }
        Token::Sample => Ok(Link::Sample),
        _ => Err(Failure::NotFound),
    }
}

#[derive(Template)]
#[template(path = "site/my_data.html")]
struct DataPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    /// Whether a link must be asked for first.
    must_ask: bool,
}

impl DataPage {
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

#[derive(Template)]
#[template(path = "site/erase.html")]
struct ErasePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    error: String,
    /// Whether the address stays among those never to be mailed.
    keeps_address: bool,
}

impl ErasePage {
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

fn data_page(frame: Frame, token: &str, must_ask: bool) -> Result<Response, Failure> {
    let html = page(&DataPage {
        path: format!("/my-data/{token}"),
        must_ask,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })?;
    Ok(html.into_response())
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    match open(&web, &token)? {
        Link::Whole(_) => data_page(frame, &token, false),
        Link::Ask(_) => data_page(frame, &token, true),
        Link::Sample => Ok(links::sample(frame)?.into_response()),
    }
}

/// Mails the link; says the same whether or not there is anybody to mail it to.
pub async fn ask(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    match open(&web, &token)? {
        Link::Whole(id) | Link::Ask(id) => {
            // Whoever holds a mail that was passed on must not fill its inbox.
            if web.gate.is_first(&format!("data of {id}")) {
                personal_data::mail_link(&web.cx, id).await?;
            }
            let html = links::notice(frame, "my-data-sent", "", "/", "error-home")?;
            Ok(html.into_response())
        }
        Link::Sample => Ok(links::sample(frame)?.into_response()),
    }
}

pub async fn export(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let id = match open(&web, &token)? {
        Link::Whole(id) => id,
        Link::Ask(_) => return data_page(frame, &token, true),
        Link::Sample => return Ok(links::sample(frame)?.into_response()),
    };
    let Some(data) = personal_data::gather(&web.cx, id).await? else {
        return gone(frame);
    };
    let name = "attachment; filename=\"my-data.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)).into_response())
}

/// Asks once more before what cannot be undone.
pub async fn erase(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let id = match open(&web, &token)? {
        Link::Whole(id) => id,
        Link::Ask(_) => return data_page(frame, &token, true),
        Link::Sample => return Ok(links::sample(frame)?.into_response()),
    };
    let form = Form::parse(&body)?;
    let current = preferences::look(&web.cx, id).await?;
    if form.text("confirmed") == "yes" {
        if current.is_some() {
            preferences::erase(&web.cx, id).await?;
            // The row's number, not the address: the log outlives the erased.
            account::audit(&web.cx, "subscriber", "subscriber.erase", &id.to_string()).await?;
        }
        return Ok(links::notice(frame, "erased", "", "/", "error-home")?.into_response());
    }
    let Some(current) = current else {
        return gone(frame);
    };
    let (status, error) = match form.get("asked") {
        Some(_) => {
            let missing = frame.phrases.say("erase-confirm-missing");
            (StatusCode::UNPROCESSABLE_ENTITY, missing)
        }
        None => (StatusCode::OK, String::new()),
    };
    let html = page(&ErasePage {
        path: format!("/my-data/{token}"),
        error,
        keeps_address: current.is_suppressed,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })?;
    Ok((status, html).into_response())
}
