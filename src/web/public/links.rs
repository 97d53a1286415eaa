//! Signed tokens in links, and where forms lead.

use axum::response::{IntoResponse, Redirect, Response};

use crate::model::SubscriberId;
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Leads a form on to a page (303), so that reloading sends nothing again and the language can
/// be switched.
pub fn see_other(visitor: &Visitor, path: &str) -> Response {
    Redirect::to(&visitor.link(path)).into_response()
}

/// Reads a link's token; a token that we did not sign is not found.
pub fn open(web: &Web, token: &str) -> Result<Token, HttpError> {
    web.cx.keys.open(token).map_err(|_| HttpError::NotFound)
}

/// The address of a subscriber's preferences.
pub fn preferences_path(web: &Web, subscriber: SubscriberId) -> String {
    let token = Token::Preferences {
        subscriber: subscriber.0,
    };
    format!("/preferences/{}", web.cx.keys.sign(&token))
}
