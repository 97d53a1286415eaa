//! `jarshy backup`, `jarshy restore` and `jarshy move`.

use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;

use super::data::bar;
use super::{CliError, QUIET, Result, Settings, start_log};
use crate::backup::hold::{self, Held};
use crate::backup::restore::{KeyState, Restored};
use crate::backup::{self, moving, restore};
use crate::clock::Clock;
use crate::config::Config;

/// Flags of `jarshy backup`.
#[derive(Args)]
pub(super) struct Backup {
    /// A file that does not exist yet; in a folder, the backup is named after the time
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let config = cx.config();
        let bar = bar();
        let passphrase = config.backup_passphrase.as_deref();
        let (file, made) = backup::create_in(&cx, &self.file, passphrase, &mut shown(&bar)).await?;
        bar.finish_and_clear();
        cx.store.close().await;
        let (file, size) = (file.display(), indicatif::HumanBytes(made.size));
        if made.is_encrypted {
            out!("Copied to {file} ({size}), encrypted, with the secret key.");
            out!("Keep the passphrase elsewhere: without it the backup is lost.");
        } else {
            out!("Copied to {file} ({size}).");
            out!("The secret key is not in it. Keep it too: without it old links die.");
        }
        Ok(())
    }
}

pub(super) fn shown(bar: &ProgressBar) -> impl FnMut(&str, u64) + Send {
    let bar = bar.clone();
    move |table, rows| {
        bar.set_message(table.to_owned());
        bar.set_position(rows);
    }
}

/// Flags of `jarshy restore`.
#[derive(Args)]
pub(super) struct Restore {
    /// The backup
    #[arg(required_unless_present = "in_place")]
    file: Option<PathBuf>,
    /// Where to write the secret key of an encrypted backup [default: beside an SQLite database]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The database has been put back by other means, such as pg_restore: hold what it would send again
    #[arg(long, conflicts_with_all = ["file", "key_file"])]
    in_place: bool,
}

impl Restore {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let config = quiet(settings)?;
        let now = Clock::system().now();
        let Some(file) = self.file else {
            let cx = settings.open(&[]).await?;
            let mut db = cx.store.write().await?;
            let held = hold::hold(&mut db, None, &config.time_zone.get(), now).await?;
            db.commit().await?;
            cx.store.close().await;
            out!("The database is ready.");
            return print_held(&held);
        };
        let bar = bar();
        let key_file = self.key_file.as_deref();
        let restored = restore::restore(&config, &file, key_file, now, &mut shown(&bar)).await?;
        bar.finish_and_clear();
        print_restored(&restored)
    }
}

/// The configuration, with warnings alone in the log.
fn quiet(settings: &Settings) -> Result<Config> {
    let mut config = settings.load(&[])?;
    if settings.log.is_none() {
        config.log = QUIET.to_owned();
    }
    start_log(&config);
    Ok(config)
}

fn print_restored(restored: &Restored) -> Result {
    match &restored.info {
        Some(info) => out!(
            "Restored the backup of {} (Jarshy {}, {}).",
            info.made_at.rfc3339(),
            info.version,
            info.engine
        ),
        None => out!("Restored. The file does not say when the backup was made."),
    }
    if !restored.copied.is_empty() {
        let rows: u64 = restored.copied.iter().map(|copied| copied.rows).sum();
        out!("{rows} rows in {} tables.", restored.copied.len());
    }
    match &restored.key {
        KeyState::Same => out!("The secret key is that of the backup."),
        KeyState::Written(path) => {
            out!("The secret key of the backup is in {}.", path.display());
        }
        KeyState::Differs => out!(
            "WARNING: the secret key is not that of the backup. With another key, links in old \
             emails die, and DKIM keys, second factors and webhook secrets cannot be read."
        ),
        KeyState::Missing => out!(
            "There is no secret key. Before the start, put that of the backup beside the \
             database or set JARSHY_SECRET_KEY; a new one would make old links die."
        ),
        KeyState::Unknown => {
            out!("Whether the secret key is that of the backup was not checked.");
        }
    }
    print_held(&restored.held)
}

fn print_held(held: &Held) -> Result {
    out!("");
    out!("Nothing that may have been sent since the backup is sent again:");
    for campaign in &held.paused {
        out!(
            "  campaign {} “{}”: paused, {} recipients marked uncertain",
            campaign.id,
            campaign.subject,
            campaign.uncertain
        );
    }
    for campaign in &held.unscheduled {
        out!(
            "  campaign {} “{}”: was scheduled, does not start",
            campaign.id,
            campaign.subject
        );
    }
    for (count, what) in [
        (held.recurring, "recurring campaigns paused"),
        (
            held.digest_items,
            "campaigns taken out of the weekly digest",
        ),
        (held.transactional, "transactional emails marked uncertain"),
        (held.webhooks, "webhook calls ended"),
        (held.imports, "imports ended"),
        (held.series, "series paused"),
        (held.confirmations, "people of imports not asked to confirm"),
        (held.sessions, "sessions ended: everybody signs in again"),
    ] {
        if count > 0 {
            out!("  {count} {what}");
        }
    }
    if *held
        == (Held {
            made_at: held.made_at,
            ..Held::default()
        })
    {
        out!("  nothing was waiting");
    }
    out!("");
    out!("Not known to this database, and for you to check:");
    out!("  people who unsubscribed, bounced or were erased after the backup are back;");
    out!("  campaigns that were drafts may have been sent since; revoked API tokens work again.");
    Ok(())
}

/// Flags of `jarshy move`.
#[derive(Args)]
pub(super) struct Move {
    /// The empty PostgreSQL database
    #[arg(long, value_name = "URL", required_unless_present = "take_back")]
    to: Option<String>,
    /// Let the SQLite database be used again, after a move that you give up
    #[arg(long, conflicts_with = "to")]
    take_back: bool,
}

impl Move {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let config = quiet(settings)?;
        let Some(to) = self.to else {
            match moving::take_back(&config).await? {
                Some(moved) => out!(
                    "The database can be used again. Do not start anything on {}.",
                    moved.place
                ),
                None => out!("The database was not moved."),
            }
            return Ok(());
        };
        let bar = bar();
        let now = Clock::system().now();
        let copied = moving::move_to(&config, &to, now, &mut shown(&bar)).await?;
        bar.finish_and_clear();
        for table in copied.iter().filter(|table| table.rows > 0) {
            out!("{:>12} {}", table.rows, table.table);
        }
        out!("All rows are there. Now set JARSHY_DATABASE_URL to the new database.");
        if config.secret_key.is_none()
            && let Ok(Some(file)) = crate::store::Store::file_of(&config.database_url)
        {
            out!(
                "PostgreSQL needs the key to be configured: set JARSHY_SECRET_KEY_FILE to {}.",
                backup::key_file(&file).display()
            );
        }
        out!("The SQLite database stays as it is, and Jarshy does not start on it any more.");
        Ok(())
    }
}

impl From<crate::backup::BackupError> for CliError {
    fn from(error: crate::backup::BackupError) -> Self {
        Self::Other(error.to_string())
    }
}
