//! Who calls: the holder of a bearer token (RFC 6750).

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::account::{self, Secret};
use crate::model::scope::{Access, Resource};
use crate::store::account::Bearer;
use crate::web::{Failure, Web};

/// A caller whose token and role allow what they ask.
pub struct Caller(pub Bearer);

impl Caller {
    /// Their address, for the audit log.
    pub fn name(&self) -> &str {
        self.0.email.as_str()
    }

    /// Lets editors and owners read many people's addresses at once, as an
    /// export does, and notes that they did.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for viewers.
    pub async fn may_export(&self, web: &Web, what: &str) -> Result<(), Failure> {
        if !self.0.role.may_edit() {
            return Err(Failure::Forbidden(
                "this token's user may not read many people's addresses at once",
            ));
        }
        // Pages of one reading are one line of the log.
        let reading = format!("{} reads {what}", self.0.token_id);
        if web.gate.is_first(&reading) {
            let subject = format!("{what} by token {}", self.0.token_id);
            account::audit(&web.cx, self.name(), "subscribers.read", &subject).await?;
        }
        Ok(())
    }
}

/// What a request needs of a token: the resource it is about, and whether it
/// changes something.
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
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let token = token(&parts.headers).ok_or(Failure::Unauthorized)?;
        let bearer = account::bearer(&web.cx, &token)
            .await?
            .ok_or(Failure::Unauthorized)?;
        let (resource, access) = need(parts);
        if !bearer.scopes.permit(resource, access) {
            return Err(Failure::Forbidden(match bearer.scopes.only_read() {
                true if access == Access::Write => "this token may only read",
                _ => "this token's scopes do not include this call",
            }));
        }
        if access == Access::Write && !bearer.role.may_edit() {
            return Err(Failure::Forbidden("this token's user can only view"));
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
