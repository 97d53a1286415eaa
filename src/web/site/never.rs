//! No such mail again: the page that each confirmation links for whoever never
//! asked for it. It says nothing of whether the address is on a list.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use super::frame::{Brand, Frame};
use super::links;
use crate::address::EmailAddress;
use crate::audience::never_mail;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

#[derive(Template)]
#[template(path = "site/never.html")]
struct NeverPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
}

fn open(web: &Web, token: &str) -> Result<EmailAddress, Failure> {
    match links::open(web, token)? {
        Token::NeverMail { email } => EmailAddress::parse(&email).map_err(|_| Failure::NotFound),
        _ => Err(Failure::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    let email = open(&web, &token)?;
    page(&NeverPage {
        email: email.to_string(),
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })
}

pub async fn submit(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    never_mail::never_mail(&web.cx, &open(&web, &token)?).await?;
    links::notice(frame, "never-done", "", "/", "error-home")
}
