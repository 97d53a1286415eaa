//! A subscriber's personal data: export and erase. The preferences link, which
//! is forwarded with every email, only requests a link that is sent to the
//! subscriber's own inbox and works for a day.

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::audience::{personal_data, preferences};
use crate::model::SubscriberId;
use crate::model::audit::Actor;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::page_context::PageContext;
use crate::web::public::preferences::gone;
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

fn data_page(context: PageContext, token: &str, must_ask: bool) -> Result<Response, HttpError> {
    let html = render_page(&DataPage {
        path: format!("/my-data/{token}"),
        must_ask,
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
            let html = notice::notice(context, "my-data-sent", "", "/", "error-home")?;
            Ok(html.into_response())
        }
        Link::Sample => Ok(notice::sample(context)?.into_response()),
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

/// Asks for confirmation first.
pub async fn erase(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let id = match open(&web, &token)? {
        Link::Whole(id) => id,
        Link::Ask(_) => return data_page(context, &token, true),
        Link::Sample => return Ok(notice::sample(context)?.into_response()),
    };
    let form = Form::parse(&body)?;
    let current = preferences::load(&web.cx, id).await?;
    if form.text("confirmed") == "yes" {
        if current.is_some() {
            preferences::erase(&web.cx, &Actor::Subscriber, id).await?;
            // The id, not the address: the audit log outlives the erased
            // subscriber.
        }
        return Ok(notice::notice(context, "erased", "", "/", "error-home")?.into_response());
    }
    let Some(current) = current else {
        return gone(context);
    };
    let (status, error) = match form.get("asked") {
        Some(_) => {
            let missing = context.phrases.translate("erase-confirm-missing");
            (StatusCode::UNPROCESSABLE_ENTITY, missing)
        }
        None => (StatusCode::OK, String::new()),
    };
    let html = render_page(&ErasePage {
        path: format!("/my-data/{token}"),
        error,
        keeps_address: current.is_suppressed,
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })?;
    Ok((status, html).into_response())
}
