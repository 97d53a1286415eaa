//! Outgoing webhooks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::model::WebhookId;
use crate::store::webhooks::Webhook;
use crate::web::api::bearer::Owner;
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;
use crate::webhooks::{self, WebhookError};

/// A webhook.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WebhookBody {
    id: WebhookId,
    url: String,
    events: Vec<String>,
    is_active: bool,
    /// Why it was disabled, or its last error.
    last_error: String,
    created_at: String,
    /// The secret that signs its messages; only in the response that creates
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<Webhook> for WebhookBody {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id,
            events: webhook
                .events
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            url: webhook.url,
            is_active: webhook.is_active,
            last_error: webhook.last_error,
            created_at: webhook.created_at.rfc3339(),
            secret: None,
        }
    }
}

/// List webhooks
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", security(("bearer" = [])),
    responses((status = 200, body = Page<WebhookBody>)))]
pub async fn index(
    _owner: Owner,
    State(web): State<Web>,
) -> Result<Json<Page<WebhookBody>>, HttpError> {
    let items = webhooks::all(&web.cx)
        .await?
        .into_iter()
        .map(WebhookBody::from)
        .collect();
    Ok(Json(Page {
        items,
        next_cursor: None,
    }))
}

/// A new webhook.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewWebhook {
    /// The URL, `https://`.
    url: String,
    /// Events: `subscription.joined`, `subscription.confirmed`,
    /// `subscription.unsubscribed`, `engagement.agreed`, `engagement.withdrawn`,
    /// `delivery.bounced`, `delivery.complained`,
    /// `campaign.finished`, `campaign.failed_to_start`, `import.finished`.
    /// Empty: all events.
    #[serde(default)]
    events: Vec<String>,
}

/// Create a webhook
///
/// Its messages are signed as in Standard Webhooks with the secret in this
/// response, which is shown only here.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", security(("bearer" = [])),
    request_body = NewWebhook, responses((status = 201, body = WebhookBody), (status = 422)))]
pub async fn create(
    Owner(caller): Owner,
    State(web): State<Web>,
    Body(new): Body<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookBody>), HttpError> {
    let made = webhooks::create(&web.cx, &caller.actor(), &new.url, &new.events).await?;
    let mut body = WebhookBody::from(made.webhook);
    body.secret = Some(made.secret);
    Ok((StatusCode::CREATED, Json(body)))
}

/// Get a webhook
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = WebhookBody), (status = 404)))]
pub async fn show(
    _owner: Owner,
    State(web): State<Web>,
    PathParam(id): PathParam<WebhookId>,
) -> Result<Json<WebhookBody>, HttpError> {
    Ok(Json(webhooks::by_id(&web.cx, id).await?.into()))
}

/// Changes to a webhook; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct WebhookChange {
    url: Option<String>,
    events: Option<Vec<String>>,
    is_active: Option<bool>,
}

/// Change, enable or disable a webhook
#[utoipa::path(patch, path = "/webhooks/{id}", tag = "webhooks", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = WebhookChange,
    responses((status = 200, body = WebhookBody), (status = 404), (status = 422)))]
pub async fn change(
    Owner(caller): Owner,
    State(web): State<Web>,
    PathParam(id): PathParam<WebhookId>,
    Body(change): Body<WebhookChange>,
) -> Result<Json<WebhookBody>, HttpError> {
    let (url, events) = (change.url.as_deref(), change.events.as_deref());
    let by = caller.actor();
    let changed = webhooks::change(&web.cx, &by, id, url, events, change.is_active).await?;
    Ok(Json(changed.into()))
}

/// Delete a webhook
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 204), (status = 404)))]
pub async fn remove(
    Owner(caller): Owner,
    State(web): State<Web>,
    PathParam(id): PathParam<WebhookId>,
) -> Result<StatusCode, HttpError> {
    webhooks::remove(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<WebhookError> for HttpError {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Store(error) => error.into(),
            WebhookError::NotFound => HttpError::NotFound,
            error => HttpError::Unprocessable(error.to_string()),
        }
    }
}
