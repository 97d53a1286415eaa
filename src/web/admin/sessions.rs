//! The user's sessions.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Html, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;

use crate::account;
use crate::store::users::Session;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::session;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new().route("/sessions", get(index).post(end))
}

const HOME: &str = "/admin/sessions";

#[derive(Template)]
#[template(path = "admin/sessions.html")]
struct IndexPage {
    viewer: Viewer,
    /// Each with its id and whether it is the current one.
    sessions: Vec<(String, Session, bool)>,
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
) -> Result<Html<String>, HttpError> {
    let secret = session::secret(&web, &jar).ok_or(HttpError::Unauthorized)?;
    let sessions = account::session::sessions(&web.cx, viewer.user.id, &secret).await?;
    render_page(&IndexPage { viewer, sessions })
}

async fn end(State(web): State<Web>, viewer: Viewer, body: Bytes) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let flash =
        if account::session::end_session(&web.cx, &viewer.user, form.text("session")).await? {
            Flash::good(viewer.t("admin-session-ended"))
        } else {
            Flash::warn(viewer.t("admin-session-ended-before"))
        };
    Ok(redirect(&web, HOME, &flash))
}
