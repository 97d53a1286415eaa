//! A subscriber's personal data: export, another address, and erase. The preferences link, which
//! is forwarded with every email, only requests a link that is sent to the
//! subscriber's own inbox and works for a day.

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::address::EmailAddress;
use crate::audience::{AudienceError, personal_data, preferences};
use crate::model::SubscriberId;
use crate::model::audit::Actor;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::transactional::address_change::{AskError, ask_for_address};
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::join::form_input::address_error;
use crate::web::public::page_context::PageContext;
use crate::web::public::preferences::gone;
use crate::web::public::results::{self, Done};
use crate::web::public::{links, notice};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// What a link allows.
enum Link {
    /// Export and erase.
    Whole(SubscriberId),
    /// Request a link for that.
    Ask(SubscriberId),
    /// A link of a test email.
    Sample,
}

fn open(web: &Web, token: &str) -> Result<Link, HttpError> {
    match links::open(web, token)? {
        Token::PersonalData { subscriber, until } if web.cx.clock.now() < until => {
            Ok(Link::Whole(SubscriberId(subscriber)))
        }
        Token::PersonalData { subscriber, .. } | Token::Preferences { subscriber } => {
            Ok(Link::Ask(SubscriberId(subscriber)))
        }
        Token::Sample => Ok(Link::Sample),
        _ => Err(HttpError::NotFound),
    }
}

#[derive(Template)]
#[template(path = "public/my_data.html")]
struct DataPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    /// Whether a link must be requested first.
    must_ask: bool,
    /// A new address as it was typed.
    typed: String,
    /// What is wrong with it; empty if nothing is.
    wrong: String,
}

impl DataPage {
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

#[derive(Template)]
#[template(path = "public/erase.html")]
struct ErasePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    error: String,
    /// Whether the address stays suppressed.
    keeps_address: bool,
}

impl ErasePage {
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

fn data_path(token: &str) -> String {
    format!("/my-data/{token}")
}

fn data_page(context: PageContext, token: &str, must_ask: bool) -> Result<Response, HttpError> {
    let html = render_page(&DataPage {
        path: data_path(token),
        must_ask,
        typed: String::new(),
        wrong: String::new(),
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })?;
    Ok(html.into_response())
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    match open(&web, &token)? {
        Link::Whole(_) => data_page(context, &token, false),
        Link::Ask(_) => data_page(context, &token, true),
        Link::Sample => Ok(notice::sample(context)?.into_response()),
    }
}

/// Emails the link; the response is the same whether or not the subscriber
/// exists.
pub async fn ask(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    match open(&web, &token)? {
        Link::Whole(id) | Link::Ask(id) => {
            // Somebody with a forwarded email must not flood the inbox.
            if web.limits.first_use(&format!("data of {id}")) {
                personal_data::mail_link(&web.cx, id).await?;
            }
            Ok(links::see_other(&context.visitor, results::MY_DATA_SENT))
        }
        Link::Sample => Ok(links::see_other(&context.visitor, &data_path(&token))),
    }
}

pub async fn export(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let id = match open(&web, &token)? {
        Link::Whole(id) => id,
        Link::Ask(_) => return data_page(context, &token, true),
        Link::Sample => return Ok(notice::sample(context)?.into_response()),
    };
    let Some(data) = personal_data::collect(&web.cx, id).await? else {
        return gone(context);
    };
    let name = "attachment; filename=\"my-data.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)).into_response())
}

/// Emails a confirmation link to another address. The response is the same for one that cannot
/// be used: it is not ours to say whose it is.
pub async fn change_address(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Link::Whole(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &data_path(&token)));
    };
    let Some(current) = preferences::load(&web.cx, id).await? else {
        return gone(context);
    };
    let subscriber = current.subscriber;
    let typed = Form::parse(&body)?.trimmed("email").to_owned();
    let email = match EmailAddress::parse(&typed) {
        Ok(email) if email.as_str() == subscriber.email.as_str() => {
            Err(context.phrases.translate("my-data-address-same"))
        }
        Ok(email) => Ok(email),
        Err(error) => Err(address_error(&context.phrases, error)),
    };
    let email = match email {
        Ok(email) => email,
        Err(error) => {
            let html = render_page(&DataPage {
                path: data_path(&token),
                must_ask: false,
                typed,
                wrong: error,
                visitor: context.visitor,
                phrases: context.phrases,
                brand: context.brand,
            })?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    // Nobody shall have us write to many strangers.
    if !web.limits.check_address_change(id) {
        return Err(HttpError::TooMany);
    }
    match ask_for_address(&web.cx, &Actor::Subscriber, &subscriber, email).await {
        Ok(_)
        | Err(AskError::Audience(
            AudienceError::AddressTaken | AudienceError::AddressSuppressed(_),
        )) => Ok(links::see_other(
            &context.visitor,
            results::NEW_ADDRESS_SENT,
        )),
        Err(error) => Err(error.into()),
    }
}

/// The question before everything is erased.
pub async fn ask_to_erase(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    match open(&web, &token)? {
        Link::Whole(id) => erase_page(&web, context, &token, id, StatusCode::OK).await,
        Link::Ask(_) => data_page(context, &token, true),
        Link::Sample => Ok(notice::sample(context)?.into_response()),
    }
}

pub async fn erase(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Link::Whole(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &data_path(&token)));
    };
    if Form::parse(&body)?.text("confirmed") != "yes" {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return erase_page(&web, context, &token, id, status).await;
    }
    if preferences::load(&web.cx, id).await?.is_some() {
        // The audit log gets the id, not the address: it outlives the erased subscriber.
        preferences::erase(&web.cx, &Actor::Subscriber, id).await?;
    }
    Ok(results::done(&web, &context.visitor, Done::Erased))
}

/// The question; unless it is asked for the first time, the box was not ticked.
async fn erase_page(
    web: &Web,
    context: PageContext,
    token: &str,
    id: SubscriberId,
    status: StatusCode,
) -> Result<Response, HttpError> {
    let Some(current) = preferences::load(&web.cx, id).await? else {
        return gone(context);
    };
    let html = render_page(&ErasePage {
        path: data_path(token),
        error: match status {
            StatusCode::OK => String::new(),
            _ => context.phrases.translate("erase-confirm-missing"),
        },
        keeps_address: current.is_suppressed,
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })?;
    Ok((status, html).into_response())
}
