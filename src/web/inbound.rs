//! Where mail providers report bounces and complaints.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::{Failure, Web};
use crate::feedback::provider::{self, Call, CallError, Https};
use crate::feedback::{FeedbackError, take};
use crate::model::feedback::Source;

pub(super) fn router() -> Router<Web> {
    Router::new().route("/inbound/{provider}", post(report))
}

async fn report(
    State(web): State<Web>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let source: Source = name.parse().map_err(|_| Failure::NotFound)?;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let call = Call {
        header: &header,
        body: &body,
    };
    for report in provider::open(&web.cx, source, &call, &Https).await? {
        take(&web.cx, &report).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unknown => Failure::NotFound,
            CallError::Forged => Failure::Unauthorized,
            CallError::Malformed(_) => Failure::BadRequest(error.to_string()),
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
