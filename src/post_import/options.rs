//! What a person chooses for an import of posts.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::post_import::PublishAs;
use crate::text::line::Title;
use crate::text::locale::Language;

/// The choices of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Which posts are on the site.
    pub publish: Publish,
    /// Whether those are published, too, that only members or those who paid could read.
    pub publish_restricted: bool,
    /// Whether posts that were imported before and not edited since are replaced.
    pub update: bool,
    /// Whether pages are imported as posts.
    pub pages: bool,
    /// Whether pictures are fetched into the site's media.
    pub pictures: bool,
    /// The language of the posts; the site's if missing.
    pub language: Option<Language>,
    /// The category of all of them; their first tag if missing.
    pub category: Option<Title>,
    /// The byline of all of them; that of the file if missing.
    pub author: Option<Title>,
    /// Where the former site was: for addresses that the file has without a host.
    pub former_url: Option<Url>,
    /// Private addresses that pictures may be fetched from, for tests.
    #[serde(skip)]
    pub reachable: Vec<IpAddr>,
}

/// [`PublishAs`] with its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Publish(pub PublishAs);

impl Default for Publish {
    fn default() -> Self {
        Self(PublishAs::Original)
    }
}

/// The text is no address of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the address of a site, such as https://blog.example.org")]
pub struct NoSite;

/// Parses the address of the former site.
///
/// # Errors
/// [`NoSite`] where it is none.
pub fn former_url(text: &str) -> Result<Url, NoSite> {
    let text = text.trim();
    let has_scheme = text.contains("://");
    let url = if has_scheme {
        Url::parse(text)
    } else {
        Url::parse(&format!("https://{text}"))
    };
    let url = url.map_err(|_| NoSite)?;
    let is_site = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if is_site && url.username().is_empty() && text.len() <= 500 {
        Ok(url)
    } else {
        Err(NoSite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_former_site_is_a_web_address() {
        for (text, url) in [
            ("https://blog.example.org", "https://blog.example.org/"),
            (" blog.example.org/news ", "https://blog.example.org/news"),
        ] {
            assert_eq!(former_url(text).unwrap().as_str(), url);
        }
        for wrong in ["", "ftp://a.example", "javascript:alert(1)", "https://"] {
            assert_eq!(former_url(wrong), Err(NoSite), "{wrong}");
        }
    }
}
