//! Conditional requests (RFC 9110 §13.1).

use axum::http::{HeaderMap, header};

/// Whether `If-None-Match` names the entity tag: the client has this version.
pub fn matches_etag(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        })
}
