//! The states of a subscription in listmonk's words.

use crate::model::subscription::SubscriptionState;
use crate::web::http::error::HttpError;

/// A state in listmonk's words.
pub fn word(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Pending => "unconfirmed",
        SubscriptionState::Confirmed => "confirmed",
        SubscriptionState::Unsubscribed => "unsubscribed",
    }
}

/// A state from listmonk's word.
pub fn state_of(text: &str) -> Result<SubscriptionState, HttpError> {
    match text {
        "unconfirmed" => Ok(SubscriptionState::Pending),
        "confirmed" => Ok(SubscriptionState::Confirmed),
        "unsubscribed" => Ok(SubscriptionState::Unsubscribed),
        _ => Err(HttpError::field(
            "status",
            &"must be confirmed, unconfirmed or unsubscribed",
        )),
    }
}
