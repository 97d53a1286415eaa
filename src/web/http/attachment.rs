//! Files that are made while they are sent.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, TryStreamExt as _};

/// A file of a content type under a name. An error in its pieces is logged, and breaks it off.
pub fn attachment<P, E>(
    content_type: &'static str,
    name: &str,
    pieces: impl Stream<Item = Result<P, E>> + Send + 'static,
) -> Response
where
    P: Into<Bytes> + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    let logged = pieces.inspect_err(|error| tracing::error!(%error, "an export was interrupted"));
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, Body::from_stream(logged)).into_response()
}
