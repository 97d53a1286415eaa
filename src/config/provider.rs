//! The OpenID Connect provider by which users sign in: its address, and which roles it gives.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::VariantArray as _;
use url::{Host, Url};

use crate::model::user::Role;

/// Entries that a mapping may have.
const ROLES_LIMIT: usize = 200;

/// The address that a provider is known by, exactly as it writes it: a slash at the end counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Issuer(String);

/// Not the address of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the provider's issuer, such as https://login.example.org")]
pub struct IssuerError;

impl Issuer {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Issuer {
    type Err = IssuerError;

    fn from_str(text: &str) -> Result<Self, IssuerError> {
        let text = text.trim();
        let url = Url::parse(text).map_err(|_| IssuerError)?;
        let is_plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if is_plain && is_protected(&url) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IssuerError)
        }
    }
}

impl TryFrom<String> for Issuer {
    type Error = IssuerError;

    fn try_from(text: String) -> Result<Self, IssuerError> {
        text.parse()
    }
}

impl From<Issuer> for String {
    fn from(issuer: Issuer) -> Self {
        issuer.0
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether what goes to a URL is encrypted, or stays on this machine.
pub fn is_protected(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            None => false,
        },
        _ => false,
    }
}

/// Which role each value of a claim gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct RoleMap {
    entries: Vec<String>,
    roles: Vec<(String, Role)>,
}

/// Why a mapping is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleMapError {
    #[error("{0:?} gives no role; write VALUE=ROLE, such as editors=editor")]
    Entry(String),
    #[error("there may be at most {ROLES_LIMIT} values that give roles")]
    TooMany,
}

impl RoleMap {
    /// Whether the provider gives no roles, so that they are given here.
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }

    /// The highest role that one of these values gives.
    pub fn role_of(&self, values: &[String]) -> Option<Role> {
        let gives = |wanted: Role| {
            let mut of_role = self.roles.iter().filter(|(_, role)| *role == wanted);
            of_role.any(|(value, _)| values.contains(value))
        };
        Role::VARIANTS.iter().copied().find(|role| gives(*role))
    }
}

impl TryFrom<Vec<String>> for RoleMap {
    type Error = RoleMapError;

    fn try_from(entries: Vec<String>) -> Result<Self, RoleMapError> {
        if entries.len() > ROLES_LIMIT {
            return Err(RoleMapError::TooMany);
        }
        let mut roles = Vec::with_capacity(entries.len());
        for entry in &entries {
            let wrong = || RoleMapError::Entry(entry.clone());
            // Names of groups hold equals signs and, in quotes, commas.
            let (value, role) = entry.rsplit_once('=').ok_or_else(wrong)?;
            let value = unquoted(value.trim());
            let role = role.trim().parse::<Role>().map_err(|_| wrong())?;
            if value.is_empty() {
                return Err(wrong());
            }
            roles.push((value.to_owned(), role));
        }
        Ok(Self { entries, roles })
    }
}

impl From<RoleMap> for Vec<String> {
    fn from(map: RoleMap) -> Self {
        map.entries
    }
}

fn unquoted(text: &str) -> &str {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_encrypted_or_on_this_machine() {
        for good in [
            "https://accounts.google.com",
            "https://login.example.org/realms/main/",
            "https://10.0.0.7:8443",
            "http://127.0.0.1:9000/x",
            "http://localhost:9000",
            "http://[::1]:9000",
        ] {
            assert_eq!(good.parse::<Issuer>().unwrap().as_str(), good);
        }
        for wrong in [
            "",
            "login.example.org",
            "http://login.example.org",
            "http://10.0.0.7",
            "https://a:b@login.example.org",
            "https://login.example.org?x=1",
            "https://login.example.org#x",
            "ftp://login.example.org",
        ] {
            assert_eq!(wrong.parse::<Issuer>(), Err(IssuerError), "{wrong}");
        }
    }

    #[test]
    fn the_highest_role_counts() {
        let map = |entries: &[&str]| {
            let entries: Vec<String> = entries.iter().map(|text| (*text).to_owned()).collect();
            RoleMap::try_from(entries)
        };
        let roles = map(&[
            "staff=viewer",
            "press = editor",
            "\"cn=it,ou=groups\"=owner",
        ])
        .unwrap();
        let of = |values: &[&str]| {
            let values: Vec<String> = values.iter().map(|text| (*text).to_owned()).collect();
            roles.role_of(&values)
        };
        assert_eq!(of(&["staff", "press"]), Some(Role::Editor));
        assert_eq!(of(&["cn=it,ou=groups", "staff"]), Some(Role::Owner));
        assert_eq!(of(&["staff"]), Some(Role::Viewer));
        assert_eq!(of(&["Staff", "guests"]), None);
        assert_eq!(of(&[]), None);
        for wrong in ["staff", "=editor", "staff=admin", "\"\"=editor"] {
            assert!(map(&[wrong]).is_err(), "{wrong}");
        }
    }
}
