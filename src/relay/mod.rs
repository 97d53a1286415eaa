//! Where a relay is and how to use it.

pub mod parts;
mod url;

pub use url::urls;

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::oauth::TokenSource;
use crate::service_url::{ServiceUrlError, authority, is_loopback};
use crate::tls::{Trust, TrustError};

/// A relay, read from `smtp://user:password@host:port?tls=…&connections=…&rate=…`.
///
/// Its `Debug` and `Display` never show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// A name or an address.
    pub host: String,
    /// 465 for `smtps`; for `smtp` 587 with a user, 25 without.
    pub port: u16,
    pub tls: Tls,
    /// What the certificate must prove.
    pub trust: Trust,
    /// Credentials, if the relay wants any.
    pub auth: Option<Auth>,
    /// The name in EHLO; the host name of this machine by default.
    pub helo: Option<HeloName>,
    /// Open connections at most.
    pub connections: usize,
    /// Deliveries at most that a connection begins in the ledger before their turn.
    pub ahead: usize,
    /// Messages per second at most.
    pub rate: Option<u32>,
    /// Its share among several relays.
    pub weight: u32,
    /// Messages per connection.
    pub messages: Option<u32>,
    /// Messages on the first day of warm-up at most; the limit doubles each day.
    pub warm_up: Option<u32>,
    /// How long the reply to a command may take; that to a message may take ten times as long.
    pub timeout: Duration,
}

/// One relay or several, from URLs separated by commas or white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relays(Vec<Relay>);

impl Relays {
    /// The relays, in order; at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Relay> {
        self.0.iter()
    }

    /// The connections of all relays together.
    pub fn connections(&self) -> usize {
        self.0.iter().map(|relay| relay.connections).sum()
    }

    /// Sets the name in EHLO for relays whose URL has none.
    #[must_use]
    pub fn with_helo(mut self, name: &HeloName) -> Self {
        for relay in &mut self.0 {
            relay.helo.get_or_insert_with(|| name.clone());
        }
        self
    }

    /// Sets the source of tokens for relays that authenticate with XOAUTH2.
    ///
    /// # Errors
    /// [`RelayUrlError::NoTokens`] where one is needed and there is none.
    pub fn with_tokens(mut self, source: Option<&TokenSource>) -> Result<Self, RelayUrlError> {
        for relay in &mut self.0 {
            if let Some(Auth::OAuth { tokens, .. }) = &mut relay.auth {
                *tokens = Some(source.ok_or(RelayUrlError::NoTokens)?.clone());
            }
        }
        Ok(self)
    }
}

impl From<Relay> for Relays {
    fn from(relay: Relay) -> Self {
        Self(vec![relay])
    }
}

/// A name for EHLO: a domain or an address literal (RFC 5321 §4.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HeloName(String);

/// Not a name for EHLO.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a host's name, such as mail.example.org, or an address in brackets")]
pub struct HeloError;

impl HeloName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HeloName {
    type Err = HeloError;

    fn from_str(text: &str) -> Result<Self, HeloError> {
        let text = text.trim();
        let literal = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        let is_valid = match literal {
            Some(literal) => {
                let address = literal.strip_prefix("IPv6:").unwrap_or(literal);
                address.parse::<IpAddr>().is_ok()
            }
            None => text.len() <= 255 && text.split('.').all(is_label),
        };
        if is_valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(HeloError)
        }
    }
}

fn is_label(label: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !label.is_empty() && label.bytes().all(is_allowed)
}

impl TryFrom<String> for HeloName {
    type Error = HeloError;

    fn try_from(text: String) -> Result<Self, HeloError> {
        text.parse()
    }
}

impl From<HeloName> for String {
    fn from(name: HeloName) -> Self {
        name.0
    }
}

/// Credentials for a relay.
#[derive(Clone, PartialEq, Eq)]
pub enum Auth {
    /// For PLAIN or LOGIN.
    Password { user: String, password: String },
    /// For XOAUTH2.
    OAuth {
        /// The account, usually an address.
        user: String,
        /// The source of its tokens.
        tokens: Option<TokenSource>,
    },
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS where the relay offers it, with any certificate: protects from passive
    /// eavesdroppers, not from an active attacker (RFC 7435). The default for loopback only.
    Opportunistic,
    /// Never.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelayUrlError {
    /// Not `smtp://host` or `smtps://host`.
    #[error("a relay's URL must look like smtp://user:password@host:port")]
    Malformed,
    /// The URL is invalid.
    #[error("a relay's URL must look like smtp://user:password@host:port: {0}")]
    Url(#[from] ServiceUrlError),
    /// An unknown setting.
    #[error(
        "the relay's URL has an unknown setting {0:?}; known are tls, ca, fingerprint, auth, helo, connections, ahead, rate, weight, messages, warmup and timeout"
    )]
    UnknownSetting(String),
    /// A setting with a wrong value.
    #[error("the relay's URL has a wrong value for {0}")]
    WrongValue(&'static str),
    /// A certificate that cannot be used.
    #[error("the relay's URL: {0}")]
    Trust(#[from] TrustError),
    /// A certificate is named and not checked.
    #[error(
        "the relay's URL names a certificate with ca or fingerprint, which tls={0} does not check; use tls=required"
    )]
    UnusedTrust(&'static str),
    /// A password without TLS.
    #[error(
        "the relay's URL has a password but tls=none; a password must not cross a network in the open"
    )]
    OpenPassword,
    /// A user without a password, or with an empty one, which PLAIN has no form
    /// for (RFC 4616 §2).
    #[error(
        "the relay's URL names a user without a password; write smtp://user:password@host, or leave the user out for a relay that takes mail without signing in"
    )]
    NoPassword,
    /// XOAUTH2 without a source of tokens.
    #[error(
        "the relay's URL asks for XOAUTH2; set JARSHY_SMTP_OAUTH to where its tokens come from"
    )]
    NoTokens,
}

impl Relay {
    /// Whether the relay is on this machine.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls == Tls::Implicit {
            "smtps"
        } else {
            "smtp"
        };
        write!(f, "{scheme}://{}", authority(&self.host, self.port))
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relay({self}, {:?}, {:?})", self.tls, self.trust)
    }
}
