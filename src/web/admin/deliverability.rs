//! Whether mail is welcome: reputation against the limits of Google and Yahoo,
//! what came back last, and the checks of the sender's domain.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use serde::Deserialize;

use super::frame::{Desk, show};
use crate::feedback;
use crate::feedback::domain::{self, Check, Dns, Finding};
use crate::model::feedback::Reception;
use crate::store::feedback::Event;
use crate::store::set_aside::SetAside;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new().route("/deliverability", get(index))
}

const ROWS: i64 = 50;
/// Reputation is told over this time.
pub const SPAN: Duration = Duration::from_secs(30 * 24 * 3600);
/// Google's and Yahoo's limit of complaints, and what they ask to stay below,
/// in thousandths.
const COMPLAINT_LIMIT: f64 = 3.0;
const COMPLAINT_AIM: f64 = 1.0;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// Ask the DNS: that takes seconds, so not with every look at the page.
    check: String,
    before: Option<i64>,
}

/// One line of the reputation.
pub struct Rate {
    pub name: &'static str,
    pub count: i64,
    pub percent: String,
    pub limit: String,
    pub finding: Finding,
}

impl Rate {
    /// Whether it costs mail, or soon will.
    pub fn is_high(&self) -> bool {
        self.finding != Finding::Good
    }
}

#[derive(Template)]
#[template(path = "admin/deliverability.html")]
struct Page {
    desk: Desk,
    domain: Option<String>,
    /// `None` until they are asked for.
    checks: Option<Vec<Check>>,
    sent: i64,
    rates: Vec<Rate>,
    set_aside: Vec<SetAside>,
    events: Vec<Event>,
    next: Option<i64>,
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let domain = web.cx.sender().map(|from| from.address.domain().to_owned());
    let checks = match &domain {
        Some(domain) if !wanted.check.is_empty() => Some(examine(&web, domain).await?),
        _ => None,
    };
    let reception = feedback::reception(&web.cx, SPAN).await?;
    let events = feedback::events(&web.cx, wanted.before, ROWS).await?;
    show(&Page {
        next: events
            .last()
            .filter(|_| events.len() as i64 == ROWS)
            .map(|last| last.id),
        set_aside: feedback::set_aside::all(&web.cx).await?,
        sent: reception.sent,
        rates: rates(&web, reception),
        desk,
        domain,
        checks,
        events,
    })
}

async fn examine(web: &Web, domain: &str) -> Result<Vec<Check>, Failure> {
    Ok(domain::examine(&web.cx, &dns(web)?, domain, &[]).await?)
}

/// The DNS that the house asks.
///
/// # Errors
/// [`Failure::Unavailable`] where there is none to ask.
pub(super) fn dns(web: &Web) -> Result<Dns, Failure> {
    Dns::new(web.cx.config.dns_server).map_err(|error| {
        tracing::error!(%error, "the DNS cannot be asked");
        Failure::Unavailable
    })
}

/// Complaints and bounces against their limits.
pub fn rates(web: &Web, reception: Reception) -> Vec<Rate> {
    let rate = |name, count: i64, aim: f64, limit: f64| {
        let thousandths = 1000.0 * count as f64 / reception.sent.max(1) as f64;
        Rate {
            name,
            count,
            percent: format!("{:.2} %", thousandths / 10.0),
            limit: format!("{:.1} %", limit / 10.0),
            finding: match thousandths {
                rate if rate >= limit && count > 0 => Finding::Wrong,
                rate if rate >= aim && count > 0 => Finding::Weak,
                _ => Finding::Good,
            },
        }
    };
    let hard = f64::from(web.cx.config.hard_bounce_limit);
    vec![
        rate(
            "Spam complaints",
            reception.complaints,
            COMPLAINT_AIM,
            COMPLAINT_LIMIT,
        ),
        rate("Hard bounces", reception.hard, hard * 0.4, hard),
    ]
}

/// The badge of a finding, among the kinds that the style sheet knows.
fn badge(finding: Finding) -> &'static str {
    match finding {
        Finding::Good => "sent",
        Finding::Weak => "deferred",
        Finding::Wrong => "failed",
    }
}
