//! Path parameters.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A path parameter; one that does not parse is not found.
pub struct PathParam<T>(pub T);

impl<T> FromRequestParts<Web> for PathParam<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let path = Path::<T>::from_request_parts(parts, web).await;
        path.map(|Path(value)| Self(value))
            .map_err(|_| HttpError::NotFound)
    }
}
