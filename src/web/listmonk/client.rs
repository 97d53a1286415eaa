//! Callers: `Authorization: token USER:TOKEN` or Basic, as listmonk has it, and a bearer
//! token as our own API has it.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::account::{self, Secret};
use crate::model::scope::{Access, Resource};
use crate::store::accounts::Bearer;
use crate::web::api::bearer::{self, Caller};
use crate::web::http::error::HttpError;
use crate::web::http::problem::ProblemType;
use crate::web::state::Web;

/// A caller whose token and role allow this call.
pub struct Client(pub Caller);

impl Client {
    /// Whether the token also reaches what this call does besides.
    pub fn may(&self, resource: Resource, access: Access) -> Result<(), HttpError> {
        if self.0.0.scopes.permit(Some(resource), access) {
            return Ok(());
        }
        let why = format!("this token's scopes do not include {resource}");
        Err(HttpError::problem(ProblemType::InsufficientScope, why))
    }
}

impl FromRequestParts<Web> for Client {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let bearer = holder(web, &parts.headers).await?;
        Caller::permitted(web, bearer, parts).await.map(Self)
    }
}

/// The holder of any token, whatever its scopes: clients ask for this to try their credentials.
pub struct Anyone;

impl FromRequestParts<Web> for Anyone {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        holder(web, &parts.headers).await.map(|_| Self)
    }
}

/// `GET /api/health`: the token is good.
pub async fn health(_anyone: Anyone) -> Json<Value> {
    Json(json!({ "data": true }))
}

async fn holder(web: &Web, headers: &HeaderMap) -> Result<Bearer, HttpError> {
    let (user, token) = match bearer::token(headers) {
        Some(token) => (None, token),
        None => {
            let given = headers.get(header::AUTHORIZATION);
            let given = given.and_then(|value| value.to_str().ok());
            let pair = given.and_then(credentials);
            let (user, token) = pair.ok_or(HttpError::Unauthorized)?;
            (Some(user), Secret::given(&token))
        }
    };
    let found = account::bearer(&web.cx, &token).await?;
    let is_theirs = |bearer: &Bearer| user.as_deref().is_none_or(|user| is_of(bearer, user));
    found.filter(is_theirs).ok_or(HttpError::Unauthorized)
}

/// The name may be the user's address or the name of the token.
fn is_of(bearer: &Bearer, user: &str) -> bool {
    let is_address = bearer.email.lookup_key() == user.trim().to_lowercase();
    is_address || !bearer.token_name.is_empty() && bearer.token_name == user
}

/// User and token of `token USER:TOKEN` or of Basic.
fn credentials(value: &str) -> Option<(String, String)> {
    let (scheme, rest) = value.split_once(' ')?;
    let pair = if scheme.eq_ignore_ascii_case("token") {
        rest.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        String::from_utf8(BASE64.decode(rest.trim().as_bytes()).ok()?).ok()?
    } else {
        return None;
    };
    // No token of ours has a colon; a name may.
    let (user, token) = pair.rsplit_once(':')?;
    let is_whole = !user.is_empty() && !token.is_empty();
    is_whole.then(|| (user.to_owned(), token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_in_both_forms() {
        let pair = Some(("a@b.kz".to_owned(), "jarshy_x".to_owned()));
        assert_eq!(credentials("token a@b.kz:jarshy_x"), pair);
        let basic = BASE64.encode(b"a@b.kz:jarshy_x");
        assert_eq!(credentials(&format!("Basic {basic}")), pair);
        for wrong in [
            "",
            "token",
            "token a",
            "token :x",
            "token a:",
            "Basic !",
            "Digest a:b",
        ] {
            assert_eq!(credentials(wrong), None, "{wrong}");
        }
    }
}
