//! Web origins: the sites that may embed a form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

/// A site as browsers tell it from others (RFC 6454 §6.2): scheme, host and
/// port, such as `https://www.example.org`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebOrigin(String);

/// The text is no [`WebOrigin`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a site address; write it like https://www.example.org, without a path")]
pub struct InvalidOrigin(String);

impl WebOrigin {
    /// The origin as browsers send it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebOrigin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let invalid = || InvalidOrigin(text.chars().take(80).collect());
        let url = Url::parse(text.trim()).map_err(|_| invalid())?;
        let is_site = matches!(url.scheme(), "https" | "http") && url.host().is_some();
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if is_site && is_bare {
            Ok(Self(url.origin().ascii_serialization()))
        } else {
            Err(invalid())
        }
    }
}

impl TryFrom<String> for WebOrigin {
    type Error = InvalidOrigin;

    fn try_from(text: String) -> Result<Self, InvalidOrigin> {
        text.parse()
    }
}

impl From<WebOrigin> for String {
    fn from(origin: WebOrigin) -> Self {
        origin.0
    }
}

impl fmt::Display for WebOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_send_it() {
        for (text, origin) in [
            ("https://www.Example.org/", "https://www.example.org"),
            (" https://example.org:443 ", "https://example.org"),
            ("http://example.org:8080", "http://example.org:8080"),
            ("https://пример.kz", "https://xn--e1afmkfd.kz"),
        ] {
            assert_eq!(
                text.parse::<WebOrigin>().unwrap().as_str(),
                origin,
                "{text}"
            );
        }
    }

    #[test]
    fn invalid_origins_are_rejected() {
        for text in [
            "",
            "example.org",
            "*",
            "https://example.org/path",
            "https://example.org?x",
            "https://a@example.org",
            "https://a.kz https://b.kz",
            "https://a.kz; script-src *",
            "javascript:alert(1)",
            "null",
        ] {
            assert!(text.parse::<WebOrigin>().is_err(), "{text}");
        }
    }
}
