//! Makes a request once more that met another one in the database.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::http::error::HttpError;

/// How often a request is made, in all.
const TRIES: usize = 3;
/// Bytes of a body that is kept for another try.
const KEPT_BODY: usize = 512 * 1024;

/// Makes a request that changes something once more where the database has undone its
/// transaction for a deadlock: a client would do the same after the 503, and a subscriber who
/// leaves need not know that a campaign is being sent. Requests with large bodies are made once.
///
/// It belongs around routes once, inside what renders errors: it does not recognise pages.
pub async fn after_deadlock(request: Request, next: Next) -> Response {
    let size = request.body().size_hint().exact();
    if request.method().is_safe() || size.is_none_or(|size| size > KEPT_BODY as u64) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, KEPT_BODY).await else {
        return HttpError::BadRequest("the body cannot be read to its end".into()).into_response();
    };
    let once = || {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        next.clone().run(request)
    };
    for _ in 1..TRIES {
        let response = once().await;
        if response.extensions().get::<HttpError>() != Some(&HttpError::Deadlock) {
            return response;
        }
    }
    once().await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::http::{Method, StatusCode};
    use axum::middleware::from_fn;
    use axum::routing::any;
    use tower::ServiceExt;

    use super::*;

    /// Sends a request to a route that meets another request in its first `deadlocks` tries;
    /// the status and the body of the response, and how often the route was called.
    async fn answer(method: Method, body: Body, deadlocks: usize) -> (StatusCode, String, usize) {
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = calls.clone();
        let route = async move |body: String| {
            if counted.fetch_add(1, Ordering::SeqCst) < deadlocks {
                Err(HttpError::Deadlock)
            } else {
                Ok(body)
            }
        };
        let routes = Router::new()
            .route("/", any(route))
            .layer(from_fn(after_deadlock));
        let request = Request::builder().method(method).uri("/").body(body);
        let response = routes.oneshot(request.unwrap()).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        (status, body, calls.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn a_request_is_made_once_more_with_its_body() {
        let fine = (StatusCode::OK, "x=1".to_owned());
        for deadlocks in 0..TRIES {
            let (status, body, calls) = answer(Method::POST, "x=1".into(), deadlocks).await;
            assert_eq!(((status, body), calls), (fine.clone(), deadlocks + 1));
        }
    }

    #[tokio::test]
    async fn a_request_is_given_up_after_three_tries() {
        let (status, _, calls) = answer(Method::POST, "x=1".into(), usize::MAX).await;
        assert_eq!((status, calls), (StatusCode::SERVICE_UNAVAILABLE, TRIES));
    }

    #[tokio::test]
    async fn a_large_body_is_sent_once() {
        let large = "x".repeat(KEPT_BODY + 1);
        let (status, _, calls) = answer(Method::PUT, large.into(), 1).await;
        assert_eq!((status, calls), (StatusCode::SERVICE_UNAVAILABLE, 1));
    }
}
