//! "Never email me again": the page that confirmation emails link to. It does
//! not reveal whether the address is on a list.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Response};

use crate::address::EmailAddress;
use crate::audience::never_mail;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::public::links;
use crate::web::public::page_context::PageContext;
use crate::web::public::results::{self, Done};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/never_mail.html")]
struct NeverPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
}

fn open(web: &Web, token: &str) -> Result<EmailAddress, HttpError> {
    match links::open(web, token)? {
        Token::NeverMail { email } => EmailAddress::parse(&email).map_err(|_| HttpError::NotFound),
        _ => Err(HttpError::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Html<String>, HttpError> {
    let email = open(&web, &token)?;
    render_page(&NeverPage {
        email: email.shown().into_owned(),
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })
}

pub async fn submit(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    never_mail::never_mail(&web.cx, &open(&web, &token)?).await?;
    Ok(results::done(&web, &visitor, Done::NeverMail))
}
