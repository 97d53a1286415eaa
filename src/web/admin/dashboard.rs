//! The dashboard: what needs attention, list growth, recent campaigns.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::audience::list_admin::{self, SizedList};
use crate::campaign::report;
use crate::clock::Timestamp;
use crate::content::post as posts;
use crate::deliverability::recent_stats;
use crate::model::campaign::CampaignState;
use crate::store::posts::{PostFilter, PostRow};
use crate::web::admin::campaigns::list::{self as campaign_list, Row};
use crate::web::admin::chart::Chart;
use crate::web::admin::deliverability::{self, Rate};
use crate::web::admin::list_growth;
use crate::web::admin::needs::{self, Need};
use crate::web::admin::posts::publication_state;
use crate::web::admin::setup::steps::Progress;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Campaigns, and posts, that the page shows.
const LAST: i64 = 6;

pub fn router() -> Router<Web> {
    Router::new().route("/", get(dashboard))
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
    posts: Vec<PostRow>,
    at: Timestamp,
}

async fn dashboard(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let lists = list_admin::with_sizes(&web.cx, &viewer.access).await?;
    let rows = campaign_list::rows(&web, &viewer.access, None, LAST).await?;
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
        posts: last_posts(&web).await?,
        at: web.cx.clock.now(),
        // What needs a person, and what comes first, is of the whole installation.
        needs: if viewer.access.is_limited() {
            Vec::new()
        } else {
            needs::of(&web, &viewer, &rows).await?
        },
        steps: if viewer.access.is_limited() {
            Vec::new()
        } else {
            steps(&web, &viewer, &lists, &now, &rows).await?
        },
        viewer,
        lists,
        rows,
        now,
    })
}

async fn last_posts(web: &Web) -> Result<Vec<PostRow>, HttpError> {
    let last = PostFilter {
        limit: LAST,
        ..PostFilter::default()
    };
    Ok(posts::for_admin(&web.cx, last).await?)
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
