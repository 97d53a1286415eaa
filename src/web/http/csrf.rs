//! Protection against cross-site request forgery.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::model::web_origin::WebOrigin;
use crate::web::http::error::HttpError;

/// Lets a request that changes something through only if it comes from our own
/// pages, by `Sec-Fetch-Site` or `Origin`. The session cookie's `SameSite=Lax`
/// is the second defence.
pub async fn same_origin_only(request: Request, next: Next) -> Response {
    let is_safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if is_safe || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        HttpError::Forbidden("the request came from another site").into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST.as_str())
        }
        // Not a browser, so there is no cookie to abuse.
        (None, None) => true,
    }
}

/// The site whose page sent a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// Our own, or not a browser.
    Ours,
    /// Another site.
    Site(WebOrigin),
    /// Another site that does not send its origin.
    Hidden,
}

/// The site whose page sent a form; `site_url` is our own.
pub fn sender(headers: &HeaderMap, site_url: &str) -> Sender {
    if is_same_origin(headers) {
        return Sender::Ours;
    }
    let origin = headers.get(header::ORIGIN);
    let origin = origin.and_then(|value| value.to_str().ok()?.parse::<WebOrigin>().ok());
    let ours = site_url.parse::<url::Url>().map(|url| url.origin());
    match origin {
        Some(origin) if ours.is_ok_and(|ours| ours.ascii_serialization() == origin.as_str()) => {
            Sender::Ours
        }
        Some(origin) => Sender::Site(origin),
        None if headers.contains_key("sec-fetch-site") => Sender::Hidden,
        // Our own pages send no origin either, and without https browsers send
        // no `Sec-Fetch-Site`.
        None => Sender::Ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_sender_of_a_form_is_told() {
        let sender_of =
            |pairs: &[(&'static str, &'static str)]| sender(&headers(pairs), "https://a.kz");
        let site = |text: &str| Sender::Site(text.parse().unwrap());
        assert_eq!(sender_of(&[]), Sender::Ours);
        assert_eq!(sender_of(&[("origin", "null")]), Sender::Ours);
        assert_eq!(sender_of(&[("origin", "https://a.kz")]), Sender::Ours);
        assert_eq!(
            sender_of(&[("origin", "https://b.kz")]),
            site("https://b.kz")
        );
        let cross = ("sec-fetch-site", "cross-site");
        assert_eq!(
            sender_of(&[cross, ("origin", "https://b.kz")]),
            site("https://b.kz")
        );
        assert_eq!(sender_of(&[cross, ("origin", "null")]), Sender::Hidden);
        assert_eq!(sender_of(&[cross]), Sender::Hidden);
        assert_eq!(
            sender_of(&[("sec-fetch-site", "same-origin")]),
            Sender::Ours
        );
    }

    #[test]
    fn other_sites_are_refused() {
        assert!(is_same_origin(&headers(&[(
            "sec-fetch-site",
            "same-origin"
        )])));
        assert!(is_same_origin(&headers(&[
            ("origin", "http://a.kz"),
            ("host", "a.kz")
        ])));
        assert!(!is_same_origin(&headers(&[(
            "sec-fetch-site",
            "cross-site"
        )])));
        assert!(!is_same_origin(&headers(&[(
            "sec-fetch-site",
            "same-site"
        )])));
        assert!(!is_same_origin(&headers(&[
            ("origin", "http://evil.kz"),
            ("host", "a.kz")
        ])));
        assert!(!is_same_origin(&headers(&[
            ("origin", "null"),
            ("host", "a.kz")
        ])));
    }
}
