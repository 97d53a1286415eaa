//! Unsubscribing: one click, without further questions.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use crate::audience::{leave, preferences};
use crate::model::subscription::ConsentMethod;
use crate::model::{CampaignId, SubscriberId};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::confirm::{names, on_behalf_of};
use crate::web::public::left::Leaving;
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
        return Ok(links::see_other(&visitor, &format!("/unsubscribe/{token}")));
    };
    let origin = visitor.consent_source();
    let method = ConsentMethod::UnsubscribeLink;
    let lists = leave::unsubscribe(&web.cx, subscriber, campaign, method, &origin).await?;
    let mut left = Leaving {
        subscriber,
        lists,
        is_everything: form.text("scope") == "all",
    };
    if left.is_everything {
        let wording = context.phrases.translate("unsubscribed-all-body");
        let others =
            preferences::unsubscribe_from_all(&web.cx, subscriber, &wording, &origin).await?;
        left.lists.extend(others);
    }
    Ok(left.see(&web, &visitor))
}
