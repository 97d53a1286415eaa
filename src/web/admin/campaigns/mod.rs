//! Campaigns: list, draft, one campaign from draft to report.

use askama::Template;
use axum::Router;
use axum::extract::{Extension, Query, State};
use axum::response::Html;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::campaign::report as reports;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delivery::DeliveryCounts;
use crate::store::campaigns::Campaign;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::thousands;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

mod checks;
mod deliveries;
mod draft;
mod limits;
mod page;
pub(super) mod progress;
mod rejections;
mod report;
mod test;
mod transitions;

const PAGE: i64 = 20;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/campaigns", get(list).post(draft::create))
        .route("/campaigns/new", get(draft::blank))
        .route("/campaigns/preview", post(draft::preview))
        .route("/campaigns/{id}", get(page::show_campaign))
        .route("/campaigns/{id}/edit", get(draft::edit).post(draft::save))
        .route("/campaigns/{id}/mail", get(page::mail))
        .route("/campaigns/{id}/progress", get(progress::progress))
        .route("/campaigns/{id}/progress/events", get(progress::events))
        .route("/campaigns/{id}/checks", get(checks::show_checks))
        .route("/campaigns/{id}/report", get(report::show_report))
        .route("/campaigns/{id}/deliveries", get(deliveries::list))
        .route("/campaigns/{id}/deliveries.csv", get(report::sheet))
        .route("/campaigns/{id}/limits", post(limits::save))
        .route("/campaigns/{id}/test", post(test::send))
        .route("/campaigns/{id}/schedule", post(transitions::schedule))
        .route("/campaigns/{id}/unschedule", post(transitions::unschedule))
        .route("/campaigns/{id}/start", post(transitions::start))
        .route("/campaigns/{id}/pause", post(transitions::pause))
        .route("/campaigns/{id}/resume", post(transitions::resume))
        .route("/campaigns/{id}/cancel", post(transitions::cancel))
        .route("/campaigns/{id}/resend", post(transitions::resend))
        .route(
            "/campaigns/{id}/resend-unreached",
            post(transitions::resend_unreached),
        )
        .route("/campaigns/{id}/refusals", post(rejections::decide))
        .route("/campaigns/{id}/duplicate", post(transitions::duplicate))
        .route("/campaigns/{id}/delete", post(transitions::delete))
        .layer(Extension(progress::Pace::default()))
}

/// A campaign with its counts, as a table row.
pub struct Row {
    pub campaign: Campaign,
    pub counts: DeliveryCounts,
}

impl Row {
    /// `310 of 412 sent`; empty before the audience is frozen.
    pub fn done(&self) -> String {
        match self.counts.total() {
            0 => String::new(),
            total => format!(
                "{} of {} sent",
                thousands(&self.counts.sent),
                thousands(&total)
            ),
        }
    }

    /// The time that matters in its state.
    pub fn at(&self) -> Timestamp {
        let campaign = &self.campaign;
        campaign
            .finished_at
            .or(campaign.started_at)
            .or(campaign.scheduled_at)
            .unwrap_or(campaign.created_at)
    }

    /// What happened or happens at that time.
    pub fn what(&self) -> &'static str {
        let campaign = &self.campaign;
        match () {
            () if campaign.finished_at.is_some() => "ended",
            () if campaign.started_at.is_some() => "started",
            () if campaign.state == CampaignState::FailedToStart => "was to start",
            () if campaign.scheduled_at.is_some() => "starts",
            () => "made",
        }
    }
}

/// Up to `limit` campaigns before `before`, newest first.
pub async fn rows(
    web: &Web,
    before: Option<CampaignId>,
    limit: i64,
) -> Result<Vec<Row>, HttpError> {
    let mut rows = Vec::new();
    for campaign in reports::page(&web.cx, before, limit).await? {
        let counts = reports::counts(&web.cx, campaign.id).await?;
        rows.push(Row { campaign, counts });
    }
    Ok(rows)
}

#[derive(Deserialize)]
struct Place {
    before: Option<CampaignId>,
}

#[derive(Template)]
#[template(path = "admin/campaigns/list.html")]
struct ListPage {
    viewer: Viewer,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<CampaignId>,
}

async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Query(place): Query<Place>,
) -> Result<Html<String>, HttpError> {
    let mut rows = rows(&web, place.before, PAGE + 1).await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&ListPage {
        viewer,
        is_first: place.before.is_none(),
        next: rows.last().filter(|_| has_more).map(|row| row.campaign.id),
        rows,
    })
}
