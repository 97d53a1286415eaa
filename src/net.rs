//! Addresses and networks, and where outgoing requests may go: to the public
//! internet, and not into the operator's own network, where a service may
//! trust every caller.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// One address, or all of a network such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpNet);

/// The text is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither an IP address nor a network such as 10.0.0.0/8")]
pub struct NetworkError(String);

impl Network {
    /// Whether an address is in it. One of IPv4 in IPv6's clothes is the same.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let network = text.parse::<IpNet>().or_else(|error| {
            let address = text.parse::<IpAddr>().map_err(|_| error)?;
            Ok::<_, ipnet::AddrParseError>(address.to_canonical().into())
        });
        let network = network.map_err(|_| NetworkError(text.to_owned()))?;
        Ok(Self(canonical(network)))
    }
}

/// A network of IPv4 in IPv6's clothes as one of IPv4 (RFC 4291 §2.5.5.2).
fn canonical(network: IpNet) -> IpNet {
    let length = network.prefix_len();
    match network.addr().to_canonical() {
        IpAddr::V4(v4) if matches!(network, IpNet::V6(_)) && length >= 96 => {
            Ipv4Net::new(v4, length - 96).map_or(network, IpNet::V4)
        }
        _ => network,
    }
}

impl TryFrom<String> for Network {
    type Error = NetworkError;

    fn try_from(text: String) -> Result<Self, NetworkError> {
        text.trim().parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(address.into())
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether an address is on the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_multicast()
                || v4.is_documentation()
                || a == 0
                || a >= 240
                // RFC 6598, RFC 6890, RFC 2544.
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(v6) => {
            // An IPv4 address in whatever wrapping is judged by itself.
            let segments = v6.segments();
            let embedded = v6.to_ipv4_mapped().or(match segments[0] {
                // RFC 6052.
                0x64 if segments[1] == 0xff9b => {
                    Some(((u32::from(segments[6]) << 16) | u32::from(segments[7])).into())
                }
                // RFC 3056.
                0x2002 => Some(((u32::from(segments[1]) << 16) | u32::from(segments[2])).into()),
                _ => None,
            });
            match embedded {
                Some(v4) => is_public(v4.into()),
                // RFC 4291 §2.4: global unicast, without documentation and Teredo.
                None => {
                    segments[0] & 0xe000 == 0x2000
                        && !(segments[0] == 0x2001 && (segments[1] == 0xdb8 || segments[1] == 0))
                }
            }
        }
    }
}

/// Resolves names to the addresses that may be reached, at the moment of the
/// call: a name that was public a while ago may have moved.
struct PublicOnly(Vec<IpAddr>);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let good: Vec<SocketAddr> = found
                .filter(|found| is_public(found.ip()) || allowed.contains(&found.ip()))
                .collect();
            if good.is_empty() {
                return Err(format!("{} leads into a private network", name.as_str()).into());
            }
            Ok(Box::new(good.into_iter()) as Addrs)
        })
    }
}

/// The address that a URL names in figures, past any resolver.
pub fn literal_address(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

/// Whether a URL may be called, as far as it names an address itself; `allowed`
/// are private addresses that the operator lets us reach.
pub fn may_reach(url: &Url, allowed: &[IpAddr]) -> bool {
    literal_address(url).is_none_or(|address| is_public(address) || allowed.contains(&address))
}

/// A client whose names resolve to public addresses alone, and to those
/// `allowed`. Callers must check [`may_reach`] first.
pub fn client(allowed: &[IpAddr]) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .dns_resolver(Arc::new(PublicOnly(allowed.to_vec())))
        .no_proxy()
}

/// Why a URL that others name is not called: it is no URL of the web, or leads into a private
/// network.
///
/// # Errors
/// The reason, after "its address".
pub fn require_reachable(url: &Url, allowed: &[IpAddr]) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("does not start with http:// or https://");
    }
    if !may_reach(url, allowed) {
        return Err("leads into a private network");
    }
    Ok(())
}

/// The same as [`client`], following some redirects: each of them could lead into a private
/// network, too.
pub fn following_client(allowed: &[IpAddr], redirects: usize) -> reqwest::ClientBuilder {
    let reachable = allowed.to_vec();
    let follow = move |attempt: Attempt<'_>| {
        if attempt.previous().len() > redirects {
            return attempt.error("it redirects too often");
        }
        match require_reachable(attempt.url(), &reachable) {
            Ok(()) => attempt.follow(),
            Err(why) => attempt.error(format!("its address {why}")),
        }
    };
    client(allowed).redirect(Policy::custom(follow))
}

/// The innermost cause, which says most.
pub fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// An address cut to its network: /24 for IPv4, /48 for IPv6.
pub fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// The body of an answer; `None` for one of more than `limit` bytes, of which no more is read.
///
/// # Errors
/// Where the connection fails.
pub async fn body_within(
    mut answer: reqwest::Response,
    limit: usize,
) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses() {
        let holds = |network: &str, address: &str| {
            network
                .parse::<Network>()
                .unwrap()
                .contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.3.4") && holds("10.0.0.0/8", "::ffff:10.1.1.1"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1") && !holds("10.0.0.1", "10.0.0.2"));
        assert!(holds("fd00::/8", "fd12::1") && holds("::1", "::1"));
        assert!(holds("::ffff:10.0.0.0/104", "10.9.9.9") && holds("::ffff:10.0.0.1", "10.0.0.1"));
        assert!(holds("10.1.2.3/8", "10.9.9.9") && holds("::/0", "2001:db8::1"));
        for wrong in [
            "",
            "10.0.0.0/33",
            "10.0.0",
            "example.org",
            "fd00::/129",
            "10.0.0.0/",
            "10.0.0.0/255.0.0.0",
            "/8",
            "10.0.0.0/8/8",
        ] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_public_addresses_are_reached() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "ff02::1",
            "2001:db8::1",
            "192.0.2.1",
            "198.18.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "93.184.216.34",
            "8.8.8.8",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "172.32.0.1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
