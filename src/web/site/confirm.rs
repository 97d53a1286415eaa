//! Confirming: mail scanners follow links, so the page alone changes nothing.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::frame::{Brand, Frame};
use super::{address, links};
use crate::audience::confirm::{self, Confirmation, Standing};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

#[derive(Template)]
#[template(path = "site/confirm.html")]
struct ConfirmPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
    lists_title: String,
    /// Each list's number and name: what is confirmed is what was shown.
    lists: Vec<(ListId, String)>,
}

#[derive(Template)]
#[template(path = "site/confirmed.html")]
struct ConfirmedPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    lists: Vec<String>,
    preferences_path: String,
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let confirmation = match links::open(&web, &token)? {
        token @ Token::ChangeAddress { .. } => return address::show(&web, frame, token).await,
        token => of_token(token)?,
    };
    let standing = confirm::look(&web.cx, &confirmation).await?;
    answer(&web, frame, standing)
}

pub async fn submit(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let confirmation = match links::open(&web, &token)? {
        token @ Token::ChangeAddress { .. } => return address::submit(&web, frame, token).await,
        token => of_token(token)?,
    };
    let form = Form::parse_lossy(&body);
    let shown: Vec<ListId> = form.all("list").flat_map(str::parse).map(ListId).collect();
    let shown = form.has("list").then_some(shown.as_slice());
    let phrases = frame
        .phrases
        .of_lists(confirmation.lists.iter().map(|list| list.0));
    let wording = phrases.say("confirm-button");
    let origin = frame.visitor.origin();
    let standing = confirm::confirm(&web.cx, &confirmation, shown, &wording, &origin).await?;
    answer(&web, frame, standing)
}

fn of_token(token: Token) -> Result<Confirmation, Failure> {
    match token {
        Token::Confirm {
            subscriber,
            lists,
            issued,
        } => Ok(Confirmation {
            subscriber: SubscriberId(subscriber),
            lists: lists.into_iter().map(ListId).collect(),
            issued,
        }),
        _ => Err(Failure::NotFound),
    }
}

fn answer(web: &Web, frame: Frame, standing: Standing) -> Result<Response, Failure> {
    let language = frame.visitor.language;
    match standing {
        Standing::Open(subscriber, lists) => {
            let phrases = on_behalf_of(&frame, &lists);
            let html = page(&ConfirmPage {
                email: subscriber.email.to_string(),
                lists_title: phrases.count("confirm-lists", "count", lists.len() as i64),
                lists: lists
                    .iter()
                    .map(|list| (list.id, list.text(language).0.to_owned()))
                    .collect(),
                visitor: frame.visitor,
                phrases,
                brand: frame.brand,
            })?;
            Ok(html.into_response())
        }
        Standing::Done(subscriber, lists) => {
            let phrases = on_behalf_of(&frame, &lists);
            let html = page(&ConfirmedPage {
                lists: names(&lists, language),
                preferences_path: links::preferences_path(web, subscriber.id),
                visitor: frame.visitor,
                phrases,
                brand: frame.brand,
            })?;
            Ok(html.into_response())
        }
        Standing::Expired => {
            let html = links::notice(frame, "expired", "expired-again", "/join", "expired-button")?;
            Ok((StatusCode::GONE, html).into_response())
        }
    }
}

/// The words for these lists: one list may have its own.
pub fn on_behalf_of(frame: &Frame, lists: &[List]) -> Phrases {
    frame.phrases.of_lists(lists.iter().map(|list| list.id.0))
}

/// The names of lists as a reader of `language` knows them.
pub fn names(lists: &[List], language: Language) -> Vec<String> {
    lists
        .iter()
        .map(|list| list.text(language).0.to_owned())
        .collect()
}
