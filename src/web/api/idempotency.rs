//! `Idempotency-Key`: a POST that is sent again gives the first one's answer.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::bearer;
use crate::account::{self, Repeat};
use crate::model::TokenId;
use crate::web::{Failure, Web};

const KEY_LIMIT: usize = 200;
const BODY_LIMIT: usize = 1024 * 1024;

/// Answers repeats from what was kept, and keeps first answers.
pub async fn repeat(State(web): State<Web>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").cloned();
    match key {
        Some(key) if request.method() == Method::POST => with_key(&web, key, request, next)
            .await
            .unwrap_or_else(IntoResponse::into_response),
        _ => next.run(request).await,
    }
}

async fn with_key(
    web: &Web,
    key: HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=KEY_LIMIT).contains(&key.len()))
        .ok_or_else(|| {
            Failure::BadRequest("Idempotency-Key must have 1 to 200 ASCII characters".into())
        })?;
    // Without a token there is nobody to keep an answer for.
    let Some(token) = bearer::token(request.headers()) else {
        return Ok(next.run(request).await);
    };
    let bearer = account::bearer(&web.cx, &token)
        .await?
        .ok_or(Failure::Unauthorized)?;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Failure::Other(413, "the body is too large".into()))?;
    let address = parts.uri.to_string();
    let identity = [parts.method.as_str().as_bytes(), address.as_bytes(), &body];
    let token = bearer.token_id;
    match account::begin(&web.cx, token, key, &identity.join(&b'\n')).await? {
        Repeat::First => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            keep(web, token, key, response).await
        }
        Repeat::Answered(status, body) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/json"),
                ),
                (
                    header::HeaderName::from_static("idempotency-replayed"),
                    HeaderValue::from_static("true"),
                ),
            ];
            Ok((status, headers, body).into_response())
        }
        Repeat::UnderWay => Err(Failure::Conflict(
            "the first request is still under way".into(),
        )),
        Repeat::OtherRequest => Err(Failure::Unprocessable(
            "this Idempotency-Key was used for another request".into(),
        )),
    }
}

/// Keeps a success. A failure frees the key: the caller mends and sends again.
async fn keep(
    web: &Web,
    token: TokenId,
    key: &str,
    response: Response,
) -> Result<Response, Failure> {
    if !response.status().is_success() {
        account::settle(&web.cx, token, key, None).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Failure::Internal)?;
    let text = String::from_utf8_lossy(&body);
    account::settle(&web.cx, token, key, Some((parts.status.as_u16(), &text))).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}
