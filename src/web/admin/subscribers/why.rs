//! Why a subscriber got a campaign, or did not.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::audience::subscribers;
use crate::campaign::recipient::{self, Person};
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaigns::Campaign;
use crate::store::subscribers::Subscriber;
use crate::web::admin::recipient_view::Shown;
use crate::web::admin::subscribers::profile_page::CAMPAIGNS;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::list_limits;
use crate::web::state::Web;

#[derive(Deserialize)]
pub struct Question {
    /// A campaign's id; empty for the page that asks for it.
    #[serde(default)]
    campaign: String,
}

#[derive(Template)]
#[template(path = "admin/subscriber_why.html")]
struct WhyPage {
    viewer: Viewer,
    subscriber: Subscriber,
    campaigns: Vec<Campaign>,
    chosen: String,
    shown: Option<Shown>,
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SubscriberId>,
    Query(question): Query<Question>,
) -> Result<Html<String>, HttpError> {
    let found = subscribers::find(&web.cx, &viewer.access, id).await?;
    let (subscriber, _) = found.ok_or(HttpError::NotFound)?;
    let shown = match question.campaign.as_str() {
        "" => None,
        campaign => {
            let campaign: CampaignId = campaign.parse().map_err(|_| HttpError::NotFound)?;
            list_limits::require_campaign(&web, &viewer.access, campaign).await?;
            let person = Person::Subscriber(id);
            let found = recipient::explain(&web.cx, campaign, &person, viewer.language()).await?;
            let found = found.ok_or(HttpError::NotFound)?;
            Some(Shown::new(&viewer, subscriber.email.as_str(), found))
        }
    };
    render_page(&WhyPage {
        campaigns: recipient::campaigns_to_choose(&web.cx, &viewer.access, CAMPAIGNS).await?,
        viewer,
        subscriber,
        chosen: question.campaign,
        shown,
    })
}
