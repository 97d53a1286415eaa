//! The sessions of whoever is signed in, to review and to end.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Html, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;

use super::flash::Flash;
use super::frame::{Desk, go, show};
use super::session;
use crate::account::users;
use crate::store::people::Session;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new().route("/sessions", get(index).post(end))
}

const HOME: &str = "/admin/sessions";

#[derive(Template)]
#[template(path = "admin/sessions.html")]
struct IndexPage {
    desk: Desk,
    /// Each with its name, and whether it is this one.
    sessions: Vec<(String, Session, bool)>,
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    jar: CookieJar,
) -> Result<Html<String>, Failure> {
    let secret = session::secret(&web, &jar).ok_or(Failure::Unauthorized)?;
    let sessions = users::sessions(&web.cx, desk.user.id, &secret).await?;
    show(&IndexPage { desk, sessions })
}

async fn end(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let flash = match users::end_session(&web.cx, desk.user.id, form.text("session")).await? {
        true => Flash::good("Session ended"),
        false => Flash::warn("That session has already ended"),
    };
    Ok(go(&web, HOME, &flash))
}
