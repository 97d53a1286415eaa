//! Pausing email, from the preferences page.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::audience::mail_frequency;
use crate::model::audit::Actor;
use crate::model::mail_frequency::{PauseError, PauseRequest};
use crate::model::subscription::ConsentMethod;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::public::notice;
use crate::web::public::page_context::PageContext;
use crate::web::public::preferences::{Errors, Flash, open, paused_until, render};
use crate::web::state::Web;

pub async fn begin(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(notice::sample(context)?.into_response());
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
            let outcome = (Flash::good(wording), Errors::default());
            return render(&web, context, &token, id, outcome).await;
        }
        Some(Err(PauseError::TooLong)) => "preferences-pause-too-long",
        Some(Err(PauseError::Past)) => "preferences-pause-past",
        None => "preferences-pause-unknown",
    };
    let error = phrases.translate(error);
    let flash = Flash::refused(&phrases, &error);
    let mut errors = Errors::default();
    errors.until = (form.text("until").to_owned(), error);
    let outcome = (flash, errors);
    render(&web, context, &token, id, outcome).await
}

pub async fn end(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(notice::sample(context)?.into_response());
    };
    let wording = context.phrases.translate("preferences-resumed");
    let (method, origin) = (ConsentMethod::Preferences, context.visitor.consent_source());
    mail_frequency::resume(&web.cx, &Actor::Subscriber, id, method, &wording, &origin).await?;
    let outcome = (Flash::good(wording), Errors::default());
    render(&web, context, &token, id, outcome).await
}
