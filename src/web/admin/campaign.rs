//! One campaign: a draft with what stands in its way, or a mailing with its
//! progress and each recipient's state.

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Response};
use serde::Deserialize;

use super::campaigns::slugs;
use super::frame::{Desk, show as page};
use super::preview;
use crate::campaign::preflight::{self, Finding};
use crate::campaign::{lifecycle, report};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignAction, CampaignState};
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::{Failure, Web};

const DELIVERIES: i64 = 50;

/// Who would get a draft, in one language.
struct Group {
    language: String,
    count: i64,
}

struct DeliveryRow {
    email: String,
    state: DeliveryState,
    attempts: i64,
    reply: String,
    at: String,
}

struct StateCount {
    state: DeliveryState,
    count: i64,
}

/// A part of the bar: a state's share of all, in thousandths.
struct Part {
    state: &'static str,
    kind: &'static str,
    x: String,
    width: String,
}

#[derive(Template)]
#[template(path = "admin/campaign.html")]
struct CampaignPage {
    desk: Desk,
    campaign: Campaign,
    lists: String,
    sender: String,
    scheduled_at: String,
    started_at: String,
    finished_at: String,
    /// For a draft.
    findings: Vec<Finding>,
    audience: Vec<Group>,
    recipients: i64,
    language: Language,
    /// For a mailing.
    total: i64,
    done: i64,
    counts: Vec<StateCount>,
    uncertain: i64,
    parts: Vec<Part>,
    relay_trouble: String,
    filter: Option<DeliveryState>,
    deliveries: Vec<DeliveryRow>,
    next: Option<i64>,
}

impl CampaignPage {
    fn may(&self, action: CampaignAction) -> bool {
        self.desk.can_edit() && self.campaign.state.actions().any(|one| one == action)
    }

    fn is_draft(&self) -> bool {
        self.campaign.state.is_editable()
    }

    fn is_ready(&self) -> bool {
        self.findings.iter().all(|finding| !finding.is_error)
    }
}

#[derive(Deserialize)]
pub struct View {
    state: Option<DeliveryState>,
    after: Option<i64>,
    language: Option<Language>,
}

pub async fn show(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    Query(view): Query<View>,
) -> Result<Html<String>, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let moment =
        |at: Option<i64>| at.map_or_else(String::new, |at| desk.when(&Timestamp::from_millis(at)));
    let is_draft = campaign.state.is_editable();
    let (findings, audience) = match is_draft {
        true => (
            preflight::check(&web.cx, &campaign).await?,
            report::audience(&web.cx, id).await?,
        ),
        false => (Vec::new(), Vec::new()),
    };
    let counts = report::counts(&web.cx, id).await?;
    let rows = match is_draft {
        true => Vec::new(),
        false => {
            let after = view.after.unwrap_or(0);
            report::deliveries(&web.cx, id, view.state, after, DELIVERIES).await?
        }
    };
    let recipients = audience.iter().map(|(_, count)| count).sum();
    page(&CampaignPage {
        lists: slugs(&report::lists(&web.cx, id).await?),
        sender: lifecycle::sender(&web.cx, &campaign)
            .map_or_else(|error| error.to_string(), |sender| sender.to_string()),
        scheduled_at: moment(campaign.scheduled_at),
        started_at: moment(campaign.started_at),
        finished_at: moment(campaign.finished_at),
        findings,
        audience: audience
            .into_iter()
            .map(|(tag, count)| Group {
                language: tag
                    .parse::<Language>()
                    .map_or(tag, |language| language.endonym().to_owned()),
                count,
            })
            .collect(),
        recipients,
        language: view.language.unwrap_or(web.cx.config.language),
        total: counts.total(),
        done: counts.ended(),
        uncertain: counts.uncertain,
        parts: parts(counts),
        counts: by_state(counts),
        relay_trouble: match campaign.state {
            CampaignState::Sending => report::relay_trouble(&web.cx).await?,
            _ => String::new(),
        },
        filter: view.state,
        next: rows
            .last()
            .filter(|_| rows.len() as i64 == DELIVERIES)
            .map(|row| row.id),
        deliveries: rows
            .into_iter()
            .map(|row| DeliveryRow {
                email: row.email.unwrap_or_else(|| "erased".to_owned()),
                state: row.state,
                attempts: row.attempts,
                reply: row.reply,
                at: desk.when(&row.changed_at),
            })
            .collect(),
        campaign,
        desk,
    })
}

fn by_state(mut counts: DeliveryCounts) -> Vec<StateCount> {
    DeliveryState::ALL
        .iter()
        .map(|state| StateCount {
            state: *state,
            count: *counts.of(*state),
        })
        .collect()
}

/// The bar's parts, from the good end to the bad one.
fn parts(mut counts: DeliveryCounts) -> Vec<Part> {
    let total = counts.total().max(1) as f64;
    let mut start = 0.0;
    [
        (DeliveryState::Sent, "good"),
        (DeliveryState::Sending, "sky"),
        (DeliveryState::Deferred, "warn"),
        (DeliveryState::Uncertain, "warn"),
        (DeliveryState::Failed, "bad"),
        (DeliveryState::Bounced, "bad"),
        (DeliveryState::Complained, "bad"),
    ]
    .into_iter()
    .map(|(state, kind)| {
        let share = 100.0 * *counts.of(state) as f64 / total;
        let part = Part {
            state: state.as_str(),
            kind,
            x: format!("{start:.2}%"),
            width: format!("{share:.2}%"),
        };
        start += share;
        part
    })
    .collect()
}

/// What `js/progress.js` asks for every two seconds.
pub async fn progress(
    State(web): State<Web>,
    _desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Json<serde_json::Value>, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let pace = pace(&campaign, counts, web.cx.clock.now());
    Ok(Json(serde_json::json!({
        "state": campaign.state,
        "total": counts.total(),
        "counts": counts,
        "rate": pace.map(|(rate, _)| rate),
        "seconds_left": pace.map(|(_, left)| left),
    })))
}

/// Messages a second since the start, and the seconds that the rest will take
/// at that pace; nothing before there is a pace.
fn pace(campaign: &Campaign, counts: DeliveryCounts, now: Timestamp) -> Option<(f64, f64)> {
    let started = Timestamp::from_millis(campaign.started_at?);
    let seconds = now.since(started).as_secs_f64();
    let rate = counts.ended() as f64 / seconds.max(0.001);
    let is_moving = campaign.state == CampaignState::Sending && seconds > 1.0 && rate > 0.0;
    is_moving.then(|| (rate, counts.open() as f64 / rate))
}

#[derive(Deserialize)]
pub struct PreviewChoice {
    language: Option<Language>,
}

/// The plain text part of the mail.
pub async fn text(
    State(web): State<Web>,
    _desk: Desk,
    Path(id): Path<CampaignId>,
    Query(choice): Query<PreviewChoice>,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = choice.language.unwrap_or(web.cx.config.language);
    let filled = lifecycle::preview(&web.cx, &campaign, language).await?;
    Ok(preview::text(filled.text))
}

/// The mail as HTML.
pub async fn html(
    State(web): State<Web>,
    _desk: Desk,
    headers: HeaderMap,
    Path(id): Path<CampaignId>,
    Query(choice): Query<PreviewChoice>,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = choice.language.unwrap_or(web.cx.config.language);
    let filled = lifecycle::preview(&web.cx, &campaign, language).await;
    preview::answer(&headers, filled)
}
