//! Errors of requests: one mapping from the services' errors to HTTP statuses,
//! pages and problem documents (RFC 9457).
//!
//! Handlers return an [`HttpError`]; [`render`] turns it into a page or a
//! problem document. Causes that are for the operator are logged here and
//! never shown.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::account::StoreError;
use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::content::ContentError;
use crate::content::picture::PictureError;
use crate::deliverability::dkim_keys::KeyError;
use crate::delivery::WriteError;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// It does not exist, or the requester may not know that it does.
    #[error("there is nothing at this address")]
    NotFound,
    /// The request is malformed.
    #[error("{0}")]
    BadRequest(String),
    /// Not signed in, or an unknown token.
    #[error("sign in first")]
    Unauthorized,
    /// The role or scope does not allow it.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The current state does not allow it.
    #[error("{0}")]
    Conflict(String),
    /// The request is understood but invalid.
    #[error("{0}")]
    Unprocessable(String),
    /// A field is invalid or unknown.
    #[error("{field}: {detail}")]
    Field {
        /// The field's name as sent.
        field: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Too many requests.
    #[error("too many requests; try again later")]
    TooMany,
    /// A dependency is down or full.
    #[error("this is not available right now; try again in a minute")]
    Unavailable,
    /// A bug; the cause is in the log.
    #[error("something went wrong on our side")]
    Internal,
    /// A status set by the framework: method, length, media type.
    #[error("{1}")]
    Other(u16, String),
}

impl HttpError {
    /// An error of one field.
    pub fn field(name: impl Into<String>, detail: &dyn std::fmt::Display) -> Self {
        Self::Field {
            field: name.into(),
            detail: detail.to_string(),
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            HttpError::NotFound => StatusCode::NOT_FOUND,
            HttpError::BadRequest(_) => StatusCode::BAD_REQUEST,
            HttpError::Unauthorized => StatusCode::UNAUTHORIZED,
            HttpError::Forbidden(_) => StatusCode::FORBIDDEN,
            HttpError::Conflict(_) => StatusCode::CONFLICT,
            HttpError::Unprocessable(_) | HttpError::Field { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            HttpError::TooMany => StatusCode::TOO_MANY_REQUESTS,
            HttpError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            HttpError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            HttpError::Other(status, _) => {
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

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for HttpError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Exists => HttpError::Conflict(error.to_string()),
            StoreError::Dangling => HttpError::Conflict(error.to_string()),
            error if error.is_temporary() => {
                tracing::error!(%error, "the database is not available");
                HttpError::Unavailable
            }
            error => {
                tracing::error!(%error, "the database failed");
                HttpError::Internal
            }
        }
    }
}

impl From<AudienceError> for HttpError {
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
            | AudienceError::AddressSuppressed(_) => HttpError::Conflict(error.to_string()),
            error => HttpError::Unprocessable(error.to_string()),
        }
    }
}

impl From<ContentError> for HttpError {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Store(error) => error.into(),
            ContentError::Render(error) if error.is_temporary() => HttpError::Unavailable,
            ContentError::Exists(_) | ContentError::Overtaken | ContentError::InUse(_) => {
                HttpError::Conflict(error.to_string())
            }
            ContentError::Size | ContentError::Picture(PictureError::TooLarge) => {
                HttpError::Other(413, error.to_string())
            }
            ContentError::Kind
            | ContentError::Picture(PictureError::Broken(_) | PictureError::Notes) => {
                HttpError::Other(415, error.to_string())
            }
            error => HttpError::Unprocessable(error.to_string()),
        }
    }
}

impl From<CampaignError> for HttpError {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::Store(error) => error.into(),
            CampaignError::Content(error) => error.into(),
            CampaignError::NotFound => HttpError::NotFound,
            CampaignError::OwnersLayout => HttpError::Forbidden(
                "only an owner may change this layout: it is used for sign-in mail",
            ),
            CampaignError::Automatic
            | CampaignError::Forbidden(_)
            | CampaignError::NotDraft
            | CampaignError::Started
            | CampaignError::LayoutExists
            | CampaignError::LayoutInUse(_)
            | CampaignError::Overtaken => HttpError::Conflict(error.to_string()),
            CampaignError::Render(error) if error.is_temporary() => HttpError::Unavailable,
            error => HttpError::Unprocessable(error.to_string()),
        }
    }
}

impl From<WriteError> for HttpError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(error) => error.into(),
            WriteError::TooComplex(error) => HttpError::Unprocessable(error.to_string()),
            WriteError::Render(error) if error.is_temporary() => HttpError::Unavailable,
            error => {
                tracing::error!(%error, "a message could not be written, or its keys not be read");
                HttpError::Internal
            }
        }
    }
}

impl From<KeyError> for HttpError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Write(error) => error.into(),
            KeyError::Unknown(..) => HttpError::NotFound,
            error => HttpError::Conflict(error.to_string()),
        }
    }
}

impl From<askama::Error> for HttpError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        HttpError::Internal
    }
}

#[derive(Template)]
#[template(path = "public/error.html")]
struct ErrorPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    status: u16,
    title: String,
    body: String,
    detail: String,
}

/// Renders errors, ours and the framework's, as a page or a problem document.
pub async fn render(
    State(web): State<Web>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    // The text of a failing probe is for the supervisor.
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
        // The router adds the header `Allow` later (RFC 9110 §15.5.6).
        StatusCode::METHOD_NOT_ALLOWED => HttpError::Other(
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
    if failure == HttpError::Unavailable || failure == HttpError::TooMany {
        rendered
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if failure == HttpError::Unauthorized {
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

/// The error that a response carries; the response itself if it is already
/// rendered.
pub async fn of_response(response: Response) -> Result<HttpError, Response> {
    match response.extensions().get::<HttpError>() {
        Some(failure) => Ok(failure.clone()),
        None if is_of_framework(&response) => Ok(framework_failure(response).await),
        None => Err(response),
    }
}

/// The framework's own errors are plain text; our handlers never send that for
/// an error.
fn is_of_framework(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| {
            kind.to_str()
                .is_ok_and(|kind| kind.starts_with("text/plain"))
        })
}

async fn framework_failure(response: Response) -> HttpError {
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 2048)
        .await
        .unwrap_or_default();
    let said = String::from_utf8_lossy(&body).trim().to_owned();
    match status {
        404 => HttpError::NotFound,
        500.. => HttpError::Internal,
        status => HttpError::Other(status, said),
    }
}

fn problem(failure: &HttpError) -> Response {
    let status = failure.status();
    let mut body = serde_json::json!({
        "type": format!("/problems/{}", failure.kind()),
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": failure.to_string(),
    });
    if let HttpError::Field { field, detail } = failure {
        body["errors"] = serde_json::json!([{ "field": field, "detail": detail }]);
    }
    let mut response = Json(body).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn error_page(visitor: Visitor, failure: &HttpError) -> Response {
    let status = failure.status().as_u16();
    let phrases = visitor.phrases();
    let say = |part: &str| {
        phrases
            .try_translate(&format!("error-{status}-{part}"))
            .unwrap_or_else(|| phrases.translate(&format!("error-400-{part}")))
    };
    let detail = match failure {
        HttpError::Conflict(detail) | HttpError::Unprocessable(detail) => detail.clone(),
        HttpError::Forbidden(detail) => (*detail).to_owned(),
        HttpError::Field { .. } => failure.to_string(),
        _ => String::new(),
    };
    let page = ErrorPage {
        title: say("title"),
        body: say("body"),
        visitor,
        phrases,
        // Without the site's name: the database may be down.
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
