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
use crate::store::posts::PostFilter;
use crate::web::admin::campaigns::list::{self as campaign_list, Row};
use crate::web::admin::campaigns::progress::DelayLine;
use crate::web::admin::chart::Chart;
use crate::web::admin::deliverability::{self, Rate};
use crate::web::admin::list_growth;
use crate::web::admin::setup::steps::Progress;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::{counted, sentence};
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
    link: &'static str,
}

/// A step of the first set-up.
struct Step {
    is_done: bool,
    text: &'static str,
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
        rates: deliverability::rates(&web, recent_stats),
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
    let mut needs = Vec::new();
    let problem = report::relay_problem(&web.cx).await?;
    if !problem.is_empty() {
        needs.push(Need {
            title: "Relay problem".to_owned(),
            text: problem,
            href: String::new(),
            link: "",
        });
    }
    if let Some(problem) = schedule::problem(&web.cx).await? {
        needs.push(Need {
            title: "Backup failed".to_owned(),
            text: problem,
            href: "/admin/system".to_owned(),
            link: "Show the system check",
        });
    }
    let mailbox = mailbox::status(&web.cx).await?;
    if let Some(problem) = mailbox.and_then(|status| status.problem()) {
        needs.push(Need {
            title: "The mailbox of returned mail cannot be read".to_owned(),
            text: sentence(&problem),
            href: "/admin/settings/bounces".to_owned(),
            link: "Show the settings",
        });
    }
    for (task, problem) in web.cx.health.problems() {
        needs.push(Need {
            title: match task {
                https::TASK => "Problem with the server’s certificate".to_owned(),
                task => format!("Problem: {task}"),
            },
            text: sentence(&problem),
            href: String::new(),
            link: "",
        });
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::Sending).await? {
        if let Some(delay) = delay::of(&web.cx, &campaign).await? {
            let line = DelayLine::new(delay.clone(), &viewer.calendar.date_time(delay.since));
            needs.push(Need {
                title: format!("“{}” is not moving: {}", campaign.subject, line.title),
                text: line.text,
                href: format!("/admin/campaigns/{}", campaign.id),
                link: "Show the campaign",
            });
        }
    }
    for relay in delay::relays(&web.cx).await? {
        if let Some((limit, since)) = relay.connection_limit.zip(relay.limited_since) {
            let since = viewer.calendar.date_time(Timestamp::from_millis(since));
            needs.push(Need {
                title: format!(
                    "The relay takes {} at once",
                    counted(limit as i64, "connection", "connections")
                ),
                text: format!(
                    "{} refuses more since {since}; {} are allowed by connections= in its URL. \
                     Mail goes out over those that it takes, and one more is tried now and then.",
                    relay.relay, relay.connections
                ),
                href: String::new(),
                link: "",
            });
        }
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::FailedToStart).await? {
        needs.push(Need {
            title: format!("“{}” failed to start", campaign.subject),
            text: campaign.pause_reason,
            href: format!("/admin/campaigns/{}", campaign.id),
            link: "Correct and start",
        });
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::Paused).await? {
        let since = campaign.paused_at;
        let since = since.map_or_else(String::new, |at| {
            format!(" – since {}", viewer.calendar.date_time(at))
        });
        needs.push(Need {
            title: format!("“{}” is paused", campaign.subject),
            text: match campaign.pause_reason.as_str() {
                "" => format!("Somebody paused it; the rest waits{since}."),
                reason => format!("{reason}{since}"),
            },
            href: format!("/admin/campaigns/{}", campaign.id),
            link: "Review and resume",
        });
    }
    for row in rows.iter().filter(|row| row.counts.uncertain > 0) {
        needs.push(Need {
            title: format!(
                "{} of “{}” may or may not have arrived",
                counted(row.counts.uncertain, "message", "messages"),
                row.campaign.subject
            ),
            text: "They are not sent again unless you ask for it.".to_owned(),
            href: format!("/admin/campaigns/{}", row.campaign.id),
            link: "Decide",
        });
    }
    Ok(needs)
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
    let step = |is_done, text, href| Step {
        is_done,
        text,
        href,
    };
    let mut steps = Vec::new();
    // Only an owner can take these.
    if viewer.user.role.may_administer() {
        let progress = Progress::load(web).await?;
        steps.extend([
            step(
                progress.has_name,
                "Name your organisation",
                "/admin/setup/site",
            ),
            step(
                progress.has_public_url,
                "Set the public address",
                "/admin/setup/site",
            ),
            step(
                progress.has_sender,
                "Enter the sender of mail",
                "/admin/setup/sender",
            ),
            step(progress.has_relay, "Set up a relay", "/admin/setup/sender"),
        ]);
    }
    steps.extend([
        step(
            !lists.is_empty(),
            "Create a list that people can join",
            "/admin/lists",
        ),
        step(
            lists.iter().any(|sized| sized.confirmed > 0),
            "Get your first subscriber: with the join form or an import",
            "/admin/subscribers",
        ),
        step(
            !posts::for_admin(&web.cx, one).await?.is_empty(),
            "Write a post",
            "/admin/posts/new",
        ),
        step(
            !rows.is_empty() || !now.is_empty(),
            "Create a campaign from it, send yourself a test, and start it",
            "/admin/campaigns/new",
        ),
    ]);
    Ok(steps)
}
