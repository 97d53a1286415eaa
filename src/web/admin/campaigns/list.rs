//! The list of campaigns.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::campaign::ab_test::rest::Rest;
use crate::campaign::approval::Approval;
use crate::campaign::overview::{self, Overview};
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delivery::DeliveryCounts;
use crate::model::list_access::ListAccess;
use crate::store::campaigns::Campaign;
use crate::web::admin::campaigns::progress::rest_line;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PAGE: i64 = 20;

/// A campaign with its counts, as a table row.
pub struct Row {
    pub campaign: Campaign,
    pub counts: DeliveryCounts,
    /// Somebody asks for its approval.
    pub waits_for_approval: bool,
    /// Those whom its A/B test has left out, while they wait.
    pub rest: Option<Rest>,
}

impl Row {
    /// `310 of 412 sent`; empty before the audience is frozen.
    pub fn done(&self, viewer: &Viewer) -> String {
        match self.counts.total() + self.rest.map_or(0, |rest| rest.count) {
            0 => String::new(),
            total => {
                let done = viewer.say("admin-campaigns-done");
                let done = done.number("sent", self.counts.sent);
                done.number("total", total).to_string()
            }
        }
    }

    /// How many wait for what its A/B test finds; empty for none.
    pub fn waiting(&self, viewer: &Viewer) -> String {
        let line = |rest: &Rest| rest_line(viewer, &self.counts, rest);
        self.rest.as_ref().map_or_else(String::new, line)
    }

    /// As [`when`].
    pub fn when(&self, viewer: &Viewer) -> String {
        when(viewer, &self.campaign)
    }
}

/// What happened or happens last to a campaign, and when: `started 18 August 2007, 10:00`.
pub fn when(viewer: &Viewer, campaign: &Campaign) -> String {
    let (key, at) = match (
        campaign.finished_at,
        campaign.started_at,
        campaign.scheduled_at,
    ) {
        (Some(at), _, _) => ("admin-campaigns-ended", at),
        (_, Some(at), _) => ("admin-campaigns-started", at),
        (_, _, at) if campaign.state == CampaignState::FailedToStart => (
            "admin-campaigns-was-to-start",
            at.unwrap_or(campaign.created_at),
        ),
        (_, _, Some(at)) => ("admin-campaigns-starts", at),
        (None, None, None) => ("admin-campaigns-made", campaign.created_at),
    };
    viewer.say(key).text("at", viewer.when(&at)).to_string()
}

/// Up to `limit` campaigns within a user's reach before `before`, newest first.
pub async fn rows(
    web: &Web,
    access: &ListAccess,
    before: Option<CampaignId>,
    limit: i64,
) -> Result<Vec<Row>, HttpError> {
    let page = overview::page(&web.cx, access, before, limit).await?;
    let row = |one: Overview| Row {
        waits_for_approval: one.campaign.state.is_editable()
            && matches!(one.approval, Approval::Requested { .. }),
        campaign: one.campaign,
        counts: one.counts,
        rest: one.rest,
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
    let mut rows = rows(&web, &viewer.access, paging.before, PAGE + 1).await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&ListPage {
        viewer,
        is_first: paging.before.is_none(),
        next: rows.last().filter(|_| has_more).map(|row| row.campaign.id),
        rows,
    })
}
