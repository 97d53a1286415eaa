//! The members of a segment as a file. To look through them, the table of subscribers has a
//! filter.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt as _;

use crate::audience::{segment, segment_export};
use crate::model::SegmentId;
use crate::model::audit::AuditAccess;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Everybody in the segment as CSV, streamed.
pub async fn download(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SegmentId>,
) -> Result<Response, HttpError> {
    let segment = segment::by_id(&web.cx, id).await?;
    let segment = segment.ok_or(HttpError::NotFound)?;
    viewer
        .note(&web, AuditAccess::SegmentExport, &segment.name)
        .await?;
    let pieces = segment_export::stream(&web.cx, segment.rule);
    let logged = pieces.inspect_err(|error| tracing::error!(%error, "an export was interrupted"));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"segment-{id}.csv\""),
        ),
    ];
    Ok((headers, Body::from_stream(logged)).into_response())
}
