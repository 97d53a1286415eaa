//! Mail frequency and pause of a subscriber, set by an admin.

use crate::audience::mail_frequency;
use crate::model::SubscriberId;
use crate::model::mail_frequency::{Frequency, PauseRequest};
use crate::model::subscription::ConsentMethod;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::subscribers::profile_page::{ProfilePage, day, find};
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub async fn set(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let frequency = errors.take("frequency", form.text("frequency").parse::<Frequency>());
    let input = form.trimmed("paused_until");
    let end = match input {
        "" => Ok(None),
        day => match day.parse().map(PauseRequest::Until) {
            Ok(wish) => mail_frequency::pause_end(&web.cx, wish)
                .map(Some)
                .map_err(|error| error.to_string()),
            Err(_) => Err(viewer.t("admin-subscriber-day-unreadable")),
        },
    };
    let end = errors.take("paused_until", end);
    let known = profile.subscriber.paused_until(web.cx.clock.now());
    let known = known.map_or_else(String::new, |until| day(&viewer, until));
    let (Some(frequency), Some(end)) = (frequency, end) else {
        let known = profile.subscriber.frequency;
        let mut page = ProfilePage::new(&web, viewer, profile).await?;
        page.frequency = frequency.unwrap_or(known);
        page.paused_until = input.to_owned();
        page.errors = errors;
        let html = render_page(&page)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let who = viewer.user.email.as_str();
    let reason = match form.trimmed("reason") {
        "" => format!("by {who}"),
        reason => format!("by {who}: {reason}"),
    };
    let origin = origin(&visitor, &reason);
    let (by, id, method) = (viewer.actor(), profile.subscriber.id, ConsentMethod::Admin);
    mail_frequency::set_frequency(&web.cx, &by, id, frequency, method, &origin).await?;
    match end {
        Some(_) if input == known => {}
        Some(end) => mail_frequency::pause(&web.cx, &by, id, end, method, "", &origin).await?,
        None => {
            mail_frequency::resume(&web.cx, &by, id, method, "", &origin).await?;
        }
    }
    Ok(redirect(
        &web,
        &format!("/admin/subscribers/{id}"),
        &Flash::good(viewer.t("admin-saved")),
    ))
}
