//! What was done, said once on the next page.
//!
//! It travels in a cookie sealed with the house's key, so that nobody else can
//! put words into the desk.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::token::Purpose;
use crate::web::Web;

const NAME: &str = "jarshy_flash";
const PATH: &str = "/admin";
/// Octets of text that a cookie holds without trouble.
const TEXT_LIMIT: usize = 800;

/// A notice at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it looks.
    kind: Kind,
    /// What was done.
    pub title: String,
    /// What follows from it; may be empty.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Good,
    Warn,
    Bad,
}

impl Flash {
    /// Something went well.
    pub fn good(title: impl Into<String>) -> Self {
        Self::new(Kind::Good, title)
    }

    /// Something was done, and something is left to know.
    pub fn warn(title: impl Into<String>) -> Self {
        Self::new(Kind::Warn, title)
    }

    /// Something was not done.
    pub fn bad(title: impl Into<String>) -> Self {
        Self::new(Kind::Bad, title)
    }

    fn new(kind: Kind, title: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            text: String::new(),
        }
    }

    /// Adds what follows from it.
    pub fn with(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        let end = self.text.floor_char_boundary(TEXT_LIMIT);
        self.text.truncate(end);
        self
    }

    /// The word of the style sheet.
    pub fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Good => "good",
            Kind::Warn => "warn",
            Kind::Bad => "bad",
        }
    }
}

/// The cookie that carries a flash to the next page.
pub fn cookie(web: &Web, flash: &Flash) -> Option<HeaderValue> {
    let text = serde_json::to_vec(flash).ok()?;
    let sealed = BASE64URL_NOPAD.encode(&web.cx.keys.seal(Purpose::Flash, &text));
    let cookie = Cookie::build((NAME, sealed))
        .path(PATH)
        .http_only(true)
        .secure(web.cx.config.is_https())
        .same_site(SameSite::Lax);
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

/// The flash that a request carries, where the seal is ours.
pub fn read(web: &Web, jar: &CookieJar) -> Option<Flash> {
    let sealed = BASE64URL_NOPAD
        .decode(jar.get(NAME)?.value().as_bytes())
        .ok()?;
    let text = web.cx.keys.unseal(Purpose::Flash, &sealed).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Whether a request carries a flash at all.
pub fn is_in(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(NAME).is_some()
}

/// The cookie's end.
pub fn removal() -> HeaderValue {
    HeaderValue::from_static("jarshy_flash=; Path=/admin; Max-Age=0; HttpOnly; SameSite=Lax")
}
