//! The URL of a service that Jarshy logs in to: a relay, a mailbox, an OAuth token endpoint.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

/// What a value keeps as it is (RFC 3986 §2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A parsed URL, every part decoded (RFC 3986 §2.1). User, password and settings are not an
/// HTML form: `+` and `&` are literal in a password.
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceUrl {
    /// In lower case.
    pub scheme: String,
    /// A name in ASCII or an address, an IPv6 one without its brackets and with
    /// its zone, such as `fe80::1%eth0`.
    pub host: String,
    /// Where the URL names one.
    pub port: Option<u16>,
    /// Empty where there is none.
    pub user: String,
    /// `None` where there is none, or an empty one.
    pub password: Option<String>,
    /// Without the slashes around it.
    pub path: String,
    /// `?key=value&…`, in order.
    pub settings: Vec<(String, String)>,
}

/// The text is not a URL of a service. Never shows the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceUrlError {
    /// Something that stands for itself in a URL is part of the password.
    #[error(
        "it is not a URL; in user and password write / as %2F, # as %23, ? as %3F and % as %25"
    )]
    Malformed,
    /// No host.
    #[error("it names no host")]
    NoHost,
    /// The zone of an IPv6 address, such as `%25eth0`, is empty or no name.
    #[error("the zone of its IPv6 address is not a name; write it as in [fe80::1%25eth0]")]
    Zone,
    /// An octet sequence that is no UTF-8.
    #[error("it holds a percent-encoded part that is not UTF-8")]
    NotText,
}

impl ServiceUrl {
    /// Takes a URL apart.
    ///
    /// # Errors
    /// [`ServiceUrlError`], without the password.
    pub fn parse(text: &str) -> Result<Self, ServiceUrlError> {
        let (text, zone) = without_zone(text.trim())?;
        let url = Url::parse(&text).map_err(|error| match error {
            url::ParseError::EmptyHost => ServiceUrlError::NoHost,
            _ => ServiceUrlError::Malformed,
        })?;
        let settings = url.query().unwrap_or_default().split('&');
        let settings = settings.filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(key)?, decode(value)?))
        });
        Ok(Self {
            scheme: url.scheme().to_owned(),
            host: format!("{}{zone}", host(&url)?),
            port: url.port(),
            user: decode(url.username())?,
            password: url.password().map(decode).transpose()?,
            path: decode(url.path().trim_matches('/'))?,
            settings: settings.collect::<Result<_, _>>()?,
        })
    }
}

/// The parts of a URL as a person enters them, each as it is meant. None is checked before the
/// URL is parsed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UrlParts<'a> {
    pub scheme: &'a str,
    pub user: &'a str,
    pub password: &'a str,
    /// A name or an address, an IPv6 one without brackets.
    pub host: &'a str,
    /// Empty for the usual one.
    pub port: &'a str,
    pub path: &'a str,
    /// Those without a value are left out.
    pub settings: Vec<(&'a str, &'a str)>,
}

impl UrlParts<'_> {
    /// The URL, for [`ServiceUrl::parse`].
    pub fn to_url(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let credentials = match (self.user, self.password) {
            ("", _) => String::new(),
            (user, "") => format!("{}@", encoded(user)),
            (user, password) => format!("{}:{}@", encoded(user), encoded(password)),
        };
        let host = match self.host.split_once('%') {
            Some((address, zone)) => format!("[{address}%25{}]", encoded(zone)),
            None if self.host.contains(':') => format!("[{}]", self.host),
            None => self.host.to_owned(),
        };
        let mut url = format!("{}://{credentials}{host}", self.scheme);
        // Writing to a text cannot fail.
        if !self.port.is_empty() {
            let _ = write!(url, ":{}", self.port);
        }
        if !self.path.is_empty() {
            let _ = write!(url, "/{}", encoded(self.path));
        }
        let settings = self.settings.iter().filter(|(_, value)| !value.is_empty());
        for (number, (key, value)) in settings.enumerate() {
            let mark = if number == 0 { '?' } else { '&' };
            let _ = write!(url, "{mark}{key}={}", encoded(value));
        }
        url
    }
}

/// A URL without the zone of its IPv6 address (RFC 6874), which the parser does not support,
/// and the zone with its `%`. A bare `%` is accepted too.
pub(crate) fn without_zone(text: &str) -> Result<(Cow<'_, str>, String), ServiceUrlError> {
    let authority = text.find("://").map_or(0, |at| at + 3);
    let end = text[authority..].find(['/', '?', '#']);
    let end = end.map_or(text.len(), |length| authority + length);
    let start = text[authority..end].rfind('@');
    let start = start.map_or(authority, |at| authority + at + 1);
    let inner = text[start..end].strip_prefix('[');
    let inner = inner
        .and_then(|rest| rest.split_once(']'))
        .map(|(inner, _)| inner);
    let Some((address, zone)) = inner.and_then(|inner| inner.split_once('%')) else {
        return Ok((Cow::Borrowed(text), String::new()));
    };
    let before = &text[..start + 1 + address.len()];
    let after = &text[start + 1 + address.len() + 1 + zone.len()..];
    let zone = decode(zone.strip_prefix("25").unwrap_or(zone))?;
    if zone.is_empty() || zone.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(ServiceUrlError::Zone);
    }
    Ok((Cow::Owned(format!("{before}{after}")), format!("%{zone}")))
}

