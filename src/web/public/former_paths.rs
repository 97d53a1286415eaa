//! Addresses that posts had in another system redirect to the posts. A page of ours is never
//! hidden by one: they are looked up only where there is none.

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::content::imported_post;
use crate::post_import::prepare::normal_path;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Bytes of the longest path that is looked up.
const PATH_LIMIT: usize = 500;

/// Answers paths that no page has.
pub async fn redirect(
    State(web): State<Web>,
    visitor: Visitor,
    method: Method,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, HttpError> {
    let found = target(&web, &visitor, &method, uri.path()).await?;
    found.ok_or(HttpError::NotFound)
}

/// Looks where a page says that it does not exist: `/archive/{slug}` is listmonk's, and
/// `/archive/{number}` ours.
pub async fn redirect_missing(
    State(web): State<Web>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let asked = request.extensions().get::<OriginalUri>();
    let asked = asked.map_or_else(|| request.uri().path(), |uri| uri.path());
    let asked = asked.to_owned();
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    match target(&web, &visitor, &method, &asked).await {
        Ok(Some(redirect)) => redirect,
        Ok(None) => response,
        Err(error) => error.into_response(),
    }
}

async fn target(
    web: &Web,
    visitor: &Visitor,
    method: &Method,
    asked: &str,
) -> Result<Option<Response>, HttpError> {
    if !matches!(*method, Method::GET | Method::HEAD) || asked.len() > PATH_LIMIT {
        return Ok(None);
    }
    // As asked for, and without what we take for a language.
    let mut paths = vec![normal_path(asked), normal_path(&visitor.path)];
    // Buttondown has the name of the newsletter before it, which is not in its file.
    if let Some((_, slug)) = paths[0].split_once("/archive/")
        && !slug.contains('/')
    {
        paths.push(format!("/archive/{slug}"));
    }
    paths.dedup();
    for path in paths.iter().filter(|path| path.len() > 1) {
        if let Some(slug) = imported_post::by_former_path(&web.cx, path).await? {
            return Ok(Some(to(&visitor.link(&format!("/posts/{slug}")))));
        }
    }
    Ok(None)
}

/// Permanent for search engines; a browser asks again, since the slug may change.
fn to(path: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(path) else {
        return HttpError::Internal.into_response();
    };
    let caching = HeaderValue::from_static("no-cache");
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, caching),
    ];
    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
}
