//! Confirming a new address: mail scanners follow links, so the page alone
//! changes nothing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::frame::{Brand, Frame};
use super::links;
use crate::audience::address_change::{self, AddressChange, Standing};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

#[derive(Template)]
#[template(path = "site/address.html")]
struct AddressPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
}

pub async fn show(web: &Web, frame: Frame, token: Token) -> Result<Response, Failure> {
    let change = AddressChange::of_token(token).ok_or(Failure::NotFound)?;
    let standing = address_change::look(&web.cx, &change).await?;
    answer(web, frame, &change, standing)
}

pub async fn submit(web: &Web, frame: Frame, token: Token) -> Result<Response, Failure> {
    let change = AddressChange::of_token(token).ok_or(Failure::NotFound)?;
    let wording = frame.phrases.say("address-button");
    let origin = frame.visitor.origin();
    let standing = address_change::confirm(&web.cx, &change, &wording, &origin).await?;
    answer(web, frame, &change, standing)
}

fn answer(
    web: &Web,
    frame: Frame,
    change: &AddressChange,
    standing: Standing,
) -> Result<Response, Failure> {
    match standing {
        Standing::Open(_) => {
            let html = page(&AddressPage {
                visitor: frame.visitor,
                phrases: frame.phrases,
                brand: frame.brand,
                email: change.email.to_string(),
            })?;
            Ok(html.into_response())
        }
        Standing::Done(subscriber) => {
            let path = links::preferences_path(web, subscriber.id);
            let html = links::notice(frame, "address-done", "", &path, "confirmed-preferences")?;
            Ok(html.into_response())
        }
        Standing::Expired => {
            let html = links::notice(frame, "expired", "", "/", "error-home")?;
            Ok((StatusCode::GONE, html).into_response())
        }
    }
}
