//! Reading bodies. Clients send more than they mean, such as the whole of what they have read,
//! so that fields which are not known are passed over.

use axum::Json;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::web::api::request::{self, clean};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A JSON object.
pub struct Input<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Input<T> {
    type Rejection = HttpError;

    async fn from_request(request: Request, web: &Web) -> Result<Self, HttpError> {
        read(request::json(request, web).await?).map(Self)
    }
}

/// Reads a value of which some fields may not be known.
pub fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, HttpError> {
    clean(&mut value, "")?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        HttpError::field(path, &error.into_inner())
    })
}

/// What listmonk puts around each answer.
pub fn data(value: impl serde::Serialize) -> Json<Value> {
    Json(json!({ "data": value }))
}
