//! Campaigns on the desk: their list, and where the rest of them is.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::flash::Flash;
use super::frame::{Desk, go, show as page};
use super::{campaign, campaign_brief as brief, campaign_moves as moves};
use crate::campaign::report;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::list::ListSlug;
use crate::web::{Failure, Web};

const PAGE: i64 = 25;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/campaigns", get(index).post(brief::create))
        .route("/campaigns/new", get(brief::new))
        .route("/campaigns/{id}", get(campaign::show).post(brief::change))
        .route("/campaigns/{id}/edit", get(brief::edit))
        .route("/campaigns/{id}/progress", get(campaign::progress))
        .route("/campaigns/{id}/preview", get(campaign::html))
        .route("/campaigns/{id}/text", get(campaign::text))
        .route("/campaigns/{id}/test", post(moves::test))
        .route("/campaigns/{id}/schedule", post(moves::schedule))
        .route("/campaigns/{id}/unschedule", post(moves::unschedule))
        .route("/campaigns/{id}/start", post(moves::start))
        .route("/campaigns/{id}/pause", post(moves::pause))
        .route("/campaigns/{id}/resume", post(moves::resume))
        .route("/campaigns/{id}/cancel", post(moves::cancel))
        .route("/campaigns/{id}/resend", post(moves::resend))
        .route("/campaigns/{id}/duplicate", post(moves::duplicate))
}

struct Row {
    id: CampaignId,
    subject: String,
    state: CampaignState,
    lists: String,
    sent: i64,
    total: i64,
    date: String,
}

#[derive(Template)]
#[template(path = "admin/campaigns.html")]
struct CampaignsPage {
    desk: Desk,
    campaigns: Vec<Row>,
    older: Option<CampaignId>,
}

#[derive(Deserialize)]
struct Paging {
    before: Option<CampaignId>,
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, Failure> {
    let found = report::page(&web.cx, paging.before, PAGE).await?;
    let older = found
        .last()
        .filter(|_| found.len() as i64 == PAGE)
        .map(|last| last.id);
    let mut campaigns = Vec::with_capacity(found.len());
    for campaign in found {
        let counts = report::counts(&web.cx, campaign.id).await?;
        let at = campaign
            .started_at
            .or(campaign.scheduled_at)
            .unwrap_or(campaign.created_at.millis());
        campaigns.push(Row {
            id: campaign.id,
            lists: slugs(&report::lists(&web.cx, campaign.id).await?),
            sent: counts.sent,
            total: counts.total(),
            date: desk.when(&Timestamp::from_millis(at)),
            subject: campaign.subject,
            state: campaign.state,
        });
    }
    page(&CampaignsPage {
        desk,
        campaigns,
        older,
    })
}

pub(super) fn slugs(lists: &[ListSlug]) -> String {
    lists
        .iter()
        .map(ListSlug::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Leads to a campaign's page and says there what was done.
pub(super) fn back(web: &Web, id: CampaignId, done: Flash) -> Result<Response, Failure> {
    Ok(go(web, &format!("/admin/campaigns/{id}"), &done))
}
