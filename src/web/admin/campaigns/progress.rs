//! Progress, rate and remaining time of a campaign, for its page and for
//! `assets/js/progress.js`.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use parking_lot::Mutex;
use serde::Serialize;
use strum::VariantArray as _;

use crate::campaign::ab_test::rest::{self, Rest, WaitsFor};
use crate::campaign::delay::{self, Delay};
use crate::campaign::{lifecycle, report};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delay::DelayReason;
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Samples kept for each campaign, and for how long.
const LOOKS: usize = 60;
const WINDOW_MS: i64 = 60_000;
/// Campaigns with samples.
const CAMPAIGNS: usize = 100;

/// The JSON for `progress.js`.
#[derive(Debug, Serialize)]
pub struct Progress {
    pub state: CampaignState,
    pub total: i64,
    pub counts: DeliveryCounts,
    /// Messages per minute; `None` while nothing is sent.
    pub rate: Option<i64>,
    /// `None` while unknown.
    pub seconds_left: Option<i64>,
    /// Why nothing is sent; `None` while something is.
    pub delay: Option<DelayLine>,
    /// Seconds until the start, as long as that can be undone.
    pub starts_in: Option<u64>,
    /// Those whom its A/B test has left out, as far as they wait.
    pub rest: i64,
    /// How many those are and what they wait for, in words; empty for none.
    pub rest_line: String,
}

/// Why a campaign is not moving, in words.
#[derive(Debug, Serialize)]
pub struct DelayLine {
    pub title: String,
    pub text: String,
}

impl DelayLine {
    pub fn new(wording: &Wording, delay: &Delay) -> Self {
        let detail = wording.clause(&delay.detail);
        let text = match detail.trim_end_matches('.') {
            "" => wording.say("admin-campaign-delayed"),
            detail => wording
                .say("admin-campaign-delayed-detail")
                .text("detail", detail),
        };
        Self {
            title: wording.word("admin-campaign-delay", delay.reason),
            text: text
                .text("since", wording.when(&delay.since))
                .text("remedy", remedy(wording, delay.reason))
                .into(),
        }
    }
}

/// What to do about a delay.
fn remedy(wording: &Wording, reason: DelayReason) -> String {
    wording.t(match reason {
        DelayReason::Paused => "admin-campaign-remedy-resume",
        DelayReason::RelayRefuses => "admin-campaign-remedy-fix",
        _ => "admin-campaign-remedy-none",
    })
}

impl Progress {
    pub async fn of(
        web: &Web,
        wording: &Wording,
        campaign: &Campaign,
        pace: &Pace,
    ) -> Result<Self, HttpError> {
        let counts = report::counts(&web.cx, campaign.id).await?;
        let per_second = match (campaign.state, campaign.started_at) {
            (CampaignState::Sending, Some(started)) => {
                let now = web.cx.clock.now();
                pace.look(campaign.id, now, counts.ended(), started)
            }
            _ => None,
        };
        // The page shows the reason of a pause itself.
        let delay = match campaign.state {
            CampaignState::Sending => delay::of(&web.cx, campaign).await?,
            _ => None,
        };
        let rest = pace.rest(web, campaign).await?;
        let left = |per_second: f64| (counts.open() as f64 / per_second).ceil() as i64;
        Ok(Self {
            state: campaign.state,
            total: counts.total() + rest.map_or(0, |rest| rest.count),
            rest: rest.map_or(0, |rest| rest.count),
            rest_line: rest.map_or_else(String::new, |rest| rest_line(wording, &counts, &rest)),
            counts,
            rate: per_second.map(|per_second| (per_second * 60.0).round() as i64),
            seconds_left: per_second.filter(|_| counts.open() > 0).map(left),
            delay: delay.map(|delay| DelayLine::new(wording, &delay)),
            starts_in: starts_in(campaign, web.cx.clock.now()),
        })
    }

    /// Deliveries that have ended.
    pub fn done(&self) -> i64 {
        self.counts.ended()
    }

    pub fn percent(&self) -> i64 {
        100 * self.done() / self.total.max(1)
    }

