//! What was typed into a form and not saved: stored for `assets/js/autosave.js`, and discarded.

use axum::http::StatusCode;
use axum::response::Response;

use crate::account::autosave;
use crate::model::autosave::Autosaved;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Stores the form as it is sent.
pub async fn keep(
    web: &Web,
    viewer: &Viewer,
    into: Autosaved,
    body: &[u8],
) -> Result<StatusCode, HttpError> {
    Form::parse(body)?;
    let form = String::from_utf8_lossy(body);
    autosave::keep(&web.cx, &viewer.user, into, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Discards what was typed, after a question, and leads to the form.
pub async fn discard(
    web: &Web,
    viewer: &Viewer,
    into: Autosaved,
    back: String,
    body: &[u8],
) -> Result<Response, HttpError> {
    let confirmation = Confirmation {
        title: viewer.t("admin-post-discard-title"),
        text: viewer.t("admin-post-discard-text"),
        yes: viewer.t("admin-post-discard"),
        no: viewer.t("admin-cancel"),
        back: back.clone(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(viewer, &Form::parse(body)?)? {
        return Ok(page);
    }
    autosave::forget(&web.cx, &viewer.user, into).await?;
    let flash = Flash::good(viewer.t("admin-post-discarded"));
    Ok(redirect(web, &back, &flash))
}
