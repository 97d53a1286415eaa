//! The dashboard: what needs attention, list growth, recent campaigns.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::audience::list_admin::{self, SizedList};
use crate::backup::schedule;
use crate::campaign::{delay, lifecycle, report};
use crate::clock::Timestamp;
use crate::content::post as posts;
use crate::deliverability::recent_stats;
use crate::https;
use crate::inbound::mailbox::status as mailbox;
use crate::model::campaign::CampaignState;
use crate::store::campaigns::Campaign;
use crate::store::posts::PostFilter;
use crate::web::admin::campaigns::list::{self as campaign_list, Row};
use crate::web::admin::campaigns::progress::DelayLine;
use crate::web::admin::chart::Chart;
use crate::web::admin::deliverability::{self, Rate};
use crate::web::admin::list_growth;
use crate::web::admin::setup::steps::Progress;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Campaigns that the page shows.
const LAST: i64 = 6;

pub fn router() -> Router<Web> {
    Router::new().route("/", get(dashboard))
}

/// Something that needs attention.
struct Need {
    title: String,
    text: String,
    href: String,
    link: String,
}

impl Need {
    fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            href: String::new(),
            link: String::new(),
        }
    }

    /// Adds a link to where something can be done.
    fn at(self, href: impl Into<String>, link: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            link: link.into(),
            ..self
        }
    }
}

/// A step of the first set-up.
struct Step {
    is_done: bool,
    text: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    viewer: Viewer,
    needs: Vec<Need>,
    /// Empty once the first campaign was sent.
    steps: Vec<Step>,
    lists: Vec<SizedList>,
    /// `None` while there is no list.
    chart: Option<Chart>,
    sent: i64,
    rates: Vec<Rate>,
    /// Queued messages: of campaigns, and transactional.
    waiting: (i64, i64),
    rows: Vec<Row>,
    now: Vec<Row>,
}

async fn dashboard(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let lists = list_admin::with_sizes(&web.cx).await?;
    let rows = campaign_list::rows(&web, None, LAST).await?;
    let is_moving = |row: &Row| {
        matches!(
            row.campaign.state,
            CampaignState::Sending | CampaignState::Scheduled
        )
    };
    let (now, rows): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(is_moving);
    let recent_stats = recent_stats(&web.cx, deliverability::SPAN).await?;
    let open = now.iter().map(|row| row.counts.open()).sum();
    render_page(&DashboardPage {
        chart: list_growth::chart(&web, &viewer, &lists).await?,
        sent: recent_stats.sent,
        rates: deliverability::rates(&web, &viewer, recent_stats),
        waiting: (open, report::waiting_emails(&web.cx).await?),
        needs: needs(&web, &viewer, &rows).await?,
        steps: steps(&web, &viewer, &lists, &now, &rows).await?,
        viewer,
        lists,
        rows,
        now,
    })
}

async fn needs(web: &Web, viewer: &Viewer, rows: &[Row]) -> Result<Vec<Need>, HttpError> {
    let mut needs = system_needs(web, viewer).await?;
    for campaign in lifecycle::in_state(&web.cx, CampaignState::Sending).await? {
        if let Some(delay) = delay::of(&web.cx, &campaign).await? {
            let line = DelayLine::new(viewer, &delay);
            let title = viewer
                .say("admin-dashboard-delayed")
                .text("subject", &campaign.subject)
                .text("reason", line.title);
            let link = viewer.t("admin-dashboard-show-campaign");
            needs.push(Need::new(title, line.text).at(path(&campaign), link));
        }
    }
    for relay in delay::relays(&web.cx).await? {
        if let Some((limit, since)) = relay.connection_limit.zip(relay.limited_since) {
            let since = viewer.when(&Timestamp::from_millis(since));
            let title = viewer
                .say("admin-dashboard-connections")
                .number("count", limit);
            let text = viewer
                .say("admin-dashboard-connections-text")
                .text("relay", &relay.relay)
                .text("since", since)
                .number("allowed", relay.connections);
            needs.push(Need::new(title, text));
        }
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::FailedToStart).await? {
        let title = viewer
            .say("admin-dashboard-failed")
            .text("subject", &campaign.subject);
        let text = viewer.clause(&campaign.pause_reason);
        let link = viewer.t("admin-dashboard-correct");
        needs.push(Need::new(title, text).at(path(&campaign), link));
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::Paused).await? {
        let title = viewer
            .say("admin-dashboard-paused")
            .text("subject", &campaign.subject);
        let text = pause(viewer, &campaign);
        let link = viewer.t("admin-dashboard-resume");
        needs.push(Need::new(title, text).at(path(&campaign), link));
    }
    for row in rows.iter().filter(|row| row.counts.uncertain > 0) {
        let title = viewer
            .say("admin-dashboard-uncertain")
            .number("count", row.counts.uncertain)
            .text("subject", &row.campaign.subject);
        let text = viewer.t("admin-dashboard-uncertain-text");
        let link = viewer.t("admin-dashboard-decide");
        needs.push(Need::new(title, text).at(path(&row.campaign), link));
    }
    Ok(needs)
}

