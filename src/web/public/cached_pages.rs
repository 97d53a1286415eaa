//! Serving pages that are the same for every reader of a language: with an
//! entity tag, and from memory while nothing has changed.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::web::http::error::HttpError;
use crate::web::http::etag::matches_etag;
use crate::web::page_cache::{CachedPage, PageKey, RenderedPage};
use crate::web::public::join::view::shown_now;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Bytes that the largest page can have.
const MAX_PAGE_SIZE: usize = 16 * 1024 * 1024;

/// What stands before the signed time at which a form was shown. That time is
/// new in each response and is not part of the entity tag.
const SHOWN_FIELD: &str = "name=\"shown\" value=\"";

/// Serves a page from memory, or renders it and keeps it there.
pub async fn serve_cached(
    State(web): State<Web>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let asked = request.headers().clone();
    let original = request.extensions().get::<OriginalUri>();
    let key = PageKey {
        address: original.map_or_else(|| request.uri().to_string(), |uri| uri.to_string()),
        language: visitor.language,
    };
    let commits = web.cx.store.commits();
    if let Some(cached) = web.pages.get(&key, commits) {
        return respond(&web, &asked, &cached.rendered);
    }
    // The whole page even for HEAD, which has the same entity tag. The server
    // below sends no body.
    *request.method_mut() = Method::GET;
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let Ok(rendered) = read_page(response, visitor.has_chosen).await else {
        return HttpError::Internal.into_response();
    };
    let page = Arc::new(CachedPage {
        rendered,
        at: Instant::now(),
        commits,
    });
    web.pages.put(key, page.clone());
    respond(&web, &asked, &page.rendered)
}

async fn read_page(response: Response, is_one_language: bool) -> Result<RenderedPage, axum::Error> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_PAGE_SIZE).await?;
    let shown_mark = shown_mark(&body);
    let (before, after) = shown_mark.unwrap_or((body.len(), body.len()));
    let mut digest = Sha256::new();
    digest.update(&body[..before]);
    digest.update(&body[after..]);
    let digest = HEXLOWER.encode(&digest.finalize()[..12]);
    let mut headers = parts.headers;
    // Weak: compression and the time of the form change bytes, not the content.
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{digest}\"")) {
        headers.insert(header::ETAG, tag);
    }
    let caching = HeaderValue::from_static("no-cache");
    headers.insert(header::CACHE_CONTROL, caching);
    if !is_one_language {
        let vary = HeaderValue::from_static("accept-language");
        headers.insert(header::VARY, vary);
    }
    headers.remove(header::CONTENT_LENGTH);
    Ok(RenderedPage {
        headers,
        body,
        shown_mark,
    })
}

fn shown_mark(body: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(body).ok()?;
    let start = text.find(SHOWN_FIELD)? + SHOWN_FIELD.len();
    let end = start + text[start..].find('"')?;
    Some((start, end))
}

fn respond(web: &Web, asked: &HeaderMap, page: &RenderedPage) -> Response {
    let tag = page.headers.get(header::ETAG);
    let tag = tag.and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    let mut response = if matches_etag(asked, tag.trim_start_matches("W/")) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(body(web, page))
    };
    *response.headers_mut() = page.headers.clone();
    response
}

fn body(web: &Web, page: &RenderedPage) -> Body {
    let Some((start, end)) = page.shown_mark else {
        return Body::from(page.body.clone());
    };
    let shown = shown_now(web);
    let mut whole = Vec::with_capacity(page.body.len() + shown.len());
    whole.extend_from_slice(&page.body[..start]);
    whole.extend_from_slice(shown.as_bytes());
    whole.extend_from_slice(&page.body[end..]);
    Body::from(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_form_is_found() {
        let page = b"<p>a</p><input name=\"shown\" value=\"xyz\"><p>b</p>";
        let (start, end) = shown_mark(page).unwrap();
        assert_eq!(&page[start..end], b"xyz");
        assert_eq!(shown_mark(b"<p>no form</p>"), None);
    }
}
