//! The deliveries of a campaign with their SMTP replies.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::campaign::{lifecycle, report};
use crate::model::CampaignId;
use crate::model::delivery::DeliveryState;
use crate::store::campaign_progress::DeliveryRow;
use crate::store::campaigns::Campaign;
use crate::web::admin::campaigns::progress::delivery_states;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PAGE: i64 = 50;

#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    after: i64,
}

#[derive(Template)]
#[template(path = "admin/campaigns/deliveries.html")]
struct DeliveriesPage {
    viewer: Viewer,
    campaign: Campaign,
    state: Option<DeliveryState>,
    states: Vec<(DeliveryState, i64)>,
    total: i64,
    rows: Vec<DeliveryRow>,
    is_first: bool,
    next: Option<i64>,
}

impl DeliveriesPage {
    fn word(&self) -> &'static str {
        self.state.map_or("", DeliveryState::as_str)
    }

    /// What the relay said, or why it was not asked.
    fn reply(&self, row: &DeliveryRow) -> String {
        match row.state {
            DeliveryState::Skipped | DeliveryState::Uncertain => self.viewer.explain(&row.reply),
            _ => row.reply.clone(),
        }
    }
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
    Query(filter): Query<Filter>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let state = filter.state.parse().ok();
    let counts = report::counts(&web.cx, id).await?;
    let mut rows = report::deliveries(&web.cx, id, state, filter.after, PAGE + 1).await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&DeliveriesPage {
        viewer,
        campaign,
        state,
        states: delivery_states(counts),
        total: counts.total(),
        is_first: filter.after == 0,
        next: rows.last().filter(|_| has_more).map(|row| row.id),
        rows,
    })
}