/// What is wrong with the installation itself.
async fn system_needs(web: &Web, viewer: &Viewer) -> Result<Vec<Need>, HttpError> {
    let mut needs = Vec::new();
    let problem = report::relay_problem(&web.cx).await?;
    if !problem.is_empty() {
        let title = viewer.t("admin-dashboard-relay");
        needs.push(Need::new(title, viewer.clause(&problem)));
    }
    if let Some(problem) = schedule::problem(&web.cx).await? {
        let title = viewer.t("admin-dashboard-backup");
        let link = viewer.t("admin-dashboard-show-check");
        needs.push(Need::new(title, viewer.clause(&problem)).at("/admin/system", link));
    }
    let mailbox = mailbox::status(&web.cx).await?;
    if let Some(problem) = mailbox.and_then(|status| status.problem()) {
        let title = viewer.t("admin-dashboard-mailbox");
        let link = viewer.t("admin-dashboard-show-settings");
        let need = Need::new(title, viewer.explain(problem));
        needs.push(need.at("/admin/settings/bounces", link));
    }
    for (task, problem) in web.cx.health.problems() {
        let title = match task {
            https::TASK => viewer.t("admin-dashboard-certificate"),
            task => viewer.say("admin-dashboard-task").text("task", task).into(),
        };
        needs.push(Need::new(title, viewer.explain(problem)));
    }
    Ok(needs)
}

fn path(campaign: &Campaign) -> String {
    format!("/admin/campaigns/{}", campaign.id)
}

/// Why a campaign is paused, and since when.
fn pause(viewer: &Viewer, campaign: &Campaign) -> String {
    let reason = viewer.clause(&campaign.pause_reason);
    let Some(at) = campaign.paused_at else {
        return match reason.as_str() {
            "" => viewer.t("admin-dashboard-paused-by-someone"),
            _ => reason,
        };
    };
    let said = match reason.as_str() {
        "" => viewer.say("admin-dashboard-paused-by-someone-since"),
        reason => viewer
            .say("admin-dashboard-paused-since")
            .text("reason", reason),
    };
    said.text("since", viewer.when(&at)).into()
}

async fn steps(
    web: &Web,
    viewer: &Viewer,
    lists: &[SizedList],
    now: &[Row],
    rows: &[Row],
) -> Result<Vec<Step>, HttpError> {
    let has_sent = now
        .iter()
        .chain(rows)
        .any(|row| row.campaign.started_at.is_some());
    if has_sent {
        return Ok(Vec::new());
    }
    let one = PostFilter {
        limit: 1,
        ..PostFilter::default()
    };
    let step = |is_done, key: &str, href| Step {
        is_done,
        text: viewer.t(key),
        href,
    };
    let mut steps = Vec::new();
    // Only an owner can take these.
    if viewer.user.role.may_administer() {
        let progress = Progress::load(web).await?;
        steps.extend([
            step(
                progress.has_name,
                "admin-dashboard-step-name",
                "/admin/setup/site",
            ),
            step(
                progress.has_public_url,
                "admin-dashboard-step-address",
                "/admin/setup/site",
            ),
            step(
                progress.has_sender,
                "admin-dashboard-step-sender",
                "/admin/setup/sender",
            ),
            step(
                progress.has_relay,
                "admin-dashboard-step-relay",
                "/admin/setup/sender",
            ),
        ]);
    }
    steps.extend([
        step(
            !lists.is_empty(),
            "admin-dashboard-step-list",
            "/admin/lists",
        ),
        step(
            lists.iter().any(|sized| sized.confirmed > 0),
            "admin-dashboard-step-subscriber",
            "/admin/subscribers",
        ),
        step(
            !posts::for_admin(&web.cx, one).await?.is_empty(),
            "admin-dashboard-step-post",
            "/admin/posts/new",
        ),
        step(
            !rows.is_empty() || !now.is_empty(),
            "admin-dashboard-step-campaign",
            "/admin/campaigns/new",
        ),
    ]);
    Ok(steps)
}
