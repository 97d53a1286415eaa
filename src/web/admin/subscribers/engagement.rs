//! Withdrawing for a subscriber that opens and followed links are seen. Nobody agrees for another.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::audience::engagement;
use crate::model::SubscriberId;
use crate::model::subscription::ConsentMethod;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::subscribers::profile_page::find;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub async fn withdraw(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    Path(id): Path<SubscriberId>,
) -> Result<Response, HttpError> {
    find(&web, &viewer, id).await?;
    let origin = origin(&visitor, &format!("by {}", viewer.user.email));
    let (by, method) = (viewer.actor(), ConsentMethod::Admin);
    engagement::withdraw(&web.cx, &by, id, method, "", &origin).await?;
    let flash = Flash::good(viewer.t("admin-subscriber-engagement-withdrawn"));
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}
