//! The slow checks of a draft (links, relay, DNS), which the campaign's page
//! loads afterwards.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use crate::campaign::lifecycle;
use crate::campaign::preflight::Finding;
use crate::deliverability::readiness;
use crate::model::CampaignId;
use crate::store::campaigns::Campaign;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/campaigns/checks.html")]
struct ChecksPage {
    viewer: Viewer,
    campaign: Campaign,
    findings: Vec<Finding>,
}

impl ChecksPage {
    fn found(&self, finding: &Finding) -> String {
        self.viewer.clause(&finding.text)
    }
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let findings = readiness::check(&web.cx, &campaign)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a campaign cannot be checked");
            HttpError::Unavailable
        })?;
    render_page(&ChecksPage {
        viewer,
        campaign,
        findings,
    })
}
