//! Callers of the API: bearer tokens (RFC 6750), their scopes and roles.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::account::audit;
use crate::account::{self, Secret};
use crate::model::audit::{Actor, AuditAccess};
use crate::model::list_access::ListAccess;
use crate::model::scope::{Access, Resource};
use crate::store::accounts::Bearer;
use crate::web::http::error::HttpError;
use crate::web::http::problem::ProblemType;
use crate::web::list_limits;
use crate::web::state::Web;

/// A caller whose token and role allow this call, and the lists that its user reaches.
pub struct Caller(pub Bearer, pub ListAccess);

impl Caller {
    /// The user as the audit log records them.
    pub fn actor(&self) -> Actor {
        Actor::User(self.0.email.clone())
    }

    /// Whether the token's scopes include calls of a resource besides that of this call.
    pub fn may(&self, resource: Resource, access: Access) -> bool {
        self.0.scopes.permit(Some(resource), access)
    }

    /// Refuses a token without it. `why` says what for.
    ///
    /// # Errors
    /// A problem of the type `insufficient-scope`.
    pub fn require(
        &self,
        resource: Resource,
        access: Access,
        why: &'static str,
    ) -> Result<(), HttpError> {
        if self.may(resource, access) {
            Ok(())
        } else {
            Err(HttpError::problem(ProblemType::InsufficientScope, why))
        }
    }

    /// The user's address.
    pub fn name(&self) -> &str {
        self.0.email.as_str()
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
        Self::permitted(web, bearer, parts).await
    }
}

impl Caller {
    /// The holder of a token, where token and role allow this call.
    pub async fn permitted(
        web: &Web,
        bearer: Bearer,
        parts: &mut Parts,
    ) -> Result<Self, HttpError> {
        let (resource, access) = need(parts);
        if !bearer.scopes.permit(resource, access) {
            let why = if bearer.scopes.only_read() && access == Access::Write {
                "this token may only read"
            } else {
                "this token's scopes do not include this call"
            };
            return Err(HttpError::problem(ProblemType::InsufficientScope, why));
        }
        // What a user has read changes nothing for others.
        let is_own = resource == Some(Resource::Notifications);
        if access == Access::Write && !is_own && !bearer.role.may_edit() {
            return Err(HttpError::Forbidden("this token's user can only view"));
        }
        let user = (bearer.user_id, bearer.is_limited);
        let list_access = list_limits::access(web, user).await?;
        list_limits::require(web, &list_access, parts).await?;
        Ok(Self(bearer, list_access))
    }
}

/// An owner. Webhooks carry subscribers' addresses away, settings decide where mail goes,
/// and both often hold a password, so nobody else's body is even read.
pub struct Owner(pub Caller);

impl FromRequestParts<Web> for Owner {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let caller = Caller::from_request_parts(parts, web).await?;
        if caller.0.role.may_administer() {
            Ok(Self(caller))
        } else {
            let why = "only an owner may do this";
            Err(HttpError::Forbidden(why))
        }
    }
}

/// An editor or owner, who may read many people's addresses at once.
pub struct Exporter(pub Caller);

impl Exporter {
    /// The caller, if they may.
    pub fn of(caller: Caller) -> Result<Self, HttpError> {
        if caller.0.role.may_edit() {
            Ok(Self(caller))
        } else {
            let why = "this token's user may not read many people's addresses at once";
            Err(HttpError::Forbidden(why))
        }
    }

    /// Writes an audit entry for reading `what`; the pages of one export are one
    /// entry.
    pub async fn note(&self, web: &Web, what: &str) -> Result<(), HttpError> {
        let token = self.0.0.token_id;
        if web.limits.first_use(&format!("{token} reads {what}")) {
            let subject = format!("{what} by token {token}");
            audit::record_access(
                &web.cx,
                &self.0.actor(),
                AuditAccess::SubscribersRead,
                &subject,
            )
            .await?;
        }
        Ok(())
    }
}

impl FromRequestParts<Web> for Exporter {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        Self::of(Caller::from_request_parts(parts, web).await?)
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
