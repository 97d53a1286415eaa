//! The visitors' pages.

use axum::Router;

use super::Web;

pub(super) fn router() -> Router<Web> {
    Router::new()
}
