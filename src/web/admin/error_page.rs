//! Around every admin page: caching headers, the flash message, and errors in
//! the admin layout.

use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::admin::flash;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::sentence;
use crate::web::http::error::HttpError;
use crate::web::http::error_response;
use crate::web::http::page::render_page;
use crate::web::http::problem::ProblemType;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/error.html")]
struct ErrorPage {
    viewer: Viewer,
    status: u16,
    title: &'static str,
    detail: String,
}

/// Keeps pages out of caches, removes the flash message once it was shown, and
/// renders errors in the admin layout for signed-in users.
pub async fn wrap(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = match error_response::of_response(response).await {
            Ok(error) => in_layout(&web, &mut parts, error).await,
            Err(response) => response,
        };
    }
    let is_page = parts.method == Method::GET && response.status() == StatusCode::OK && {
        let kind = response.headers().get(header::CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    };
    if is_page && flash::is_in(&parts.headers) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, flash::removal());
    }
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    // A form sent under `no-referrer` has the origin `null`: without https,
    // CSRF protection could not tell our own pages from others.
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("same-origin"));
    response
}

async fn in_layout(web: &Web, parts: &mut Parts, error: HttpError) -> Response {
    let Ok(viewer) = Viewer::from_request_parts(parts, web).await else {
        return error.into_response();
    };
    let (title, detail) = explain(&error);
    let rendered = render_page(&ErrorPage {
        viewer,
        status: error.status().as_u16(),
        title,
        detail,
    });
    match rendered {
        Ok(html) => (error.status(), html).into_response(),
        Err(error) => error.into_response(),
    }
}

fn explain(error: &HttpError) -> (&'static str, String) {
    let detail = error.to_string();
    match error {
        HttpError::NotFound => (
            "Not found",
            "The page may have moved, or its content was deleted.".to_owned(),
        ),
        HttpError::Forbidden(_) => ("Not allowed", sentence(&detail)),
        HttpError::Conflict(_) => ("Not done", sentence(&detail)),
        HttpError::Problem(kind, _) if kind.status() == StatusCode::CONFLICT => {
            ("Not done", sentence(&detail))
        }
        HttpError::Problem(ProblemType::TooLarge, _) => {
            ("Too large", "Send less at once.".to_owned())
        }
        HttpError::BadRequest(_)
        | HttpError::Unprocessable(_)
        | HttpError::Problem(..)
        | HttpError::Field { .. } => ("Invalid input", sentence(&detail)),
        HttpError::TooMany => (
            "Too many requests",
            "Wait a minute, then try again.".to_owned(),
        ),
        HttpError::Unavailable => (
            "Not available right now",
            "The database does not answer or is full. Nothing was changed; try again in a minute."
                .to_owned(),
        ),
        HttpError::Other(413, _) => ("Too large", "Send less at once.".to_owned()),
        HttpError::Other(405, _) => (
            "Not done",
            "This request is not supported here; go back and use the buttons.".to_owned(),
        ),
        _ => (
            "Something went wrong",
            "The cause is in the log. Nothing more was done.".to_owned(),
        ),
    }
}
