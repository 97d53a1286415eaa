//! The domains of all senders: what their last check found, and when that was.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{Check, Dns, Finding, domain};
use crate::clock::Timestamp;
use crate::context::Context;
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

/// Checks the domains of all senders and keeps what was found. Gives those that could not be
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
    let (mut found, mut failed) = (ByDomain::new(), Vec::new());
    let outcomes: Vec<_> = outcomes.collect().await;
    for (name, outcome) in domains.iter().cloned().zip(outcomes) {
        match outcome {
            Ok(checks) => {
                found.insert(name, Checked { at, checks });
            }
            Err(reason) => failed.push(format!("{name}: {reason}")),
        }
    }
    let mut db = cx.store.write().await?;
    let mut known: ByDomain = settings::get(&mut db, SETTING).await?.unwrap_or_default();
    known.extend(found);
    known.retain(|name, _| domains.contains(name));
    settings::set(&mut db, SETTING, &known).await?;
    db.commit().await?;
    failed.sort_unstable();
    Ok(failed)
}

/// The checks of one domain, or why there are none.
async fn within_limit(cx: &Context, dns: &Dns, name: &str) -> Result<Vec<Check>, String> {
    let examined = domain::examine(cx, dns, name, &[]);
    match tokio::time::timeout(TIME_LIMIT, examined).await {
        Ok(checks) => checks.map_err(|error| error.to_string()),
        Err(_) => Err("the DNS did not answer in time".to_owned()),
    }
}
