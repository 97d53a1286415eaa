//! The addresses by which other programs let subscribers into series.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;

use crate::address::EmailAddress;
use crate::model::SeriesId;
use crate::series::readers;
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// An address and what a program may send with it, which is not read.
const LONGEST_BODY: usize = 64 * 1024;

pub(super) fn router() -> Router<Web> {
    Router::new().route("/inbound/series/{token}", post(enter))
}

/// Takes an address as `email`, in JSON or as a form.
async fn enter(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    body: Body,
) -> Result<StatusCode, HttpError> {
    let Ok(Token::SeriesEntry { series, number }) = web.cx.keys.open(&token) else {
        return Err(HttpError::NotFound);
    };
    let network = crate::net::network(visitor.address);
    if !web.limits.check_series_entry(&network, SeriesId(series)) {
        return Err(HttpError::TooMany);
    }
    let too_large =
        |_| HttpError::Other(413, format!("the body is larger than {LONGEST_BODY} bytes"));
    let body = to_bytes(body, LONGEST_BODY).await.map_err(too_large)?;
    let text = match serde_json::from_slice::<serde_json::Value>(&body) {
        Ok(value) => value["email"].as_str().map(ToOwned::to_owned),
        Err(_) => Some(Form::parse(&body)?.trimmed("email").to_owned()),
    };
    let email: EmailAddress = text
        .unwrap_or_default()
        .parse()
        .map_err(|error| HttpError::field("email", &error))?;
    readers::queue_entry(&web.cx, (SeriesId(series), number), &email).await?;
    Ok(StatusCode::ACCEPTED)
}