    pub fn time_left(&self, language: Language) -> String {
        let told = |seconds| duration(language, seconds);
        self.seconds_left.map_or_else(String::new, told)
    }

    /// The segments of the bar: states, class, start and width in per cent.
    pub fn bar(&self) -> Vec<(&'static str, &'static str, f64, f64)> {
        let counts = &self.counts;
        let parts = [
            ("sent", "good", counts.sent),
            (
                "deferred uncertain",
                "warn",
                counts.deferred + counts.uncertain,
            ),
            (
                "failed bounced complained",
                "bad",
                counts.failed + counts.bounced + counts.complained,
            ),
            ("skipped", "", counts.skipped),
        ];
        let mut start = 0.0;
        parts
            .into_iter()
            .map(|(states, look, count)| {
                let width = 100.0 * count as f64 / self.total.max(1) as f64;
                let part = (states, look, start, width);
                start += width;
                part
            })
            .collect()
    }
}

/// `Test: 75 of 207 readers. 132 wait for your decision.`
pub fn rest_line(wording: &Wording, counts: &DeliveryCounts, rest: &Rest) -> String {
    let tested = counts.total();
    let line = wording.say(match rest.waits_for {
        WaitsFor::Result => "admin-ab-rest-result",
        WaitsFor::Decision => "admin-ab-rest-decision",
        WaitsFor::Sending(_) => "admin-ab-rest-sending",
    });
    let winner = match rest.waits_for {
        WaitsFor::Sending(winner) => winner.letter(),
        WaitsFor::Result | WaitsFor::Decision => "",
    };
    line.number("tested", tested)
        .number("all", tested + rest.count)
        .number("rest", rest.count)
        .text("winner", winner)
        .into()
}

/// Seconds until a start that can still be undone; begun ones count.
fn starts_in(campaign: &Campaign, now: Timestamp) -> Option<u64> {
    let is_starting = campaign.state == CampaignState::Scheduled && campaign.is_start_delayed;
    let at = campaign.scheduled_at.filter(|_| is_starting)?;
    Some(at.since(now).as_millis().div_ceil(1000) as u64)
}

/// Deliveries by state.
pub fn delivery_states(mut counts: DeliveryCounts) -> Vec<(DeliveryState, i64)> {
    DeliveryState::VARIANTS
        .iter()
        .map(|state| (*state, *counts.of(*state)))
        .collect()
}

/// `40 seconds`, `12 minutes`, `3.5 hours`.
pub fn duration(language: Language, seconds: i64) -> String {
    let phrases = Phrases::shipped(language);
    let phrase = match seconds {
        ..90 => phrases
            .say("admin-campaign-seconds")
            .number("count", seconds.max(0)),
        90..5400 => phrases
            .say("admin-campaign-minutes")
            .number("count", (seconds + 30) / 60),
        _ => {
            let tenths = (seconds + 180) / 360;
            phrases
                .say("admin-campaign-hours")
                .text("hours", tenths / 10)
                .text("tenths", tenths % 10)
        }
    };
    phrase.to_string()
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
) -> Result<Json<Progress>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok(Json(Progress::of(&web, &viewer, &campaign, &pace).await?))
}

/// The interval between events.
const EVERY: Duration = Duration::from_secs(1);
/// Events of one connection. A browser reconnects by itself, so a signed-out
/// user gets no more.
const LONGEST: usize = 600;

/// Progress as server-sent events, until the campaign ends or the server
/// stops. They speak the language of the user who asked for them.
pub async fn events(
    State(web): State<Web>,
    viewer: Viewer,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
) -> Result<Sse<impl Stream<Item = Result<Event, axum::Error>>>, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let wording = viewer.wording;
    let events = stream::unfold(0, move |times| {
        let (web, wording, pace) = (web.clone(), wording.clone(), pace.clone());
        async move {
            if times == LONGEST || web.stop.is_cancelled() {
                return None;
            }
            if times > 0 {
                tokio::select! {
                    () = tokio::time::sleep(EVERY) => {}
                    () = web.stop.cancelled() => return None,
                }
            }
            let campaign = lifecycle::by_id(&web.cx, id).await.ok()?;
            let progress = Progress::of(&web, &wording, &campaign, &pace).await.ok()?;
            let is_over = !matches!(
                campaign.state,
                CampaignState::Scheduled | CampaignState::Sending | CampaignState::Paused
            );
            let next = if is_over { LONGEST } else { times + 1 };
            Some((Event::default().json_data(progress), next))
        }
    });
    Ok(Sse::new(events))
}

