//! What needs a person, for the dashboard and the notifications.

use crate::backup::schedule;
use crate::campaign::{delay, lifecycle, report};
use crate::clock::Timestamp;
use crate::https;
use crate::inbound::mailbox::status as mailbox;
use crate::model::campaign::CampaignState;
use crate::store::campaigns::Campaign;
use crate::web::admin::campaigns::list::{self as campaign_list, Row};
use crate::web::admin::campaigns::progress::DelayLine;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Campaigns that are looked at for messages of which nothing is known.
const LAST: i64 = 6;

/// Something that needs attention.
pub(super) struct Need {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) href: String,
    pub(super) link: String,
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

/// What needs a person, with the last campaigns as the dashboard shows them.
pub(super) async fn all(web: &Web, viewer: &Viewer) -> Result<Vec<Need>, HttpError> {
    let is_moving = |row: &Row| {
        matches!(
            row.campaign.state,
            CampaignState::Sending | CampaignState::Scheduled
        )
    };
    let mut rows = campaign_list::rows(web, &viewer.access, None, LAST).await?;
    rows.retain(|row| !is_moving(row));
    of(web, viewer, &rows).await
}

/// What needs a person, of the installation and of campaigns; `rows` are the last of these.
pub(super) async fn of(web: &Web, viewer: &Viewer, rows: &[Row]) -> Result<Vec<Need>, HttpError> {
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
