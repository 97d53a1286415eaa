//! Suppressions in bulk: undo, export, import.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::audience::suppression;
use crate::audience::suppression_file::{self, FileError};
use crate::import::ImportError;
use crate::model::subscription::SuppressionReason;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::request::Body;
use crate::web::api::suppressions::Selection;
use crate::web::http::error::HttpError;
use crate::web::http::upload;
use crate::web::state::Web;

/// Which suppressions to undo, and why.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Undo {
    /// The reason; required for complaints and unsubscriptions.
    reason: Option<SuppressionReason>,
    /// The campaign that led to them.
    campaign: Option<i64>,
    /// Created at this time (RFC 3339) or later …
    since: Option<String>,
    /// … and before this one.
    until: Option<String>,
    /// Why, for the audit log.
    #[serde(default)]
    why: String,
    /// Only count them.
    #[serde(default)]
    dry_run: bool,
}

/// Suppressions undone (in a dry run: that would be).
#[derive(Serialize, utoipa::ToSchema)]
pub struct Undone {
    undone: i64,
}

/// Undo the suppressions of a campaign, a reason or a period
///
/// Complaints and unsubscriptions are only undone if `reason` names them and
/// `why` explains it.
#[utoipa::path(post, path = "/suppressions/undo", tag = "audience", security(("bearer" = [])),
    request_body = Undo, responses((status = 200, body = Undone), (status = 422)))]
pub async fn undo(
    caller: Caller,
    State(web): State<Web>,
    Body(undo): Body<Undo>,
) -> Result<Json<Undone>, HttpError> {
    let selection = Selection::new(undo.reason, undo.campaign, undo.since, undo.until);
    let which = selection.which()?;
    let undone = if undo.dry_run {
        suppression::count_to_undo(&web.cx, &which).await?
    } else {
        let (by, words) = (caller.actor(), selection.words());
        suppression::undo(&web.cx, &by, &which, &words, &undo.why).await? as i64
    };
    Ok(Json(Undone { undone }))
}

/// Export all suppressions as CSV: address, reason, time, note
#[utoipa::path(get, path = "/suppressions/export", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn export(exporter: Exporter, State(web): State<Web>) -> Result<Response, HttpError> {
    exporter.note(&web, "suppressions").await?;
    let mut file = Vec::new();
    suppression_file::export(&web.cx, &mut file)
        .await
        .map_err(failure)?;
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((kind, file).into_response())
}

/// The result of an import.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportedBody {
    /// Suppressions that were added.
    added: u64,
    /// Suppressions that existed for the same reason.
    known: u64,
    /// The first thousand rejected lines.
    rejected: Vec<RejectedLine>,
    /// Rejected lines.
    rejected_count: u64,
}

/// A rejected line.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RejectedLine {
    line: u64,
    reason: String,
}

/// Import suppressions from a table
///
/// CSV with any separator and in any usual encoding, XLSX, ODS or JSON Lines, perhaps gzipped. A column `address` (or `email`), and optionally `reason`, `time` and
/// `note`. A whole domain is `@example.org`.
#[utoipa::path(post, path = "/suppressions/import", tag = "audience", security(("bearer" = [])),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportedBody), (status = 422)))]
pub async fn import(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<Json<ImportedBody>, HttpError> {
    DefaultBodyLimit::max(upload::BODY_LIMIT).apply(&mut request);
    let body = Bytes::from_request(request, &web).await;
    let body =
        body.map_err(|error| HttpError::Other(error.status().as_u16(), error.body_text()))?;
    let file = upload::spooled(&body).map_err(ImportError::Spool)?;
    let done = suppression_file::import(&web.cx, &caller.actor(), "", file)
        .await
        .map_err(failure)?;
    let line = |(line, reason)| RejectedLine { line, reason };
    Ok(Json(ImportedBody {
        added: done.added,
        known: done.known,
        rejected_count: done.rejected.count(),
        rejected: done.rejected.into_named().into_iter().map(line).collect(),
    }))
}

fn failure(error: FileError) -> HttpError {
    match error {
        FileError::Audience(error) => error.into(),
        error => HttpError::Unprocessable(error.to_string()),
    }
}