/// Samples of each campaign in the last minute. Only for display; a restart
/// forgets them.
#[derive(Clone, Default)]
pub struct Pace {
    looks: Arc<Mutex<HashMap<CampaignId, Looks>>>,
    /// Who waits for a test, which takes a look at the whole audience.
    rests: Arc<Mutex<HashMap<CampaignId, (Timestamp, Rest)>>>,
}

type Looks = VecDeque<(Timestamp, i64)>;

impl Pace {
    /// The rest of a campaign, counted once in a minute at most as long as it waits for the same.
    async fn rest(&self, web: &Web, campaign: &Campaign) -> Result<Option<Rest>, HttpError> {
        let (id, now) = (campaign.id, web.cx.clock.now());
        let Some(waits_for) = rest::waits_for(&web.cx, campaign).await? else {
            self.rests.lock().remove(&id);
            return Ok(None);
        };
        let known = self.rests.lock().get(&id).copied();
        let is_fresh = |at: Timestamp| (0..WINDOW_MS).contains(&(now.millis() - at.millis()));
        if let Some((_, rest)) =
            known.filter(|(at, rest)| is_fresh(*at) && rest.waits_for == waits_for)
        {
            return Ok(Some(rest));
        }
        let found = rest::known_of_campaign(&web.cx, campaign).await?;
        if let Some(rest) = found {
            let mut all = self.rests.lock();
            if all.len() >= CAMPAIGNS {
                all.clear();
            }
            all.insert(id, (now, rest));
        }
        Ok(found)
    }

    /// Adds a sample and returns deliveries per second: in the last minute, or
    /// since the start if this is the first sample.
    fn look(&self, id: CampaignId, now: Timestamp, ended: i64, started: Timestamp) -> Option<f64> {
        let mut all = self.looks.lock();
        if all.len() >= CAMPAIGNS && !all.contains_key(&id) {
            all.clear();
        }
        let looks = all.entry(id).or_default();
        let is_first = looks.is_empty();
        looks.push_back((now, ended));
        while looks.len() > LOOKS
            || looks
                .front()
                .is_some_and(|(at, _)| now.millis() - at.millis() > WINDOW_MS)
        {
            looks.pop_front();
        }
        let (since, before) = match looks.front() {
            Some((at, before)) if now.millis() - at.millis() >= 1000 => (*at, *before),
            _ if is_first => (started, 0),
            _ => return None,
        };
        let seconds = now.since(since).as_secs_f64();
        let per_second = (ended - before) as f64 / seconds.max(0.1);
        (per_second > 0.0).then_some(per_second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn the_pace_is_that_of_the_last_minute() {
        let pace = Pace::default();
        let look = |now, ended| pace.look(CampaignId(1), at(now), ended, at(0));
        assert_eq!(look(10, 100), Some(10.0));
        assert_eq!(look(20, 300), Some(20.0));
        // Samples of the fast start are dropped after a minute.
        assert_eq!(look(90, 300), None);
        assert_eq!(look(100, 320), Some(2.0));
    }

    #[test]
    fn durations_are_told_in_the_unit_that_fits() {
        assert_eq!(duration(Language::EN, 1), "1 second");
        assert_eq!(duration(Language::EN, 600), "10 minutes");
        assert_eq!(duration(Language::EN, 9000), "2.5 hours");
        assert_eq!(duration(Language::EN, 7200), "2.0 hours");
        assert_eq!(duration(Language::RU, 42), "42 секунды");
        assert_eq!(duration(Language::RU, 9000), "2,5 часа");
    }
}
