//! Confirming a subscription. Mail scanners follow links, so GET changes
//! nothing.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::audience::confirm::{self, Confirmation, LinkState};
use crate::audience::engagement;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::page_context::PageContext;
use crate::web::public::{address_change, links, notice};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/confirm.html")]
struct ConfirmPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
    lists_title: String,
    /// Each list's id and name: only lists that were shown are confirmed.
    lists: Vec<(ListId, String)>,
    /// The sentence that was ticked on the join form, if it was.
    engagement: Option<String>,
}

#[derive(Template)]
#[template(path = "public/confirmed.html")]
struct ConfirmedPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    lists: Vec<String>,
    preferences_path: String,
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let confirmation = match links::open(&web, &token)? {
        token @ Token::ChangeAddress { .. } => {
            return address_change::show(&web, context, token).await;
        }
        token => of_token(token)?,
    };
    let standing = confirm::load(&web.cx, &confirmation).await?;
    answer(&web, context, standing).await
}

pub async fn submit(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let confirmation = match links::open(&web, &token)? {
        change @ Token::ChangeAddress { .. } => {
            return address_change::submit(&web, context, &token, change).await;
        }
        other => of_token(other)?,
    };
    let form = Form::parse_lossy(&body);
    let shown: Vec<ListId> = form.all("list").flat_map(str::parse).map(ListId).collect();
    let shown = form.has("list").then_some(shown.as_slice());
    let phrases = context
        .phrases
        .of_lists(confirmation.lists.iter().map(|list| list.0));
    let wording = phrases.translate("confirm-button");
    let origin = context.visitor.consent_source();
    let engagement = form.has("engagement").then(|| context.engagement_wording());
    let engagement = engagement.as_deref();
    confirm::confirm(&web.cx, &confirmation, shown, &wording, engagement, &origin).await?;
    // The link's own page says how things are now.
    Ok(links::see_other(
        &context.visitor,
        &format!("/confirm/{token}"),
    ))
}

fn of_token(token: Token) -> Result<Confirmation, HttpError> {
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
        _ => Err(HttpError::NotFound),
    }
}

async fn answer(
    web: &Web,
    context: PageContext,
    standing: LinkState,
) -> Result<Response, HttpError> {
    let language = context.visitor.language;
    match standing {
        LinkState::Open(subscriber, lists) => {
            let phrases = on_behalf_of(&context, &lists);
            let is_requested = engagement::is_requested(&web.cx, subscriber.id).await?;
            let html = render_page(&ConfirmPage {
                engagement: is_requested.then(|| context.engagement_wording()),
                email: subscriber.email.shown().into_owned(),
                lists_title: phrases.count("confirm-lists", "count", lists.len() as i64),
                lists: lists
                    .iter()
                    .map(|list| (list.id, list.text(language).0.to_owned()))
                    .collect(),
                visitor: context.visitor,
                phrases,
                brand: context.brand,
            })?;
            Ok(html.into_response())
        }
        LinkState::Done(subscriber, lists) => {
            let phrases = on_behalf_of(&context, &lists);
            let html = render_page(&ConfirmedPage {
                lists: names(&lists, language),
                preferences_path: links::preferences_path(web, subscriber.id),
                visitor: context.visitor,
                phrases,
                brand: context.brand,
            })?;
            Ok(html.into_response())
        }
        LinkState::Expired => {
            let html = notice::notice(
                context,
                "expired",
                "expired-again",
                "/join",
                "expired-button",
            )?;
            Ok((StatusCode::GONE, html).into_response())
        }
    }
}

/// The texts for these lists; a single list may have its own.
pub fn on_behalf_of(context: &PageContext, lists: &[List]) -> Phrases {
    context.phrases.of_lists(lists.iter().map(|list| list.id.0))
}

/// The names of lists in a language.
pub fn names(lists: &[List], language: Language) -> Vec<String> {
    lists
        .iter()
        .map(|list| list.text(language).0.to_owned())
        .collect()
}
