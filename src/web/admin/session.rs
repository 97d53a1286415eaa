//! The session cookie: whose session a request carries.

use axum::extract::OriginalUri;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::account::{self, Secret};
use crate::web::state::Web;

/// The session cookie's name. Browsers accept the prefix `__Host-` only over
/// https, from this very host and for all of its paths.
pub fn cookie_name(web: &Web) -> &'static str {
    let is_whole_host = web.cx.config().public_path().is_empty();
    match (web.cx.config().is_https(), is_whole_host) {
        (true, true) => "__Host-jarshy",
        (true, false) => "__Secure-jarshy",
        (false, _) => "jarshy_session",
    }
}

/// A cookie with the attributes that every cookie of the sign-in has.
pub fn cookie(web: &Web, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(web.cx.config().is_https())
        .same_site(SameSite::Lax)
        .build()
}

/// The session's secret that a request carries.
pub fn secret(web: &Web, jar: &CookieJar) -> Option<Secret> {
    Some(Secret::given(jar.get(cookie_name(web))?.value()))
}

/// With the session under the name that it has now: another public address can change the name,
/// and must not sign its owner out in the middle of the set-up.
pub fn kept(web: &Web, jar: CookieJar, secret: Option<Secret>) -> CookieJar {
    let name = cookie_name(web);
    match secret {
        Some(secret) if jar.get(name).is_none() => {
            jar.add(cookie(web, name, secret.reveal().to_owned()))
        }
        _ => jar,
    }
}

/// Whether a request comes from a browser in which somebody is signed in.
pub async fn is_signed_in(web: &Web, headers: &HeaderMap) -> bool {
    match secret(web, &CookieJar::from_headers(headers)) {
        Some(secret) => account::user_of_session(&web.cx, &secret)
            .await
            .is_ok_and(|user| user.is_some()),
        None => false,
    }
}

/// The path as the browser asked for it.
pub fn original_path(parts: &Parts) -> String {
    parts
        .extensions
        .get::<OriginalUri>()
        .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned())
}
