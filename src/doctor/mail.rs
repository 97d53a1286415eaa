//! What mail needs from elsewhere: the relays, the DNS, a public address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};

use super::{Found, Place, Subject, or_failed};
use crate::context::Context;
use crate::deliverability::{
    Dns, Finding as Verdict, domain, public_url as public, sender_domains,
};
use crate::inbound::mailbox::status as mailbox;
use crate::mail::smtp::Connection;
use crate::store::StoreError;

/// Less than that of a check, so that one silent relay does not hide the others.
const RELAY_LIMIT: Duration = Duration::from_secs(10);
/// The same for the domain of one sender.
const DOMAIN_LIMIT: Duration = Duration::from_secs(10);
/// More than most organisations have: all within the limit of the check.
const CONCURRENT_DOMAINS: usize = 16;

pub(super) async fn relays(subject: Arc<Subject>) -> Vec<Found> {
    let relays = match subject.config.relays() {
        Ok(Some(relays)) => relays,
        Ok(None) => {
            return vec![Found::error(
                "no relay is configured: mail stays queued",
                "enter one under Settings, or set JARSHY_SMTP_URL",
            )];
        }
        Err(error) => {
            return vec![Found::not_checked(
                error.to_string(),
                "correct the relay's URL",
            )];
        }
    };
    let looks = relays.iter().map(|relay| async move {
        let started = Instant::now();
        match tokio::time::timeout(RELAY_LIMIT, Connection::open(relay)).await {
            Ok(Ok(connection)) => {
                let millis = started.elapsed().as_millis();
                connection.quit().await;
                Found::ok(format!(
                    "{relay} is ready to take mail ({millis} ms); nothing was sent"
                ))
            }
            Ok(Err(error)) => Found::error(
                format!("{relay}: {error}"),
                "correct its URL, user or password, or ask the people who run it; mail waits",
            ),
            Err(_) => Found::error(
                format!("{relay} does not answer"),
                "is the host right, and does a firewall let connections out? mail waits",
            ),
        }
    });
    futures_util::future::join_all(looks).await
}

pub(super) async fn dns(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let config = cx.config();
    let domains = config.sender_domains();
    if domains.is_empty() {
        return vec![Found::not_checked(
            "no sender is configured",
            "enter it under Settings",
        )];
    }
    if !sender_domains::leave_this_machine(&config) {
        let skipped = |domain: &&str| {
            Found::not_checked(
                format!("mail goes to a relay on this machine, so {domain} was not looked up"),
                format!("run: jarshy check-domain {domain}"),
            )
        };
        return domains.iter().map(skipped).collect();
    }
    let dns = match Dns::new(config.dns_server) {
        Ok(dns) => dns,
        Err(error) => {
            return vec![Found::error(
                format!("the DNS cannot be asked: {error}"),
                "correct /etc/resolv.conf or JARSHY_DNS_SERVER",
            )];
        }
    };
    let looks: Vec<_> = domains
        .iter()
        .map(|domain| one_domain(cx, &dns, domain))
        .collect();
    stream::iter(looks)
        .buffered(CONCURRENT_DOMAINS)
        .concat()
        .await
}

async fn one_domain(cx: &Context, dns: &Dns, name: &str) -> Vec<Found> {
    let examined = domain::examine(cx, dns, name, &[]);
    let checks = match tokio::time::timeout(DOMAIN_LIMIT, examined).await {
        Ok(Ok(checks)) => checks,
        Ok(Err(error)) => return vec![Found::error(error.to_string(), "see Deliverability")],
        Err(_) => {
            return vec![Found::not_checked(
                format!("the DNS did not answer for {name} in time"),
                format!("run: jarshy check-domain {name}"),
            )];
        }
    };
    let found = checks.into_iter().map(|check| {
        let text = format!("{name}, {}: {}", check.name, check.found);
        match check.finding {
            Verdict::Good => Found::ok(text),
            Verdict::Weak => Found::warning(text, check.advice),
            Verdict::Wrong => Found::error(text, check.advice),
        }
    });
    found.collect()
}

pub(super) async fn public_url(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let config = cx.config();
    let Some(url) = &config.public_url else {
        return vec![Found::warning(
            format!(
                "no public URL is set: links in mail lead to {}",
                config.public_url()
            ),
            "set it under Settings, or JARSHY_PUBLIC_URL",
        )];
    };
    vec![match public::check(cx, url).await {
        Ok(()) if url.scheme() == "http" && url.host_str() != Some("127.0.0.1") => Found::warning(
            format!("{url} leads here, without encryption"),
            "serve it over HTTPS: mail programs require it for one-click unsubscribing",
        ),
        Ok(()) => Found::ok(format!("{url} leads here")),
        Err(error) => Found::error(
            format!("{url}: {error}"),
            match subject.place {
                Place::Server => "look at the DNS, the firewall and the web server in front",
                Place::Command => {
                    "does jarshy serve run? else look at the DNS, the firewall and the web server in front"
                }
            },
        ),
    }]
}

/// As the worker that polls it has found it: a second visitor could take its emails.
pub(super) async fn mailbox(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        let Some(status) = mailbox::status(cx).await? else {
            return Ok(vec![Found::ok("no mailbox of returned mail is set up")]);
        };
        Ok::<_, StoreError>(vec![match (status.problem(), status.read_at) {
            (Some(problem), _) => Found::error(
                problem,
                "correct it under Settings, Bounces, and check the mailbox there",
            ),
            (None, Some(at)) => Found::ok(format!("it was read at {} or later", at.rfc3339())),
            (None, None) => Found::not_checked(
                "the mailbox of returned mail was not read yet",
                "wait a minute; is a worker running?",
            ),
        }])
    };
    or_failed(looked.await)
}
