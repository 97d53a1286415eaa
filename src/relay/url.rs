//! Parses the URL of a relay, `smtp://user:password@host:port?tls=…`.

use std::str::FromStr;
use std::time::Duration;

use super::{Auth, Relay, RelayUrlError, Relays, Tls};
use crate::service_url::{ServiceUrl, is_loopback};
use crate::tls::Trust;

const DEFAULT_CONNECTIONS: usize = 8;
const DEFAULT_AHEAD: usize = 2;
/// A crash makes as many more deliveries uncertain, on each connection.
const MAX_AHEAD: usize = 8;
/// RFC 5321 §4.5.3.2 asks for minutes; the reply to a message, which a relay may scan, gets
/// ten.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

impl FromStr for Relays {
    type Err = RelayUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let relays = urls(text)
            .iter()
            .map(|url| url.parse())
            .collect::<Result<Vec<_>, _>>()?;
        if relays.is_empty() {
            Err(RelayUrlError::Malformed)
        } else {
            Ok(Self(relays))
        }
    }
}

/// Splits a text into URLs. A comma separates them only before another URL: a password may
/// contain one.
pub fn urls(text: &str) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut is_first = true;
        for piece in word.trim_matches(',').split(',') {
            let is_url = piece.starts_with("smtp://") || piece.starts_with("smtps://");
            match urls.last_mut() {
                Some(url) if !is_first && !is_url => {
                    url.push(',');
                    url.push_str(piece);
                }
                _ if is_first && piece.is_empty() => {}
                _ => urls.push(piece.to_owned()),
            }
            is_first = false;
        }
    }
    urls
}

/// The TLS settings of a URL, until all of them are parsed.
#[derive(Default)]
struct TlsSettings {
    tls: Option<(Tls, bool)>,
    trust: Option<Trust>,
}

impl FromStr for Relay {
    type Err = RelayUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = ServiceUrl::parse(text)?;
        let is_implicit = match url.scheme.as_str() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(RelayUrlError::Malformed),
        };
        let auth = (!url.user.is_empty()).then(|| Auth::Password {
            user: url.user.clone(),
            password: url.password.clone().unwrap_or_default(),
        });
        let mut relay = Relay {
            port: url.port.unwrap_or(match (is_implicit, &auth) {
                (true, _) => 465,
                (false, Some(_)) => 587,
                (false, None) => 25,
            }),
            tls: match (is_implicit, is_loopback(&url.host)) {
                (true, _) => Tls::Implicit,
                (false, true) => Tls::Opportunistic,
                (false, false) => Tls::Required,
            },
            host: url.host,
            trust: Trust::system(),
            auth,
            helo: None,
            connections: DEFAULT_CONNECTIONS,
            ahead: DEFAULT_AHEAD,
            rate: None,
            weight: 1,
            messages: None,
            warm_up: None,
            timeout: DEFAULT_TIMEOUT,
        };
        let mut tls_settings = TlsSettings::default();
        for (key, value) in &url.settings {
            if !tls_settings.set(key, value, is_implicit)? {
                relay.set(key, value)?;
            }
        }
        if matches!(&relay.auth, Some(Auth::Password { password, .. }) if password.is_empty()) {
            return Err(RelayUrlError::NoPassword);
        }
        relay.apply_tls(tls_settings)?;
        Ok(relay)
    }
}

