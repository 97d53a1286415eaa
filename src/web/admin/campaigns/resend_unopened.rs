//! A draft of a campaign for those who are known not to have opened it. It asks first, and says
//! how few that may be.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::{CampaignError, engagement, lifecycle, report, resend};
use crate::model::CampaignId;
use crate::web::admin::campaigns::transition::{Done, Transition, confirmation};
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn make(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let seen = engagement::of_campaign(&web.cx, id).await?;
    let Some(seen) = seen.filter(|seen| resend::can_resend(&campaign, Some(seen))) else {
        return Err(CampaignError::NotSeen.into());
    };
    let counts = report::counts(&web.cx, id).await?;
    let unknown = (counts.taken() - seen.agreed).max(0);
    let text = viewer
        .say("admin-campaign-resend-unopened-text")
        .number("count", resend::count_unopened(&web.cx, id).await?)
        .number("unknown", unknown);
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-resend-unopened-question"),
        text.into(),
        viewer.t("admin-campaign-resend-unopened"),
        viewer.t("admin-cancel"),
    );
    let flash = Flash::good(viewer.t("admin-campaign-resend-unopened-done"))
        .with(viewer.t("admin-campaign-resend-unopened-next"));
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            resend::resend_unopened(&web.cx, &by, id),
            |_, made| Done::at(made.id, flash),
        )
        .await
}
