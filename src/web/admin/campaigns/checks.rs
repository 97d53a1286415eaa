//! The checks of a draft that take a while: links, relay, domain. The campaign's
//! page fetches them once it is there.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use super::super::frame::{Desk, show};
use crate::campaign::lifecycle;
use crate::campaign::preflight::Finding;
use crate::feedback::readiness;
use crate::model::CampaignId;
use crate::store::campaigns::Campaign;
use crate::web::{Failure, Web};

#[derive(Template)]
#[template(path = "admin/campaigns/checks.html")]
struct ChecksPage {
    desk: Desk,
    campaign: Campaign,
    findings: Vec<Finding>,
}

pub async fn show_checks(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let findings = readiness::check(&web.cx, &campaign)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a campaign cannot be checked");
            Failure::Unavailable
        })?;
    show(&ChecksPage {
        desk,
        campaign,
        findings,
    })
}
