//! To be routed.

use axum::Router;

use super::Web;

pub(super) fn router(_web: &Web) -> Router<Web> {
    Router::new()
}
