//! `jarshy check-domain`.

use std::net::{IpAddr, SocketAddr};

use clap::Args;

use super::{CliError, Result, Settings, sender_domain};
use crate::deliverability::{Check, Dns, Finding, domain};

/// Flags of `jarshy check-domain`.
#[derive(Args)]
pub(super) struct CheckDomain {
    /// The domain of the sender's address
    domain: String,
    /// An address that mail leaves from; more than one may be given
    #[arg(long = "ip", value_name = "ADDRESS")]
    addresses: Vec<IpAddr>,
    /// The DNS server to ask [default: the system's]
    #[arg(long, value_name = "ADDR")]
    dns: Option<SocketAddr>,
}

impl CheckDomain {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let domain = sender_domain(&self.domain)?;
        let cx = settings.open(&[]).await?;
        let dns = Dns::new(self.dns.or(cx.config().dns_server))?;
        let checks = domain::examine(&cx, &dns, &domain, &self.addresses).await?;
        print(&checks)?;
        let wrong = checks
            .iter()
            .filter(|check| check.finding == Finding::Wrong)
            .count();
        match wrong {
            0 => Ok(()),
            1 => Err(CliError::Other(format!("{domain}: one problem to fix"))),
            n => Err(CliError::Other(format!("{domain}: {n} problems to fix"))),
        }
    }
}

fn print(checks: &[Check]) -> Result {
    out!("{:<6} {:<12} found", "", "check");
    for check in checks {
        out!(
            "{:<6} {:<12} {}",
            check.finding.word(),
            check.name,
            check.found
        );
        if !check.advice.is_empty() {
            out!("{:<19} → {}", "", check.advice);
        }
    }
    let lines: Vec<String> = checks.iter().filter_map(Check::zone_line).collect();
    if !lines.is_empty() {
        out!("\nTo publish:\n");
    }
    for line in lines {
        out!("{line}\n");
    }
    Ok(())
}
