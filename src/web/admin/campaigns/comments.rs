//! Comments on a campaign, and who else has its form open.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::content_spec::ContentSpec;
use crate::campaign::{CampaignError, draft, lifecycle};
use crate::comments::{Block, blocks};
use crate::document::pieces::Notation;
use crate::model::CampaignId;
use crate::model::shared_text::SharedText;
use crate::render::{self, Budget};
use crate::web::admin::together::comments::{self, About};
use crate::web::admin::together::presence;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

async fn about(web: &Web, viewer: &Viewer, id: CampaignId) -> Result<About, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let content = match draft::draft_of(&web.cx, id).await {
        Ok(draft) => Some(draft.content),
        // It says nothing of its own.
        Err(CampaignError::NoPost | CampaignError::NoItem | CampaignError::Automatic) => None,
        Err(error) => return Err(error.into()),
    };
    let work = move || content.map_or_else(Vec::new, |content| blocks_of(&content));
    let blocks = render::run(Budget::Interactive, work).await;
    Ok(About {
        text: SharedText::Campaign(id),
        title: campaign.subject,
        within: ("/admin/campaigns", viewer.t("admin-nav-campaigns")),
        blocks: blocks.map_err(|_| HttpError::Unavailable)?,
    })
}

/// The blocks of a campaign's own texts.
fn blocks_of(content: &ContentSpec) -> Vec<Block> {
    let (texts, notation) = match content {
        ContentSpec::Post(_) => return Vec::new(),
        ContentSpec::Digest { texts, .. } | ContentSpec::Markdown(texts) => {
            (texts, Notation::Markdown)
        }
        ContentSpec::Mjml(texts) | ContentSpec::Html(texts) => (texts, Notation::Design),
    };
    let all = texts.iter();
    all.flat_map(|text| blocks(text.language, notation, &text.body))
        .collect()
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