/// `host:port` for a URL: IPv6 addresses in brackets.
pub fn authority(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

/// Whether a host is this machine.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

fn host(url: &Url) -> Result<String, ServiceUrlError> {
    let host = url.host_str().unwrap_or_default();
    if let Some(address) = host.strip_prefix('[') {
        return Ok(address.trim_end_matches(']').to_owned());
    }
    // Only for the schemes of the web does the parser write names in ASCII.
    let host = decode(host)?;
    match idna::domain_to_ascii(&host) {
        Ok(ascii) if !ascii.is_empty() => Ok(ascii),
        // Such as the name of a container with an underscore.
        _ if host.is_ascii() && !host.is_empty() => Ok(host.to_ascii_lowercase()),
        _ => Err(ServiceUrlError::NoHost),
    }
}

fn decode(part: &str) -> Result<String, ServiceUrlError> {
    let decoded = percent_decode_str(part).decode_utf8();
    let decoded = decoded.map_err(|_| ServiceUrlError::NotText)?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_password_are_percent_encoded_and_no_form() {
        for (text, user, password) in [
            ("smtp://u:pa&ss@h", "u", "pa&ss"),
            ("pop3://us&er:pa&ss@h", "us&er", "pa&ss"),
            ("smtp://u+tag:a+b@h", "u+tag", "a+b"),
            ("imaps://us%40er:p%2Fw%3A%20%2B@h", "us@er", "p/w: +"),
            ("imaps://us@er:p=w;x@h", "us@er", "p=w;x"),
            ("smtp://u:100%@h", "u", "100%"),
            ("smtp://%D0%B6:%D0%BF@h", "ж", "п"),
            ("smtp://ж:п@h", "ж", "п"),
            ("smtp://u:'\"|^`{}@h", "u", "'\"|^`{}"),
        ] {
            let url = ServiceUrl::parse(text).unwrap();
            assert_eq!(
                (url.user.as_str(), url.password.as_deref()),
                (user, Some(password)),
                "{text}"
            );
            assert_eq!(url.host, "h", "{text}");
        }
        for text in ["smtp://u@h", "smtp://u:@h"] {
            assert_eq!(ServiceUrl::parse(text).unwrap().password, None, "{text}");
        }
    }

    #[test]
    fn hosts_are_names_in_ascii_or_addresses() {
        for (text, host, port) in [
            ("pop3://u:p@[::1]:110", "::1", Some(110)),
            ("smtp://[2001:db8::1]", "2001:db8::1", None),
            ("smtp://u:p@[fe80::1%25eth0]:25", "fe80::1%eth0", Some(25)),
            ("smtp://u:a[b%5D@[fe80::1%eth0]/x", "fe80::1%eth0", None),
            ("smtp://mail_relay:2525", "mail_relay", Some(2525)),
            ("smtp://почта.рф", "xn--80a1acny.xn--p1ai", None),
            ("smtp://Relay.Example.ORG", "relay.example.org", None),
        ] {
            let url = ServiceUrl::parse(text).unwrap();
            assert_eq!((url.host.as_str(), url.port), (host, port), "{text}");
        }
        assert_eq!(authority("::1", 25), "[::1]:25");
        for text in [
            "smtp://[fe80::1%25]",
            "smtp://[fe80::1%]:25",
            "smtp://[fe80::1%25a%20b]",
        ] {
            assert_eq!(
                ServiceUrl::parse(text).err(),
                Some(ServiceUrlError::Zone),
                "{text}"
            );
        }
        for text in ["smtp://[192.0.2.1%25eth0]", "smtp://[fe80::1%25eth0"] {
            assert_eq!(
                ServiceUrl::parse(text).err(),
                Some(ServiceUrlError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn settings_are_percent_encoded_too() {
        let url = ServiceUrl::parse("smtp://h?ca=/a+b%20c&fingerprint=sha256:AB:CD&x").unwrap();
        let pairs: Vec<(&str, &str)> = url
            .settings
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("ca", "/a+b c"), ("fingerprint", "sha256:AB:CD"), ("x", "")]
        );
    }

    #[test]
    fn what_is_no_url_is_refused_without_its_password() {
        for text in [
            "smtp://u:pa#zz@h",
            "smtp://u:pa/zz@h",
            "relay",
            "smtp://u:%FF@h",
        ] {
            let error = ServiceUrl::parse(text).err().unwrap();
            assert!(!error.to_string().contains("zz"), "{text}: {error}");
        }
    }
}
