//! Comments on a campaign, and who else has its form open.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::lifecycle;
use crate::model::CampaignId;
use crate::model::shared_text::SharedText;
use crate::web::admin::together::comments::{self, About};
use crate::web::admin::together::presence;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::comment_blocks;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

async fn about(web: &Web, viewer: &Viewer, id: CampaignId) -> Result<About, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok(About {
        text: SharedText::Campaign(id),
        title: campaign.subject,
        within: ("/admin/campaigns", viewer.t("admin-nav-campaigns")),
        blocks: comment_blocks::of_campaign(web, id).await?,
    })
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let about = about(&web, &viewer, id).await?;
    comments::show(&web, viewer, about).await
}

pub async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let about = about(&web, &viewer, id).await?;
    comments::change(&web, viewer, about, &form).await
}

pub async fn presence(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    presence::renew(&web, &viewer, SharedText::Campaign(id), &body).await
}
