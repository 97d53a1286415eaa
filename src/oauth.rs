//! Access tokens for relays and mailboxes that accept no password (OAuth 2.0, RFC 6749), and
//! how SMTP, IMAP and POP3 transmit them (XOAUTH2).

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::net;
use crate::service_url::{ServiceUrl, ServiceUrlError, authority};

const TIMEOUT: Duration = Duration::from_secs(20);
/// A token is not used in the last minute before it expires.
const EXPIRY_MARGIN: Duration = Duration::from_secs(60);
/// RFC 6749 §5.1 only recommends `expires_in`.
const DEFAULT_LIFETIME: u64 = 600;
const RESPONSE_LIMIT: usize = 64 * 1024;
/// The scope that Microsoft requires for an application of its own.
const MICROSOFT: (&str, &str) = (
    "login.microsoftonline.com",
    "https://outlook.office365.com/.default",
);

/// The source of access tokens; cheap to clone, and clones share one token.
///
/// Its `Debug` shows no secret.
#[derive(Clone)]
pub struct TokenSource(Arc<Inner>);

struct Inner {
    endpoint: String,
    client_id: String,
    client_secret: Option<String>,
    scope: Option<String>,
    /// The newest refresh token; a server may give out another with each use.
    refresh_token: Mutex<Option<String>>,
    /// Held while a token is fetched, so that it is fetched once.
    current: tokio::sync::Mutex<Option<Current>>,
}

struct Current {
    token: String,
    until: Instant,
}

/// The setting is not a token endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenSourceError {
    /// The URL.
    #[error(transparent)]
    Url(#[from] ServiceUrlError),
    /// Not the shape that is asked for.
    #[error("it must look like https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…")]
    Shape,
    /// A setting that means nothing.
    #[error("it has an unknown setting {0:?}; known are scope and refresh_token")]
    UnknownSetting(String),
    /// Neither way to a token.
    #[error("it needs a client secret, a refresh_token, or both")]
    NoGrant,
}

/// No access token was issued.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TokenError {
    /// The endpoint says no: a person must act.
    #[error("the OAuth token endpoint refuses: {0}")]
    Refused(String),
    /// It may answer later.
    #[error("the OAuth token endpoint cannot be used: {0}")]
    Unavailable(String),
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl FromStr for TokenSource {
    type Err = TokenSourceError;

    /// Reads `https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…`.
    /// With a refresh token it acts for the person who gave it, without one for
    /// the application itself (client credentials).
    fn from_str(text: &str) -> Result<Self, TokenSourceError> {
        let url = ServiceUrl::parse(text)?;
        let is_local = ["localhost", "127.0.0.1", "::1"].contains(&url.host.as_str());
        let is_safe = url.scheme == "https" || url.scheme == "http" && is_local;
        if !is_safe || url.user.is_empty() {
            return Err(TokenSourceError::Shape);
        }
        let (mut scope, mut refresh_token) = (None, None);
        for (key, value) in url.settings {
            match key.as_str() {
                "scope" => scope = Some(value),
                "refresh_token" => refresh_token = Some(value),
                _ => return Err(TokenSourceError::UnknownSetting(key)),
            }
        }
        let client_secret = url.password.filter(|secret| !secret.is_empty());
        if client_secret.is_none() && refresh_token.is_none() {
            return Err(TokenSourceError::NoGrant);
        }
        if scope.is_none() && refresh_token.is_none() && url.host == MICROSOFT.0 {
            scope = Some(MICROSOFT.1.to_owned());
        }
        let usual = if url.scheme == "https" { 443 } else { 80 };
        let authority = authority(&url.host, url.port.unwrap_or(usual));
        Ok(Self(Arc::new(Inner {
            endpoint: format!("{}://{authority}/{}", url.scheme, url.path),
            client_id: url.user,
            client_secret,
            scope,
            refresh_token: Mutex::new(refresh_token),
            current: tokio::sync::Mutex::new(None),
        })))
    }
}

impl TokenSource {
    /// A token that is good for a minute at least; fetched where there is none.
    ///
    /// # Errors
    /// [`TokenError`] with the endpoint's own words.
    pub async fn token(&self) -> Result<String, TokenError> {
        let mut current = self.0.current.lock().await;
        if let Some(held) = current.as_ref().filter(|held| held.until > Instant::now()) {
            return Ok(held.token.clone());
        }
        let answer = self.0.fetch().await?;
        let lifetime = Duration::from_secs(answer.expires_in.unwrap_or(DEFAULT_LIFETIME));
        if answer.refresh_token.is_some() {
            *self.0.refresh_token() = answer.refresh_token;
        }
        *current = Some(Current {
            token: answer.access_token.clone(),
            until: Instant::now() + lifetime.saturating_sub(EXPIRY_MARGIN),
        });
        Ok(answer.access_token)
    }

