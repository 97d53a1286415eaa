//! Fetching a certificate over the network; apart, so that tests need none.

use std::pin::Pin;
use std::time::Duration;

use url::Url;

use super::CallError;
use crate::net;

/// Octets of an answer at most.
const LIMIT: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(10);

/// The answer to a GET.
pub type Fetched<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, CallError>> + Send + 'a>>;

/// Gets what is at a URL that the caller has checked.
pub trait Fetch: Send + Sync {
    /// GETs a URL.
    fn get<'a>(&'a self, url: &'a Url) -> Fetched<'a>;
}

/// Fetches over HTTPS, and follows no redirection.
pub struct Https;

impl Fetch for Https {
    fn get<'a>(&'a self, url: &'a Url) -> Fetched<'a> {
        Box::pin(async move {
            let failed = |error: reqwest::Error| CallError::Fetch(format!("{url}: {error}"));
            let client = reqwest::Client::builder()
                .https_only(true)
                .redirect(reqwest::redirect::Policy::none())
                .timeout(TIMEOUT)
                .build()
                .map_err(failed)?;
            let answer = client
                .get(url.clone())
                .send()
                .await
                .and_then(|a| a.error_for_status());
            let body = net::body_within(answer.map_err(failed)?, LIMIT).await;
            body.map_err(failed)?
                .ok_or_else(|| CallError::Fetch(format!("{url}: the answer is too large")))
        })
    }
}
