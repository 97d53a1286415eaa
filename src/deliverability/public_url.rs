//! Whether the public address leads to this installation.

use std::time::Duration;

use url::Url;

use crate::context::Context;
use crate::net;

/// Answers with the name of the installation.
pub const PATH: &str = "/health/installation";
const TIMEOUT: Duration = Duration::from_secs(8);
/// Bytes of an answer that are looked at.
const LIMIT: usize = 1024;

/// Why an address is not known to lead here.
#[derive(Debug, thiserror::Error)]
pub enum PublicUrlError {
    #[error("it could not be reached from this server: {0}")]
    Unreachable(String),
    #[error("it was reached, but answered with status {0} instead of leading to Jarshy")]
    Status(u16),
    #[error("it leads to another site than this one")]
    Other,
}

/// Fetches a page of ours by an address.
///
/// # Errors
/// [`PublicUrlError`] says what came instead.
pub async fn check(cx: &Context, url: &Url) -> Result<(), PublicUrlError> {
    let unreachable = |error: reqwest::Error| {
        // Without the URL, which the reader has entered.
        let error = error.without_url();
        let mut cause: &dyn std::error::Error = &error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        PublicUrlError::Unreachable(cause.to_string())
    };
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::limited(3))
        .build()
        .map_err(unreachable)?;
    let address = format!("{}{PATH}", url.as_str().trim_end_matches('/'));
    let response = client.get(address).send().await.map_err(unreachable)?;
    if !response.status().is_success() {
        return Err(PublicUrlError::Status(response.status().as_u16()));
    }
    let answer = net::body_within(response, LIMIT).await;
    let answer = answer.map_err(unreachable)?.ok_or(PublicUrlError::Other)?;
    if String::from_utf8_lossy(&answer).trim() == cx.keys.installation() {
        Ok(())
    } else {
        Err(PublicUrlError::Other)
    }
}
