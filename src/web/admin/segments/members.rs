//! The members of a segment as a file. To look through them, the table of subscribers has a
//! filter.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::audience::{segment, segment_export};
use crate::model::SegmentId;
use crate::model::audit::AuditAccess;
use crate::web::admin::viewer::Editor;
use crate::web::http::attachment::attachment;
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
    let name = format!("segment-{id}.csv");
    Ok(attachment("text/csv; charset=utf-8", &name, pieces))
}
