//! `jarshy send`.

use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use clap::Args;

use super::{Result, Settings};
use crate::address::EmailAddress;
use crate::campaign::{lifecycle, preview, report};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::text::locale::Language;

const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Flags of `jarshy send`.
#[derive(Args)]
pub(super) struct Send {
    /// The campaign's number
    campaign: CampaignId,
    /// Send it to this address alone, as a test
    #[arg(long, value_name = "ADDRESS")]
    test: Option<EmailAddress>,
    /// The language of the test
    #[arg(long, default_value = "en", requires = "test")]
    language: Language,
    /// Stay and show progress until it ends
    #[arg(long, conflicts_with = "test")]
    watch: bool,
}

impl Send {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        if let Some(address) = &self.test {
            preview::send_test(&cx, self.campaign, address, self.language).await?;
            out!("A test is queued for {address}; a worker sends it.");
            return Ok(());
        }
        lifecycle::start(&cx, self.campaign).await?;
        out!("Campaign {} is queued; a worker sends it.", self.campaign);
        if self.watch {
            watch(&cx, self.campaign).await?;
        }
        Ok(())
    }
}

async fn watch(cx: &Context, id: CampaignId) -> Result {
    loop {
        let campaign = lifecycle::by_id(cx, id).await?;
        let counts = report::counts(cx, id).await?;
        let line = format!(
            "{}: {} of {} done, {} sent, {} deferred, {} failed, {} uncertain",
            campaign.state,
            counts.ended(),
            counts.total(),
            counts.sent,
            counts.deferred,
            counts.failed,
            counts.uncertain
        );
        match stderr().is_terminal() {
            true => eprint!("\r\x1b[K{line}"),
            false => eprintln!("{line}"),
        }
        stderr().flush()?;
        if campaign.state != CampaignState::Sending {
            eprintln!();
            if !campaign.pause_reason.is_empty() {
                eprintln!("{}", campaign.pause_reason);
            }
            return Ok(());
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
