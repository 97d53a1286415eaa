//! The desk's first page: how the lists stand, what went out last, and what
//! needs a person.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use super::frame::{Desk, show as page};
use crate::audience::manage;
use crate::campaign::report;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::web::{Failure, Web};

const CAMPAIGNS: i64 = 8;

pub(super) fn router() -> Router<Web> {
    Router::new().route("/", get(show))
}

struct ListRow {
    name: String,
    visibility: &'static str,
    confirmed: i64,
    pending: i64,
    unsubscribed: i64,
}

struct CampaignRow {
    id: CampaignId,
    subject: String,
    state: CampaignState,
    sent: i64,
    total: i64,
    date: String,
}

/// Something that waits for a person.
struct Need {
    title: String,
    text: String,
    path: String,
    is_bad: bool,
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    desk: Desk,
    needs: Vec<Need>,
    lists: Vec<ListRow>,
    campaigns: Vec<CampaignRow>,
    has_relay: bool,
    has_sender: bool,
}

async fn show(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let mut needs = Vec::new();
    let trouble = report::relay_trouble(&web.cx).await?;
    if !trouble.is_empty() {
        needs.push(Need {
            title: "The relay cannot be used".into(),
            text: format!("{trouble}. Mail waits, and goes as soon as it can."),
            path: String::new(),
            is_bad: true,
        });
    }
    let mut campaigns = Vec::new();
    for campaign in report::page(&web.cx, None, CAMPAIGNS).await? {
        let counts = report::counts(&web.cx, campaign.id).await?;
        let path = format!("/admin/campaigns/{}", campaign.id);
        if campaign.state == CampaignState::Paused {
            needs.push(Need {
                title: format!("“{}” is paused", campaign.subject),
                text: match campaign.pause_reason.as_str() {
                    "" => "Somebody at the desk holds it.".to_owned(),
                    reason => reason.to_owned(),
                },
                path: path.clone(),
                is_bad: !campaign.pause_reason.is_empty(),
            });
        }
        if counts.uncertain > 0 {
            needs.push(Need {
                title: format!("{} deliveries of “{}” are uncertain", counts.uncertain, campaign.subject),
                text: "The relay may or may not have taken them. They are not sent again until you say so.".into(),
                path: path.clone(),
                is_bad: false,
            });
        }
        let at = campaign
            .started_at
            .or(campaign.scheduled_at)
            .unwrap_or(campaign.created_at.millis());
        campaigns.push(CampaignRow {
            id: campaign.id,
            sent: counts.sent,
            total: counts.total(),
            date: desk.when(&Timestamp::from_millis(at)),
            subject: campaign.subject,
            state: campaign.state,
        });
    }
    let sizes = manage::list_sizes(&web.cx).await?;
    let lists = manage::lists(&web.cx)
        .await?
        .into_iter()
        .map(|list| {
            let size = sizes.iter().find(|size| size.list_id == list.id);
            ListRow {
                name: list.name,
                visibility: list.visibility.as_str(),
                confirmed: size.map_or(0, |size| size.confirmed),
                pending: size.map_or(0, |size| size.pending),
                unsubscribed: size.map_or(0, |size| size.unsubscribed),
            }
        })
        .collect();
    page(&DashboardPage {
        needs,
        lists,
        campaigns,
        has_relay: web.cx.config.smtp_url.is_some(),
        has_sender: web.cx.config.from.is_some(),
        desk,
    })
}
