//! `jarshy takeout` and `jarshy import-takeout`.

use std::path::PathBuf;

use clap::Args;

use super::backup::shown;
use super::data::bar;
use super::{Result, Settings};
use crate::model::audit::Actor;
use crate::takeout::{export, import};

/// Flags of `jarshy takeout`.
#[derive(Args)]
pub(super) struct Takeout {
    /// A file that does not exist yet; in a folder, the archive is named after the day
    file: PathBuf,
}

impl Takeout {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let file = if self.file.is_dir() {
            self.file
                .join(export::file_name(&cx.config().time_zone, cx.clock.now()))
        } else {
            self.file
        };
        let bar = bar();
        let progress = |bytes| bar.set_position(bytes);
        let size = export::to_file(&cx, &Actor::CommandLine, &file, progress).await?;
        bar.finish_and_clear();
        cx.store.close().await;
        let size = indicatif::HumanBytes(size);
        out!("Wrote {} ({size}).", file.display());
        out!("It names every subscriber. Passwords, tokens and keys are not in it.");
        Ok(())
    }
}

/// Flags of `jarshy import-takeout`.
#[derive(Args)]
pub(super) struct ImportTakeout {
    /// The archive
    file: PathBuf,
}

impl ImportTakeout {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let bar = bar();
        let by = Actor::CommandLine;
        let done = import::import(&cx, &by, &self.file, &mut shown(&bar)).await?;
        bar.finish_and_clear();
        cx.store.close().await;
        let (manifest, held) = (&done.manifest, &done.held);
        let (made_at, version) = (manifest.made_at.rfc3339(), &manifest.program_version);
        out!("Read in the takeout of {made_at} (Jarshy {version}).");
        for (what, count) in manifest.counts.iter().filter(|(_, count)| **count > 0) {
            out!("{count:>12} {what}");
        }
        for campaign in &held.paused {
            out!(
                "campaign {} “{}”: paused, {} recipients marked uncertain",
                campaign.id,
                campaign.subject,
                campaign.uncertain
            );
        }
        for campaign in &held.unscheduled {
            out!(
                "campaign {} “{}”: was scheduled, does not start",
                campaign.id,
                campaign.subject
            );
        }
        if held.recurring > 0 {
            out!("{} recurring campaigns paused", held.recurring);
        }
        if held.digest_items > 0 {
            let count = held.digest_items;
            out!("{count} campaigns taken out of the weekly digest");
        }
        if done.is_other_key {
            out!(
                "WARNING: the secret key is not that of the takeout. Links in old emails do not \
                 work, and {} erased addresses are not recognised.",
                manifest.counts.get("erased_addresses").unwrap_or(&0)
            );
        }
        out!("");
        out!("Users, relays and other secrets are not in a takeout: set them up now.");
        Ok(())
    }
}
