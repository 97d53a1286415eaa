//! The desk's first page.

use askama::Template;
use axum::Router;
use axum::response::Html;
use axum::routing::get;

use super::frame::{Desk, show};
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new().route("/", get(dashboard))
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    desk: Desk,
}

async fn dashboard(desk: Desk) -> Result<Html<String>, Failure> {
    show(&DashboardPage { desk })
}