    /// Forgets a token that was refused before its time.
    pub async fn forget(&self, token: &str) {
        let mut current = self.0.current.lock().await;
        if current.as_ref().is_some_and(|held| held.token == token) {
            *current = None;
        }
    }
}

impl Inner {
    fn refresh_token(&self) -> parking_lot::MutexGuard<'_, Option<String>> {
        self.refresh_token.lock()
    }

    fn form(&self) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("client_id", &self.client_id);
        if let Some(secret) = &self.client_secret {
            form.append_pair("client_secret", secret);
        }
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        match self.refresh_token().as_deref() {
            Some(token) => form
                .append_pair("grant_type", "refresh_token")
                .append_pair("refresh_token", token),
            None => form.append_pair("grant_type", "client_credentials"),
        };
        form.finish()
    }

    async fn fetch(&self) -> Result<Answer, TokenError> {
        let unavailable = |error: reqwest::Error| {
            TokenError::Unavailable(format!("{}: {}", self.endpoint, innermost(&error)))
        };
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            // A secret goes where it was addressed to, and nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(unavailable)?;
        let request = client
            .post(&self.endpoint)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(self.form());
        let response = request.send().await.map_err(unavailable)?;
        let status = response.status();
        let body = net::body_within(response, RESPONSE_LIMIT).await;
        let body = body.map_err(unavailable)?;
        let body = body.ok_or_else(|| TokenError::Unavailable("its answer does not end".into()))?;
        if status.is_success() {
            return serde_json::from_slice(&body)
                .map_err(|_| TokenError::Unavailable("its answer holds no access_token".into()));
        }
        let words = match serde_json::from_slice::<Refusal>(&body) {
            Ok(refusal) => plain(&format!("{} {}", refusal.error, refusal.error_description)),
            Err(_) => String::new(),
        };
        let words = format!("{status} {words}");
        match status.as_u16() {
            408 | 429 | 500.. => Err(TokenError::Unavailable(words)),
            _ => Err(TokenError::Refused(words)),
        }
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenSource({})", self.0.endpoint)
    }
}

impl PartialEq for TokenSource {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for TokenSource {}

/// The initial response of XOAUTH2, before base64.
pub fn xoauth2(user: &str, token: &str) -> String {
    format!("user={user}\x01auth=Bearer {token}\x01\x01")
}

/// The text of the challenge with which a server explains why it rejects a token: JSON such as
/// `{"status":"401","schemes":"bearer"}`.
pub fn challenge_words(challenge: &[u8]) -> String {
    plain(&String::from_utf8_lossy(challenge))
}

/// Text of the server on one line, of a bounded length.
fn plain(words: &str) -> String {
    let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line
        .chars()
        .filter(|c| !c.is_control())
        .take(400)
        .collect()
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_endpoint_is_one_setting() {
        let source: TokenSource =
            "https://app%40x:s+e&c@login.microsoftonline.com/tenant/oauth2/v2.0/token"
                .parse()
                .unwrap();
        assert_eq!(
            source.0.form(),
            "client_id=app%40x&client_secret=s%2Be%26c&scope=https%3A%2F%2Foutlook.office365.com%2F.default&grant_type=client_credentials"
        );
        assert!(!format!("{source:?}").contains("s+e"));
        let person: TokenSource = "https://app:s@oauth2.googleapis.com/token?refresh_token=1//0a"
            .parse()
            .unwrap();
        assert_eq!(
            person.0.form(),
            "client_id=app&client_secret=s&grant_type=refresh_token&refresh_token=1%2F%2F0a"
        );
        assert_eq!(person.0.endpoint, "https://oauth2.googleapis.com:443/token");
    }

    #[test]
    fn mistakes_are_named_without_secrets() {
        let error = |text: &str| text.parse::<TokenSource>().unwrap_err();
        assert_eq!(error("http://a:b@example.org/t"), TokenSourceError::Shape);
        assert_eq!(error("https://example.org/t"), TokenSourceError::Shape);
        assert_eq!(error("https://a@example.org/t"), TokenSourceError::NoGrant);
        assert_eq!(
            error("https://a:b@example.org/t?tenant=x"),
            TokenSourceError::UnknownSetting("tenant".into())
        );
    }
}
