//! A takeout as an answer, for the admin pages and the API alike.

use axum::http::{HeaderName, header};
use futures_util::{Stream, TryStreamExt as _};

use crate::model::audit::Actor;
use crate::takeout::{TakeoutError, export};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

type Headers = [(HeaderName, String); 3];

/// The archive as it is written.
pub(super) async fn answer(
    web: &Web,
    by: &Actor,
) -> Result<
    (
        Headers,
        impl Stream<Item = Result<Vec<u8>, TakeoutError>> + Send + use<>,
    ),
    HttpError,
> {
    let pieces = export::stream(&web.cx, by).await?;
    let logged = pieces.inspect_err(|error| tracing::error!(%error, "a takeout was interrupted"));
    let name = export::file_name(&web.cx.config().time_zone, web.cx.clock.now());
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, logged))
}

impl From<TakeoutError> for HttpError {
    fn from(error: TakeoutError) -> Self {
        match error {
            TakeoutError::Store(error) => error.into(),
            error => {
                tracing::error!(%error, "a takeout failed");
                Self::Internal
            }
        }
    }
}
