//! Slow checks before a campaign starts: whether its links work, the relay replies, and the
//! sender domain is set up.

use std::net::IpAddr;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use reqwest::{Client, Method, StatusCode, redirect};
use url::Url;

use super::{Dns, Finding as Verdict, domain};
use crate::campaign::preflight::{Finding, links};
use crate::campaign::{CampaignError, rendering};
use crate::content::{event, media, post};
use crate::context::Context;
use crate::mail::smtp::Connection;
use crate::model::list::Slug;
use crate::net;
use crate::relay::Relay;
use crate::store::campaigns::Campaign;

/// Links per check, how many at once, and the time for each.
const MAX_LINKS: usize = 60;
const CONCURRENT_CHECKS: usize = 8;
const LINK_TIMEOUT: Duration = Duration::from_secs(8);
/// For all of them together: a page waits for it.
const ALL: Duration = Duration::from_secs(20);
const MAX_REDIRECTS: usize = 5;

/// Checks links, relay and domain; returns warnings only, since each may be fixed by the start.
///
/// # Errors
/// [`CampaignError`] where its links cannot be looked for now.
pub async fn check(cx: &Context, campaign: &Campaign) -> Result<Vec<Finding>, CampaignError> {
    let (links, relays, sender) = tokio::join!(
        check_links(cx, campaign),
        check_relays(cx),
        check_sender(cx, campaign),
    );
    let mut findings = relays;
    findings.extend(sender);
    findings.extend(links?);
    Ok(findings)
}

async fn check_links(cx: &Context, campaign: &Campaign) -> Result<Vec<Finding>, CampaignError> {
    let renderings = match rendering::render(cx, campaign).await {
        Ok(renderings) => renderings,
        Err(error) if error.is_internal() => return Err(error),
        // The preflight check has reported the reason.
        Err(_) => return Ok(Vec::new()),
    };
    let mut addresses = links::addresses(&renderings);
    let left = addresses.len().saturating_sub(MAX_LINKS);
    addresses.truncate(MAX_LINKS);
    let allowed = cx.config().webhook_hosts.clone();
    let client = client(&allowed);
    let site_url = cx.config().public_url();
    let looks = addresses.into_iter().map(|address| {
        let (client, allowed, site_url) = (&client, &allowed, &site_url);
        async move {
            let own = address
                .strip_prefix(site_url.as_str())
                .filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
            let fault = match own {
                Some(path) => own_fault(cx, path).await,
                None => match client {
                    Some(client) => fault(client, allowed, &address).await,
                    None => None,
                },
            };
            fault.map(|fault| format!("{address} {fault}"))
        }
    });
    let looks = stream::iter(looks).buffer_unordered(CONCURRENT_CHECKS);
    let found = tokio::time::timeout(ALL, looks.collect::<Vec<_>>()).await;
    let mut findings: Vec<Finding> = match found {
        Ok(faults) => faults.into_iter().flatten().map(Finding::warning).collect(),
        Err(_) => vec![Finding::warning(
            "the links could not all be followed in time",
        )],
    };
    if left > 0 {
        findings.push(Finding::warning(format!(
            "{left} more links were not followed"
        )));
    }
    Ok(findings)
}

fn client(allowed: &[IpAddr]) -> Option<Client> {
    let hosts = allowed.to_vec();
    let follow = redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() > MAX_REDIRECTS || !net::may_reach(attempt.url(), &hosts) {
            attempt.stop()
        } else {
            attempt.follow()
        }
    });
    let made = net::client(allowed)
        .redirect(follow)
        .timeout(LINK_TIMEOUT)
        // Some servers reject what does not look like a browser.
        .user_agent("Mozilla/5.0 (compatible; Jarshy link check)")
        .build();
    made.inspect_err(|error| tracing::error!(%error, "links cannot be followed"))
        .ok()
}

