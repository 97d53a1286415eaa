//! What was typed into the form of a campaign and not saved.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::unsaved;
use crate::model::CampaignId;
use crate::web::admin::campaigns::draft::{Notice, Sheet};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of the form of the campaign that changes are stored under.
pub(super) fn address(row: CampaignId) -> String {
    match row {
        unsaved::NEW_CAMPAIGN => "/admin/campaigns/new".to_owned(),
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
    let row = id.unwrap_or(unsaved::NEW_CAMPAIGN);
    let kept = unsaved::of(&web.cx, &sheet.viewer.user, row).await?;
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

/// Stores unsaved changes (under id 0 for a new campaign) for `assets/js/autosave.js`.
pub async fn keep(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<StatusCode, HttpError> {
    Form::parse(&body)?;
    let form = String::from_utf8_lossy(&body);
    unsaved::keep(&web.cx, &viewer.user, id, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Discards unsaved changes.
pub async fn discard(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let path = address(id);
    let confirmation = Confirmation {
        title: viewer.t("admin-post-discard-title"),
        text: viewer.t("admin-post-discard-text"),
        yes: viewer.t("admin-post-discard"),
        no: viewer.t("admin-cancel"),
        back: path.clone(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    unsaved::forget(&web.cx, &viewer.user, id).await?;
    let flash = Flash::good(viewer.t("admin-post-discarded"));
    Ok(redirect(&web, &path, &flash))
}
