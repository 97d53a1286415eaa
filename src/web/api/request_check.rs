//! Rejects query parameters that are not in the OpenAPI document, and bodies
//! of calls that take none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::text::characters;
use crate::web::api::bearer::Caller;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Bytes of a body that must be empty or `{}`.
const EMPTY_BODY_LIMIT: usize = 1024;

/// What the OpenAPI document says about a call.
struct Operation {
    parameters: BTreeSet<String>,
    has_body: bool,
    is_public: bool,
}

/// The calls of the OpenAPI document, by lower-case method and path.
#[derive(Clone)]
pub struct Operations(Arc<BTreeMap<(String, String), Operation>>);

impl Operations {
    /// Reads the document.
    pub fn of(document: &Value) -> Self {
        let mut operations = BTreeMap::new();
        let paths = document["paths"].as_object().into_iter().flatten();
        for (path, methods) in paths {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let parameters = parameters
                    .filter(|parameter| parameter["in"] == "query")
                    .filter_map(|parameter| Some(parameter["name"].as_str()?.to_owned()));
                let operation = Operation {
                    parameters: parameters.collect(),
                    has_body: operation["requestBody"].is_object(),
                    is_public: operation["security"].is_null(),
                };
                operations.insert((method.clone(), path.clone()), operation);
            }
        }
        Self(Arc::new(operations))
    }

    fn find(&self, request: &Request) -> Option<&Operation> {
        let path = request.extensions().get::<MatchedPath>()?.as_str();
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        let method = match request.method() {
            &Method::HEAD => "get".to_owned(),
            method => method.as_str().to_ascii_lowercase(),
        };
        self.0.get(&(method, path.to_owned()))
    }
}

/// Rejects what the call does not take.
pub async fn check(
    State((web, operations)): State<(Web, Operations)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(operation) = operations.find(&request) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let (body, unknown) = match unknown_parameter(operation, parts.uri.query()) {
        Some(failure) => (body, Some(failure)),
        None if operation.has_body || parts.method == Method::GET => (body, None),
        None => require_empty(body).await,
    };
    let Some(failure) = unknown else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    // Missing permission is the first error.
    if !operation.is_public
        && let Err(refused) = Caller::from_request_parts(&mut parts, &web).await
    {
        return refused.into_response();
    }
    failure.into_response()
}

fn unknown_parameter(operation: &Operation, query: Option<&str>) -> Option<HttpError> {
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if !operation.parameters.contains(name.as_ref()) {
            let known: Vec<&str> = operation.parameters.iter().map(String::as_str).collect();
            let detail = match known.as_slice() {
                [] => "is not known here; this call takes no parameters".to_owned(),
                known => format!("is not known here; this call takes {}", known.join(", ")),
            };
            return Some(HttpError::field(name.escape_debug().to_string(), &detail));
        }
        if let Err(error) = characters::clean(&value) {
            return Some(HttpError::field(name, &error));
        }
    }
    None
}

/// The body, and an error if it is not empty.
async fn require_empty(body: Body) -> (Body, Option<HttpError>) {
    let bytes = to_bytes(body, EMPTY_BODY_LIMIT)
        .await
        .unwrap_or_else(|_| "too long".into());
    let is_empty = match bytes.trim_ascii() {
        b"" => true,
        text => serde_json::from_slice::<Value>(text)
            .is_ok_and(|value| value.as_object().is_some_and(serde_json::Map::is_empty)),
    };
    let what = || HttpError::Unprocessable("this call takes no body".to_owned());
    (Body::from(bytes), (!is_empty).then(what))
}
