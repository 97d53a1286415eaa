//! `jarshy dkim-key`.

use std::net::SocketAddr;

use clap::Args;

use super::{CliError, Result, Settings, sender_domain};
use crate::context::Context;
use crate::deliverability::Dns;
use crate::deliverability::dkim_keys::{self, KeyError, KeyPair};
use crate::deliverability::rotation::{self, ActivateError};
use crate::model::audit::Actor;
use crate::model::list::Slug;
use crate::model::signing_key::KeyState;

/// Flags of `jarshy dkim-key`.
#[derive(Args)]
pub(super) struct DkimKey {
    /// The name of the RSA key; the Ed25519 key has -ed25519 appended
    #[arg(long, value_name = "S", required_unless_present = "list")]
    selector: Option<Slug>,
    /// The domain of the sender's address
    #[arg(long, value_name = "D")]
    domain: String,
    /// List the domain's keys and their state
    #[arg(long, conflicts_with_all = ["selector", "activate", "retire"])]
    list: bool,
    /// Sign with keys created before, once the DNS has them
    #[arg(long, conflicts_with = "retire")]
    activate: bool,
    /// Destroy keys that are no longer used
    #[arg(long)]
    retire: bool,
    /// Activate keys that the DNS does not have yet, or retire keys whose mail is still being delivered
    #[arg(long)]
    now: bool,
    /// The DNS server to ask [default: the system's]
    #[arg(long, value_name = "ADDR")]
    dns: Option<SocketAddr>,
}

impl DkimKey {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let domain = sender_domain(&self.domain)?;
        let cx = settings.open(&[]).await?;
        let Some(selector) = &self.selector else {
            return list(&cx, &domain).await;
        };
        let selector = selector.as_str();
        if self.activate {
            return self.activate(&cx, &domain, selector).await;
        }
        if self.retire {
            return self.retire(&cx, &domain, selector).await;
        }
        let pair = dkim_keys::make(&cx, &Actor::CommandLine, &domain, selector).await?;
        match pair.state {
            KeyState::New => out!(
                "Publish these TXT records. Mail from {domain} is signed by other keys until you run\n\
                 jarshy dkim-key --domain {domain} --selector {selector} --activate\n"
            ),
            _ => out!("Publish these TXT records; email from {domain} is signed from now on.\n"),
        }
        print_records(&pair)
    }

    async fn activate(&self, cx: &Context, domain: &str, selector: &str) -> Result {
        let dns = Dns::new(self.dns.or(cx.config().dns_server))?;
        let superseded =
            rotation::activate(cx, &Actor::CommandLine, &dns, domain, selector, self.now)
                .await
                .map_err(|error| match error {
                    ActivateError::Key(error) => error.into(),
                    other => CliError::Other(format!("{other} (or add --now)")),
                })?;
        out!("Mail from {domain} is signed by {selector} from now on.");
        for last in superseded {
            let until = dkim_keys::pair(cx, domain, &last).await?.needed_until();
            out!(
                "Keep the records of {last} published until {}; then run\n\
                 jarshy dkim-key --domain {domain} --selector {last} --retire",
                until.rfc3339()
            );
        }
        Ok(())
    }

    async fn retire(&self, cx: &Context, domain: &str, selector: &str) -> Result {
        let pair = dkim_keys::retire(cx, &Actor::CommandLine, domain, selector, self.now)
            .await
            .map_err(|error| match error {
                KeyError::StillNeeded(..) => CliError::Other(format!(
                    "{error}; retire it after that, or add --now where the key has leaked"
                )),
                other => other.into(),
            })?;
        out!("The keys of {selector} are destroyed. Take these records out of the DNS:\n");
        for record in pair.records {
            out!("{}.", record.name);
        }
        Ok(())
    }
}

async fn list(cx: &Context, domain: &str) -> Result {
    let pairs = dkim_keys::pairs(cx, Some(domain)).await?;
    if pairs.is_empty() {
        out!(
            "{domain} has no keys: its mail is not signed. Make some:\n\
             jarshy dkim-key --domain {domain} --selector s1"
        );
    }
    for pair in pairs {
        out!(
            "{} is {} since {}\n",
            pair.selector,
            pair.state,
            pair.changed_at.rfc3339()
        );
        if pair.state != KeyState::Retired {
            print_records(&pair)?;
        }
    }
    Ok(())
}

fn print_records(pair: &KeyPair) -> Result {
    for record in &pair.records {
        out!("{}\n", record.zone_line());
    }
    Ok(())
}
