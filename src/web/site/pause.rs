//! A pause, from a subscriber's own page.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::frame::Frame;
use super::links;
use super::preferences::{Errors, Flash, open, paused_until, render};
use crate::audience::mail_frequency;
use crate::model::mail_frequency::{PauseError, PauseWish};
use crate::model::subscription::ConsentMethod;
use crate::web::{Failure, Web};

/// Pauses mail for a while.
pub async fn begin(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let form = Form::parse(&body)?;
    let phrases = frame.phrases.clone();
    let wish = match form.text("until").trim() {
        "" => form.text("span").parse().map(PauseWish::For).ok(),
        day => day.parse().map(PauseWish::Until).ok(),
    };
    let error = match wish.map(|wish| mail_frequency::pause_end(&web.cx, wish)) {
        Some(Ok(until)) => {
            let wording = paused_until(&web, &frame, until);
            let (method, origin) = (ConsentMethod::Preferences, frame.visitor.origin());
            mail_frequency::pause(&web.cx, id, until, method, &wording, &origin).await?;
            let outcome = (Flash::good(wording), Errors::default());
            return render(&web, frame, &token, id, outcome).await;
        }
        Some(Err(PauseError::TooLong)) => "preferences-pause-too-long",
        Some(Err(PauseError::Past)) => "preferences-pause-past",
        None => "preferences-pause-unknown",
    };
    let error = phrases.say(error);
    let flash = Flash::refused(&phrases, &error);
    let mut errors = Errors::default();
    errors.until = (form.text("until").to_owned(), error);
    let outcome = (flash, errors);
    render(&web, frame, &token, id, outcome).await
}

/// Ends a pause at once.
pub async fn end(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let wording = frame.phrases.say("preferences-resumed");
    let (method, origin) = (ConsentMethod::Preferences, frame.visitor.origin());
    mail_frequency::resume(&web.cx, id, method, &wording, &origin).await?;
    let outcome = (Flash::good(wording), Errors::default());
    render(&web, frame, &token, id, outcome).await
}
