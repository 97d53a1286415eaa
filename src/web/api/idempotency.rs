//! `Idempotency-Key`: a repeated POST gets the first one's response.
//!
//! The work runs in a task of its own: a client that disconnects, or the time
//! limit of requests, ends the waiting but not the work.

use std::sync::Arc;

use axum::body::{Body, BodyDataStream, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::{FutureExt, StreamExt, stream};
use parking_lot::Mutex;

use crate::account;
use crate::account::idempotency::{Answer, Repeat, RequestDigest, Work, begin};
use crate::model::TokenId;
use crate::web::api::bearer;
use crate::web::http::error::HttpError;
use crate::web::http::problem::ProblemType;
use crate::web::http::upload;
use crate::web::state::Web;

const KEY_LIMIT: usize = 200;
/// Bytes of a body that are read before the work begins, so that it does not
/// depend on the client. Longer bodies are read as they arrive.
const READ_AHEAD: usize = 1024 * 1024;
/// Bytes of a stored response.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// Answers repeated requests from stored responses, and stores first
/// responses.
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
) -> Result<Response, HttpError> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=KEY_LIMIT).contains(&key.len()))
        .ok_or_else(|| {
            HttpError::BadRequest("Idempotency-Key must have 1 to 200 ASCII characters".into())
        })?;
    // Without a token there is no owner for the stored response.
    let Some(token) = bearer::token(request.headers()) else {
        return Ok(next.run(request).await);
    };
    let bearer = account::bearer(&web.cx, &token)
        .await?
        .ok_or(HttpError::Unauthorized)?;
    let (parts, body) = request.into_parts();
    let digest = RequestDigest::new(parts.method.as_str(), &parts.uri.to_string());
    let body = ReadAhead::new(body, digest).await?;
    // From here on nothing is cancelled: a key that was taken is settled.
    let answer = answer(
        web.clone(),
        (bearer.token_id, key.to_owned()),
        axum::http::Request::from_parts(parts, body),
        next,
    );
    // A panic frees the key and is rendered like any other error.
    let answered = tokio::spawn(answer).await;
    answered.map_err(|_| HttpError::Internal)?
}

async fn answer(
    web: Web,
    (token, key): (TokenId, String),
    request: axum::http::Request<ReadAhead>,
    next: Next,
) -> Result<Response, HttpError> {
    let whole = request.body().digest_of_whole();
    match begin(&web.cx, token, &key, whole).await? {
        Repeat::First(work) => {
            let (parts, body) = request.into_parts();
            let (body, digest) = body.into_body();
            run(work, digest, Request::from_parts(parts, body), next).await
        }
        Repeat::Answered(answer) => {
            if answer.is_to(&request.into_body().into_digest().await?) {
                Ok(replayed(answer))
            } else {
                Err(other_request())
            }
        }
        Repeat::UnderWay => Err(HttpError::problem(
            ProblemType::RequestInProgress,
            "the first request is still in progress; try again in a few seconds",
        )),
        Repeat::OtherRequest => Err(other_request()),
    }
}

fn other_request() -> HttpError {
    HttpError::problem(
        ProblemType::IdempotencyKeyReused,
        "this Idempotency-Key was used for another request",
    )
}

fn replayed(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
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
    (status, headers, answer.body).into_response()
}

/// Does the work and stores its response. An error frees the key, so that the
/// caller can correct the request.
async fn run(
    work: Work,
    digest: SharedDigest,
    request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let answered = std::panic::AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .await;
    let Ok(response) = answered else {
        work.settle(&digest.read(), None).await?;
        return Err(HttpError::Internal);
    };
    if !response.status().is_success() {
        work.settle(&digest.read(), None).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_LIMIT)
        .await
        .map_err(|_| HttpError::Internal)?;
    let text = String::from_utf8_lossy(&body);
    let answer = Some((parts.status.as_u16(), text.as_ref()));
    work.settle(&digest.read(), answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The digest of a request whose body is read elsewhere.
#[derive(Clone)]
struct SharedDigest(Arc<Mutex<RequestDigest>>);

impl SharedDigest {
    fn update(&self, bytes: &[u8]) {
        let mut digest = self.0.lock();
        digest.update(bytes);
    }

    fn read(&self) -> RequestDigest {
        let digest = self.0.lock();
        digest.clone()
    }
}

/// A body that was read to its end, or up to a limit.
struct ReadAhead {
    chunks: Vec<Bytes>,
    /// The unread rest; `None` at the end of the body.
    rest: Option<BodyDataStream>,
    digest: RequestDigest,
}

impl ReadAhead {
    async fn new(body: Body, digest: RequestDigest) -> Result<Self, HttpError> {
        let mut read = Self {
            chunks: Vec::new(),
            rest: None,
            digest,
        };
        let mut stream = body.into_data_stream();
        let mut length = 0;
        while length <= READ_AHEAD {
            let Some(chunk) = stream.next().await else {
                return Ok(read);
            };
            let chunk = chunk.map_err(|_| broken())?;
            length += chunk.len();
            read.digest.update(&chunk);
            read.chunks.push(chunk);
        }
        read.rest = Some(stream);
        Ok(read)
    }

    fn digest_of_whole(&self) -> Option<&RequestDigest> {
        self.rest.is_none().then_some(&self.digest)
    }

    /// Reads the rest and drops it.
    async fn into_digest(mut self) -> Result<RequestDigest, HttpError> {
        let mut length = 0;
        if let Some(mut rest) = self.rest {
            while let Some(chunk) = rest.next().await {
                let chunk = chunk.map_err(|_| broken())?;
                length += chunk.len();
                if length > upload::BODY_LIMIT {
                    return Err(HttpError::Other(413, "the body is too large".into()));
                }
                self.digest.update(&chunk);
            }
        }
        Ok(self.digest)
    }

    /// The whole body; the digest is updated as its rest is read.
    fn into_body(self) -> (Body, SharedDigest) {
        let digest = SharedDigest(Arc::new(Mutex::new(self.digest)));
        let Some(rest) = self.rest else {
            return (Body::from(self.chunks.concat()), digest);
        };
        let growing = digest.clone();
        let read = stream::iter(self.chunks.into_iter().map(Ok));
        let rest = rest.inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                growing.update(chunk);
            }
        });
        (Body::from_stream(read.chain(rest)), digest)
    }
}

fn broken() -> HttpError {
    HttpError::BadRequest("the body cannot be read to its end".into())
}
