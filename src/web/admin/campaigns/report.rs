//! The report of a campaign: course, results by domain, clicks by link.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream::{self, StreamExt};

use crate::campaign::ab_test::{deciding, setting};
use crate::campaign::comparison::{self, Compared};
use crate::campaign::report::Course;
use crate::campaign::tally::{self, Counted};
use crate::campaign::{clicks, engagement, lifecycle, report, resend};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbState, AbVariant};
use crate::model::audit::AuditAccess;
use crate::store::campaign_progress::DeliveryRow;
use crate::store::campaigns::Campaign;
use crate::store::engagement::CampaignEngagement;
use crate::store::reports::{DomainRow, LinkRow, ReasonCount};
use crate::text::datetime::Zone;
use crate::text::spreadsheet_cell::defused;
use crate::web::admin::campaigns::ab_test_card::AbCard;
use crate::web::admin::campaigns::deliveries::Filter;
use crate::web::admin::chart::{Chart, Series};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Campaigns that one is compared with.
const FORMER: i64 = 10;
/// Rows read at once for a download.
const SHEET: i64 = 2_000;

#[derive(Template)]
#[template(path = "admin/campaigns/report.html")]
struct ReportPage {
    viewer: Viewer,
    campaign: Campaign,
    /// Its A/B test.
    ab_test: Option<AbCard>,
    /// `None` where it is not known.
    chart: Option<Chart>,
    /// Of when its chart and its domains are.
    counted: Counted,
    domains: Vec<DomainRow>,
    links: Vec<LinkRow>,
    /// What is seen of those who agreed to it.
    seen: Option<CampaignEngagement>,
    reasons: Vec<ReasonCount>,
    /// The campaign and those before it; empty without any.
    compared: Vec<Compared>,
}

impl ReportPage {
    /// Of when the chart and the domains are; empty where that is now.
    fn counted(&self) -> String {
        match self.counted {
            Counted::Now => String::new(),
            Counted::NotYet => self.viewer.t("admin-report-counting"),
            Counted::Before { at, has_changed } => {
                let line = self.viewer.say(if has_changed {
                    "admin-report-counted-before"
                } else {
                    "admin-report-counted"
                });
                line.text("at", self.viewer.when(&at)).to_string()
            }
        }
    }

    /// What is kept of a campaign whose deliveries are folded.
    fn folded(&self) -> &'static str {
        match self.chart {
            Some(_) => "admin-report-folded-course",
            None => "admin-report-folded",
        }
    }

    fn can_resend(&self) -> bool {
        self.viewer.can_edit() && resend::can_resend(&self.campaign, self.seen.as_ref())
    }

    /// A share of a domain's deliveries; empty for none.
    fn share(&self, part: &i64, row: &DomainRow) -> String {
        self.portion(part, &row.total)
    }

    /// A share of all recipients; empty for none.
    fn portion(&self, part: &i64, total: &i64) -> String {
        if *part == 0 {
            return String::new();
        }
        let percent = format!("{:.1}", 100.0 * *part as f64 / (*total).max(1) as f64);
        let (whole, tenths) = percent.split_once('.').unwrap_or((percent.as_str(), "0"));
        let share = self.viewer.say("admin-report-share");
        share
            .text("whole", whole)
            .text("tenths", tenths)
            .to_string()
    }
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let (tally, counted) = tally::of(&web.cx, &campaign).await?;
    render_page(&ReportPage {
        ab_test: AbCard::of(&web, &viewer, &campaign).await?,
        chart: tally.course.map(|course| chart(&viewer, &course)),
        counted,
        domains: tally.domains,
        links: clicks::of_campaign(&web.cx, id).await?,
        seen: engagement::of_campaign(&web.cx, id).await?,
        reasons: report::leave_reasons(&web.cx, id).await?,
        compared: compared(&web, &viewer, id).await?,
        viewer,
        campaign,
    })
}

/// The campaign and those before it, where there are any.
async fn compared(web: &Web, viewer: &Viewer, id: CampaignId) -> Result<Vec<Compared>, HttpError> {
    let mut compared = comparison::of(&web.cx, &viewer.access, id, FORMER).await?;
    if compared.len() == 1 {
        compared.clear();
    }
    Ok(compared)
}

/// The numbers of the report as CSV: of the campaign, of those before it, of each variant of its
/// A/B test, of each domain and of each link.
pub async fn sheet(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let zone = web.cx.config().time_zone.clone();
    let mut text = line(&[
        "part",
        "name",
        "started",
        "recipients",
        "sent",
        "deferred",
        "failed",
        "bounced",
        "complained",
        "unsubscribed",
        "clicks",
        "replies",
    ]);
    for one in comparison::of(&web.cx, &viewer.access, id, FORMER).await? {
        let part = if one.campaign.id == id {
            "campaign"
        } else {
            "former campaign"
        };
        let started = one.campaign.started_at.map(|at| zone.rfc3339(at));
        let counts = one.counts;
        let numbers = [
            counts.total(),
            counts.sent,
            counts.deferred,
            counts.failed,
            counts.bounced,
            counts.complained,
            one.left,
        ];
        let about = [part, &one.campaign.subject, &started.unwrap_or_default()];
        text.extend(numbered(about, numbers.map(Some), [one.clicks, None]));
    }
    text.extend(variants(&web, &campaign).await?);
    for row in tally::of(&web.cx, &campaign).await?.0.domains {
        let numbers = [
            row.total,
            row.sent,
            row.deferred,
            row.failed,
            row.bounced,
            row.complained,
            row.left,
        ];
        let about = ["domain", &row.domain, ""];
        text.extend(numbered(about, numbers.map(Some), [None; 2]));
    }
    for link in clicks::of_campaign(&web.cx, id).await? {
        let about = ["link", &link.url, ""];
        text.extend(numbered(about, [None; 7], [Some(link.clicks), None]));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"campaign-{id}-report.csv\""),
        ),
    ];
    Ok((headers, text).into_response())
}

