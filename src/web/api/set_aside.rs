//! Incoming emails that could not be processed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::inbound::{Processed, retry_set_aside, set_aside};
use crate::model::feedback::{Source, Verdict};
use crate::store::failed_inbound_mails::SetAside;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// An incoming email that could not be processed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SetAsideBody {
    id: i64,
    /// How it arrived.
    source: Source,
    /// The envelope's recipient; may be empty.
    mail_to: String,
    /// Why it could not be processed.
    reason: String,
    at: String,
}

impl From<SetAside> for SetAsideBody {
    fn from(mail: SetAside) -> Self {
        Self {
            id: mail.id,
            source: mail.source,
            mail_to: mail.mail_to,
            reason: mail.reason,
            at: mail.at.rfc3339(),
        }
    }
}

/// List incoming emails that could not be processed, newest first
#[utoipa::path(get, path = "/set-aside", tag = "audience", security(("bearer" = [])),
    params(Paging), responses((status = 200, body = Page<SetAsideBody>)))]
pub async fn index(
    exporter: Exporter,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<SetAsideBody>>, HttpError> {
    exporter.note(&web, "returned mails").await?;
    let before = paging.after::<i64>()?;
    let found = set_aside::page(&web.cx, before, paging.limit()).await?;
    let page = Page::new(found, &paging, |mail| mail.id);
    Ok(Json(page.map(SetAsideBody::from)))
}

/// Get one, with the reason
#[utoipa::path(get, path = "/set-aside/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SetAsideBody), (status = 404)))]
pub async fn show(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<i64>,
) -> Result<Json<SetAsideBody>, HttpError> {
    exporter.note(&web, "returned mails").await?;
    let found = set_aside::by_id(&web.cx, id).await?;
    let (mail, _) = found.ok_or(HttpError::NotFound)?;
    Ok(Json(mail.into()))
}

/// Get the email as received, or its beginning
#[utoipa::path(get, path = "/set-aside/{id}/raw", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 200, body = String, content_type = "application/octet-stream"),
              (status = 404)))]
pub async fn raw(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<i64>,
) -> Result<Response, HttpError> {
    exporter.note(&web, "returned mails").await?;
    let found = set_aside::by_id(&web.cx, id).await?;
    let (_, content) = found.ok_or(HttpError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"mail-{id}.eml\""),
        ),
    ];
    Ok((headers, content).into_response())
}

/// The result of a retry.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Retried {
    /// Whether it was processed; if not, it stays with its new reason.
    is_processed: bool,
    /// What it reports; `null` if it failed again or was a duplicate.
    verdict: Option<Verdict>,
}

/// Retry
#[utoipa::path(post, path = "/set-aside/{id}/retry", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = Retried), (status = 404)))]
pub async fn retry(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<i64>,
) -> Result<Json<Retried>, HttpError> {
    let taken = retry_set_aside(&web.cx, &caller.actor(), id).await?;
    let taken = taken.ok_or(HttpError::NotFound)?;
    Ok(Json(Retried {
        is_processed: taken != Processed::SetAside,
        verdict: match taken {
            Processed::Done(verdict) => Some(verdict),
            Processed::Known | Processed::SetAside => None,
        },
    }))
}

/// Delete it without processing
#[utoipa::path(delete, path = "/set-aside/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<i64>,
) -> Result<StatusCode, HttpError> {
    if !set_aside::delete(&web.cx, &caller.actor(), id).await? {
        return Err(HttpError::NotFound);
    }
    Ok(StatusCode::NO_CONTENT)
}
