//! Reading JSON, with words for what is wrong with it.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::web::{Failure, Web};

/// A JSON body of a known shape.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        match Json::<T>::from_request(request, web).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::JsonDataError(error)) => {
                Err(Failure::Unprocessable(error.body_text()))
            }
            Err(error) if error.status() == StatusCode::BAD_REQUEST => {
                Err(Failure::BadRequest(error.body_text()))
            }
            Err(error) => Err(Failure::Other(error.status().as_u16(), error.body_text())),
        }
    }
}

/// A number in a path; what is none names nothing.
pub struct Id<T>(pub T);

impl<T> axum::extract::FromRequestParts<Web> for Id<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = Failure;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        web: &Web,
    ) -> Result<Self, Failure> {
        let path = Path::<T>::from_request_parts(parts, web).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Failure::NotFound)
    }
}

/// A field's fault as a failure that names the field.
pub fn field(name: &str) -> impl Fn(&dyn std::fmt::Display) -> Failure {
    let name = name.to_owned();
    move |error| Failure::Unprocessable(format!("{name}: {error}"))
}
