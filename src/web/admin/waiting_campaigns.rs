//! Asks before something is saved that campaigns are about to mail, and says what it changes.

use axum::response::Response;

use crate::account::campaign_changes;
use crate::store::campaign_changes::{Changed, WaitingCampaign};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The page that asks; `None` where no campaign waits, or the form confirms.
pub async fn ask(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
    changed: Changed<'_>,
    back: String,
) -> Result<Option<Response>, HttpError> {
    let mut db = web.cx.store.read().await?;
    let waiting = campaign_changes::waiting(&web.cx, &mut db, changed).await?;
    drop(db);
    if waiting.is_empty() {
        return Ok(None);
    }
    let lines: Vec<String> = waiting.iter().map(|one| line(viewer, one)).collect();
    let confirmation = Confirmation {
        title: viewer.t("admin-campaign-waits-title"),
        text: lines.join(" "),
        yes: viewer.t("admin-campaign-waits-yes"),
        no: viewer.t("admin-cancel"),
        back,
        choice: None,
    };
    confirmation.unless_confirmed(viewer, form)
}

/// What the change does to a campaign.
fn line(viewer: &Viewer, campaign: &WaitingCampaign) -> String {
    let key = match (&campaign.scheduled_at, &campaign.approved_by) {
        (Some(_), None) => "admin-campaign-waits-scheduled",
        (Some(_), Some(_)) => "admin-campaign-waits-scheduled-approved",
        (None, _) => "admin-campaign-waits-approved",
    };
    let at = campaign.scheduled_at.as_ref();
    viewer
        .say(key)
        .text("subject", &campaign.subject)
        .text("when", at.map_or_else(String::new, |at| viewer.when(at)))
        .text("who", campaign.approved_by.as_deref().unwrap_or_default())
        .to_string()
}
