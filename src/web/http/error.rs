//! Errors of requests: one mapping from the services' errors to HTTP statuses,
//! pages and problem documents (RFC 9457).
//!
//! Handlers return an [`HttpError`]; [`render`] turns it into a page or a
//! problem document. Causes that are for the operator are logged here and
//! never shown.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::Request;
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
use crate::transactional::address_change::AskError;
use crate::web::brand::Brand;
use crate::web::http::problem::ProblemType;
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
    /// An error with a type of its own.
    #[error("{1}")]
    Problem(ProblemType, String),
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

    /// An error with a type of its own.
    pub fn problem(kind: ProblemType, detail: impl std::fmt::Display) -> Self {
        Self::Problem(kind, detail.to_string())
    }

    pub fn status(&self) -> StatusCode {
        match self {
            HttpError::Other(status, _) => {
                StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            error => error.kind().status(),
        }
    }

    /// The type of the problem document.
    pub fn kind(&self) -> ProblemType {
        match self {
            HttpError::NotFound => ProblemType::NotFound,
            HttpError::BadRequest(_) => ProblemType::BadRequest,
            HttpError::Unauthorized => ProblemType::Unauthorized,
            HttpError::Forbidden(_) => ProblemType::Forbidden,
            HttpError::Conflict(_) => ProblemType::Conflict,
            HttpError::Unprocessable(_) => ProblemType::ValidationFailed,
            HttpError::Field { .. } => ProblemType::InvalidField,
            HttpError::Problem(kind, _) => *kind,
            HttpError::TooMany => ProblemType::TooManyRequests,
            HttpError::Unavailable => ProblemType::Unavailable,
            HttpError::Internal => ProblemType::Internal,
            HttpError::Other(status, _) => ProblemType::of_status(*status),
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
            StoreError::Exists => HttpError::problem(ProblemType::AlreadyExists, error),
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
        let kind = match error {
            AudienceError::Store(error) => return error.into(),
            AudienceError::Exists(_)
            | AudienceError::TagExists(_)
            | AudienceError::AddressTaken => ProblemType::AlreadyExists,
            AudienceError::Moved => ProblemType::EditConflict,
            AudienceError::InUse(_)
            | AudienceError::SegmentInUse(_)
            | AudienceError::ListInUse(_)
            | AudienceError::ListNotEmpty(_) => ProblemType::InUse,
            AudienceError::AddressSuppressed(_) => ProblemType::AddressSuppressed,
            AudienceError::UnknownList(_) | AudienceError::NoList => ProblemType::UnknownReference,
            _ => ProblemType::ValidationFailed,
        };
        HttpError::problem(kind, error)
    }
}

impl From<ContentError> for HttpError {
    fn from(error: ContentError) -> Self {
        let kind = match error {
            ContentError::Store(error) => return error.into(),
            ContentError::Render(error) if error.is_temporary() => return HttpError::Unavailable,
            ContentError::Exists(_) => ProblemType::AlreadyExists,
            ContentError::Overtaken => ProblemType::EditConflict,
            ContentError::InUse(_) => ProblemType::InUse,
            ContentError::Size | ContentError::Picture(PictureError::TooLarge) => {
                ProblemType::TooLarge
            }
            ContentError::Kind
            | ContentError::Picture(PictureError::Broken(_) | PictureError::Notes) => {
                ProblemType::UnsupportedMediaType
            }
            ContentError::TooComplex(_) => ProblemType::TooComplex,
            _ => ProblemType::ValidationFailed,
        };
        HttpError::problem(kind, error)
    }
}

impl From<CampaignError> for HttpError {
    fn from(error: CampaignError) -> Self {
        let kind = match error {
            CampaignError::Store(error) => return error.into(),
            CampaignError::Content(error) => return error.into(),
            CampaignError::NotFound => return HttpError::NotFound,
            CampaignError::OwnersLayout => {
                return HttpError::Forbidden(
                    "only an owner may change this layout: it is used for sign-in mail",
                );
            }
            CampaignError::Render(error) if error.is_temporary() => return HttpError::Unavailable,
            CampaignError::Automatic
            | CampaignError::Forbidden(_)
            | CampaignError::NotDraft
            | CampaignError::Started => ProblemType::StateConflict,
            CampaignError::LayoutExists => ProblemType::AlreadyExists,
            CampaignError::LayoutInUse(_) => ProblemType::InUse,
            CampaignError::Overtaken => ProblemType::EditConflict,
            CampaignError::UnknownPost(_)
            | CampaignError::UnknownList(_)
            | CampaignError::UnknownLayout(_)
            | CampaignError::UnknownEvent(_)
            | CampaignError::UnknownSegment => ProblemType::UnknownReference,
            CampaignError::Preflight(_) => ProblemType::PreflightFailed,
            CampaignError::TooComplex(_) => ProblemType::TooComplex,
            _ => ProblemType::ValidationFailed,
        };
        HttpError::problem(kind, error)
    }
}

impl From<AskError> for HttpError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Audience(error) => error.into(),
            AskError::Write(error) => error.into(),
        }
    }
}

impl From<WriteError> for HttpError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(error) => error.into(),
            WriteError::TooComplex(error) => HttpError::problem(ProblemType::TooComplex, error),
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
            error => HttpError::problem(ProblemType::StateConflict, error),
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
pub async fn render(visitor: Visitor, request: Request, next: Next) -> Response {
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
    let error = match of_response(response).await {
        Ok(error) => error,
        Err(response) => return response,
    };
    let error = match status {
        // The router adds the header `Allow` later (RFC 9110 §15.5.6).
        StatusCode::METHOD_NOT_ALLOWED => HttpError::Other(
            405,
            format!("{method} is not possible at this address; the header Allow names what is"),
        ),
        _ => error,
    };
    let mut rendered = if is_api {
        problem_document(&error)
    } else {
        error_page(visitor, &error)
    };
    *rendered.status_mut() = error.status();
    rendered
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if error == HttpError::Unavailable || error == HttpError::TooMany {
        rendered
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if error == HttpError::Unauthorized {
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
        Some(error) => Ok(error.clone()),
        None if is_of_framework(&response) => Ok(framework_error(response).await),
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

async fn framework_error(response: Response) -> HttpError {
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 2048)
        .await
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&body).trim().to_owned();
    match status {
        404 => HttpError::NotFound,
        500.. => HttpError::Internal,
        status => HttpError::Other(status, text),
    }
}

fn problem_document(error: &HttpError) -> Response {
    let status = error.status();
    let mut body = serde_json::json!({
        "type": error.kind().uri(),
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": error.to_string(),
    });
    if let HttpError::Field { field, detail } = error {
        body["errors"] = serde_json::json!([{ "field": field, "detail": detail }]);
    }
    let mut response = Json(body).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn error_page(visitor: Visitor, error: &HttpError) -> Response {
    let status = error.status().as_u16();
    let phrases = visitor.phrases();
    let text = |part: &str| {
        phrases
            .try_translate(&format!("error-{status}-{part}"))
            .unwrap_or_else(|| phrases.translate(&format!("error-400-{part}")))
    };
    let detail = match error {
        HttpError::Conflict(detail)
        | HttpError::Unprocessable(detail)
        | HttpError::Problem(_, detail) => detail.clone(),
        HttpError::Forbidden(detail) => (*detail).to_owned(),
        HttpError::Field { .. } => error.to_string(),
        _ => String::new(),
    };
    let page = ErrorPage {
        title: text("title"),
        body: text("body"),
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
            error.to_string().into_response()
        }
    }
}
