//! Around every admin page: caching headers, the flash message, and errors in
//! the admin layout.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::admin::flash;
use crate::web::admin::viewer::Viewer;
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
    title: String,
    detail: String,
}

/// Keeps pages out of caches, removes the flash message once it was shown, and
/// renders errors in the admin layout for signed-in users.
pub async fn wrap(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = match error_response::of_response(response).await {
            Ok(error) => in_layout(&web, &parts, error).await,
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

async fn in_layout(web: &Web, parts: &Parts, error: HttpError) -> Response {
    let Ok(Some(viewer)) = Viewer::signed_in(parts, web).await else {
        return error.into_response();
    };
    let (title, detail) = explain(&viewer, &error);
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

/// What the page says: its title, and what is below it.
fn explain(viewer: &Viewer, error: &HttpError) -> (String, String) {
    let known = |title, text| (viewer.t(title), viewer.t(text));
    let as_said = |title| (viewer.t(title), viewer.explain(error));
    match error {
        HttpError::NotFound => known("admin-error-not-found", "admin-error-not-found-text"),
        HttpError::Forbidden(_) => as_said("admin-error-not-allowed"),
        HttpError::Conflict(_) => as_said("admin-not-done"),
        HttpError::Problem(kind, _) if kind.status() == StatusCode::CONFLICT => {
            as_said("admin-not-done")
        }
        HttpError::Problem(ProblemType::TooLarge, _) | HttpError::Other(413, _) => {
            known("admin-error-too-large", "admin-error-too-large-text")
        }
        HttpError::BadRequest(_)
        | HttpError::Unprocessable(_)
        | HttpError::Problem(..)
        | HttpError::Field { .. } => as_said("admin-error-invalid"),
        HttpError::TooMany => known("admin-error-too-many", "admin-error-too-many-text"),
        HttpError::Deadlock | HttpError::Unavailable => {
            known("admin-error-unavailable", "admin-error-unavailable-text")
        }
        HttpError::Other(405, _) => known("admin-not-done", "admin-error-method-text"),
        _ => known("admin-error-internal", "admin-error-internal-text"),
    }
}
