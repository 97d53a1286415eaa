//! Fetching the pictures of imported posts into the site's media: from the public internet
//! only, and within bounds of size, number and time. What fails stays a link.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use url::Url;

use super::{PostImportError, Result};
use crate::content::ContentError;
use crate::content::media::{self, SIZE_LIMIT, Upload};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::net;

/// The most pictures of an import.
const COUNT_LIMIT: usize = 5_000;
/// The most bytes of all of them.
const TOTAL_LIMIT: usize = 1024 * 1024 * 1024;
/// How long one may take, and all of them.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30 * 60);
const REDIRECTS: usize = 5;
/// Requests at a time.
const AT_ONCE: usize = 4;

/// Fetches pictures, each address once.
pub struct Fetcher {
    client: reqwest::Client,
    reachable: Vec<IpAddr>,
    known: HashMap<String, std::result::Result<String, String>>,
    started: Instant,
    bytes: usize,
}

/// The pictures of a post.
#[derive(Debug, Default)]
pub struct Fetched {
    /// Addresses, and the paths of the pictures here.
    pub found: Vec<(String, String)>,
    /// Addresses, and why they could not be fetched.
    pub failed: Vec<(String, String)>,
}

impl Fetcher {
    /// A fetcher that reaches public addresses, and those in `reachable`.
    ///
    /// # Errors
    /// [`PostImportError::Client`] where TLS cannot be set up.
    pub fn new(reachable: &[IpAddr]) -> Result<Self> {
        let client = net::following_client(reachable, REDIRECTS)
            .timeout(REQUEST_TIMEOUT)
            .user_agent(concat!("jarshy/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| PostImportError::Client(error.to_string()))?;
        Ok(Self {
            client,
            reachable: reachable.to_vec(),
            known: HashMap::new(),
            started: Instant::now(),
            bytes: 0,
        })
    }

    /// Fetches the pictures at these addresses; those of the site itself stay.
    ///
    /// # Errors
    /// [`PostImportError::Store`] where the database fails.
    pub async fn fetch(
        &mut self,
        cx: &Context,
        by: &Actor,
        addresses: &[String],
    ) -> Result<Fetched> {
        let is_new = |address: &&String| {
            !address.starts_with("/media/") && !self.known.contains_key(*address)
        };
        let new: Vec<String> = addresses.iter().filter(is_new).cloned().collect();
        let room = COUNT_LIMIT.saturating_sub(self.known.len());
        let (new, rest) = new.split_at(new.len().min(room));
        for address in rest {
            let why = format!("more than {COUNT_LIMIT} pictures are not fetched at once");
            self.known.insert(address.clone(), Err(why));
        }
        for some in new.chunks(AT_ONCE) {
            let mut downloads = Vec::new();
            for address in some {
                downloads.push(self.download(address));
            }
            let downloads = join_all(downloads).await;
            for (address, download) in some.iter().zip(downloads) {
                let kept = match download {
                    Ok(content) => {
                        self.bytes += content.len();
                        keep(cx, by, address, content).await?
                    }
                    Err(why) => Err(why),
                };
                self.known.insert(address.clone(), kept);
            }
        }
        let mut fetched = Fetched::default();
        for address in addresses {
            match self.known.get(address) {
                Some(Ok(path)) => fetched.found.push((address.clone(), path.clone())),
                Some(Err(why)) => fetched.failed.push((address.clone(), why.clone())),
                None => {}
            }
        }
        Ok(fetched)
    }

    async fn download(&self, address: &str) -> std::result::Result<Vec<u8>, String> {
        if self.started.elapsed() > TOTAL_TIMEOUT {
            return Err("the pictures took more than 30 minutes in all".to_owned());
        }
        if self.bytes > TOTAL_LIMIT {
            return Err("the pictures have more than 1 GiB in all".to_owned());
        }
        let url = Url::parse(address).map_err(|_| "its address names no host".to_owned())?;
        let reachable = net::require_reachable(&url, &self.reachable);
        reachable.map_err(|why| format!("its address {why}"))?;
        let answer = self.client.get(url).send().await.map_err(cause)?;
        if !answer.status().is_success() {
            return Err(format!("its server answered {}", answer.status()));
        }
        let too_large = || format!("it is larger than {} MiB", SIZE_LIMIT / 1024 / 1024);
        let length = answer.content_length().unwrap_or(0);
        if usize::try_from(length).map_or(true, |length| length > SIZE_LIMIT) {
            return Err(too_large());
        }
        let content = net::body_within(answer, SIZE_LIMIT).await.map_err(cause)?;
        content.ok_or_else(too_large)
    }
}

fn cause(error: reqwest::Error) -> String {
    net::innermost(&error)
}

async fn keep(
    cx: &Context,
    by: &Actor,
    address: &str,
    content: Vec<u8>,
) -> Result<std::result::Result<String, String>> {
    let url = Url::parse(address).ok();
    let name = url.as_ref().and_then(|url| {
        let mut segments = url.path_segments()?;
        segments.rfind(|segment| !segment.is_empty())
    });
    let upload = Upload {
        file_name: name.unwrap_or("picture").chars().take(200).collect(),
        captions: Default::default(),
        is_shown: false,
        content,
    };
    match media::keep_picture(cx, by, upload).await {
        Ok(medium) => Ok(Ok(format!("/media/{}", medium.file_name))),
        Err(ContentError::Store(error)) => Err(error.into()),
        Err(ContentError::Kind) => Ok(Err("there is no picture at its address".to_owned())),
        Err(error) => Ok(Err(error.to_string())),
    }
}
