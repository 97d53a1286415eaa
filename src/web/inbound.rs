//! Webhooks of email providers: bounces and complaints.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use crate::inbound::provider::{self, Call, CallError, Https};
use crate::inbound::{InboundError, process_all};
use crate::model::feedback::Source;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

pub(super) fn router() -> Router<Web> {
    Router::new().route("/inbound/{provider}", post(report))
}

async fn report(
    State(web): State<Web>,
    PathParam(source): PathParam<Source>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, HttpError> {
    let limit = provider::size_limit(&web.cx, source)?;
    let too_large = |_| HttpError::Other(413, format!("the report is larger than {limit} bytes"));
    let body = to_bytes(body, limit).await.map_err(too_large)?;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let call = Call {
        header: &header,
        body: &body,
    };
    let reports = provider::open(&web.cx, source, &call, &Https).await?;
    process_all(&web.cx, &reports).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<CallError> for HttpError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unknown => HttpError::NotFound,
            CallError::Forged => HttpError::Unauthorized,
            CallError::Malformed(_) => HttpError::BadRequest(error.to_string()),
            CallError::Store(error) => error.into(),
            CallError::Fetch(cause) => {
                tracing::error!(cause, "a provider's report cannot be checked");
                HttpError::Unavailable
            }
        }
    }
}

impl From<InboundError> for HttpError {
    fn from(error: InboundError) -> Self {
        match error {
            InboundError::Store(error) => error.into(),
            InboundError::Audience(error) => error.into(),
            InboundError::Campaign(error) => error.into(),
        }
    }
}
