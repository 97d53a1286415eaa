//! A message shown once on the next page.
//!
//! It travels in an encrypted cookie, so that nobody else can put a message on
//! an admin page.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::token::Purpose;
use crate::web::state::Web;

const NAME: &str = "jarshy_flash";
const PATH: &str = "/admin";
/// Bytes of text that fit into a cookie.
const TEXT_LIMIT: usize = 800;

/// A message at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    kind: Kind,
    /// The outcome.
    pub title: String,
    /// Details; may be empty.
    pub text: String,
    /// How to take back what was done, where that is possible.
    #[serde(default)]
    pub undo: Option<Undo>,
}

/// The form that takes back what was done: a POST to a route like any other, which asks again
/// whether the user may do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// A path of the admin pages.
    pub path: String,
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Good,
    Warn,
    Bad,
}

impl Flash {
    /// For success.
    pub fn good(title: impl Into<String>) -> Self {
        Self::new(Kind::Good, title)
    }

    /// For success with a caveat.
    pub fn warn(title: impl Into<String>) -> Self {
        Self::new(Kind::Warn, title)
    }

    /// For failure.
    pub fn bad(title: impl Into<String>) -> Self {
        Self::new(Kind::Bad, title)
    }

    fn new(kind: Kind, title: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            text: String::new(),
            undo: None,
        }
    }

    /// Adds details.
    pub fn with(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        let end = self.text.floor_char_boundary(TEXT_LIMIT);
        self.text.truncate(end);
        self
    }

    /// Adds a sentence to the details.
    pub fn and(self, more: &str) -> Self {
        let text = format!("{} {more}", self.text);
        self.with(text.trim())
    }

    /// Offers to take back what was done, by a POST to this path of the admin pages.
    pub fn undo(self, path: impl Into<String>) -> Self {
        self.undo_by(path, &[])
    }

    /// Offers to take back what was done, by a form with these fields.
    pub fn undo_by(mut self, path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.undo = Some(Undo {
            path: path.into(),
            fields: fields.iter().map(owned).collect(),
        });
        self
    }

    /// Whether it interrupts who listens to the page.
    pub fn is_bad(&self) -> bool {
        self.kind == Kind::Bad
    }

    /// The class of the style sheet.
    pub fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Good => "good",
            Kind::Warn => "warn",
            Kind::Bad => "bad",
        }
    }
}

/// The cookie that carries the message.
pub fn cookie(web: &Web, flash: &Flash) -> Option<HeaderValue> {
    let text = serde_json::to_vec(flash).ok()?;
    let sealed = BASE64URL_NOPAD.encode(&web.cx.keys.encrypt(Purpose::Flash, &text));
    let cookie = Cookie::build((NAME, sealed))
        .path(PATH)
        .http_only(true)
        .secure(web.cx.config().is_https())
        .same_site(SameSite::Lax);
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

/// The message of a request, if it is ours.
pub fn read(web: &Web, jar: &CookieJar) -> Option<Flash> {
    let sealed = BASE64URL_NOPAD
        .decode(jar.get(NAME)?.value().as_bytes())
        .ok()?;
    let text = web.cx.keys.decrypt(Purpose::Flash, &sealed).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Whether a request carries a message at all.
pub fn is_in(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(NAME).is_some()
}

/// Removes the cookie.
pub fn removal() -> HeaderValue {
    HeaderValue::from_static("jarshy_flash=; Path=/admin; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// Redirects to another admin page and shows a message there.
pub fn redirect(web: &Web, path: &str, flash: &Flash) -> Response {
    let mut response = Redirect::to(path).into_response();
    if let Some(cookie) = cookie(web, flash) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
