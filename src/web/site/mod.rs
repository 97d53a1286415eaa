//! The visitors' pages. Each file is a family of pages: it parses the request,
//! asks one service and renders a template of `templates/site/`.

use axum::Router;
use axum::routing::get;

use super::{Web, form};

mod confirm;
mod frame;
mod join;
mod links;
mod preferences;
mod unsubscribe;

pub use frame::Brand;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/join", get(join::show).post(join::submit))
        .merge(links::router())
}
