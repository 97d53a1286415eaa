//! Errors as pages and problem documents (RFC 9457).

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::content::site;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/error.html")]
struct ErrorPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    status: u16,
    title: String,
    body: String,
    detail: String,
}

/// Renders errors, ours and the framework's, as a page or a problem document.
pub async fn render(
    State(web): State<Web>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    // The text of a failing probe is for the supervisor.
    let is_probe = request.uri().path().starts_with("/health/");
    let method = request.method().clone();
    let is_head = method == Method::HEAD;
    let response = next.run(request).await;
    let status = response.status();
    let is_fine = !status.is_client_error() && !status.is_server_error();
    if is_fine || is_probe && status == StatusCode::SERVICE_UNAVAILABLE {
        return response;
    }
    let error = match of_response(response).await {
        Ok(error) => error,
        Err(response) => return response,
    };
    let error = match status {
        // The router adds the header `Allow` later (RFC 9110 §15.5.6).
        StatusCode::METHOD_NOT_ALLOWED => HttpError::Other(
            405,
            format!("{method} is not possible at this address; the header Allow names what is"),
        ),
        _ => error,
    };
    let mut rendered = if is_api {
        problem_document(&error)
    } else {
        let phrases = phrases(&web, &visitor, &error).await;
        error_page(visitor, phrases, &error)
    };
    *rendered.status_mut() = error.status();
    rendered
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let HttpError::Deadlock | HttpError::Unavailable | HttpError::TooMany = error {
        rendered
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if error == HttpError::Unauthorized {
        let challenge = HeaderValue::from_static("Bearer");
        rendered
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    if is_head {
        *rendered.body_mut() = Body::empty();
    }
    rendered
}

/// The error that a response carries; the response itself if it is already
/// rendered.
pub async fn of_response(response: Response) -> Result<HttpError, Response> {
    match response.extensions().get::<HttpError>() {
        Some(error) => Ok(error.clone()),
        None if is_of_framework(&response) => Ok(framework_error(response).await),
        None => Err(response),
    }
}

/// The framework's own errors are plain text; our handlers never send that for
/// an error.
fn is_of_framework(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| {
            kind.to_str()
                .is_ok_and(|kind| kind.starts_with("text/plain"))
        })
}

async fn framework_error(response: Response) -> HttpError {
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 2048)
        .await
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&body).trim().to_owned();
    match status {
        404 => HttpError::NotFound,
        500.. => HttpError::Internal,
        status => HttpError::Other(status, text),
    }
}

fn problem_document(error: &HttpError) -> Response {
    let status = error.status();
    let mut body = serde_json::json!({
        "type": error.kind().uri(),
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": error.to_string(),
    });
    if let HttpError::Field { field, detail } = error {
        body["errors"] = serde_json::json!([{ "field": field, "detail": detail }]);
    }
    let mut response = Json(body).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// The texts of an error page: with the installation's own, unless the database may be what is
/// down or busy.
async fn phrases(web: &Web, visitor: &Visitor, error: &HttpError) -> Phrases {
    let is_of_load = *error == HttpError::TooMany || error.status().is_server_error();
    let site = if is_of_load {
        None
    } else {
        site::load(&web.cx).await.ok()
    };
    let own = site.map(|site| site.phrases(visitor.language));
    own.unwrap_or_else(|| visitor.phrases())
}

fn error_page(visitor: Visitor, phrases: Phrases, error: &HttpError) -> Response {
    let status = error.status().as_u16();
    let text = |part: &str| {
        phrases
            .try_translate(&format!("error-{status}-{part}"))
            .unwrap_or_else(|| phrases.translate(&format!("error-400-{part}")))
    };
    let detail = match error {
        HttpError::Conflict(detail)
        | HttpError::Unprocessable(detail)
        | HttpError::Problem(_, detail) => detail.clone(),
        HttpError::Forbidden(detail) => (*detail).to_owned(),
        HttpError::Field { .. } => error.to_string(),
        _ => String::new(),
    };
    let page = ErrorPage {
        title: text("title"),
        body: text("body"),
        visitor,
        phrases,
        // Without the site's name: the database may be down.
        brand: Brand::default(),
        status,
        detail,
    };
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page could not be rendered");
            error.to_string().into_response()
        }
    }
}
