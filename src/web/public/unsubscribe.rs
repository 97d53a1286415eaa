//! Unsubscribing: one click, without further questions.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::audience::{leave, preferences};
use crate::model::subscription::ConsentMethod;
use crate::model::{CampaignId, SubscriberId};
use crate::text::line::PersonName;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::confirm::{names, on_behalf_of};
use crate::web::public::page_context::PageContext;
use crate::web::public::{links, notice};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/unsubscribe.html")]
pub(super) struct UnsubscribePage {
    pub visitor: Visitor,
    pub phrases: Phrases,
    pub brand: Brand,
    pub path: String,
    pub lists: Vec<String>,
    pub preferences_path: String,
}

#[derive(Template)]
#[template(path = "public/unsubscribed.html")]
pub(super) struct UnsubscribedPage {
    pub visitor: Visitor,
    pub phrases: Phrases,
    pub brand: Brand,
    pub has_left_everything: bool,
    pub lists: Vec<String>,
    /// Empty if the preferences are the way back.
    pub rejoin_path: String,
    /// Empty if the subscriber was erased.
    pub preferences_path: String,
}

/// The subscriber, and the campaign whose email had the link. `None` for a
/// test email.
fn open(web: &Web, token: &str) -> Result<Option<(SubscriberId, CampaignId)>, HttpError> {
    match links::open(web, token)? {
        Token::Unsubscribe {
            subscriber,
            campaign,
        } => Ok(Some((SubscriberId(subscriber), CampaignId(campaign)))),
        Token::Sample => Ok(None),
        _ => Err(HttpError::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Html<String>, HttpError> {
    let Some((subscriber, campaign)) = open(&web, &token)? else {
        return notice::sample(context);
    };
    let lists = leave::lists_of(&web.cx, campaign, subscriber).await?;
    render_page(&UnsubscribePage {
        path: format!("/unsubscribe/{token}"),
        lists: names(&lists, context.visitor.language),
        preferences_path: links::preferences_path(&web, subscriber),
        phrases: on_behalf_of(&context, &lists),
        visitor: context.visitor,
        brand: context.brand,
    })
}

/// Our own page marks its form. Any other POST, of whatever type or with no
/// body, is one-click unsubscribe by a mail program (RFC 8058 §3.1: it carries
/// no cookie, so the token alone must suffice).
pub async fn submit(
    State(web): State<Web>,
    visitor: Visitor,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let target = open(&web, &token)?;
    let form = Form::parse_lossy(&body);
    if form.text("from") != "page" {
        if let Some((subscriber, campaign)) = target {
            let (method, origin) = (ConsentMethod::OneClick, visitor.consent_source());
            leave::unsubscribe(&web.cx, subscriber, campaign, method, &origin).await?;
        }
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return Ok((kind, "unsubscribed\n").into_response());
    }
    let Some((subscriber, campaign)) = target else {
        return Ok(notice::sample(context)?.into_response());
    };
    let origin = context.visitor.consent_source();
    let method = ConsentMethod::UnsubscribeLink;
    leave::unsubscribe(&web.cx, subscriber, campaign, method, &origin).await?;
    let has_left_everything = form.text("scope") == "all";
    if has_left_everything {
        let wording = context.phrases.translate("unsubscribed-all-body");
        preferences::unsubscribe_from_all(&web.cx, subscriber, &wording, &origin).await?;
    }
    let is_known = preferences::load(&web.cx, subscriber).await?.is_some();
    let lists = leave::lists_of(&web.cx, campaign, subscriber).await?;
    let html = render_page(&UnsubscribedPage {
        has_left_everything,
        lists: names(&lists, context.visitor.language),
        rejoin_path: format!("/unsubscribe/{token}/rejoin"),
        preferences_path: if is_known {
            links::preferences_path(&web, subscriber)
        } else {
            String::new()
        },
        phrases: on_behalf_of(&context, &lists),
        visitor: context.visitor,
        brand: context.brand,
    })?;
    Ok(html.into_response())
}

/// Subscribes again to the lists just left, after a mistaken click.
pub async fn rejoin(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some((subscriber, campaign)) = open(&web, &token)? else {
        return Ok(notice::sample(context)?.into_response());
    };
    if let Some(current) = preferences::load(&web.cx, subscriber).await? {
        let left = leave::lists_of(&web.cx, campaign, subscriber).await?;
        let kept = current.choices.iter().filter(|choice| choice.is_on());
        let update = preferences::PreferencesUpdate {
            name: PersonName::parse(&current.subscriber.name).unwrap_or_default(),
            language: current.subscriber.language,
            lists: kept
                .map(|choice| choice.list.slug.clone())
                .chain(left.iter().map(|list| list.slug.clone()))
                .collect(),
            frequency: current.subscriber.frequency,
            attributes: serde_json::Map::new(),
            wording: context.phrases.translate("unsubscribed-rejoin"),
        };
        let origin = context.visitor.consent_source();
        preferences::change(&web.cx, subscriber, &update, &origin).await?;
    }
    let path = links::preferences_path(&web, subscriber);
    Ok(Redirect::to(&context.visitor.link(&path)).into_response())
}
