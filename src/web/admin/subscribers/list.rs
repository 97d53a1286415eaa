//! The list of subscribers, with search and filters.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Html;
use strum::VariantArray as _;

use crate::audience::subscribers;
use crate::web::admin::subscriber_table::{SubscriberFilter, Table};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/subscribers.html")]
struct IndexPage {
    viewer: Viewer,
    table: Table,
    /// The number of all subscribers; `None` while filters apply.
    total: Option<String>,
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    headers: HeaderMap,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    // Counting takes longer than searching, and search as you type replaces
    // only the rows.
    let is_partial = headers.contains_key("hx-request");
    let total = if filter.is_all() && filter.list.is_empty() && !is_partial {
        let count = subscribers::count(&web.cx).await?;
        let total = viewer.say("admin-subscribers-counted");
        Some(total.number("count", count).to_string())
    } else {
        None
    };
    let table = Table::find(&web, "/admin/subscribers", filter).await?;
    render_page(&IndexPage {
        viewer,
        table,
        total,
    })
}
