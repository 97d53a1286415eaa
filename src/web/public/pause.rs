//! Pausing email, from the preferences page.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::audience::mail_frequency;
use crate::model::audit::Actor;
use crate::model::mail_frequency::{PauseError, PauseRequest};
use crate::model::subscription::ConsentMethod;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::public::page_context::PageContext;
use crate::web::public::preferences::{Outcome, open, path, paused_until, render};
use crate::web::public::saved::{Flash, Saved};
use crate::web::public::{links, saved};
use crate::web::state::Web;

pub async fn begin(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let form = Form::parse(&body)?;
    let phrases = context.phrases.clone();
    let wish = match form.text("until").trim() {
        "" => form.text("span").parse().map(PauseRequest::For).ok(),
        day => day.parse().map(PauseRequest::Until).ok(),
    };
    let error = match wish.map(|wish| mail_frequency::pause_end(&web.cx, wish)) {
        Some(Ok(until)) => {
            let wording = paused_until(&web, &context, until);
            let (method, origin) = (ConsentMethod::Preferences, context.visitor.consent_source());
            mail_frequency::pause(
                &web.cx,
                &Actor::Subscriber,
                id,
                until,
                method,
                &wording,
                &origin,
            )
            .await?;
            return Ok(saved::see(&web, &context.visitor, id, &Saved::Pause));
        }
        Some(Err(PauseError::TooLong)) => "preferences-pause-too-long",
        Some(Err(PauseError::Past)) => "preferences-pause-past",
        None => "preferences-pause-unknown",
    };
    let error = phrases.translate(error);
    let mut outcome = Outcome {
        refused: Some(Flash::refused(&phrases, error.clone())),
        ..Outcome::default()
    };
    outcome.errors.until = (form.text("until").to_owned(), error);
    render(&web, context, &token, id, outcome).await
}

pub async fn end(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let wording = context.phrases.translate("preferences-resumed");
    let (method, origin) = (ConsentMethod::Preferences, context.visitor.consent_source());
    mail_frequency::resume(&web.cx, &Actor::Subscriber, id, method, &wording, &origin).await?;
    Ok(saved::see(&web, &context.visitor, id, &Saved::Resumed))
}
