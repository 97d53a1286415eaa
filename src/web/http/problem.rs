//! The `type` of problem documents (RFC 9457): one stable name for each kind of
//! error, whatever its text. `docs/api.md` lists them.

use axum::http::StatusCode;

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident = $status:ident, $name:literal;)+) => {
        /// A kind of error, for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemType {
            $($(#[$doc])* $variant,)+
        }

        impl ProblemType {
            /// Every kind.
            pub const ALL: &[ProblemType] = &[$(ProblemType::$variant),+];

            /// The last part of the `type`.
            pub fn name(self) -> &'static str {
                match self {
                    $(ProblemType::$variant => $name,)+
                }
            }

            /// The status of responses with this type.
            pub fn status(self) -> StatusCode {
                match self {
                    $(ProblemType::$variant => StatusCode::$status,)+
                }
            }
        }
    };
}

problems! {
    /// The request is malformed.
    BadRequest = BAD_REQUEST, "bad-request";
    /// The bearer token is missing or unknown.
    Unauthorized = UNAUTHORIZED, "unauthorized";
    /// The user's role does not allow it.
    Forbidden = FORBIDDEN, "forbidden";
    /// The token's scopes do not include the call.
    InsufficientScope = FORBIDDEN, "insufficient-scope";
    /// The site that sent the form is not allowed to.
    OriginNotAllowed = FORBIDDEN, "origin-not-allowed";
    /// It does not exist.
    NotFound = NOT_FOUND, "not-found";
    /// The path does not support the method.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method-not-allowed";
    /// No representation matches `Accept`.
    NotAcceptable = NOT_ACCEPTABLE, "not-acceptable";
    /// The current state does not allow it.
    Conflict = CONFLICT, "conflict";
    /// The state of the campaign does not allow it.
    StateConflict = CONFLICT, "state-conflict";
    /// Another person must approve the campaign first.
    ApprovalRequired = CONFLICT, "approval-required";
    /// The name, slug or address is taken.
    AlreadyExists = CONFLICT, "already-exists";
    /// Something else still needs it.
    InUse = CONFLICT, "in-use";
    /// A campaign that is scheduled or approved would change; repeat it with `confirm=true`.
    ConfirmationRequired = CONFLICT, "confirmation-required";
    /// It has changed since it was read.
    EditConflict = CONFLICT, "edit-conflict";
    /// The address is suppressed.
    AddressSuppressed = CONFLICT, "address-suppressed";
    /// The person left or is suppressed, and no reason to subscribe them was given.
    StaysUnsubscribed = CONFLICT, "stays-unsubscribed";
    /// The owner of the address had their data erased, and no reason to add it was given.
    AddressErased = CONFLICT, "address-erased";
    /// The first request with this key is still in progress.
    RequestInProgress = CONFLICT, "request-in-progress";
    /// The body is too large.
    TooLarge = PAYLOAD_TOO_LARGE, "too-large";
    /// The body or file has an unsupported type.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type";
    /// The request is understood but invalid.
    ValidationFailed = UNPROCESSABLE_ENTITY, "validation-failed";
    /// A field or parameter is invalid or unknown; `errors` names it.
    InvalidField = UNPROCESSABLE_ENTITY, "invalid-field";
    /// A list, post, event, layout or segment that the request names does not exist.
    UnknownReference = UNPROCESSABLE_ENTITY, "unknown-reference";
    /// The checks before the start of a campaign failed.
    PreflightFailed = UNPROCESSABLE_ENTITY, "preflight-failed";
    /// The content is too deep, too long or too slow to render.
    TooComplex = UNPROCESSABLE_ENTITY, "too-complex";
    /// The idempotency key was used for another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY, "idempotency-key-reused";
    /// The site requires proof of work.
    ProofOfWorkRequired = UNPROCESSABLE_ENTITY, "proof-of-work-required";
    /// Too many requests.
    TooManyRequests = TOO_MANY_REQUESTS, "too-many-requests";
    /// A dependency is down or full.
    Unavailable = SERVICE_UNAVAILABLE, "unavailable";
    /// A bug.
    Internal = INTERNAL_SERVER_ERROR, "internal";
}

impl ProblemType {
    /// The type for a status that the framework has set.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => ProblemType::Unauthorized,
            403 => ProblemType::Forbidden,
            404 => ProblemType::NotFound,
            405 => ProblemType::MethodNotAllowed,
            406 => ProblemType::NotAcceptable,
            409 => ProblemType::Conflict,
            413 => ProblemType::TooLarge,
            415 => ProblemType::UnsupportedMediaType,
            422 => ProblemType::ValidationFailed,
            429 => ProblemType::TooManyRequests,
            503 => ProblemType::Unavailable,
            status if status < 500 => ProblemType::BadRequest,
            _ => ProblemType::Internal,
        }
    }

    /// The `type` of a problem document.
    pub fn uri(self) -> String {
        format!("/problems/{}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemType;

    #[test]
    fn the_manual_lists_every_type_with_its_status() {
        let manual = include_str!("../../../docs/api.md");
        for problem in ProblemType::ALL {
            let row = format!("| `{}` | {} |", problem.name(), problem.status().as_u16());
            assert!(manual.contains(&row), "docs/api.md has no row {row}");
        }
    }
}
