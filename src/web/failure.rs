//! What a person or program is told when a request cannot be met: one mapping
//! from errors to pages and problem documents (RFC 9457).
//!
//! Handlers return a [`Failure`]; [`render`] turns it, once, into the shape
//! that the asker reads. What the operator must know is logged here, and never
//! shown to a stranger.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::site::Brand;
use super::{Visitor, Web};
use crate::account::StoreError;
use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::content::ContentError;
use crate::content::picture::PictureError;
use crate::delivery::WriteError;
use crate::delivery::keys::KeyError;
use crate::text::phrases::Phrases;

/// Why a request cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing is there, or nothing that the asker may know of.
    #[error("there is nothing at this address")]
    NotFound,
    /// The request cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// Nobody is signed in, or the token is none of ours.
    #[error("sign in first")]
    Unauthorized,
    /// Who is signed in may not do this.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The state of things forbids it.
    #[error("{0}")]
    Conflict(String),
    /// A field's value cannot be taken.
    #[error("{0}")]
    Unprocessable(String),
    /// One field's value cannot be taken, or the field is not known.
    #[error("{field}: {detail}")]
    Field {
        /// Its name, as the sender wrote it.
        field: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Too many requests.
    #[error("too many requests; try again later")]
    TooMany,
    /// Something we need is away or full.
    #[error("this is not available right now; try again in a minute")]
    Unavailable,
    /// A defect; its cause is in the log.
    #[error("something went wrong on our side")]
    Internal,
    /// A status of the framework: a method, length or media type it refused.
    #[error("{1}")]
    Other(u16, String),
}

impl Failure {
    /// What is wrong with one field.
    pub fn field(name: impl Into<String>, detail: &dyn std::fmt::Display) -> Self {
        Self::Field {
            field: name.into(),
            detail: detail.to_string(),
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::BadRequest(_) => StatusCode::BAD_REQUEST,
            Failure::Unauthorized => StatusCode::UNAUTHORIZED,
            Failure::Forbidden(_) => StatusCode::FORBIDDEN,
            Failure::Conflict(_) => StatusCode::CONFLICT,
            Failure::Unprocessable(_) | Failure::Field { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::Other(status, _) => {
                StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }

    /// The stable name of this kind of problem, for programs.
    fn kind(&self) -> &'static str {
        match self.status().as_u16() {
            400 => "bad-request",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not-found",
            405 => "method-not-allowed",
            406 => "not-acceptable",
            409 => "conflict",
            413 => "too-large",
            415 => "unsupported-media-type",
            422 => "unprocessable",
            429 => "too-many-requests",
            503 => "unavailable",
            status if status < 500 => "bad-request",
            _ => "internal",
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Exists => Failure::Conflict(error.to_string()),
            StoreError::Dangling => Failure::Conflict(error.to_string()),
            error if error.is_temporary() => {
                tracing::error!(%error, "the database is not available");
                Failure::Unavailable
            }
            error => {
                tracing::error!(%error, "the database failed");
                Failure::Internal
            }
        }
    }
}

impl From<AudienceError> for Failure {
    fn from(error: AudienceError) -> Self {
        match error {
            AudienceError::Store(error) => error.into(),
            AudienceError::Exists(_)
            | AudienceError::TagExists(_)
            | AudienceError::Moved
            | AudienceError::InUse(_)
            | AudienceError::SegmentInUse(_)
            | AudienceError::ListInUse(_)
            | AudienceError::ListNotEmpty(_)
            | AudienceError::AddressTaken
            | AudienceError::AddressSuppressed(_) => Failure::Conflict(error.to_string()),
            error => Failure::Unprocessable(error.to_string()),
        }
    }
}

impl From<ContentError> for Failure {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Store(error) => error.into(),
            ContentError::Render(error) if error.is_temporary() => Failure::Unavailable,
            ContentError::Exists(_) | ContentError::Overtaken | ContentError::InUse(_) => {
                Failure::Conflict(error.to_string())
            }
            ContentError::Size | ContentError::Picture(PictureError::TooLarge) => {
                Failure::Other(413, error.to_string())
            }
            ContentError::Kind
            | ContentError::Picture(PictureError::Broken(_) | PictureError::Notes) => {
                Failure::Other(415, error.to_string())
            }
            error => Failure::Unprocessable(error.to_string()),
        }
    }
}

