//! The takeout: all that the installation knows, as a download for its owners.

use askama::Template;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;

use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::takeout;

const HOME: &str = "/admin/takeout";

pub fn router() -> Router<Web> {
    Router::new().route("/takeout", get(index).post(download))
}

#[derive(Template)]
#[template(path = "admin/takeout.html")]
struct TakeoutPage {
    viewer: Viewer,
}

async fn index(Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    render_page(&TakeoutPage { viewer })
}

/// The archive, after the user has proved who they are: it names every subscriber.
async fn download(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let (headers, pieces) = takeout::answer(&web, &viewer.actor()).await?;
    Ok((headers, Body::from_stream(pieces)).into_response())
}
