//! `jarshy send`.

use std::io::{IsTerminal, Write, stderr};
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{CliError, Result, Settings};
use crate::address::EmailAddress;
use crate::campaign::test_email::TestAddresses;
use crate::campaign::{lifecycle, preview, preview_reader, report};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::campaign::CampaignState;
use crate::model::list_access::ListAccess;
use crate::text::locale::Language;

const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Flags of `jarshy send`.
#[derive(Args)]
pub(super) struct Send {
    /// The campaign's id
    campaign: CampaignId,
    /// Send it only to this address, as a test; may be given ten times
    #[arg(long, value_name = "ADDRESS")]
    test: Vec<EmailAddress>,
    /// Fill the test with what is known of this subscriber: their address, or a part of their
    /// name or address that only they have
    #[arg(long = "as", value_name = "SUBSCRIBER", requires = "test")]
    reader: Option<String>,
    /// The language of the test
    #[arg(long, default_value = "en", requires = "test")]
    language: Language,
    /// Start it at this time: 2026-01-31T09:00 in the site's time zone, or
    /// with an offset as in RFC 3339
    #[arg(long, value_name = "TIME", conflicts_with_all = ["test", "watch"])]
    at: Option<At>,
    /// Show progress until it ends
    #[arg(long, conflicts_with = "test")]
    watch: bool,
}

impl Send {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        if !self.test.is_empty() {
            return self.send_test(&cx).await;
        }
        if let Some(at) = self.at {
            let zone = cx.config().time_zone.get();
            let at = at.in_zone(zone)?;
            lifecycle::schedule(&cx, &Actor::CommandLine, self.campaign, at).await?;
            out!(
                "Campaign {} is scheduled for {at}; a running serve or worker starts it.",
                self.campaign
            );
            return Ok(());
        }
        lifecycle::start(&cx, &Actor::CommandLine, self.campaign).await?;
        out!("Campaign {} is queued; a worker sends it.", self.campaign);
        if self.watch {
            watch(&cx, self.campaign).await?;
        }
        Ok(())
    }
}

impl Send {
    async fn send_test(&self, cx: &Context) -> Result {
        let other = |error: &dyn std::fmt::Display| CliError::Other(error.to_string());
        let all = self.test.iter().map(EmailAddress::as_str);
        let to = TestAddresses::of(all).map_err(|error| other(&error))?;
        let text = self.reader.as_deref().unwrap_or_default();
        let reader = preview_reader::find(cx, &ListAccess::All, text).await;
        let reader = reader.map_err(|error| other(&error))?;
        let (by, languages) = (Actor::CommandLine, [self.language]);
        preview::send_test(
            cx,
            &by,
            self.campaign,
            &to,
            (&languages, None),
            reader.as_ref(),
        )
        .await?;
        out!("A test is queued for {}; a worker sends it.", to.listed());
        Ok(())
    }
}

/// When a campaign is to start.
#[derive(Debug, Clone, Copy)]
enum At {
    /// At this moment.
    Moment(Timestamp),
    /// Local time of the site.
    Local(DateTime),
}

impl FromStr for At {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let moment = Timestamp::parse_rfc3339(text).map(Self::Moment);
        // A date alone would mean midnight, which is hardly intended.
        let local = || {
            if text.contains(['T', 't', ' ']) {
                text.parse().ok().map(Self::Local)
            } else {
                None
            }
        };
        let at = moment.ok().or_else(local);
        at.ok_or("give a time such as 2026-01-31T09:00 or 2026-01-31T09:00:00Z")
    }
}

impl At {
    fn in_zone(self, zone: TimeZone) -> Result<Timestamp> {
        match self {
            Self::Moment(at) => Ok(at),
            Self::Local(local) => {
                let zoned = local.to_zoned_datetime(zone);
                let zoned = zoned.map_err(|error| CliError::Other(error.to_string()))?;
                Ok(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
            }
        }
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
        if stderr().is_terminal() {
            eprint!("\r\x1b[K{line}")
        } else {
            eprintln!("{line}")
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
