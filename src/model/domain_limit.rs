//! Limits of sending to recipient domains, as the operator sets them.

use std::collections::HashMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What an operator allows a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DomainLimit {
    /// Messages in flight at once.
    pub connections: Option<usize>,
    /// Messages per second.
    pub rate: Option<u32>,
}

/// The limits of all domains.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct DomainLimits {
    entries: Vec<String>,
    named: HashMap<String, DomainLimit>,
    others: DomainLimit,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a domain limit; write DOMAIN=CONNECTIONS or DOMAIN=CONNECTIONS@RATE, such as example.org=4@10, with * for all others"
)]
pub struct LimitError(String);

impl DomainLimits {
    /// Reads limits such as `example.org=4@10` or `*=20`.
    ///
    /// # Errors
    /// [`LimitError`] names the invalid entry.
    pub fn parse(entries: &[String]) -> Result<Self, LimitError> {
        let mut limits = Self {
            entries: entries.to_vec(),
            ..Self::default()
        };
        for entry in entries {
            let broken = || LimitError(entry.clone());
            let (domain, limit) = entry.split_once('=').ok_or_else(broken)?;
            let limit: DomainLimit = limit.trim().parse().map_err(|()| broken())?;
            match domain.trim() {
                "" => return Err(broken()),
                "*" => limits.others = limit,
                domain => {
                    limits.named.insert(domain.to_ascii_lowercase(), limit);
                }
            }
        }
        Ok(limits)
    }

    /// The limit of one domain.
    pub fn of(&self, domain: &str) -> DomainLimit {
        self.named.get(domain).copied().unwrap_or(self.others)
    }
}

impl TryFrom<Vec<String>> for DomainLimits {
    type Error = LimitError;

    fn try_from(entries: Vec<String>) -> Result<Self, LimitError> {
        Self::parse(&entries)
    }
}

impl From<DomainLimits> for Vec<String> {
    fn from(limits: DomainLimits) -> Self {
        limits.entries
    }
}

impl FromStr for DomainLimit {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (connections, rate) = match text.split_once('@') {
            Some((connections, rate)) => (connections, Some(rate)),
            None => (text, None),
        };
        let connections: usize = connections.trim().parse().map_err(|_| ())?;
        let rate = match rate {
            Some(rate) => Some(rate.trim().parse::<u32>().map_err(|_| ())?),
            None => None,
        };
        if connections == 0 || rate == Some(0) {
            return Err(());
        }
        Ok(Self {
            connections: Some(connections),
            rate,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_parsed_and_invalid_ones_rejected() {
        let entries = ["example.org=4@10".to_owned(), "*=20".to_owned()];
        let limits = DomainLimits::parse(&entries).unwrap();
        assert_eq!(limits.of("example.org").rate, Some(10));
        assert_eq!(limits.of("example.kz").connections, Some(20));
        for wrong in ["example.org", "=4", "a.b=0", "a.b=x", "a.b=4@0"] {
            assert!(DomainLimits::parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
