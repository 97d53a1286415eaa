//! The part of listmonk's API that its clients use, in its form: paths, fields, numbers and
//! errors. Off until the setting `listmonk_api` turns it on.
//!
//! Each call goes through the same services as ours in [`super::api`], with the same tokens,
//! scopes and roles. What listmonk would do against a person's word is refused, or left out
//! and said so: `docs/listmonk-api.md` lists the differences.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::json;

use crate::web::http::error::HttpError;
use crate::web::http::error_response::of_response;
use crate::web::http::retry;
use crate::web::state::Web;

mod campaign_json;
mod campaigns;
mod client;
mod input;
mod lists;
mod memberships;
mod numbers;
mod public;
mod query;
mod states;
mod subscriber_query;
mod subscribers;
mod templates;
mod transactional;

pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .route("/api/health", get(client::health))
        .route("/api/lists", get(lists::index).post(lists::create))
        .route(
            "/api/lists/{id}",
            get(lists::show).put(lists::change).delete(lists::delete),
        )
        .route(
            "/api/subscribers",
            get(subscribers::index).post(subscribers::create),
        )
        .route(
            "/api/subscribers/{id}",
            get(subscribers::show)
                .put(subscribers::change)
                .patch(subscribers::patch)
                .delete(subscribers::erase),
        )
        .route(
            "/api/subscribers/{id}/optin",
            post(subscribers::ask_to_confirm),
        )
        .route(
            "/api/subscribers/{id}/blocklist",
            put(memberships::blocklist_one),
        )
        .route("/api/subscribers/blocklist", put(memberships::blocklist))
        .route("/api/subscribers/lists", put(memberships::change))
        .route("/api/public/lists", get(public::lists))
        .route("/api/public/subscription", post(public::subscribe))
        .route("/api/tx", post(transactional::send))
        .route("/api/templates", get(templates::index))
        .route("/api/templates/{id}", get(templates::show))
        .route(
            "/api/campaigns",
            get(campaigns::index).post(campaigns::create),
        )
        .route(
            "/api/campaigns/{id}",
            get(campaigns::show)
                .put(campaigns::change)
                .delete(campaigns::delete),
        )
        .route("/api/campaigns/{id}/status", put(campaigns::set_status))
        .route("/api/campaigns/{id}/preview", get(campaigns::preview))
        .route_layer(from_fn(retry::after_deadlock))
        .route_layer(from_fn(in_its_form))
        .route_layer(from_fn_with_state(web.clone(), only_if_on))
}

/// Where it is off there is nothing at these addresses.
async fn only_if_on(State(web): State<Web>, request: Request, next: Next) -> Response {
    if web.cx.config().listmonk_api {
        next.run(request).await
    } else {
        HttpError::NotFound.into_response()
    }
}

/// Errors as listmonk words them: `{"message": …}`, with 400 for everything that is wrong
/// with a request, unknown numbers included, and 403 for missing rights.
async fn in_its_form(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_fine = !status.is_client_error() && !status.is_server_error();
    if is_fine || status == StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let error = match of_response(response).await {
        Ok(error) => error,
        Err(rendered) => return rendered,
    };
    let status = match error.status() {
        StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        StatusCode::UNAUTHORIZED => StatusCode::FORBIDDEN,
        status => status,
    };
    let message = match &error {
        HttpError::Unauthorized => "invalid API credentials".to_owned(),
        HttpError::NotFound => "not found".to_owned(),
        error => error.to_string(),
    };
    (status, Json(json!({ "message": message }))).into_response()
}
