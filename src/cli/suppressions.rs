//! `jarshy suppressions`: export, import and bulk undo.

use std::fs::File;
use std::io::{BufWriter, stdout};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CliError, Result, Settings};
use crate::audience::{suppression, suppression_file};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::subscription::SuppressionReason;
use crate::store::suppressions::Which;

/// Rejected rows that are listed.
const NAMED: usize = 20;

#[derive(Subcommand)]
pub(super) enum Suppressions {
    /// Write every suppression to standard output as CSV
    Export,
    /// Add suppressions from a table with the column address, and optionally reason, time and note
    Import(Import),
    /// Undo the suppressions of one campaign, one reason or one time span
    Undo(Undo),
}

#[derive(Args)]
pub(super) struct Import {
    /// A table (CSV, XLSX, ODS, JSON Lines), perhaps gzipped; a whole domain is @example.org
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct Undo {
    /// The campaign that led to them
    #[arg(long, value_name = "ID")]
    campaign: Option<i64>,
    /// hard_bounce, manual, complaint or unsubscribed_all; without it, the first two
    #[arg(long, value_name = "REASON")]
    reason: Option<SuppressionReason>,
    /// Created at this time or later, such as 2026-03-01T09:00:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Created before this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Why, for the audit log; required for complaints and unsubscriptions
    #[arg(long, default_value = "")]
    why: String,
    /// Only count them
    #[arg(long)]
    dry_run: bool,
}

impl Suppressions {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        match self {
            Self::Export => {
                let out = BufWriter::new(stdout().lock());
                suppression_file::export(&cx, out).await?;
            }
            Self::Import(import) => {
                let file = File::open(&import.file).map_err(|error| {
                    CliError::Other(format!("{}: {error}", import.file.display()))
                })?;
                let name = import
                    .file
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy();
                let by = Actor::CommandLine;
                let done = suppression_file::import(&cx, &by, &name, file).await?;
                let rejected = done.rejected.count();
                out!(
                    "added {}, already there {}, rejected {rejected}",
                    done.added,
                    done.known
                );
                for (line, reason) in done.rejected.named().iter().take(NAMED) {
                    eprintln!("line {line}: {reason}");
                }
                if rejected > NAMED as u64 {
                    eprintln!("… and {} more", rejected - NAMED as u64);
                }
            }
            Self::Undo(undo) => {
                let which = undo.which()?;
                if undo.dry_run {
                    let count = suppression::count_to_undo(&cx, &which).await?;
                    out!("{count} would be taken back");
                    return Ok(());
                }
                let (by, words) = (Actor::CommandLine, undo.words());
                let undone = suppression::undo(&cx, &by, &which, &words, &undo.why).await?;
                out!("{undone} removed");
            }
        }
        Ok(())
    }
}

impl Undo {
    /// The flags that select, for the audit log.
    fn words(&self) -> String {
        let campaign = self.campaign.map(|id| format!("campaign={id}"));
        let reason = self.reason.map(|reason| format!("reason={reason}"));
        let since = self.since.as_ref().map(|time| format!("since={time}"));
        let until = self.until.as_ref().map(|time| format!("until={time}"));
        let words: Vec<String> = [campaign, reason, since, until]
            .into_iter()
            .flatten()
            .collect();
        words.join(" ")
    }

    fn which(&self) -> Result<Which> {
        let time = |flag: &str, text: &Option<String>| {
            let parsed = text.as_deref().map(Timestamp::parse_rfc3339).transpose();
            parsed.map_err(|error| CliError::Other(format!("--{flag}: {error}")))
        };
        Ok(Which {
            part: String::new(),
            reason: self.reason,
            campaign: self.campaign.map(CampaignId),
            since: time("since", &self.since)?,
            until: time("until", &self.until)?,
        })
    }
}
