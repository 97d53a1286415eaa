//! The domains of all senders: what their last check found, and when that was.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{Check, Dns, Finding, domain};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::context::Context;
use crate::model::notification::{self, Notice, NotificationKind};
use crate::notifications::conditions::{self, Condition};
use crate::relay::Relay;
use crate::store::{StoreError, settings};

/// Where the last checks are kept, by domain.
const SETTING: &str = "sender_domain_checks";
/// A person waits for all of them.
const TIME_LIMIT: Duration = Duration::from_secs(20);
const CONCURRENT_CHECKS: usize = 4;
/// What receivers judge a sender by.
const AUTHENTICATION: [&str; 3] = ["SPF", "DKIM", "DMARC"];

/// A domain and its last check.
#[derive(Debug, Clone)]
pub struct SenderDomain {
    pub name: String,
    /// `None` if it was never checked.
    pub checked: Option<Checked>,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checked {
    pub at: Timestamp,
    pub checks: Vec<Check>,
    /// Which of [`AUTHENTICATION`] were published when the DNS last answered: once one is
    /// gone, users are notified.
    #[serde(default)]
    published: BTreeSet<String>,
}

impl Checked {
    /// The worst finding of each of SPF, DKIM and DMARC.
    pub fn authentication(&self) -> Vec<(&'static str, Finding)> {
        let worst = |name: &'static str| {
            let findings = self.checks.iter().filter(|check| check.name == name);
            Some((name, findings.map(|check| check.finding).max()?))
        };
        AUTHENTICATION.into_iter().filter_map(worst).collect()
    }
}

type ByDomain = BTreeMap<String, Checked>;

/// Whether the domains are worth looking up without being asked: what a relay on this machine
/// accepts may never leave it, as in a demo.
pub fn leave_this_machine(config: &Config) -> bool {
    let is_remote = |relay: &Relay| !relay.is_local();
    let relays = config.smtp_url.as_ref();
    config.dns_server.is_some() || relays.is_some_and(|relays| relays.iter().any(is_remote))
}

/// Whether a domain was not looked up for `interval`.
pub async fn is_due(cx: &Context, interval: Duration) -> Result<bool, StoreError> {
    let now = cx.clock.now();
    let is_old = |domain: &SenderDomain| {
        let checked = domain.checked.as_ref();
        checked.is_none_or(|checked| now.since(checked.at) >= interval)
    };
    Ok(all(cx).await?.iter().any(is_old))
}

/// The domains of all senders, that of the default one first.
pub async fn all(cx: &Context) -> Result<Vec<SenderDomain>, StoreError> {
    let mut db = cx.store.read().await?;
    let mut known: ByDomain = settings::get(&mut db, SETTING).await?.unwrap_or_default();
    drop(db);
    let config = cx.config();
    let domains = config.sender_domains().into_iter();
    Ok(domains
        .map(|name| SenderDomain {
            checked: known.remove(name),
            name: name.to_owned(),
        })
        .collect())
}

/// Checks the domains of all senders, keeps what was found, and notifies users of records
/// that are gone. Gives those that could not be
/// checked, with the reason: their last check stays.
pub async fn check(cx: &Context, dns: &Dns) -> Result<Vec<String>, StoreError> {
    let config = cx.config();
    let domains: Vec<String> = config
        .sender_domains()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let looks: Vec<_> = domains
        .iter()
        .map(|name| within_limit(cx, dns, name))
        .collect();
    let outcomes = stream::iter(looks).buffered(CONCURRENT_CHECKS);
    let at = cx.clock.now();
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let outcomes: Vec<_> = outcomes.collect().await;
    for (name, outcome) in domains.iter().cloned().zip(outcomes) {
        match outcome {
            Ok(checks) => found.push((name, checks)),
            Err(reason) => failed.push(format!("{name}: {reason}")),
        }
    }
    let mut db = cx.store.write().await?;
    let mut known: ByDomain = settings::get(&mut db, SETTING).await?.unwrap_or_default();
    for (name, checks) in found {
        let published = known.get(&name).map(|checked| checked.published.clone());
        let (published, conditions) = compared(&name, &checks, published.unwrap_or_default());
        for condition in &conditions {
            conditions::apply(&mut db, condition, at).await?;
        }
        let checked = Checked {
            at,
            checks,
            published,
        };
        known.insert(name, checked);
    }
    known.retain(|name, _| domains.contains(name));
    settings::set(&mut db, SETTING, &known).await?;
    db.commit().await?;
    failed.sort_unstable();
    Ok(failed)
}

/// Which records are published now, by those that were and what was found, and what users
/// are to learn of it. A DNS that does not answer says nothing.
fn compared(
    domain: &str,
    checks: &[Check],
    mut published: BTreeSet<String>,
) -> (BTreeSet<String>, Vec<Condition>) {
    let mut conditions = Vec::new();
    for record in AUTHENTICATION {
        let of_it = || checks.iter().filter(|check| check.name == record);
        // What is wrong with a record to publish is that it is not there, or another one.
        let mut missing =
            of_it().filter(|check| check.finding == Finding::Wrong && check.record.is_some());
        if let Some(missing) = missing.next() {
            if published.remove(record) {
                let notice = Notice::domain_record_missing(domain, record, &missing.found);
                conditions.push(Condition::Bad(notice));
            }
        } else if of_it().next().is_some() && of_it().all(|check| check.finding != Finding::Wrong) {
            published.insert(record.to_owned());
            let subject = notification::domain_record(domain, record);
            let kind = NotificationKind::DomainRecordMissing;
            conditions.push(Condition::Fine(kind, subject));
        }
    }
    (published, conditions)
}

/// The checks of one domain, or why there are none.
async fn within_limit(cx: &Context, dns: &Dns, name: &str) -> Result<Vec<Check>, String> {
    let examined = domain::examine(cx, dns, name, &[]);
    match tokio::time::timeout(TIME_LIMIT, examined).await {
        Ok(checks) => checks.map_err(|error| error.to_string()),
        Err(_) => Err("the DNS did not answer in time".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &'static str, finding: Finding) -> Check {
        Check::new(name, finding, "what was found")
    }

    fn missing(name: &'static str) -> Check {
        found(name, Finding::Wrong).publish("example.org", "TXT", "v=spf1 -all")
    }

    fn names(published: &BTreeSet<String>) -> Vec<&str> {
        published.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_record_that_was_published_and_is_gone_is_told_once() {
        let good = [found("SPF", Finding::Good), missing("DMARC")];
        let (published, news) = compared("example.org", &good, BTreeSet::new());
        assert_eq!(names(&published), ["SPF"]);
        let subject = notification::domain_record("example.org", "SPF");
        let kind = NotificationKind::DomainRecordMissing;
        assert_eq!(
            news,
            [Condition::Fine(kind, subject)],
            "DMARC never was there"
        );

        let gone = [missing("SPF"), missing("DMARC")];
        let (published, news) = compared("example.org", &gone, published);
        assert!(published.is_empty());
        let notice = Notice::domain_record_missing("example.org", "SPF", "what was found");
        assert_eq!(news, [Condition::Bad(notice)]);
        let (_, news) = compared("example.org", &gone, published);
        assert!(news.is_empty());
    }

    #[test]
    fn a_dns_that_does_not_answer_says_nothing() {
        let silent = [found("SPF", Finding::Wrong)];
        let before = BTreeSet::from(["SPF".to_owned()]);
        let (published, news) = compared("example.org", &silent, before.clone());
        assert_eq!(published, before);
        assert!(news.is_empty());
    }
}
