//! The desk's first page: what needs a person, how the lists are, what went
//! out last.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use super::campaigns::{self, Row};
use super::frame::{Desk, counted, show};
use crate::audience::manage::{self, SizedList};
use crate::campaign::{lifecycle, report};
use crate::content::post as posts;
use crate::model::campaign::CampaignState;
use crate::store::posts::DeskSelection;
use crate::web::{Failure, Web};

/// Campaigns that the page shows.
const LAST: i64 = 6;

pub fn router() -> Router<Web> {
    Router::new().route("/", get(dashboard))
}

/// Something that waits for a person.
struct Need {
    title: String,
    text: String,
    href: String,
    link: &'static str,
}

/// What a new house does first.
struct Step {
    is_done: bool,
    text: &'static str,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    desk: Desk,
    needs: Vec<Need>,
    /// Empty once the first campaign was sent.
    steps: Vec<Step>,
    lists: Vec<SizedList>,
    rows: Vec<Row>,
    now: Vec<Row>,
}

async fn dashboard(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let lists = manage::sized_lists(&web.cx).await?;
    let rows = campaigns::rows(&web, None, LAST).await?;
    let is_moving = |row: &Row| {
        matches!(
            row.campaign.state,
            CampaignState::Sending | CampaignState::Scheduled
        )
    };
    let (now, rows): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(is_moving);
    show(&DashboardPage {
        needs: needs(&web, &rows).await?,
        steps: steps(&web, &lists, &now, &rows).await?,
        desk,
        lists,
        rows,
        now,
    })
}

async fn needs(web: &Web, rows: &[Row]) -> Result<Vec<Need>, Failure> {
    let mut needs = Vec::new();
    let trouble = report::relay_trouble(&web.cx).await?;
    if !trouble.is_empty() {
        needs.push(Need {
            title: "The relay makes trouble".to_owned(),
            text: trouble,
            href: String::new(),
            link: "",
        });
    }
    for campaign in lifecycle::in_state(&web.cx, CampaignState::Paused).await? {
        needs.push(Need {
            title: format!("“{}” is paused", campaign.subject),
            text: match campaign.pause_reason.as_str() {
                "" => "Somebody paused it; the rest waits.".to_owned(),
                reason => reason.to_owned(),
            },
            href: format!("/admin/campaigns/{}", campaign.id),
            link: "Look and resume",
        });
    }
    for row in rows.iter().filter(|row| row.counts.uncertain > 0) {
        needs.push(Need {
            title: format!(
                "{} of “{}” may or may not have arrived",
                counted(row.counts.uncertain, "message", "messages"),
                row.campaign.subject
            ),
            text: "They are not sent again before somebody asks for it.".to_owned(),
            href: format!("/admin/campaigns/{}", row.campaign.id),
            link: "Decide",
        });
    }
    Ok(needs)
}

async fn steps(
    web: &Web,
    lists: &[SizedList],
    now: &[Row],
    rows: &[Row],
) -> Result<Vec<Step>, Failure> {
    let has_sent = now
        .iter()
        .chain(rows)
        .any(|row| row.campaign.started_at.is_some());
    if has_sent {
        return Ok(Vec::new());
    }
    let one = DeskSelection {
        limit: 1,
        ..DeskSelection::default()
    };
    let step = |is_done, text, href| Step {
        is_done,
        text,
        href,
    };
    Ok(vec![
        step(
            !lists.is_empty(),
            "Make a list that people can join",
            "/admin/lists",
        ),
        step(
            lists.iter().any(|sized| sized.confirmed > 0),
            "Get a subscriber: by the join form, or by an import",
            "/admin/subscribers",
        ),
        step(
            !posts::for_desk(&web.cx, one).await?.is_empty(),
            "Write a post",
            "/admin/posts/new",
        ),
        step(
            !rows.is_empty() || !now.is_empty(),
            "Make a campaign of it, send yourself a test, and start it",
            "/admin/campaigns/new",
        ),
    ])
}
