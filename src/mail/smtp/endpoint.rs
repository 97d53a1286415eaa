//! Where a relay is and how it may be used, as one URL.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use url::Url;

/// A relay, read from `smtp://user:password@host:port?tls=…&connections=…&rate=…`.
///
/// Its `Debug` and `Display` never show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Name or address.
    pub host: String,
    /// 465 for `smtps`; for `smtp` 587 with a user, 25 without.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: Tls,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// How many connections may be open at once.
    pub connections: usize,
    /// Messages a second at most.
    pub rate: Option<u32>,
    /// Its share among several relays.
    pub weight: u32,
    /// Messages that one connection carries before it is opened anew.
    pub messages: Option<u32>,
    /// Messages on its first day at most; each day after it twice as many.
    pub warm_up: Option<u32>,
    /// How long the answer to a command may take; that to a whole message, ten
    /// times as long.
    pub timeout: Duration,
}

/// One relay or several, from URLs parted by commas or white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints(Vec<Endpoint>);

impl Endpoints {
    /// The relays, in their order; there is at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Endpoint> {
        self.0.iter()
    }

    /// Connections to all of them.
    pub fn connections(&self) -> usize {
        self.0.iter().map(|endpoint| endpoint.connections).sum()
    }
}

impl From<Endpoint> for Endpoints {
    fn from(endpoint: Endpoint) -> Self {
        Self(vec![endpoint])
    }
}

impl FromStr for Endpoints {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let endpoints = text
            .split([',', ' ', '\t', '\n'])
            .filter(|url| !url.is_empty())
            .map(str::parse)
            .collect::<Result<Vec<_>, _>>()?;
        match endpoints.is_empty() {
            true => Err(EndpointError::Malformed),
            false => Ok(Self(endpoints)),
        }
    }
}

/// How a connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first octet.
    Implicit,
    /// STARTTLS, or no mail.
    Required,
    /// STARTTLS where the relay offers it. The default for loopback alone:
    /// elsewhere somebody on the way could take the offer out.
    Opportunistic,
    /// Never.
    None,
}

/// The text is no relay's URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not `smtp://host` or `smtps://host`.
    #[error("a relay's URL must look like smtp://user:password@host:port")]
    Malformed,
    /// A query key that means nothing.
    #[error(
        "the relay's URL has an unknown setting {0:?}; known are tls, connections, rate, weight, messages, warmup and timeout"
    )]
    UnknownSetting(String),
    /// A query value of the wrong kind.
    #[error("the relay's URL has a wrong value for {0}")]
    WrongValue(&'static str),
    /// A password on an open line.
    #[error(
        "the relay's URL has a password but tls=none; a password must not cross a network in the open"
    )]
    OpenPassword,
}