/// The lines of the variants of a campaign's A/B test, with what is counted of those who took part
/// in it.
async fn variants(web: &Web, campaign: &Campaign) -> Result<Vec<u8>, HttpError> {
    let test = setting::of_campaign(&web.cx, campaign.id).await?;
    let Some(test) = test.filter(|test| test.row.state != AbState::Planned) else {
        return Ok(Vec::new());
    };
    let counts = deciding::counts(&web.cx, campaign, &test).await?;
    let mut text = Vec::new();
    for variant in AbVariant::first(test.variant_count()) {
        let part = if test.row.winner == Some(variant) {
            "winning variant"
        } else {
            "variant"
        };
        let own = counts.total(variant.index());
        let [complained, left] = [Some(own.complaints), Some(own.left)];
        let numbers = [None, Some(own.sent), None, None, None, complained, left];
        let others = [counts.total_clicks(variant.index()), Some(own.replies)];
        text.extend(numbered([part, variant.letter(), ""], numbers, others));
    }
    Ok(text)
}

/// A line of numbers, from the recipients to who unsubscribed, then clicks and replies; cells for
/// which there are none stay empty.
fn numbered(about: [&str; 3], numbers: [Option<i64>; 7], others: [Option<i64>; 2]) -> Vec<u8> {
    let all = numbers.into_iter().chain(others);
    let texts = all.map(|one| one.map_or_else(String::new, |number| number.to_string()));
    let texts: Vec<String> = texts.collect();
    let mut cells: Vec<&str> = about.to_vec();
    cells.extend(texts.iter().map(String::as_str));
    line(&cells)
}

fn chart(viewer: &Viewer, course: &Course) -> Chart {
    let line = |name: &str, look, at: usize| Series {
        name: viewer.t(name),
        look,
        values: [0]
            .into_iter()
            .chain(course.spans.iter().map(|span| span[at]))
            .collect(),
    };
    let end = course.from.millis() + course.width * course.spans.len() as i64;
    let when = |at: i64| viewer.calendar.date_time(Timestamp::from_millis(at));
    Chart::new(
        vec![
            line("admin-report-course-sent", "good", 0),
            line("admin-report-course-deferred", "soft", 1),
            line("admin-report-course-failed", "bad", 2),
            line("admin-report-course-complained", "warn", 3),
            line("admin-report-course-unsubscribed", "sky", 4),
        ],
        vec![(0.0, when(course.from.millis())), (1.0, when(end))],
        |number| viewer.number(number),
    )
}

/// Every delivery as CSV, streamed.
pub async fn download(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    Query(filter): Query<Filter>,
) -> Result<Response, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    viewer
        .note(&web, AuditAccess::CampaignExport, &id.to_string())
        .await?;
    let state = filter.state.parse().ok();
    let head = line(&["email", "state", "attempts", "reply", "since"]);
    let pages = stream::unfold((0, Some(head)), move |(after, head)| {
        let web = web.clone();
        async move {
            if let Some(head) = head {
                return Some((Ok(head), (after, None)));
            }
            let rows = report::deliveries(&web.cx, id, state, after, SHEET).await;
            match rows {
                Ok(rows) => {
                    let last = rows.last()?.place;
                    let zone = &web.cx.config().time_zone.clone();
                    let text = rows.iter().flat_map(|one| row(one, zone)).collect();
                    Some((Ok(text), (last, None)))
                }
                Err(error) => {
                    tracing::error!(%error, "a report download was interrupted");
                    Some((
                        Err(std::io::Error::other("the database failed")),
                        (i64::MAX, None),
                    ))
                }
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"campaign-{id}.csv\""),
        ),
    ];
    // The compression layer polls once more after the end.
    Ok((headers, Body::from_stream(pages.fuse())).into_response())
}

fn row(row: &DeliveryRow, zone: &Zone) -> Vec<u8> {
    line(&[
        row.email.as_deref().unwrap_or_default(),
        row.state.as_str(),
        &row.attempts.to_string(),
        &row.reply,
        &zone.rfc3339(row.changed_at),
    ])
}

/// One line of CSV (RFC 4180).
fn line(fields: &[&str]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let cells = fields.iter().map(|cell| defused(cell));
    let _ = sheet.write_record(cells.map(|cell| cell.into_owned().into_bytes()));
    sheet.into_inner().unwrap_or_default()
}
