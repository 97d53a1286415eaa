//! Giving out pages that are the same for every reader of a language: with an
//! entity tag, so that who holds one need not fetch it again, and from memory
//! for as long as nothing has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::join::shown_now;
use crate::text::locale::Language;
use crate::web::assets::is_known;
use crate::web::{Failure, Visitor, Web};

/// How long a page is given from memory. What this process changes shows at
/// once; what another does, and the passing of time, after this.
const FRESH: Duration = Duration::from_secs(1);
/// Pages kept in memory. One more empties it: it fills again within a second.
const KEPT: usize = 500;
/// Octets up to which a page is kept.
const SIZE_LIMIT: usize = 256 * 1024;
/// Octets that the largest page can have.
const LARGEST: usize = 16 * 1024 * 1024;

/// Where a page holds the mark of when its form was shown. It is new each time,
/// and no part of what the page says.
const SHOWN: &str = "name=\"shown\" value=\"";

/// The pages in memory; cheap to clone.
#[derive(Clone, Default)]
pub struct Pages(Arc<Mutex<HashMap<Key, Arc<Kept>>>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    language: Language,
}

struct Kept {
    rendered: Rendered,
    at: Instant,
    /// The store's count of commits before it was rendered.
    commits: u64,
}

struct Rendered {
    headers: HeaderMap,
    body: Bytes,
    /// Where the mark of the form begins and ends, where there is one.
    mark: Option<(usize, usize)>,
}

impl Pages {
    fn get(&self, key: &Key, commits: u64) -> Option<Arc<Kept>> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = pages.get(key)?;
        (kept.commits == commits && kept.at.elapsed() < FRESH).then(|| kept.clone())
    }

    fn put(&self, key: Key, kept: Arc<Kept>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= KEPT {
            pages.clear();
        }
        pages.insert(key, kept);
    }
}

/// Gives a page from memory, or renders it and keeps it there.
pub async fn give(
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
    let key = Key {
        address: original.map_or_else(|| request.uri().to_string(), |uri| uri.to_string()),
        language: visitor.language,
    };
    let commits = web.cx.store.commits();
    if let Some(kept) = web.pages.get(&key, commits) {
        return answer(&web, &asked, &kept.rendered);
    }
    // The whole page even for HEAD: its tag is the page's. The server below
    // sends no body.
    *request.method_mut() = Method::GET;
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let Ok(rendered) = Rendered::read(response, visitor.has_chosen).await else {
        return Failure::Internal.into_response();
    };
    let kept = Arc::new(Kept {
        rendered,
        at: Instant::now(),
        commits,
    });
    if kept.rendered.body.len() <= SIZE_LIMIT {
        web.pages.put(key, kept.clone());
    }
    answer(&web, &asked, &kept.rendered)
}

impl Rendered {
    async fn read(response: Response, is_one_language: bool) -> Result<Self, axum::Error> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, LARGEST).await?;
        let mark = mark(&body);
        let (before, after) = mark.unwrap_or((body.len(), body.len()));
        let mut digest = Sha256::new();
        digest.update(&body[..before]);
        digest.update(&body[after..]);
        let digest = HEXLOWER.encode(&digest.finalize()[..12]);
        let mut headers = parts.headers;
        // Weak: compression and the mark change octets, not what is said.
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
        Ok(Self {
            headers,
            body,
            mark,
        })
    }
}

fn mark(body: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(body).ok()?;
    let start = text.find(SHOWN)? + SHOWN.len();
    let end = start + text[start..].find('"')?;
    Some((start, end))
}

fn answer(web: &Web, asked: &HeaderMap, page: &Rendered) -> Response {
    let tag = page.headers.get(header::ETAG);
    let tag = tag.and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    let mut response = match is_known(asked, tag.trim_start_matches("W/")) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(body(web, page)),
    };
    *response.headers_mut() = page.headers.clone();
    response
}

fn body(web: &Web, page: &Rendered) -> Body {
    let Some((start, end)) = page.mark else {
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
        let (start, end) = mark(page).unwrap();
        assert_eq!(&page[start..end], b"xyz");
        assert_eq!(mark(b"<p>no form</p>"), None);
    }
}
