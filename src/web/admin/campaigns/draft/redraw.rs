//! The form again, with another kind of content, or one more condition or one less.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Html;

use crate::campaign::lifecycle;
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::store::campaigns::Campaign;
use crate::web::admin::campaigns::draft::digest_options::News;
use crate::web::admin::campaigns::draft::form_input::Who;
use crate::web::admin::campaigns::draft::{KINDS, Sheet, page};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The form again as the pressed button leaves it, with what was typed.
pub async fn fresh(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    again(&web, viewer, None, &body).await
}

pub async fn known(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    again(&web, viewer, Some(campaign), &body).await
}

async fn again(
    web: &Web,
    viewer: Viewer,
    campaign: Option<Campaign>,
    body: &[u8],
) -> Result<Html<String>, HttpError> {
    let form = Form::parse(body)?;
    let mut sheet = Sheet::of_form(web, viewer, campaign, &form);
    sheet.conditions.press(&form);
    if form.has("more") || form.has("remove") {
        sheet.input.who = Who::Some;
    }
    let mut news = None;
    let kind = form.text("kind_to").parse::<ContentKind>().ok();
    if let Some(kind) = kind.filter(|kind| KINDS.contains(kind)) {
        sheet.input.switch(kind);
        let input = &mut sheet.input;
        if kind == ContentKind::Digest && input.posts.is_empty() && input.events.is_empty() {
            let look = News::look(web).await?;
            look.tick(web, input).await?;
            news = Some(look);
        }
    }
    sheet.conditions = sheet.conditions.with_a_row();
    page(web, sheet, news).await
}
