//! Attached files that were deleted: named, and taken off a campaign.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::{attachments, draft};
use crate::model::CampaignId;
use crate::web::admin::campaigns::transition::{Done, Transition};
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn take_off(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let file = form.text("file");
    let title = viewer.say("admin-campaign-file-is-off").text("file", file);
    let flash = Flash::good(title);
    Transition::new(&web, viewer, id)
        .run(draft::take_off(&web.cx, &by, id, file), |_, ()| {
            Done::at(id, flash)
        })
        .await
}

/// That files of a campaign are missing, and which; empty where none is.
pub async fn missing_line(web: &Web, viewer: &Viewer, id: CampaignId) -> Result<String, HttpError> {
    let missing = attachments::missing_of(&web.cx, id).await?;
    let names: Vec<&str> = missing.iter().map(|file| file.file_name.as_str()).collect();
    if names.is_empty() {
        return Ok(String::new());
    }
    let line = viewer.say("admin-campaign-copy-misses");
    Ok(line.text("files", names.join(", ")).to_string())
}
