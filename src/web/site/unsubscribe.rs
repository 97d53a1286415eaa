//! Leaving: one press, at once, and no question that must be answered first.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::confirm::{names, on_behalf_of};
use super::form::Form;
use super::frame::{Brand, Frame};
use super::links;
use crate::audience::{leave, preferences};
use crate::model::line::PersonName;
use crate::model::subscription::ConsentMethod;
use crate::model::{CampaignId, SubscriberId};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

#[derive(Template)]
#[template(path = "site/unsubscribe.html")]
struct UnsubscribePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    lists: Vec<String>,
    preferences_path: String,
}

#[derive(Template)]
#[template(path = "site/unsubscribed.html")]
struct UnsubscribedPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    has_left_everything: bool,
    lists: Vec<String>,
    rejoin_path: String,
    /// Empty where the subscriber is gone.
    preferences_path: String,
}

/// Who would leave, and by which campaign's mail. `None` for a test mail's link.
fn open(web: &Web, token: &str) -> Result<Option<(SubscriberId, CampaignId)>, Failure> {
    match links::open(web, token)? {
        Token::Unsubscribe {
            subscriber,
            campaign,
        } => Ok(Some((SubscriberId(subscriber), CampaignId(campaign)))),
        Token::Sample => Ok(None),
        _ => Err(Failure::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    let Some((subscriber, campaign)) = open(&web, &token)? else {
        return links::sample(frame);
    };
    let lists = leave::lists_of(&web.cx, campaign, subscriber).await?;
    page(&UnsubscribePage {
        path: format!("/unsubscribe/{token}"),
        lists: names(&lists, frame.visitor.language),
        preferences_path: links::preferences_path(&web, subscriber),
        phrases: on_behalf_of(&frame, &lists),
        visitor: frame.visitor,
        brand: frame.brand,
    })
}

/// Our own page marks its form. Whatever else is posted here, of whatever type
/// or none at all, is a mail program's one click (RFC 8058 §3.1: it carries no
/// cookie, so the token alone must suffice).
pub async fn submit(
    State(web): State<Web>,
    visitor: Visitor,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let target = open(&web, &token)?;
    let form = Form::parse_lossy(&body);
    if form.text("from") != "page" {
        if let Some((subscriber, campaign)) = target {
            let (method, origin) = (ConsentMethod::OneClick, visitor.origin());
            leave::unsubscribe(&web.cx, subscriber, campaign, method, &origin).await?;
        }
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return Ok((kind, "unsubscribed\n").into_response());
    }
    let Some((subscriber, campaign)) = target else {
        return Ok(links::sample(frame)?.into_response());
    };
    let origin = frame.visitor.origin();
    let method = ConsentMethod::UnsubscribeLink;
    leave::unsubscribe(&web.cx, subscriber, campaign, method, &origin).await?;
    let has_left_everything = form.text("scope") == "all";
    if has_left_everything {
        let wording = frame.phrases.say("unsubscribed-all-body");
        preferences::leave_everything(&web.cx, subscriber, &wording, &origin).await?;
    }
    let is_known = preferences::look(&web.cx, subscriber).await?.is_some();
    let lists = leave::lists_of(&web.cx, campaign, subscriber).await?;
    let html = page(&UnsubscribedPage {
        has_left_everything,
        lists: names(&lists, frame.visitor.language),
        rejoin_path: format!("/unsubscribe/{token}/rejoin"),
        preferences_path: match is_known {
            true => links::preferences_path(&web, subscriber),
            false => String::new(),
        },
        phrases: on_behalf_of(&frame, &lists),
        visitor: frame.visitor,
        brand: frame.brand,
    })?;
    Ok(html.into_response())
}

/// Back onto the lists just left, for a button pressed by mistake.
pub async fn rejoin(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some((subscriber, campaign)) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    if let Some(current) = preferences::look(&web.cx, subscriber).await? {
        let left = leave::lists_of(&web.cx, campaign, subscriber).await?;
        let kept = current.choices.iter().filter(|choice| choice.is_on());
        let wishes = preferences::Wishes {
            name: PersonName::parse(&current.subscriber.name).unwrap_or_default(),
            language: current.subscriber.language,
            lists: kept
                .map(|choice| choice.list.slug.clone())
                .chain(left.iter().map(|list| list.slug.clone()))
                .collect(),
            frequency: current.subscriber.frequency,
            attributes: serde_json::Map::new(),
            wording: frame.phrases.say("unsubscribed-rejoin"),
        };
        let origin = frame.visitor.origin();
        preferences::change(&web.cx, subscriber, &wishes, &origin).await?;
    }
    let path = links::preferences_path(&web, subscriber);
    Ok(Redirect::to(&frame.visitor.link(&path)).into_response())
}
