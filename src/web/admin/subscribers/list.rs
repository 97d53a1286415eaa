//! The list of subscribers, with search and filters.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use strum::VariantArray as _;

use crate::web::admin::subscriber_filter::SubscriberFilter;
use crate::web::admin::subscriber_table::{HOME, Table};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/subscribers.html")]
pub struct IndexPage {
    pub viewer: Viewer,
    pub table: Table,
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    let table = Table::find(&web, &viewer, HOME, filter).await?;
    render_page(&IndexPage { viewer, table })
}
