//! Checks whether a domain is set up to send: its DNS records against our keys and settings,
//! and against the rules of Google and Yahoo for bulk senders.
//!
//! Each [`Check`] says what was found, what to do, and the record to publish. The way in is
//! [`examine`].

use std::net::IpAddr;

use mail_auth::SpfResult;

use crate::context::Context;
use crate::delivery::WriteError;
use crate::relay::{Relay, Tls};
use crate::text::datetime::Calendar;
use crate::text::locale::Language;

use super::check::{Check, Finding};
use super::dns::Dns;
use super::{dkim_keys, records, rotation};

use crate::net::is_public;

/// Checks a sender domain. `addresses` are those that email is sent from; without any, those of
/// the relay are used, unless it is on this machine.
///
/// # Errors
/// [`WriteError`] where our own keys cannot be read. A DNS that does not answer is a finding
/// and not an error.
pub async fn examine(
    cx: &Context,
    dns: &Dns,
    domain: &str,
    addresses: &[IpAddr],
) -> Result<Vec<Check>, WriteError> {
    let relays: Vec<Relay> = match &cx.config().smtp_url {
        Some(relays) => relays.iter().cloned().collect(),
        None => Vec::new(),
    };
    let senders = sending_addresses(dns, &relays, addresses).await;
    let bounces = cx.config().bounces_of(domain);
    // Waits for a DNS that does not answer once, not once per query.
    let (spf, dkim, dmarc, mail_servers, reverse) = tokio::join!(
        spf(dns, &bounces, &senders),
        dkim(cx, dns, domain),
        dmarc(dns, domain),
        mail_servers(dns, &bounces),
        reverse(dns, &senders),
    );
    let mut checks = vec![sender(cx, domain)];
    checks.extend(spf);
    checks.extend(dkim?);
    checks.push(dmarc);
    checks.push(alignment(domain, &bounces));
    checks.push(mail_servers);
    checks.extend(reverse);
    checks.push(tls(&relays));
    checks.push(one_click(cx));
    Ok(checks)
}

async fn sending_addresses(dns: &Dns, relays: &[Relay], given: &[IpAddr]) -> Vec<IpAddr> {
    if !given.is_empty() {
        return given.to_vec();
    }
    let mut found = Vec::new();
    for relay in relays {
        match relay.host.parse() {
            Ok(address) => found.push(address),
            Err(_) => found.extend(dns.addresses(&relay.host).await.unwrap_or_default()),
        }
    }
    found.retain(|address| is_public(*address));
    found
}

fn sender(cx: &Context, domain: &str) -> Check {
    let config = cx.config();
    let senders = config.all_senders();
    let of_it = senders.iter();
    let of_it = of_it.filter(|sender| sender.address.domain() == domain);
    let of_it: Vec<String> = of_it.map(ToString::to_string).collect();
    match senders.first() {
        Some(_) if !of_it.is_empty() => Check::new(
            "Sender",
            Finding::Good,
            format!("mail is sent as {}", of_it.join(", ")),
        ),
        Some(first) => Check::new(
            "Sender",
            Finding::Weak,
            format!("mail is sent as {first}, not from {domain}"),
        )
        .advise("campaigns may name another sender; the checks below are for those"),
        None => Check::new("Sender", Finding::Wrong, "no sender is configured")
            .advise("enter it under Settings, Sending"),
    }
}

async fn spf(dns: &Dns, domain: &str, senders: &[IpAddr]) -> Vec<Check> {
    let texts = match dns.texts(domain).await {
        Ok(texts) => texts,
        Err(silent) => return vec![Check::new("SPF", Finding::Wrong, silent.to_string())],
    };
    let list: String = senders
        .iter()
        .map(|address| match address {
            IpAddr::V4(v4) => format!("ip4:{v4} "),
            IpAddr::V6(v6) => format!("ip6:{v6} "),
        })
        .collect();
    let wanted = if list.is_empty() {
        "v=spf1 mx -all".to_owned()
    } else {
        format!("v=spf1 {list}-all")
    };
    if let Some(fault) = records::spf_fault(&texts) {
        let check = Check::new("SPF", Finding::Wrong, format!("{domain}: {fault}"))
            .advise("publish one record that names every server your mail leaves from")
            .publish(domain, "TXT", wanted);
        return vec![check];
    }
    let found = texts
        .into_iter()
        .find(|text| records::is_spf(text))
        .unwrap_or_default();
    let mut checks = Vec::new();
    for address in senders {
        let check = match dns.spf(*address, domain).await {
            SpfResult::Pass => Check::new("SPF", Finding::Good, format!("{address} may send for {domain}")),
            SpfResult::PermError => Check::new("SPF", Finding::Wrong, format!("{found} cannot be evaluated"))
                .advise("it may ask the DNS ten times at most (RFC 7208 §4.6.4); take out what is not needed"),
            SpfResult::TempError => Check::new("SPF", Finding::Wrong, "the DNS does not answer"),
            _ => Check::new("SPF", Finding::Wrong, format!("{address} may not send for {domain}: {found}"))
                .advise("add the address to the record")
                .publish(domain, "TXT", found.replacen("v=spf1", &format!("v=spf1 {}", list.trim_end()), 1)),
        };
        checks.push(check);
    }
    if checks.is_empty() {
        checks.push(Check::new("SPF", Finding::Good, found).advise(
            "jarshy check-domain with --ip checks the addresses that mail leaves from too",
        ));
    }
    checks
}

async fn dkim(cx: &Context, dns: &Dns, domain: &str) -> Result<Vec<Check>, WriteError> {
    let pairs = dkim_keys::pairs(cx, Some(domain)).await?;
    let zone = cx.config().time_zone.get();
    Ok(rotation::checks(dns, &pairs, &Calendar::new(Language::EN, zone)).await)
}

