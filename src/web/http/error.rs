//! Errors of requests: one mapping from the services' errors to HTTP statuses and types of
//! problem documents (RFC 9457).
//!
//! Handlers return an [`HttpError`]; [`error_response`](super::error_response) turns it
//! into a page or a problem document. Causes that are for the operator are logged here
//! and never shown.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::account::StoreError;
use crate::audience::AudienceError;
use crate::campaign::CampaignError;
use crate::campaign::inspection::InspectionError;
use crate::comments::CommentError;
use crate::content::ContentError;
use crate::content::feeds::FeedError;
use crate::content::picture::PictureError;
use crate::deliverability::dkim_keys::KeyError;
use crate::delivery::WriteError;
use crate::import::ImportError;
use crate::post_import::PostImportError;
use crate::render::RenderError;
use crate::series::SeriesError;
use crate::tabular::ReadError;
use crate::transactional::address_change::AskError;
use crate::transactional::email_templates::EmailTemplateError;
use crate::web::http::problem::ProblemType;

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
    /// Another change was made at the same moment; the request can be made once more, which
    /// [`retry`](super::retry) does.
    #[error("another change was made at the same moment; try again in a minute")]
    Deadlock,
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
            HttpError::Deadlock | HttpError::Unavailable => ProblemType::Unavailable,
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
            StoreError::Deadlock(_) => {
                tracing::warn!(%error, "a request met another");
                HttpError::Deadlock
            }
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
            AudienceError::StaysAway(_) => ProblemType::StaysUnsubscribed,
            AudienceError::Erased => ProblemType::AddressErased,
            AudienceError::InUse(_)
            | AudienceError::SegmentInUse(_)
            | AudienceError::SegmentInSeries(_)
            | AudienceError::ListInSeries(_)
            | AudienceError::ListInStep(_)
            | AudienceError::ListInUse(_)
            | AudienceError::ListNotEmpty(_) => ProblemType::InUse,
            AudienceError::AddressSuppressed(_) => ProblemType::AddressSuppressed,
            AudienceError::UnknownList(_) | AudienceError::NoList => ProblemType::UnknownReference,
            _ => ProblemType::ValidationFailed,
        };
        HttpError::problem(kind, error)
    }
}

impl From<ImportError> for HttpError {
    fn from(error: ImportError) -> Self {
        let kind = match error {
            ImportError::Store(error) => return error.into(),
            ImportError::Audience(error) => return error.into(),
            ImportError::Spool(_) | ImportError::Again => return HttpError::Unavailable,
            ImportError::File(ReadError::TooLarge { .. }) => ProblemType::TooLarge,
            ImportError::File(ReadError::OtherFormat { .. } | ReadError::NoTable) => {
                ProblemType::UnsupportedMediaType
            }
            ImportError::File(_) | ImportError::Mapping(_) => ProblemType::ValidationFailed,
            ImportError::Moved | ImportError::TooLate => ProblemType::EditConflict,
        };
        HttpError::problem(kind, error)
    }
}

impl From<PostImportError> for HttpError {
    fn from(error: PostImportError) -> Self {
        let kind = match error {
            PostImportError::Store(error) => return error.into(),
            PostImportError::Content(error) => return error.into(),
            PostImportError::TooLarge | PostImportError::UnpacksToTooMuch => ProblemType::TooLarge,
            PostImportError::Unknown => ProblemType::UnsupportedMediaType,
            PostImportError::Moved => ProblemType::EditConflict,
            PostImportError::Client(error) => {
                tracing::error!(%error, "pictures cannot be fetched");
                return HttpError::Internal;
            }
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
            ContentError::Unconfirmed(_) => ProblemType::ConfirmationRequired,
            ContentError::Snippet { .. } => return HttpError::field("texts", &error),
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

/// Of work that is only for looking at: nothing was wrong with what was asked.
impl From<RenderError> for HttpError {
    fn from(_: RenderError) -> Self {
        HttpError::Unavailable
    }
}

impl From<InspectionError> for HttpError {
    fn from(error: InspectionError) -> Self {
        match error {
            InspectionError::Store(error) => error.into(),
            InspectionError::Render(error) => error.into(),
        }
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
            | CampaignError::OfSeries
            | CampaignError::Forbidden(_)
            | CampaignError::NotDraft
            | CampaignError::NothingNew
            | CampaignError::NotSeen
            | CampaignError::CalendarUpToDate
            | CampaignError::AbTestOver
            | CampaignError::Started => ProblemType::StateConflict,
            CampaignError::NotApproved => ProblemType::ApprovalRequired,
            CampaignError::NotRequested | CampaignError::NoApprovalNeeded => {
                ProblemType::StateConflict
            }
            CampaignError::OwnApproval => {
                return HttpError::Forbidden(
                    "another person must approve it than who asks for it or has changed it last",
                );
            }
            CampaignError::LayoutExists
            | CampaignError::SegmentExists
            | CampaignError::RecurringExists
            | CampaignError::TemplateExists => ProblemType::AlreadyExists,
            CampaignError::LayoutInUse(_) => ProblemType::InUse,
            CampaignError::Overtaken => ProblemType::EditConflict,
            CampaignError::UnknownPost(_)
            | CampaignError::UnknownList(_)
            | CampaignError::UnknownLayout(_)
            | CampaignError::UnknownFile(_)
            | CampaignError::UnknownEvent(_)
            | CampaignError::NotInCalendar
            | CampaignError::UnknownTemplate(_)
            | CampaignError::UnknownFeed(_)
            | CampaignError::NoSource
            | CampaignError::NoAbTest
            | CampaignError::UnknownSegment => ProblemType::UnknownReference,
            CampaignError::Preflight(_) | CampaignError::Gap(_) => ProblemType::PreflightFailed,
            CampaignError::TestLimit { .. } => ProblemType::TooManyRequests,
            CampaignError::TooComplex(_) => ProblemType::TooComplex,
            _ => ProblemType::ValidationFailed,
        };
        HttpError::problem(kind, error)
    }
}

impl From<FeedError> for HttpError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Store(error) => error.into(),
            FeedError::NotFound => HttpError::NotFound,
            FeedError::Exists => HttpError::problem(ProblemType::AlreadyExists, error),
            FeedError::Render(error) if error.is_temporary() => HttpError::Unavailable,
            error => HttpError::field("url", &error),
        }
    }
}

