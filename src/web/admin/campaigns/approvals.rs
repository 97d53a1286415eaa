//! The approval of a campaign by a second person: asked for, and given.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::{approval, lifecycle};
use crate::model::CampaignId;
use crate::web::admin::campaigns::transition::{Done, Transition};
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn request(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash =
        Flash::good(viewer.t("admin-approval-asked")).with(viewer.t("admin-approval-asked-text"));
    Transition::new(&web, viewer, id)
        .run(approval::request(&web.cx, &by, id), |_, _| {
            Done::at(id, flash)
        })
        .await
}

pub async fn approve(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    lifecycle::by_id(&web.cx, id).await?;
    // What the page showed: anything else was not looked at.
    let seen = form.text("seen").parse().unwrap_or(-1);
    let flash = Flash::good(viewer.t("admin-approval-given"));
    Transition::new(&web, viewer, id)
        .run(approval::approve(&web.cx, &by, id, seen), |_, _| {
            Done::at(id, flash)
        })
        .await
}
