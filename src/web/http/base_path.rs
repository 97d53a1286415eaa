//! A site under a base path such as `/news`.
//!
//! Routes and templates do not know the base path: it is removed from requests
//! (unless the proxy has done so) and put before every path of ours in
//! responses.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Headers that hold a path or URL.
const ADDRESS_HEADERS: [&str; 5] = [
    "location",
    "content-location",
    "hx-redirect",
    "hx-location",
    "hx-push-url",
];

/// Removes `prefix` from a request's path.
pub fn without_prefix(prefix: &str, mut request: Request) -> Request {
    if prefix.is_empty() {
        return request;
    }
    let uri = request.uri();
    let rest = uri.path().strip_prefix(prefix);
    let rest = match rest {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => return request,
    };
    let target = match uri.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    if let Ok(uri) = target.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

/// Puts the base path before every path of ours in a response.
pub async fn with_prefix(State(web): State<Web>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let config = web.cx.config();
    let prefix = config.public_path();
    if prefix.is_empty() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    rewrite_headers(prefix, &mut parts.headers);
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return HttpError::Internal.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = String::from_utf8_lossy(&bytes);
    match rewrite_page(prefix, &page) {
        Ok(page) => Response::from_parts(parts, Body::from(page)),
        Err(error) => {
            tracing::error!(%error, "a page's addresses cannot be put below the site's path");
            Response::from_parts(parts, Body::from(bytes))
        }
    }
}

/// A path of ours under the base path; `None` for other addresses and for
/// those that have the base path already.
fn below(prefix: &str, address: &str) -> Option<String> {
    let is_ours = address.starts_with('/') && !address.starts_with("//");
    let rest = address.strip_prefix(prefix);
    let is_below = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    (is_ours && !is_below).then(|| format!("{prefix}{address}"))
}

fn rewrite_headers(prefix: &str, headers: &mut HeaderMap) {
    for name in ADDRESS_HEADERS {
        let name = HeaderName::from_static(name);
        let address = headers.get(&name).and_then(|value| value.to_str().ok());
        let address = address.and_then(|address| below(prefix, address));
        if let Some(value) = address.and_then(|address| HeaderValue::from_str(&address).ok()) {
            headers.insert(name, value);
        }
    }
    let cookies: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|cookie| cookie_below(prefix, cookie).unwrap_or_else(|| cookie.clone()))
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// Limits a cookie to the base path: other sites on the host do not get it.
fn cookie_below(prefix: &str, cookie: &HeaderValue) -> Option<HeaderValue> {
    let cookie = cookie.to_str().ok()?;
    let parts: Vec<String> = cookie
        .split(';')
        .map(|part| match part.trim().strip_prefix("Path=/") {
            Some("") => format!(" Path={prefix}"),
            Some(rest) => format!(" Path={prefix}/{rest}"),
            None => part.to_owned(),
        })
        .collect();
    HeaderValue::from_str(&parts.join(";")).ok()
}

/// Attributes that hold one address.
fn is_address(name: &str) -> bool {
    matches!(
        name,
        "href"
            | "src"
            | "action"
            | "formaction"
            | "poster"
            | "data"
            | "data-puzzle"
            | "hx-get"
            | "hx-post"
            | "hx-put"
            | "hx-patch"
            | "hx-delete"
            | "hx-push-url"
    ) || name.starts_with("data-") && name.ends_with("-url")
}

fn rewrite_page(prefix: &str, page: &str) -> Result<String, String> {
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("*", |el| {
        let changed: Vec<(String, String)> = el
            .attributes()
            .iter()
            .filter_map(|attribute| {
                let (name, value) = (attribute.name(), attribute.value());
                let value = match name.as_str() {
                    "srcset" => srcset_below(prefix, &value),
                    name if is_address(name) => below(prefix, &value)?,
                    _ => return None,
                };
                Some((name, value))
            })
            .collect();
        for (name, value) in changed {
            el.set_attribute(&name, &value)?;
        }
        Ok(())
    }));
    // The parser has scripting on, so the content of `noscript` is text.
    let mut held = String::new();
    let settings = settings.append_element_content_handler(text!("noscript", |chunk| {
        held.push_str(chunk.as_str());
        if chunk.last_in_text_node() {
            let page = rewrite_page(prefix, &std::mem::take(&mut held))?;
            chunk.replace(&page, ContentType::Html);
        } else {
            chunk.remove()
        }
        Ok(())
    }));
    rewrite_str(page, settings).map_err(|error| error.to_string())
}

fn srcset_below(prefix: &str, srcset: &str) -> String {
    let sources: Vec<String> = srcset
        .split(',')
        .map(|source| below(prefix, source.trim()).unwrap_or_else(|| source.trim().to_owned()))
        .collect();
    sources.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ours_are_put_below_the_path() {
        let page = rewrite_page(
            "/news",
            r##"<a href="/posts?a=1&amp;b=2">x</a><a href="//cdn.example/x"><a href="#a"><a href="https://b.kz/"><a href="/news/x">
<form action="/join" data-preview-url="/p"><input name="next" value="/admin"><img srcset="/media/1/a.jpg 1x, /media/2/a.jpg 2x" src="/media/a.jpg">"##,
        )
        .unwrap();
        assert_eq!(
            page,
            r##"<a href="/news/posts?a=1&amp;b=2">x</a><a href="//cdn.example/x"><a href="#a"><a href="https://b.kz/"><a href="/news/x">
<form action="/news/join" data-preview-url="/news/p"><input name="next" value="/admin"><img srcset="/news/media/1/a.jpg 1x, /news/media/2/a.jpg 2x" src="/news/media/a.jpg">"##
        );
    }

    #[test]
    fn redirects_and_cookies_are_too() {
        let mut headers = HeaderMap::new();
        headers.insert("location", HeaderValue::from_static("/admin?x=1"));
        headers.append(
            "set-cookie",
            HeaderValue::from_static("a=b; Path=/; Secure"),
        );
        headers.append("set-cookie", HeaderValue::from_static("c=d; Path=/admin"));
        rewrite_headers("/news", &mut headers);
        assert_eq!(headers["location"], "/news/admin?x=1");
        let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
        assert_eq!(
            cookies,
            ["a=b; Path=/news; Secure", "c=d; Path=/news/admin"]
        );
    }

    #[test]
    fn a_path_is_taken_off_where_it_is_there() {
        let path = |path: &str| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            without_prefix("/news", request).uri().to_string()
        };
        assert_eq!(path("/news"), "/");
        assert_eq!(path("/news?a=1"), "/?a=1");
        assert_eq!(path("/news/join?a=1"), "/join?a=1");
        assert_eq!(path("/join"), "/join");
        assert_eq!(path("/newsroom"), "/newsroom");
    }
}
