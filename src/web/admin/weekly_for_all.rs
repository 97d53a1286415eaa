//! Giving everybody the weekly digest.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;

use crate::audience::{ConsentSource, mail_frequency};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

const BACK: &str = "/admin/site";

pub fn router() -> Router<Web> {
    Router::new().route("/site/weekly-for-all", post(give))
}

async fn give(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let undecided = mail_frequency::undecided(&web.cx).await?;
    let text = viewer.say("admin-site-weekly-all-text");
    let confirmation = Confirmation {
        title: viewer.t("admin-site-weekly-all-title"),
        text: text.number("count", undecided).into(),
        yes: viewer.t("admin-site-weekly-all"),
        no: viewer.t("admin-cancel"),
        back: BACK.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let source = ConsentSource {
        reason: format!("by {}", viewer.user.email),
        ..visitor.consent_source()
    };
    let given = mail_frequency::give_weekly_to_all(&web.cx, &viewer.actor(), &source).await?;
    let done = viewer.say("admin-site-weekly-all-done");
    let flash = Flash::good(done.number("count", given));
    Ok(redirect(&web, BACK, &flash))
}
