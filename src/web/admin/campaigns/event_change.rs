//! Telling those who got an event in their calendar what has become of it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::event_change::{self, EventNews};
use crate::model::CampaignId;
use crate::web::admin::campaigns::transition::{Done, Transition};
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Makes a draft to those who got the campaign.
pub async fn announce(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let news = match form.text("news") {
        "cancel" => EventNews::Cancel,
        _ => EventNews::Update,
    };
    let flash =
        Flash::good(viewer.t("admin-event-news-made")).with(viewer.t("admin-event-news-made-text"));
    let work = event_change::announce(&web.cx, &by, id, Some(form.text("uid")), news);
    Transition::new(&web, viewer, id)
        .run(work, |_, made| Done::at(made.id, flash))
        .await
}