const DEFAULT_CONNECTIONS: usize = 8;
/// RFC 5321 §4.5.3.2 asks for minutes; the answer to a message, which a relay
/// may be scanning, gets ten.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|_| EndpointError::Malformed)?;
        let is_implicit = match url.scheme() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(EndpointError::Malformed),
        };
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(EndpointError::Malformed)?;
        let decode = |text: &str| {
            let pairs = format!("v={}", text.replace('+', "%2B"));
            url::form_urlencoded::parse(pairs.as_bytes())
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let credentials = (!url.username().is_empty()).then(|| {
            (
                decode(url.username()),
                decode(url.password().unwrap_or_default()),
            )
        });
        let host = host.trim_matches(['[', ']']);
        let is_loopback = is_loopback(host);
        let mut endpoint = Endpoint {
            host: host.to_owned(),
            port: url.port().unwrap_or(match (is_implicit, &credentials) {
                (true, _) => 465,
                (false, Some(_)) => 587,
                (false, None) => 25,
            }),
            tls: match (is_implicit, is_loopback) {
                (true, _) => Tls::Implicit,
                (false, true) => Tls::Opportunistic,
                (false, false) => Tls::Required,
            },
            credentials,
            connections: DEFAULT_CONNECTIONS,
            rate: None,
            weight: 1,
            messages: None,
            warm_up: None,
            timeout: DEFAULT_TIMEOUT,
        };
        for (key, value) in url.query_pairs() {
            endpoint.set(&key, &value, is_implicit)?;
        }
        if endpoint.tls == Tls::None && endpoint.credentials.is_some() && !is_loopback {
            return Err(EndpointError::OpenPassword);
        }
        Ok(endpoint)
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

impl Endpoint {
    /// Whether it is on this machine.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }

    fn set(&mut self, key: &str, value: &str, is_implicit: bool) -> Result<(), EndpointError> {
        match key {
            "tls" => {
                self.tls = match (value, is_implicit) {
                    ("required", true) => Tls::Implicit,
                    ("required", false) => Tls::Required,
                    ("opportunistic", false) => Tls::Opportunistic,
                    ("none", false) => Tls::None,
                    _ => return Err(EndpointError::WrongValue("tls")),
                }
            }
            "connections" => {
                let connections = value.parse().ok().filter(|n| (1..=500).contains(n));
                self.connections = connections.ok_or(EndpointError::WrongValue("connections"))?;
            }
            "rate" => {
                let rate = value.parse().ok().filter(|rate| *rate > 0);
                self.rate = Some(rate.ok_or(EndpointError::WrongValue("rate"))?);
            }
            "weight" => {
                let weight = value
                    .parse()
                    .ok()
                    .filter(|weight| (1..=1000).contains(weight));
                self.weight = weight.ok_or(EndpointError::WrongValue("weight"))?;
            }
            "messages" => {
                let messages = value.parse().ok().filter(|messages| *messages > 0);
                self.messages = Some(messages.ok_or(EndpointError::WrongValue("messages"))?);
            }
            "warmup" => {
                let first = value.parse().ok().filter(|first| *first > 0);
                self.warm_up = Some(first.ok_or(EndpointError::WrongValue("warmup"))?);
            }
            "timeout" => {
                let seconds = value.parse().ok().filter(|n| (1..=600).contains(n));
                let seconds = seconds.ok_or(EndpointError::WrongValue("timeout"))?;
                self.timeout = Duration::from_secs(seconds);
            }
            _ => return Err(EndpointError::UnknownSetting(key.to_owned())),
        }
        Ok(())
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls == Tls::Implicit {
            "smtps"
        } else {
            "smtp"
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self}, {:?})", self.tls)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_with_sensible_defaults() {
        let relay: Endpoint = "smtp://relay.example.org".parse().unwrap();
        assert_eq!((relay.port, relay.tls), (25, Tls::Required));
        let relay: Endpoint = "smtp://us%40er:p%2Fw@relay.example.org?connections=3&rate=10"
            .parse()
            .unwrap();
        assert_eq!(
            (relay.port, relay.connections, relay.rate),
            (587, 3, Some(10))
        );
        assert_eq!(relay.credentials, Some(("us@er".into(), "p/w".into())));
        let relay: Endpoint = "smtps://u:p@relay.example.org".parse().unwrap();
        assert_eq!((relay.port, relay.tls), (465, Tls::Implicit));
        let relay: Endpoint = "smtp://127.0.0.1:2525".parse().unwrap();
        assert_eq!(relay.tls, Tls::Opportunistic);
    }

    #[test]
    fn several_relays_are_read_with_their_shares() {
        let relays: Endpoints =
            "smtp://a.example.org?weight=3&messages=100, smtps://u:p@b.example.org?warmup=50"
                .parse()
                .unwrap();
        let shares: Vec<_> = relays
            .iter()
            .map(|r| (r.weight, r.messages, r.warm_up))
            .collect();
        assert_eq!(shares, [(3, Some(100), None), (1, None, Some(50))]);
        assert_eq!(relays.connections(), 2 * DEFAULT_CONNECTIONS);
        assert!(" ,".parse::<Endpoints>().is_err());
    }

    #[test]
    fn mistakes_are_named() {
        let error = |text: &str| text.parse::<Endpoint>().unwrap_err();
        assert_eq!(error("relay.example.org"), EndpointError::Malformed);
        assert_eq!(error("http://relay.example.org"), EndpointError::Malformed);
        assert_eq!(
            error("smtp://r.example.org?tsl=none"),
            EndpointError::UnknownSetting("tsl".into())
        );
        assert_eq!(
            error("smtp://r.example.org?connections=0"),
            EndpointError::WrongValue("connections")
        );
        assert_eq!(
            error("smtp://r.example.org?timeout=never"),
            EndpointError::WrongValue("timeout")
        );
        assert_eq!(
            error("smtp://u:p@r.example.org?tls=none"),
            EndpointError::OpenPassword
        );
    }

    #[test]
    fn a_password_is_never_shown() {
        let relay: Endpoint = "smtp://user:s3cret@relay.example.org".parse().unwrap();
        assert!(!format!("{relay} {relay:?}").contains("s3cret"));
    }
}
