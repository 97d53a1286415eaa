//! Who else has the form open: said when it is loaded, and kept up to date by
//! `assets/js/presence.js`.

use axum::response::{IntoResponse, Response};

use crate::account::presence;
use crate::model::shared_text::SharedText;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Who else is there, as a sentence; empty where nobody is.
pub async fn line(web: &Web, viewer: &Viewer, text: SharedText) -> Result<String, HttpError> {
    let others = presence::others(&web.cx, &viewer.user, text).await?;
    Ok(said(viewer, &others))
}

/// Renews the note, or with the field `leave` takes it back; answers with the sentence.
pub async fn renew(
    web: &Web,
    viewer: &Viewer,
    text: SharedText,
    body: &[u8],
) -> Result<Response, HttpError> {
    if Form::parse(body)?.has("leave") {
        presence::leave(&web.cx, &viewer.user, text).await?;
        return Ok(String::new().into_response());
    }
    let others = presence::touch(&web.cx, &viewer.user, text).await?;
    Ok(said(viewer, &others).into_response())
}

fn said(viewer: &Viewer, others: &[String]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let line = viewer.say("admin-presence").number("count", others.len());
    line.text("who", others.join(", ")).to_string()
}
