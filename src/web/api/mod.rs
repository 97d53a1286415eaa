//! To be routed.

use axum::Router;

use super::Web;

pub(super) fn router(_web: &Web) -> Router<Web> {
    Router::new()
}

/// The OpenAPI document as JSON.
pub fn openapi() -> String {
    String::new()
}
