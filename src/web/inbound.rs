//! Where mail providers report bounces and complaints.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::{Failure, Web};
use crate::feedback::provider::{self, Call, CallError, Https};
use crate::feedback::{FeedbackError, take_all};
use crate::model::feedback::Source;

pub(super) fn router() -> Router<Web> {
    Router::new().route("/inbound/{provider}", post(report))
}

async fn report(
    State(web): State<Web>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Failure> {
    let source: Source = name.parse().map_err(|_| Failure::NotFound)?;
    let limit = provider::size_limit(&web.cx, source)?;
    let too_large = |_| Failure::Other(413, format!("the report is larger than {limit} bytes"));
    let body = to_bytes(body, limit).await.map_err(too_large)?;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let call = Call {
        header: &header,
        body: &body,
    };
    let reports = provider::open(&web.cx, source, &call, &Https).await?;
    take_all(&web.cx, &reports).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unknown => Failure::NotFound,
            CallError::Forged => Failure::Unauthorized,
            CallError::Malformed(_) => Failure::BadRequest(error.to_string()),
            CallError::Store(error) => error.into(),
            CallError::Fetch(cause) => {
                tracing::error!(cause, "a provider's report cannot be checked");
                Failure::Unavailable
            }
        }
    }
}

impl From<FeedbackError> for Failure {
    fn from(error: FeedbackError) -> Self {
        match error {
            FeedbackError::Store(error) => error.into(),
            FeedbackError::Audience(error) => error.into(),
            FeedbackError::Campaign(error) => error.into(),
        }
    }
}
