//! Confirming a new address. Mail scanners follow links, so GET changes
//! nothing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::audience::AudienceError;
use crate::audience::address_change as changes;
use crate::audience::address_change::{AddressChange, LinkState};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::transactional::address_change::{AskError, confirm_address};
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::public::page_context::PageContext;
use crate::web::public::saved::Saved;
use crate::web::public::{links, notice, saved};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/address_change.html")]
struct AddressPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
}

pub async fn show(web: &Web, context: PageContext, token: Token) -> Result<Response, HttpError> {
    let change = AddressChange::of_token(token).ok_or(HttpError::NotFound)?;
    let standing = changes::load(&web.cx, &change).await?;
    answer(web, context, &change, standing)
}

pub async fn submit(
    web: &Web,
    context: PageContext,
    link: &str,
    token: Token,
) -> Result<Response, HttpError> {
    let change = AddressChange::of_token(token).ok_or(HttpError::NotFound)?;
    let wording = context.phrases.translate("address-button");
    let origin = context.visitor.consent_source();
    match confirm_address(&web.cx, &change, &wording, &origin).await {
        // Not to the link's own page: the address is in the link.
        Ok(LinkState::Done(subscriber)) => {
            let visitor = &context.visitor;
            Ok(saved::see(web, visitor, subscriber.id, &Saved::Address))
        }
        Ok(_) => Ok(links::see_other(
            &context.visitor,
            &format!("/confirm/{link}"),
        )),
        // The person with the link reads the mail of this address, and may know that.
        Err(AskError::Audience(
            AudienceError::AddressTaken | AudienceError::AddressSuppressed(_),
        )) => {
            let html = notice::notice(context, "address-refused", "", "/", "error-home")?;
            Ok((StatusCode::CONFLICT, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn answer(
    web: &Web,
    context: PageContext,
    change: &AddressChange,
    standing: LinkState,
) -> Result<Response, HttpError> {
    match standing {
        LinkState::Open(_) => {
            let html = render_page(&AddressPage {
                visitor: context.visitor,
                phrases: context.phrases,
                brand: context.brand,
                email: change.email.shown().into_owned(),
            })?;
            Ok(html.into_response())
        }
        LinkState::Done(subscriber) => {
            let path = links::preferences_path(web, subscriber.id);
            let html = notice::notice(context, "address-done", "", &path, "confirmed-preferences")?;
            Ok(html.into_response())
        }
        LinkState::Expired => {
            let html = notice::notice(context, "expired", "", "/", "error-home")?;
            Ok((StatusCode::GONE, html).into_response())
        }
    }
}