impl From<CampaignError> for Failure {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::Store(error) => error.into(),
            CampaignError::Content(error) => error.into(),
            CampaignError::NotFound => Failure::NotFound,
            CampaignError::OwnersLayout => Failure::Forbidden(
                "only an owner may change this layout: it is used for sign-in mail",
            ),
            CampaignError::Automatic
            | CampaignError::Forbidden(_)
            | CampaignError::NotDraft
            | CampaignError::Started
            | CampaignError::LayoutExists
            | CampaignError::LayoutInUse(_)
            | CampaignError::Overtaken => Failure::Conflict(error.to_string()),
            CampaignError::Render(error) if error.is_temporary() => Failure::Unavailable,
            error => Failure::Unprocessable(error.to_string()),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(error) => error.into(),
            WriteError::TooComplex(error) => Failure::Unprocessable(error.to_string()),
            WriteError::Render(error) if error.is_temporary() => Failure::Unavailable,
            error => {
                tracing::error!(%error, "a message could not be written, or its keys not be read");
                Failure::Internal
            }
        }
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Write(error) => error.into(),
            KeyError::Unknown(..) => Failure::NotFound,
            error => Failure::Conflict(error.to_string()),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        Failure::Internal
    }
}

/// Renders a page.
///
/// # Errors
/// [`Failure::Internal`] where the template fails.
pub fn page(template: &impl Template) -> Result<Html<String>, Failure> {
    Ok(Html(template.render()?))
}

#[derive(Template)]
#[template(path = "site/error.html")]
struct ErrorPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    status: u16,
    title: String,
    body: String,
    detail: String,
}

/// Turns failures, ours and the framework's, into what the asker reads.
pub async fn render(
    State(web): State<Web>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    // A probe's words are for the supervisor that asks.
    let is_probe = request.uri().path().starts_with("/health/");
    let method = request.method().clone();
    let is_head = method == Method::HEAD;
    let response = next.run(request).await;
    let status = response.status();
    let is_fine = !status.is_client_error() && !status.is_server_error();
    if is_fine || is_probe && status == StatusCode::SERVICE_UNAVAILABLE {
        return response;
    }
    let failure = match of_response(response).await {
        Ok(failure) => failure,
        Err(response) => return response,
    };
    let _ = &web;
    let failure = match status {
        // The router adds that header outside of this (RFC 9110 §15.5.6).
        StatusCode::METHOD_NOT_ALLOWED => Failure::Other(
            405,
            format!("{method} is not possible at this address; the header Allow names what is"),
        ),
        _ => failure,
    };
    let mut rendered = match is_api {
        true => problem(&failure),
        false => error_page(visitor, &failure),
    };
    *rendered.status_mut() = failure.status();
    rendered
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if failure == Failure::Unavailable || failure == Failure::TooMany {
        rendered
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if failure == Failure::Unauthorized {
        let challenge = HeaderValue::from_static("Bearer");
        rendered
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    if is_head {
        *rendered.body_mut() = Body::empty();
    }
    rendered
}

/// The failure that a response stands for; the response itself where it is
/// rendered already.
///
/// # Errors
/// The response, as it came.
pub(super) async fn of_response(response: Response) -> Result<Failure, Response> {
    match response.extensions().get::<Failure>() {
        Some(failure) => Ok(failure.clone()),
        None if is_of_framework(&response) => Ok(framework_failure(response).await),
        None => Err(response),
    }
}

/// The framework answers what it refuses in plain text; our handlers never do.
fn is_of_framework(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| {
            kind.to_str()
                .is_ok_and(|kind| kind.starts_with("text/plain"))
        })
}

async fn framework_failure(response: Response) -> Failure {
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 2048)
        .await
        .unwrap_or_default();
    let said = String::from_utf8_lossy(&body).trim().to_owned();
    match status {
        404 => Failure::NotFound,
        500.. => Failure::Internal,
        status => Failure::Other(status, said),
    }
}

fn problem(failure: &Failure) -> Response {
    let status = failure.status();
    let mut body = serde_json::json!({
        "type": format!("/problems/{}", failure.kind()),
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": failure.to_string(),
    });
    if let Failure::Field { field, detail } = failure {
        body["errors"] = serde_json::json!([{ "field": field, "detail": detail }]);
    }
    let mut response = Json(body).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn error_page(visitor: Visitor, failure: &Failure) -> Response {
    let status = failure.status().as_u16();
    let phrases = visitor.phrases();
    let say = |part: &str| {
        phrases
            .try_say(&format!("error-{status}-{part}"))
            .unwrap_or_else(|| phrases.say(&format!("error-400-{part}")))
    };
    let detail = match failure {
        Failure::Conflict(detail) | Failure::Unprocessable(detail) => detail.clone(),
        Failure::Forbidden(detail) => (*detail).to_owned(),
        Failure::Field { .. } => failure.to_string(),
        _ => String::new(),
    };
    let page = ErrorPage {
        title: say("title"),
        body: say("body"),
        visitor,
        phrases,
        // Nameless: the database may be what is away.
        brand: Brand::default(),
        status,
        detail,
    };
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page could not be rendered");
            failure.to_string().into_response()
        }
    }
}
