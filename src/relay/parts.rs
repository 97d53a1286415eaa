//! A relay's URL in parts, as a form has them, and back.

use super::RelayUrlError;
use crate::service_url::{ServiceUrl, UrlParts};

/// The options that a form has as fields of their own, by their name in the URL.
pub const OPTIONS: [&str; 11] = [
    "ca",
    "fingerprint",
    "auth",
    "helo",
    "connections",
    "ahead",
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
        let (scheme, tls) = self.security.parts();
        let options = self.options.iter();
        let options = options.map(|(key, value)| (key.as_str(), value.as_str()));
        UrlParts {
            scheme,
            user: &self.user,
            password: &self.password,
            host: &self.host,
            port: &self.port,
            path: "",
            settings: std::iter::once(("tls", tls)).chain(options).collect(),
        }
        .to_url()
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
            "smtps://us%40er:p%2Fw%3F%25@relay.example.org:4465?connections=3&ahead=0&rate=10",
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
