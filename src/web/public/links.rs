//! Signed tokens in links.

use crate::model::SubscriberId;
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

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
