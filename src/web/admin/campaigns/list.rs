//! The list of campaigns.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::campaign::overview::{self, Overview};
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

const PAGE: i64 = 20;

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
    let page = overview::page(&web.cx, before, limit).await?;
    let row = |one: Overview| Row {
        campaign: one.campaign,
        counts: one.counts,
    };
    Ok(page.into_iter().map(row).collect())
}

#[derive(Deserialize)]
pub struct Paging {
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

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, HttpError> {
    let mut rows = rows(&web, paging.before, PAGE + 1).await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&ListPage {
        viewer,
        is_first: paging.before.is_none(),
        next: rows.last().filter(|_| has_more).map(|row| row.campaign.id),
        rows,
    })
}