async fn dmarc(dns: &Dns, domain: &str) -> Check {
    let mut at = Some(domain);
    while let Some(name) = at.filter(|name| name.contains('.')) {
        let texts = match dns.texts(&format!("_dmarc.{name}")).await {
            Ok(texts) => texts,
            Err(silent) => return Check::new("DMARC", Finding::Wrong, silent.to_string()),
        };
        if let Some(record) = records::dmarc(&texts) {
            return match records::tag(record, "p") {
                Some("reject" | "quarantine") => Check::new("DMARC", Finding::Good, record),
                Some("none") => Check::new("DMARC", Finding::Good, record).advise(
                    "once its reports show that all of your mail passes, go on to p=quarantine",
                ),
                _ => Check::new("DMARC", Finding::Wrong, format!("{record} has no policy")),
            };
        }
        // RFC 7489 §6.6.3: the record of the organisational domain applies.
        at = name.split_once('.').map(|(_, parent)| parent);
    }
    Check::new(
        "DMARC",
        Finding::Wrong,
        format!("_dmarc.{domain} is not published"),
    )
    .advise("Google and Yahoo ask bulk senders for one; begin with reports alone")
    .publish(
        format!("_dmarc.{domain}"),
        "TXT",
        format!("v=DMARC1; p=none; rua=mailto:postmaster@{domain}"),
    )
}

fn alignment(domain: &str, bounces: &str) -> Check {
    if records::is_aligned(domain, bounces) {
        Check::new(
            "Alignment",
            Finding::Good,
            format!(
                "envelope senders at {bounces} and signatures of {domain} are aligned with From"
            ),
        )
    } else {
        Check::new("Alignment", Finding::Weak, format!("envelope senders at {bounces} are not aligned with {domain}; DKIM alone carries DMARC"))
            .advise(format!("set the domain for bounces, under Settings, Sending, to one below {domain}, such as bounce.{domain}"))
    }
}

async fn mail_servers(dns: &Dns, domain: &str) -> Check {
    let servers = match dns.mail_servers(domain).await {
        Ok(servers) => servers,
        Err(silent) => return Check::new("MX", Finding::Wrong, silent.to_string()),
    };
    match servers.first().map(String::as_str) {
        Some(".") => Check::new(
            "MX",
            Finding::Wrong,
            format!("{domain} says that it takes no mail"),
        ),
        Some(_) => Check::new(
            "MX",
            Finding::Good,
            format!("{domain} takes mail at {}", servers.join(" ")),
        ),
        None => Check::new(
            "MX",
            Finding::Wrong,
            format!("{domain} takes no mail: bounces and unsubscribe requests are lost"),
        )
        .advise("let a mail server take them, and hand them to jarshy serve --inbound or keep them in a mailbox that is set under Settings, Bounces")
        .publish(domain, "MX", format!("10 mail.{domain}.")),
    }
}

async fn reverse(dns: &Dns, senders: &[IpAddr]) -> Vec<Check> {
    let mut checks = Vec::new();
    for address in senders {
        let names = match dns.names(*address).await {
            Ok(names) => names,
            Err(silent) => {
                checks.push(Check::new(
                    "Reverse DNS",
                    Finding::Wrong,
                    silent.to_string(),
                ));
                continue;
            }
        };
        let mut confirmed = None;
        for name in &names {
            if dns
                .addresses(name)
                .await
                .unwrap_or_default()
                .contains(address)
            {
                confirmed = Some(name);
            }
        }
        checks.push(match (confirmed, names.first()) {
            (Some(name), _) => Check::new(
                "Reverse DNS",
                Finding::Good,
                format!("{address} is {name}, and back"),
            ),
            (None, Some(name)) => Check::new(
                "Reverse DNS",
                Finding::Wrong,
                format!("{address} is called {name}, which does not lead back"),
            )
            .publish(
                name,
                if address.is_ipv4() { "A" } else { "AAAA" },
                address.to_string(),
            ),
            (None, None) => Check::new(
                "Reverse DNS",
                Finding::Wrong,
                format!("{address} has no name"),
            )
            .advise("ask the provider of this IP address for a PTR record"),
        });
    }
    if checks.is_empty() {
        checks.push(
            Check::new(
                "Reverse DNS",
                Finding::Weak,
                "no address to look at: the relay is on this machine",
            )
            .advise("jarshy check-domain with --ip checks the addresses that mail leaves from"),
        );
    }
    checks
}

fn tls(relays: &[Relay]) -> Check {
    let open = relays
        .iter()
        .find(|relay| !matches!(relay.tls, Tls::Implicit | Tls::Required) && !relay.is_local());
    match (relays.first(), open) {
        (None, _) => Check::new("TLS", Finding::Weak, "no relay is configured")
            .advise("add one under Settings, Relays"),
        (_, Some(relay)) => Check::new(
            "TLS",
            Finding::Wrong,
            format!("mail goes to {} without certain TLS", relay.host),
        )
        .advise("choose another encryption for it, under Settings, Relays"),
        (Some(_), None) => Check::new(
            "TLS",
            Finding::Good,
            "mail leaves this machine over TLS, or by a relay on it that must see to that",
        ),
    }
}

fn one_click(cx: &Context) -> Check {
    let url = cx.config().public_url();
    if cx.config().is_https() {
        Check::new(
            "One-click",
            Finding::Good,
            format!("mail programs unsubscribe at {url} by RFC 8058"),
        )
    } else {
        Check::new(
            "One-click",
            Finding::Wrong,
            format!("{url} is no https address, which RFC 8058 asks for"),
        )
        .advise("serve over https and set the public address under Settings")
    }
}
