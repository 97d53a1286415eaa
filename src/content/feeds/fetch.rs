//! Fetching a feed: from the public internet only, and within bounds of size and time.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use url::Url;

use super::error::FeedError;
use super::items::{self, Found};
use crate::context::Context;
use crate::net;
use crate::render::{self, Budget};

/// The most bytes of a feed.
const SIZE: usize = 5 * 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(20);
const REDIRECTS: usize = 5;
/// Characters of a mark of its server that are kept; longer ones are not sent back.
const MARK: usize = 300;
const KINDS: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                     application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// What a feed's server answered.
#[derive(Debug)]
pub enum Answer {
    /// It is as it was.
    Unchanged,
    Changed {
        found: Found,
        etag: String,
        last_modified: String,
    },
}

/// The address of a feed, if it may be called.
pub fn address(cx: &Context, text: &str) -> Result<Url, FeedError> {
    let url = Url::parse(text.trim()).map_err(|_| FeedError::Url("is no URL"))?;
    net::require_reachable(&url, &cx.config().webhook_hosts).map_err(FeedError::Url)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FeedError::Url("must hold no user and password"));
    }
    if url.as_str().len() > 2_000 {
        return Err(FeedError::Url("has more than 2,000 characters"));
    }
    Ok(url)
}

/// Fetches a feed, unless its server says that it is as it was with these marks: ETag and
/// Last-Modified.
///
/// # Errors
/// [`FeedError::Url`] where its address may not be called, [`FeedError::Fetch`] with why it cannot
/// be read.
pub async fn fetch(
    cx: &Context,
    address_given: &str,
    (etag, last_modified): (&str, &str),
) -> Result<Answer, FeedError> {
    let url = address(cx, address_given)?;
    let failed = |error: reqwest::Error| {
        FeedError::Fetch(if error.is_timeout() {
            "it took longer than 20 seconds".to_owned()
        } else {
            net::innermost(&error)
        })
    };
    let client = net::following_client(&cx.config().webhook_hosts, REDIRECTS)
        .timeout(TIMEOUT)
        .user_agent(concat!("jarshy/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(failed)?;
    let mut request = client.get(url).header(ACCEPT, KINDS);
    if !etag.is_empty() {
        request = request.header(IF_NONE_MATCH, etag);
    }
    if !last_modified.is_empty() {
        request = request.header(IF_MODIFIED_SINCE, last_modified);
    }
    let answer = request.send().await.map_err(failed)?;
    if answer.status() == StatusCode::NOT_MODIFIED {
        return Ok(Answer::Unchanged);
    }
    if !answer.status().is_success() {
        let status = answer.status();
        return Err(FeedError::Fetch(format!("its server answered {status}")));
    }
    let (etag, last_modified) = (
        mark(answer.headers(), ETAG.as_str()),
        mark(answer.headers(), LAST_MODIFIED.as_str()),
    );
    let from = answer.url().clone();
    let content = net::body_within(answer, SIZE).await.map_err(failed)?;
    let too_large = || FeedError::Fetch("it is larger than 5 MiB".to_owned());
    let content = content.ok_or_else(too_large)?;
    let now = cx.clock.now();
    let read = render::run(Budget::Background, move || {
        items::read(&content, &from, now)
    });
    let found = read.await?.map_err(FeedError::Fetch)?;
    Ok(Answer::Changed {
        found,
        etag,
        last_modified,
    })
}

fn mark(headers: &HeaderMap, name: &str) -> String {
    let mark = headers.get(name).and_then(|mark| mark.to_str().ok());
    let mark = mark.filter(|mark| mark.len() <= MARK);
    mark.unwrap_or_default().to_owned()
}