impl From<SeriesError> for HttpError {
    fn from(error: SeriesError) -> Self {
        let kind = match error {
            SeriesError::Store(error) => return error.into(),
            SeriesError::Campaign(error) => return error.into(),
            SeriesError::Audience(error) => return error.into(),
            SeriesError::NotFound => return HttpError::NotFound,
            SeriesError::Email { .. } if error.is_temporary() => return HttpError::Unavailable,
            SeriesError::Email { .. } | SeriesError::Gap { .. } | SeriesError::PostGone(..) => {
                ProblemType::PreflightFailed
            }
            SeriesError::OwnStart => {
                return HttpError::Forbidden(
                    "another person must start or resume this series than who has changed it last",
                );
            }
            SeriesError::Exists => ProblemType::AlreadyExists,
            SeriesError::Overtaken => ProblemType::EditConflict,
            SeriesError::Forbidden(_)
            | SeriesError::Over
            | SeriesError::KeepsList
            | SeriesError::NotOver
            | SeriesError::LetsNobodyIn
            | SeriesError::CannotEnter
            | SeriesError::Closed(_)
            | SeriesError::NotReady(_)
            | SeriesError::NoSuchTime(_) => ProblemType::StateConflict,
            SeriesError::UnknownList(_)
            | SeriesError::EventGone(_)
            | SeriesError::UnknownSegment
            | SeriesError::UnknownLayout(_)
            | SeriesError::UnknownUser(_)
            | SeriesError::UnknownSubscriber => ProblemType::UnknownReference,
            SeriesError::Step(_) | SeriesError::From(_) | SeriesError::NoEmail => {
                ProblemType::ValidationFailed
            }
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

impl From<CommentError> for HttpError {
    fn from(error: CommentError) -> Self {
        match error {
            CommentError::Store(error) => error.into(),
            CommentError::NotFound => HttpError::NotFound,
            CommentError::Changed => HttpError::problem(ProblemType::EditConflict, error),
            error => HttpError::Unprocessable(error.to_string()),
        }
    }
}

impl From<EmailTemplateError> for HttpError {
    fn from(error: EmailTemplateError) -> Self {
        match error {
            EmailTemplateError::Store(error) => error.into(),
            // As the API names it.
            EmailTemplateError::Field {
                field: "body",
                error,
            } => Self::field("body_markdown", &error),
            EmailTemplateError::Field { field, error } => Self::field(field, &error),
            EmailTemplateError::Write(error @ WriteError::Store(_)) => error.into(),
            EmailTemplateError::Write(error) if error.is_temporary() => error.into(),
            EmailTemplateError::Test(error) => error.into(),
            EmailTemplateError::Write(error) => Self::Unprocessable(error.to_string()),
        }
    }
}

impl From<WriteError> for HttpError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(error) => error.into(),
            WriteError::Campaign(
                error @ (CampaignError::TestSuppressed(_) | CampaignError::TestLimit { .. }),
            ) => error.into(),
            WriteError::Campaign(error) if error.is_temporary() => error.into(),
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
