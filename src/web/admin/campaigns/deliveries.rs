//! The deliveries of a campaign with their SMTP replies, and the search for one recipient.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::address::EmailAddress;
use crate::campaign::recipient::{self, Found, Person};
use crate::campaign::{lifecycle, report};
use crate::model::delivery::DeliveryState;
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaign_progress::DeliveryRow;
use crate::store::campaigns::Campaign;
use crate::web::admin::campaigns::progress::delivery_states;
use crate::web::admin::recipient_view::Shown;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PAGE: i64 = 50;
/// Subscribers that a search shows.
const FOUND: usize = 20;

#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    after: i64,
    /// A recipient's name or address, or a part of it.
    #[serde(default)]
    q: String,
}

/// What a search has found: whom, or what is known of a whole address.
enum Answer {
    People {
        found: Vec<Found>,
        is_cut: bool,
    },
    Address {
        shown: Box<Shown>,
        subscriber: Option<SubscriberId>,
    },
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
    q: String,
    answer: Option<Answer>,
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
    let answer = match filter.q.trim() {
        "" => None,
        text => Some(search(&web, &viewer, id, text).await?),
    };
    let counts = report::counts(&web.cx, id).await?;
    let mut rows = report::deliveries(&web.cx, id, state, filter.after, PAGE + 1).await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&DeliveriesPage {
        viewer,
        campaign,
        state,
        q: filter.q,
        answer,
        states: delivery_states(counts),
        total: counts.total(),
        is_first: filter.after == 0,
        next: rows.last().filter(|_| has_more).map(|row| row.place),
        rows,
    })
}

async fn search(
    web: &Web,
    viewer: &Viewer,
    id: CampaignId,
    text: &str,
) -> Result<Answer, HttpError> {
    // Of an address that is not within reach, nothing is said.
    if !viewer.access.is_limited()
        && let Ok(email) = EmailAddress::parse(text)
    {
        let shown_as = email.to_string();
        let person = Person::Address(email);
        let found = recipient::explain(&web.cx, id, &person, viewer.language()).await?;
        let found = found.ok_or(HttpError::NotFound)?;
        return Ok(Answer::Address {
            subscriber: found.subscriber.as_ref().map(|one| one.id),
            shown: Box::new(Shown::new(viewer, &shown_as, found)),
        });
    }
    let limit = i64::try_from(FOUND).unwrap_or(i64::MAX) + 1;
    let mut found = recipient::find(&web.cx, &viewer.access, id, text, limit).await?;
    let is_cut = found.len() > FOUND;
    found.truncate(FOUND);
    Ok(Answer::People { found, is_cut })
}
