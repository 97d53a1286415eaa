//! What was typed into the form of a campaign and not saved.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::account::autosave;
use crate::campaign::draft::NEW_CAMPAIGN;
use crate::model::CampaignId;
use crate::model::autosave::Autosaved;
use crate::web::admin::autosaves;
use crate::web::admin::campaigns::draft::{Notice, Sheet};
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of the form of the campaign that changes are stored under.
pub(super) fn address(row: CampaignId) -> String {
    match row {
        NEW_CAMPAIGN => "/admin/campaigns/new".to_owned(),
        id => format!("/admin/campaigns/{id}/edit"),
    }
}

/// The form with unsaved changes if asked for; otherwise the stored form and whether there are
/// unsaved changes.
pub(super) async fn unsaved(
    web: &Web,
    sheet: Sheet,
    is_asked_for: bool,
) -> Result<Sheet, HttpError> {
    let id = sheet.campaign.as_ref().map(|campaign| campaign.id);
    let row = id.unwrap_or(NEW_CAMPAIGN);
    let kept = autosave::of(&web.cx, &sheet.viewer.user, Autosaved::from(row)).await?;
    Ok(match kept {
        Some(kept) if is_asked_for => {
            let form = Form::parse_lossy(kept.form.as_bytes());
            Sheet {
                notice: Notice::TakenUp,
                ..Sheet::of_form(web, sheet.viewer, sheet.campaign, &form)
            }
        }
        Some(kept) => Sheet {
            notice: Notice::Unsaved(kept.at),
            ..sheet
        },
        None => sheet,
    })
}

/// Stores unsaved changes (under id 0 for a new campaign).
pub async fn keep(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<StatusCode, HttpError> {
    autosaves::keep(&web, &viewer, Autosaved::from(id), &body).await
}

/// Discards unsaved changes.
pub async fn discard(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    autosaves::discard(&web, &viewer, Autosaved::from(id), address(id), &body).await
}