impl TlsSettings {
    /// Applies a setting; `false` if it is not about TLS.
    fn set(&mut self, key: &str, value: &str, is_implicit: bool) -> Result<bool, RelayUrlError> {
        match key {
            "tls" => {
                let verified = true;
                self.tls = Some(match (value, is_implicit) {
                    ("required", true) => (Tls::Implicit, verified),
                    ("required", false) => (Tls::Required, verified),
                    ("required-unverified", true) => (Tls::Implicit, !verified),
                    ("required-unverified", false) => (Tls::Required, !verified),
                    ("opportunistic", false) => (Tls::Opportunistic, !verified),
                    ("none", false) => (Tls::None, !verified),
                    _ => return Err(RelayUrlError::WrongValue("tls")),
                });
            }
            "ca" => self.trust = Some(Trust::of_file(value)?),
            "fingerprint" => {
                let trust = self.trust.take().unwrap_or_else(Trust::system);
                self.trust = Some(trust.and_fingerprint(value)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl Relay {
    fn apply_tls(&mut self, tls_settings: TlsSettings) -> Result<(), RelayUrlError> {
        let is_named = tls_settings.trust.is_some();
        let (tls, is_verified) = match (tls_settings.tls, self.tls) {
            (Some(chosen), _) => chosen,
            // A certificate that is named is to be checked.
            (None, Tls::Opportunistic) if is_named => (Tls::Required, true),
            (None, usual) => (usual, usual != Tls::Opportunistic),
        };
        if is_named && !is_verified {
            return Err(RelayUrlError::UnusedTrust(match tls {
                Tls::Opportunistic => "opportunistic",
                Tls::None => "none",
                Tls::Required | Tls::Implicit => "required-unverified",
            }));
        }
        self.tls = tls;
        self.trust = match (is_verified, tls_settings.trust) {
            (true, Some(trust)) => trust,
            (true, None) => Trust::system(),
            (false, _) => Trust::anybody(),
        };
        if self.tls == Tls::None && self.auth.is_some() && !self.is_local() {
            return Err(RelayUrlError::OpenPassword);
        }
        Ok(())
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), RelayUrlError> {
        fn number<T: FromStr + PartialOrd + From<u8>>(
            name: &'static str,
            value: &str,
            most: Option<T>,
        ) -> Result<T, RelayUrlError> {
            let number = value.parse().ok().filter(|number: &T| {
                *number >= T::from(1) && most.as_ref().is_none_or(|most| number <= most)
            });
            number.ok_or(RelayUrlError::WrongValue(name))
        }
        match key {
            "auth" => {
                let user = match (value, self.auth.take()) {
                    ("xoauth2", Some(Auth::Password { user, .. })) => user,
                    _ => return Err(RelayUrlError::WrongValue("auth")),
                };
                self.auth = Some(Auth::OAuth { user, tokens: None });
            }
            "helo" => {
                let name = value.parse().ok();
                self.helo = Some(name.ok_or(RelayUrlError::WrongValue("helo"))?);
            }
            "connections" => self.connections = number("connections", value, Some(500))?,
            "ahead" => {
                let ahead = value.parse().ok().filter(|ahead| *ahead <= MAX_AHEAD);
                self.ahead = ahead.ok_or(RelayUrlError::WrongValue("ahead"))?;
            }
            "rate" => self.rate = Some(number("rate", value, None)?),
            "weight" => self.weight = number("weight", value, Some(1000))?,
            "messages" => self.messages = Some(number("messages", value, None)?),
            "warmup" => self.warm_up = Some(number("warmup", value, None)?),
            "timeout" => {
                self.timeout = Duration::from_secs(number("timeout", value, Some(600))?);
            }
            _ => return Err(RelayUrlError::UnknownSetting(key.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::TokenSource;
    use crate::relay::HeloName;

    fn signs_in(relay: &Relay) -> (&str, &str) {
        match &relay.auth {
            Some(Auth::Password { user, password }) => (user, password),
            _ => ("", ""),
        }
    }

    #[test]
    fn urls_are_read_with_sensible_defaults() {
        let relay: Relay = "smtp://relay.example.org".parse().unwrap();
        assert_eq!((relay.port, relay.tls), (25, Tls::Required));
        assert_eq!(relay.ahead, DEFAULT_AHEAD);
        let relay: Relay = "smtp://us%40er:p%2Fw@relay.example.org?connections=3&rate=10"
            .parse()
            .unwrap();
        assert_eq!(
            (relay.port, relay.connections, relay.rate),
            (587, 3, Some(10))
        );
        assert_eq!(signs_in(&relay), ("us@er", "p/w"));
        let relay: Relay = "smtp://h?ahead=0".parse().unwrap();
        assert_eq!(relay.ahead, 0);
        let relay: Relay = "smtps://u:p@relay.example.org".parse().unwrap();
        assert_eq!((relay.port, relay.tls), (465, Tls::Implicit));
        let relay: Relay = "smtp://127.0.0.1:2525".parse().unwrap();
        assert_eq!(relay.tls, Tls::Opportunistic);
        let relay: Relay = "smtp://[::1]:2525".parse().unwrap();
        assert_eq!(
            (relay.host.as_str(), relay.tls),
            ("::1", Tls::Opportunistic)
        );
        assert_eq!(relay.to_string(), "smtp://[::1]:2525");
        let relay: Relay = "smtp://u:p@[fe80::1%25eth0]:25".parse().unwrap();
        assert_eq!(relay.to_string(), "smtp://[fe80::1%eth0]:25");
        assert_eq!(signs_in(&relay), ("u", "p"));
    }

    #[test]
    fn user_and_password_are_read_as_they_stand() {
        let relay: Relay = "smtp://us&er:pa&ss@127.0.0.1:2525?tls=none"
            .parse()
            .unwrap();
        assert_eq!(signs_in(&relay), ("us&er", "pa&ss"));
        let relays: Relays = "smtp://u:a,b+c@a.example.org,smtps://u:p@b.example.org"
            .parse()
            .unwrap();
        let all: Vec<_> = relays.iter().map(signs_in).collect();
        assert_eq!(all, [("u", "a,b+c"), ("u", "p")]);
    }

    #[test]
    fn only_what_is_required_is_verified() {
        let relay = |text: &str| text.parse::<Relay>().unwrap();
        let way = |text: &str| (relay(text).tls, relay(text).trust.is_verifying());
        assert_eq!(way("smtp://localhost"), (Tls::Opportunistic, false));
        assert_eq!(
            way("smtp://h?tls=opportunistic"),
            (Tls::Opportunistic, false)
        );
        assert_eq!(way("smtp://h"), (Tls::Required, true));
        assert_eq!(way("smtp://localhost?tls=required"), (Tls::Required, true));
        assert_eq!(
            way("smtp://h?tls=required-unverified"),
            (Tls::Required, false)
        );
        assert_eq!(
            way("smtps://h?tls=required-unverified"),
            (Tls::Implicit, false)
        );
        assert_eq!(way("smtps://h"), (Tls::Implicit, true));
        let pinned = format!("smtp://localhost?fingerprint=sha256:{}", "ab".repeat(32));
        assert_eq!(way(&pinned), (Tls::Required, true));
        let unused = format!("{pinned}&tls=opportunistic").parse::<Relay>();
        assert_eq!(
            unused.unwrap_err(),
            RelayUrlError::UnusedTrust("opportunistic")
        );
    }

    #[test]
    fn ehlo_has_a_name_of_the_operators_choice() {
        let relays: Relays = "smtp://a?helo=mx.example.org smtp://b".parse().unwrap();
        let relays = relays.with_helo(&"www.example.org".parse().unwrap());
        let names: Vec<_> = relays
            .iter()
            .map(|r| r.helo.as_ref().unwrap().as_str())
            .collect();
        assert_eq!(names, ["mx.example.org", "www.example.org"]);
        let is_helo_name = |text: &str| text.parse::<HeloName>().is_ok();
        assert!(is_helo_name("[192.0.2.1]") && is_helo_name("[IPv6:2001:db8::1]"));
        for wrong in ["", "a b", "a..b", "ж.kz", "[nowhere]", "a\r\nMAIL"] {
            assert!(!is_helo_name(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn xoauth2_needs_a_user_and_a_source_of_tokens() {
        let relays: Relays = "smtp://me%40example.org@smtp.example.org?auth=xoauth2"
            .parse()
            .unwrap();
        assert_eq!(relays.iter().next().unwrap().port, 587);
        assert_eq!(
            relays.clone().with_tokens(None),
            Err(RelayUrlError::NoTokens)
        );
        let source = "https://a:b@example.org/token"
            .parse::<TokenSource>()
            .unwrap();
        assert!(relays.with_tokens(Some(&source)).is_ok());
        let wrong = "smtp://smtp.example.org?auth=xoauth2".parse::<Relay>();
        assert_eq!(wrong.unwrap_err(), RelayUrlError::WrongValue("auth"));
    }

    #[test]
    fn several_relays_are_read_with_their_shares() {
        let relays: Relays =
            "smtp://a.example.org?weight=3&messages=100, smtps://u:p@b.example.org?warmup=50"
                .parse()
                .unwrap();
        let shares: Vec<_> = relays
            .iter()
            .map(|r| (r.weight, r.messages, r.warm_up))
            .collect();
        assert_eq!(shares, [(3, Some(100), None), (1, None, Some(50))]);
        assert_eq!(relays.connections(), 2 * DEFAULT_CONNECTIONS);
        assert!(" ,".parse::<Relays>().is_err());
    }

    #[test]
    fn mistakes_are_named() {
        let error = |text: &str| text.parse::<Relay>().unwrap_err();
        assert!(matches!(error("relay.example.org"), RelayUrlError::Url(_)));
        assert_eq!(error("http://relay.example.org"), RelayUrlError::Malformed);
        assert_eq!(
            error("smtp://r.example.org?tsl=none"),
            RelayUrlError::UnknownSetting("tsl".into())
        );
        assert_eq!(
            error("smtp://r.example.org?connections=0"),
            RelayUrlError::WrongValue("connections")
        );
        assert_eq!(
            error("smtp://r.example.org?ahead=9"),
            RelayUrlError::WrongValue("ahead")
        );
        assert_eq!(
            error("smtp://r.example.org?timeout=never"),
            RelayUrlError::WrongValue("timeout")
        );
        assert_eq!(
            error("smtp://u:p@r.example.org?tls=none"),
            RelayUrlError::OpenPassword
        );
        for text in ["smtp://u:@r.example.org", "smtp://u@r.example.org"] {
            assert_eq!(error(text), RelayUrlError::NoPassword, "{text}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let relay: Relay = "smtp://user:s3cret@relay.example.org".parse().unwrap();
        assert!(!format!("{relay} {relay:?}").contains("s3cret"));
    }
}
