//! Deliverability: complaint and bounce rates against the limits of Google and
//! Yahoo, recent bounces, checks of the sender's domain.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::deliverability::sender_domains::{self, SenderDomain};
use crate::deliverability::{Dns, Finding, recent_stats};
use crate::inbound;
use crate::model::feedback::DeliverabilityStats;
use crate::store::failed_inbound_mails::SetAside;
use crate::store::feedback::Event;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/deliverability", get(index))
        .route("/deliverability/check", post(check))
}

const ROWS: i64 = 50;
/// The period of the rates.
pub const SPAN: Duration = Duration::from_secs(30 * 24 * 3600);
/// Complaints per thousand: the limit of Google and Yahoo, and the rate they
/// recommend to stay below.
const COMPLAINT_LIMIT: f64 = 3.0;
const COMPLAINT_AIM: f64 = 1.0;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DeliverabilityQuery {
    before: Option<i64>,
}

/// A rate and its limit, in the user's language.
pub struct Rate {
    pub name: String,
    pub count: i64,
    pub percent: String,
    pub limit: String,
    pub finding: Finding,
}

impl Rate {
    /// Whether it exceeds what the providers recommend.
    pub fn is_high(&self) -> bool {
        self.finding != Finding::Good
    }
}

#[derive(Template)]
#[template(path = "admin/deliverability.html")]
struct Page {
    viewer: Viewer,
    /// Of all senders.
    domains: Vec<SenderDomain>,
    sent: i64,
    rates: Vec<Rate>,
    set_aside: Vec<SetAside>,
    events: Vec<Event>,
    next: Option<i64>,
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(query): Query<DeliverabilityQuery>,
) -> Result<Html<String>, HttpError> {
    let stats = recent_stats(&web.cx, SPAN).await?;
    let events = inbound::events(&web.cx, query.before, ROWS).await?;
    render_page(&Page {
        next: events
            .last()
            .filter(|_| events.len() as i64 == ROWS)
            .map(|last| last.id),
        set_aside: inbound::set_aside::all(&web.cx).await?,
        sent: stats.sent,
        rates: rates(&web, &viewer, stats),
        domains: sender_domains::all(&web.cx).await?,
        viewer,
        events,
    })
}

/// Asks the DNS about the domains of all senders, which takes seconds.
async fn check(State(web): State<Web>, Editor(viewer): Editor) -> Result<Response, HttpError> {
    let flash = checked(&web, &viewer).await?;
    Ok(redirect(&web, "/admin/deliverability#domains", &flash))
}

/// Checks the domains of all senders, and says which could not be.
pub(super) async fn checked(web: &Web, wording: &Wording) -> Result<Flash, HttpError> {
    let failed = sender_domains::check(&web.cx, &dns(web)?).await?;
    if failed.is_empty() {
        return Ok(Flash::good(wording.t("admin-deliverability-checked")));
    }
    let why = failed.iter().map(|one| match one.split_once(": ") {
        Some((domain, reason)) => format!("{domain}: {}", wording.clause(reason)),
        None => one.clone(),
    });
    let why = why.collect::<Vec<_>>().join("; ");
    Ok(Flash::warn(wording.t("admin-deliverability-not-all-checked")).with(why))
}

/// The configured DNS resolver.
pub(super) fn dns(web: &Web) -> Result<Dns, HttpError> {
    Dns::new(web.cx.config().dns_server).map_err(|error| {
        tracing::error!(%error, "the DNS cannot be asked");
        HttpError::Unavailable
    })
}

pub fn rates(web: &Web, wording: &Wording, stats: DeliverabilityStats) -> Vec<Rate> {
    let rate = |key: &str, (count, all): (i64, i64), aim: f64, limit: f64| {
        let thousandths = 1000.0 * count as f64 / all.max(1) as f64;
        Rate {
            name: wording.t(key),
            count,
            percent: percent(wording, &format!("{:.2}", thousandths / 10.0)),
            limit: percent(wording, &format!("{:.1}", limit / 10.0)),
            finding: match thousandths {
                rate if rate >= limit && count > 0 => Finding::Wrong,
                rate if rate >= aim && count > 0 => Finding::Weak,
                _ => Finding::Good,
            },
        }
    };
    let hard = f64::from(web.cx.config().hard_bounce_limit);
    vec![
        rate(
            "admin-deliverability-complaints",
            (stats.complaints, stats.sent),
            COMPLAINT_AIM,
            COMPLAINT_LIMIT,
        ),
        rate(
            "admin-deliverability-hard-bounces",
            (stats.hard, stats.tried()),
            hard * 0.4,
            hard,
        ),
    ]
}

/// `0.12` as a percentage, with the decimal sign of the language.
fn percent(wording: &Wording, number: &str) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    wording
        .say("admin-deliverability-percent")
        .text("whole", whole)
        .text("fraction", fraction)
        .to_string()
}

/// How a check of a domain is called. Most names are those of protocols.
pub(super) fn check_name(wording: &Wording, name: &str) -> String {
    match name {
        "Sender" => wording.t("admin-deliverability-name-sender"),
        "Alignment" => wording.t("admin-deliverability-name-alignment"),
        "Reverse DNS" => wording.t("admin-deliverability-name-reverse-dns"),
        "One-click" => wording.t("admin-deliverability-name-one-click"),
        protocol => protocol.to_owned(),
    }
}

/// The badge class of a finding.
pub(super) fn badge(finding: Finding) -> &'static str {
    match finding {
        Finding::Good => "sent",
        Finding::Weak => "deferred",
        Finding::Wrong => "failed",
    }
}
