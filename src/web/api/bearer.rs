//! Callers of the API: bearer tokens (RFC 6750), their scopes and roles.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::account::audit;
use crate::account::{self, Secret};
use crate::model::audit::{Actor, AuditAction};
use crate::model::scope::{Access, Resource};
use crate::store::accounts::Bearer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A caller whose token and role allow this call.
pub struct Caller(pub Bearer);

impl Caller {
    /// The user as the audit log records them.
    pub fn actor(&self) -> Actor {
        Actor::User(self.0.email.clone())
    }

    /// The user's address.
    pub fn name(&self) -> &str {
        self.0.email.as_str()
    }

    /// Lets editors and owners read many people's addresses at once, as an
    /// export does, and notes that they did.
    pub async fn may_export(&self, web: &Web, what: &str) -> Result<(), HttpError> {
        if !self.0.role.may_edit() {
            return Err(HttpError::Forbidden(
                "this token's user may not read many people's addresses at once",
            ));
        }
        // The pages of one export are one audit entry.
        let reading = format!("{} reads {what}", self.0.token_id);
        if web.limits.first_use(&reading) {
            let subject = format!("{what} by token {}", self.0.token_id);
            audit::record_access(
                &web.cx,
                &self.actor(),
                AuditAction::SubscribersRead,
                &subject,
            )
            .await?;
        }
        Ok(())
    }
}

/// What a request needs: the resource, and whether it changes something.
pub fn need(parts: &Parts) -> (Option<Resource>, Access) {
    let path = parts.extensions.get::<MatchedPath>();
    let path = path.map_or_else(|| parts.uri.path(), MatchedPath::as_str);
    let access = match parts.method {
        Method::GET | Method::HEAD => Access::Read,
        _ => Access::Write,
    };
    (Resource::of_path(path), access)
}

impl FromRequestParts<Web> for Caller {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let token = token(&parts.headers).ok_or(HttpError::Unauthorized)?;
        let bearer = account::bearer(&web.cx, &token)
            .await?
            .ok_or(HttpError::Unauthorized)?;
        let (resource, access) = need(parts);
        if !bearer.scopes.permit(resource, access) {
            return Err(HttpError::Forbidden(match bearer.scopes.only_read() {
                true if access == Access::Write => "this token may only read",
                _ => "this token's scopes do not include this call",
            }));
        }
        if access == Access::Write && !bearer.role.may_edit() {
            return Err(HttpError::Forbidden("this token's user can only view"));
        }
        Ok(Self(bearer))
    }
}

/// The bearer token of a request.
pub fn token(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Secret::given(token.trim()))
}
