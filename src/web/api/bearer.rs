//! Who calls: the holder of a bearer token (RFC 6750).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::account::{self, Secret};
use crate::model::user::Scope;
use crate::store::account::Bearer;
use crate::web::{Failure, Web};

/// A caller whose token and role allow what they ask.
pub struct Caller(pub Bearer);

impl Caller {
    /// Their address, for the audit log.
    pub fn name(&self) -> &str {
        self.0.email.as_str()
    }
}

impl FromRequestParts<Web> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let token = token(&parts.headers).ok_or(Failure::Unauthorized)?;
        let bearer = account::bearer(&web.cx, &token)
            .await?
            .ok_or(Failure::Unauthorized)?;
        let only_reads = matches!(parts.method, Method::GET | Method::HEAD);
        if !only_reads && bearer.scope == Scope::Read {
            return Err(Failure::Forbidden("this token may only read"));
        }
        if !only_reads && !bearer.role.may_edit() {
            return Err(Failure::Forbidden("this token's user may only look"));
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
