//! What users write down about a subscriber.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::audience::subscriber_admin;
use crate::model::SubscriberId;
use crate::model::subscriber_note::SubscriberNote;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscribers::profile_page::{ProfilePage, find};
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub async fn set(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let form = Form::parse(&body)?;
    let typed = form.text("own_note");
    let mut errors = FormErrors::default();
    let Some(note) = errors.take("own_note", typed.parse::<SubscriberNote>()) else {
        let html = render_page(&ProfilePage {
            typed_note: typed.to_owned(),
            errors,
            ..ProfilePage::new(&web, viewer, profile).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    subscriber_admin::set_note(&web.cx, &viewer.actor(), id, &note).await?;
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}
