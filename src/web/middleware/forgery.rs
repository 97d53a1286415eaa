//! Against forged requests: a page elsewhere must not act with an admin's cookie.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::model::web_origin::WebOrigin;
use crate::web::Failure;

/// Lets requests that change something through only where they come from our
/// own pages, by what the browser says of their origin. The session cookie's
/// `SameSite=Lax` is the second lock.
pub async fn same_origin_only(request: Request, next: Next) -> Response {
    let is_safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if is_safe || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        Failure::Forbidden("the request came from another site").into_response()
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
        // No browser: no cookie that somebody else could use.
        (None, None) => true,
    }
}

/// Whose page sent a form that anybody may send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// One of ours, or no browser at all.
    Ours,
    /// One of another site.
    Site(WebOrigin),
    /// One of another site, which keeps its name to itself.
    Hidden,
}

/// Whose page sent a form, by what the browser says of it; `site_url` is our own
/// address.
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
        // Our pages send no origin either, and without https browsers say no
        // more than that.
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
        let told = |pairs: &[(&'static str, &'static str)]| sender(&headers(pairs), "https://a.kz");
        let site = |text: &str| Sender::Site(text.parse().unwrap());
        assert_eq!(told(&[]), Sender::Ours);
        assert_eq!(told(&[("origin", "null")]), Sender::Ours);
        assert_eq!(told(&[("origin", "https://a.kz")]), Sender::Ours);
        assert_eq!(told(&[("origin", "https://b.kz")]), site("https://b.kz"));
        let cross = ("sec-fetch-site", "cross-site");
        assert_eq!(
            told(&[cross, ("origin", "https://b.kz")]),
            site("https://b.kz")
        );
        assert_eq!(told(&[cross, ("origin", "null")]), Sender::Hidden);
        assert_eq!(told(&[cross]), Sender::Hidden);
        assert_eq!(told(&[("sec-fetch-site", "same-origin")]), Sender::Ours);
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
