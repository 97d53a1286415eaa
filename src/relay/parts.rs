//! A relay's URL in parts, as a form has them, and back.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::RelayUrlError;
use crate::service_url::{ServiceUrl, authority};

/// What a value keeps as it is (RFC 3986 §2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The options that a form has as fields of their own, by their name in the URL.
pub const OPTIONS: [&str; 10] = [
    "ca",
    "fingerprint",
    "auth",
    "helo",
    "connections",
    "rate",
    "messages",
    "warmup",
    "weight",
    "timeout",
];

/// How a connection is encrypted, as a form offers it: the scheme and the option `tls`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Security {
    /// STARTTLS with a verified certificate; on this machine, where it is offered.
    #[default]
    Usual,
    /// TLS from the first byte.
    Implicit,
    ImplicitUnverified,
    StartTls,
    StartTlsUnverified,
    Opportunistic,
    None,
}

impl Security {
    pub const ALL: [Self; 7] = [
        Self::Usual,
        Self::Implicit,
        Self::StartTls,
        Self::ImplicitUnverified,
        Self::StartTlsUnverified,
        Self::Opportunistic,
        Self::None,
    ];

    /// What the names leave out.
    pub const HINT: &str = "The certificate is verified unless the choice says otherwise. On this machine, the usual STARTTLS is used if it is offered.";

    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Usual => ("smtp", ""),
            Self::Implicit => ("smtps", ""),
            Self::ImplicitUnverified => ("smtps", "required-unverified"),
            Self::StartTls => ("smtp", "required"),
            Self::StartTlsUnverified => ("smtp", "required-unverified"),
            Self::Opportunistic => ("smtp", "opportunistic"),
            Self::None => ("smtp", "none"),
        }
    }

    /// The name in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Implicit => "implicit",
            Self::ImplicitUnverified => "implicit-unverified",
            Self::StartTls => "starttls",
            Self::StartTlsUnverified => "starttls-unverified",
            Self::Opportunistic => "opportunistic",
            Self::None => "none",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Usual => "STARTTLS (usual)",
            Self::Implicit => "TLS from the start",
            Self::ImplicitUnverified => "TLS from the start, any certificate",
            Self::StartTls => "STARTTLS, on this machine too",
            Self::StartTlsUnverified => "STARTTLS, any certificate",
            Self::Opportunistic => "STARTTLS if offered",
            Self::None => "None",
        }
    }

    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The parts of a relay's URL. None is checked before the URL is parsed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RelayParts {
    pub security: Security,
    pub host: String,
    /// Empty for the usual one.
    pub port: String,
    pub user: String,
    pub password: String,
    /// Those that are set, by their name in the URL.
    pub options: Vec<(String, String)>,
}

impl RelayParts {
    /// # Errors
    /// [`RelayUrlError`] for what is no relay's URL.
    pub fn of_url(text: &str) -> Result<Self, RelayUrlError> {
        let url = ServiceUrl::parse(text)?;
        let tls = url.settings.iter().find(|(key, _)| key == "tls");
        let tls = match (url.scheme.as_str(), tls) {
            ("smtps", Some((_, value))) if value == "required" => "",
            (_, tls) => tls.map_or("", |(_, value)| value.as_str()),
        };
        let security = Security::ALL
            .into_iter()
            .find(|one| one.parts() == (url.scheme.as_str(), tls));
        Ok(Self {
            security: security.ok_or(RelayUrlError::Malformed)?,
            host: url.host,
            port: url.port.map(|port| port.to_string()).unwrap_or_default(),
            user: url.user,
            password: url.password.unwrap_or_default(),
            options: url
                .settings
                .into_iter()
                .filter(|(key, _)| key != "tls")
                .collect(),
        })
    }

    /// The first value of an option, or an empty text.
    pub fn option(&self, name: &str) -> &str {
        let found = self.options.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The URL, for [`Relay`](super::Relay) to parse.
    pub fn to_url(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let (scheme, tls) = self.security.parts();
        let credentials = match (self.user.as_str(), self.password.as_str()) {
            ("", _) => String::new(),
            (user, "") => format!("{}@", encoded(user)),
            (user, password) => format!("{}:{}@", encoded(user), encoded(password)),
        };
        let host = match self.host.split_once('%') {
            Some((address, zone)) => format!("[{address}%25{}]", encoded(zone)),
            None => authority(&self.host, 0).trim_end_matches(":0").to_owned(),
        };
        let mut url = format!("{scheme}://{credentials}{host}");
        if !self.port.is_empty() {
            // Writing to a text cannot fail.
            let _ = write!(url, ":{}", self.port);
        }
        let tls = (!tls.is_empty()).then(|| ("tls".to_owned(), tls.to_owned()));
        let options = self.options.iter().filter(|(_, value)| !value.is_empty());
        let options: Vec<String> = tls
            .iter()
            .chain(options)
            .map(|(key, value)| format!("{key}={}", encoded(value)))
            .collect();
        if !options.is_empty() {
            let _ = write!(url, "?{}", options.join("&"));
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay::Relay;

    #[test]
    fn parts_make_the_same_relay() {
        for text in [
            "smtp://relay.example.org",
            "smtps://us%40er:p%2Fw%3F%25@relay.example.org:4465?connections=3&rate=10",
            "smtps://u:p@h?tls=required-unverified&weight=3",
            "smtp://h?tls=none&messages=5&timeout=9",
            "smtp://localhost?tls=required&warmup=50&helo=mx.example.org",
            "smtp://me%40example.org@h?auth=xoauth2",
            "smtp://[::1]:2525",
            "smtp://u:p@[fe80::1%25eth0]:25",
            &format!(
                "smtp://h?fingerprint=sha256:{}&fingerprint=sha256:{}",
                "ab".repeat(32),
                "cd".repeat(32)
            ),
        ] {
            let parts = RelayParts::of_url(text).unwrap();
            let (before, after): (Relay, Relay) =
                (text.parse().unwrap(), parts.to_url().parse().unwrap());
            assert!(before == after, "{text} became {}", parts.to_url());
        }
    }
}