/// The problem with a link; `None` if it works or cannot be judged.
async fn fault(client: &Client, allowed: &[IpAddr], address: &str) -> Option<String> {
    let Ok(url) = Url::parse(address) else {
        return Some("is no address".to_owned());
    };
    if !net::may_reach(&url, allowed) {
        return Some("leads into a private network, where readers cannot follow".to_owned());
    }
    let mut answer = client.request(Method::HEAD, url.clone()).send().await;
    // Some servers reject HEAD where GET works.
    if !matches!(&answer, Ok(answer) if answer.status().is_success()) {
        answer = client.request(Method::GET, url).send().await;
    }
    match answer {
        Ok(answer) => match answer.status() {
            status @ (StatusCode::NOT_FOUND | StatusCode::GONE) => {
                Some(format!("is dead: {status}"))
            }
            status if status.is_server_error() => Some(format!("does not work: {status}")),
            _ => None,
        },
        Err(error) if error.is_timeout() => Some("does not answer in time".to_owned()),
        Err(error) => Some(format!("cannot be reached: {}", root_cause(&error))),
    }
}

fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// The problem with a link to our own site, which is looked up in the database: the site may
/// not be reachable from itself.
async fn own_fault(cx: &Context, path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let slug = |text: &str| text.parse::<Slug>().ok();
    let language = cx.config().language;
    let is_there = match parts.as_slice() {
        ["posts", name] => match slug(name) {
            Some(slug) => post::by_slug(cx, &slug)
                .await
                .ok()?
                .is_some_and(|full| full.post.is_public(cx.clock.now())),
            None => false,
        },
        ["events", name] if !name.ends_with(".ics") => match slug(name) {
            Some(slug) => event::by_slug(cx, &slug, language)
                .await
                .ok()?
                .is_some_and(|event| event.is_published),
            None => false,
        },
        ["media", name] | ["media", _, name] => media::by_name(cx, name).await.ok()?.is_some(),
        _ => true,
    };
    if is_there {
        None
    } else {
        Some("is not on the site, or not public yet".to_owned())
    }
}

async fn check_relays(cx: &Context) -> Vec<Finding> {
    let relays = match cx.config().relays() {
        Ok(Some(relays)) => relays,
        // The preflight check has reported it.
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Finding::warning(error.to_string())],
    };
    let looks = relays.iter().map(|relay| async move {
        let opened = tokio::time::timeout(LINK_TIMEOUT, Connection::open(relay)).await;
        match opened {
            Ok(Ok(connection)) => {
                connection.quit().await;
                None
            }
            Ok(Err(error)) => Some(Finding::warning(format!(
                "the relay {relay} cannot be used: {error}; mail waits until it can"
            ))),
            Err(_) => Some(Finding::warning(format!(
                "the relay {relay} does not answer; mail waits until it does"
            ))),
        }
    });
    futures_util::future::join_all(looks)
        .await
        .into_iter()
        .flatten()
        .collect()
}

async fn check_sender(cx: &Context, campaign: &Campaign) -> Vec<Finding> {
    let Ok(from) = rendering::sender(cx, campaign) else {
        return Vec::new();
    };
    let stays_here = match &cx.config().smtp_url {
        Some(relays) => relays.iter().all(Relay::is_local),
        None => true,
    };
    // What a relay on this machine accepts may never leave it, as in a demo.
    if stays_here && cx.config().dns_server.is_none() {
        return Vec::new();
    }
    let domain = from.address.domain();
    let dns = match Dns::new(cx.config().dns_server) {
        Ok(dns) => dns,
        Err(error) => {
            return vec![Finding::warning(format!(
                "the DNS cannot be asked: {error}"
            ))];
        }
    };
    let examined = domain::examine(cx, &dns, domain, &[]);
    match tokio::time::timeout(ALL, examined).await {
        Ok(Ok(checks)) => checks
            .into_iter()
            .filter(|check| check.finding != Verdict::Good)
            .map(|check| {
                let advice = match check.advice.as_str() {
                    "" => String::new(),
                    advice => format!("; {advice}"),
                };
                Finding::warning(format!("{domain}, {}: {}{advice}", check.name, check.found))
            })
            .collect(),
        Ok(Err(error)) => vec![Finding::warning(format!(
            "{domain} cannot be checked: {error}"
        ))],
        Err(_) => vec![Finding::warning(format!(
            "the DNS did not answer for {domain} in time"
        ))],
    }
}
