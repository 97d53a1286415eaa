//! Backups at an interval, to a folder that keeps the last few.

use std::path::{Path, PathBuf};
use std::time::Duration;

use metrics::{counter, gauge};
use serde::{Deserialize, Serialize};

use super::create::{create, file_name};
use super::file::remove_abandoned;
use super::{BackupError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::notification::{BACKUPS, Notice, NotificationKind};
use crate::notifications::conditions::{self, Condition};
use crate::store::{self, settings};

/// The setting in which processes agree on who makes the next one.
pub const SETTING: &str = "backup";
/// After a failure the next try comes sooner.
const RETRY_INTERVAL: Duration = Duration::from_secs(15 * 60);
const MIN_INTERVAL: Duration = Duration::from_secs(60);

/// While a process makes one, the others leave it alone for so long.
const LEASE: Duration = Duration::from_secs(120);
const RENEWAL_INTERVAL: Duration = Duration::from_secs(30);

/// How the scheduled backups went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// When the last one was begun.
    pub begun_at: Option<Timestamp>,
    /// A process is making it, and says so again before this time.
    pub leased_until: Option<Timestamp>,
    /// When the last complete one was begun.
    pub made_at: Option<Timestamp>,
    /// Its file.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Why the last one failed; empty if it did not.
    pub error: String,
}

impl Status {
    fn problem(&self, interval: Duration, now: Timestamp) -> Option<String> {
        let last = match self.made_at {
            Some(at) => format!("The last complete backup was made at {}.", at.rfc3339()),
            None => "There is no complete backup yet.".to_owned(),
        };
        if !self.error.is_empty() {
            return Some(format!("{}. {last}", self.error));
        }
        // An interval for the backup itself, and one for a worker that is being replaced.
        let is_overdue = self.made_at.is_some_and(|at| now.since(at) > interval * 3);
        is_overdue.then(|| format!("No worker has made one since. {last}"))
    }

    fn is_due(&self, interval: Duration, now: Timestamp) -> bool {
        if let Some(until) = self.leased_until {
            // Past that, the process that made it has died.
            return now >= until || until.since(now) > LEASE;
        }
        let wait = if self.error.is_empty() {
            interval
        } else {
            interval.min(RETRY_INTERVAL)
        };
        // A clock that was set back must not end the backups.
        self.begun_at
            .is_none_or(|begun| begun > now || now.since(begun) >= wait)
    }
}

/// How the scheduled backups went, in whichever process.
pub async fn status(cx: &Context) -> store::Result<Status> {
    let status = settings::get(&mut cx.store.read().await?, SETTING).await?;
    Ok(status.unwrap_or_default())
}

/// What is wrong with the scheduled backups; `None` where nothing is, or none are configured.
pub async fn problem(cx: &Context) -> store::Result<Option<String>> {
    if cx.config().backup_dir.is_none() {
        return Ok(None);
    }
    Ok(status(cx).await?.problem(interval(cx), cx.clock.now()))
}

/// The time between two backups.
pub fn interval(cx: &Context) -> Duration {
    Duration::from_secs(cx.config().backup_interval).max(MIN_INTERVAL)
}

/// Makes a backup if a folder is configured and one is due; one process of all makes it.
pub async fn run_due(cx: &Context) -> Result<()> {
    let config = cx.config();
    let Some(folder) = &config.backup_dir else {
        return Ok(());
    };
    let now = cx.clock.now();
    let stored: Option<Status> = settings::get(&mut cx.store.read().await?, SETTING).await?;
    let before = stored.clone().unwrap_or_default();
    if !before.is_due(interval(cx), now) {
        return Ok(());
    }
    let mut begun = Status {
        begun_at: Some(now),
        leased_until: Some(now.after(LEASE)),
        ..before
    };
    if !put(cx, stored.as_ref(), &begun).await? {
        return Ok(());
    }
    let made = {
        let mut making = std::pin::pin!(make(cx, folder, now));
        loop {
            tokio::select! {
                made = &mut making => break made,
                () = tokio::time::sleep(RENEWAL_INTERVAL) => renew(cx, &mut begun).await?,
            }
        }
    };
    let error = match made {
        Ok((file, size)) => {
            tracing::info!(file = %file.display(), size, "made a backup");
            gauge!("jarshy_backup_last_success_timestamp_seconds")
                .set(now.to_jiff().as_second() as f64);
            begun.made_at = Some(now);
            begun.file = file.display().to_string();
            begun.size = size;
            match prune(folder, config.backup_keep) {
                Ok(()) => None,
                Err(error) => Some(format!("it was made, but {error}")),
            }
        }
        Err(error) => Some(error.to_string()),
    };
    begun.leased_until = None;
    begun.error = error.unwrap_or_default();
    if !begun.error.is_empty() {
        return note_failure(cx, &begun).await;
    }
    let mut db = cx.store.write().await?;
    settings::set(&mut db, SETTING, &begun).await?;
    let fine = Condition::Fine(NotificationKind::BackupFailed, BACKUPS.to_owned());
    conditions::apply(&mut db, &fine, cx.clock.now()).await?;
    Ok(db.commit().await?)
}

/// Writes the status where nobody else has written it since `old`.
async fn put(cx: &Context, old: Option<&Status>, new: &Status) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let is_ours = settings::replace(&mut db, SETTING, old, new).await?;
    db.commit().await?;
    Ok(is_ours)
}

async fn renew(cx: &Context, status: &mut Status) -> Result<()> {
    let renewed = Status {
        leased_until: Some(cx.clock.now().after(LEASE)),
        ..status.clone()
    };
    if !put(cx, Some(status), &renewed).await? {
        return Err(BackupError::TakenOver);
    }
    *status = renewed;
    Ok(())
}

async fn make(cx: &Context, folder: &Path, now: Timestamp) -> Result<(PathBuf, u64)> {
    let config = cx.config();
    let passphrase = config.backup_passphrase.as_deref();
    std::fs::create_dir_all(folder).map_err(|cause| io(folder, cause))?;
    remove_abandoned(folder, now).map_err(|cause| io(folder, cause))?;
    let file = folder.join(file_name(now, passphrase.is_some()));
    let created = create(cx, &file, passphrase, &mut |_, _| {}).await?;
    Ok((file, created.size))
}

fn io(path: &Path, cause: std::io::Error) -> BackupError {
    BackupError::Io {
        path: path.to_owned(),
        cause,
    }
}

/// Whether a name is one of ours: nothing else in the folder is touched.
fn is_ours(name: &str) -> bool {
    let time = name
        .strip_prefix("jarshy-")
        .and_then(|rest| rest.strip_suffix(".db").or(rest.strip_suffix(".db.age")));
    time.is_some_and(|time| {
        time.len() == "2026-11-27T020000Z".len()
            && time
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"-TZ".contains(&byte))
    })
}

/// Deletes all but the newest `keep` backups.
fn prune(folder: &Path, keep: u32) -> Result<()> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|cause| io(folder, cause))? {
        let entry = entry.map_err(|cause| io(folder, cause))?;
        let name = entry.file_name().into_string();
        names.extend(name.ok().filter(|name| is_ours(name)));
    }
    names.sort();
    let old = names.len().saturating_sub(keep.max(1) as usize);
    for name in &names[..old] {
        let path = folder.join(name);
        std::fs::remove_file(&path).map_err(|cause| io(&path, cause))?;
    }
    Ok(())
}

/// Tells of a failure: in the log, a metric and the settings, and to users when it is the
/// first after a success.
async fn note_failure(cx: &Context, failed: &Status) -> Result<()> {
    tracing::error!(error = failed.error, "a backup failed");
    counter!("jarshy_backups_failed_total").increment(1);
    let mut db = cx.store.write().await?;
    settings::set(&mut db, SETTING, failed).await?;
    let reason = failed.problem(interval(cx), cx.clock.now());
    let notice = Notice::backup_failed(&reason.unwrap_or_default());
    conditions::apply(&mut db, &Condition::Bad(notice), cx.clock.now()).await?;
    Ok(db.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn a_backup_is_due_after_its_interval_and_sooner_after_a_failure() {
        let day = Duration::from_secs(86_400);
        assert!(Status::default().is_due(day, at(0)));
        let made = Status {
            begun_at: Some(at(1000)),
            ..Status::default()
        };
        assert!(!made.is_due(day, at(1000 + 86_399)));
        assert!(made.is_due(day, at(1000 + 86_400)));
        assert!(made.is_due(day, at(999)), "the clock was set back");
        let failed = Status {
            error: "disk full".to_owned(),
            ..made
        };
        assert!(!failed.is_due(day, at(1000 + 899)));
        assert!(failed.is_due(day, at(1000 + 900)));
        let leased = Status {
            leased_until: Some(at(1120)),
            ..Status::default()
        };
        assert!(!leased.is_due(day, at(1119)));
        assert!(leased.is_due(day, at(1120)), "the process died");
        assert!(leased.is_due(day, at(0)), "the clock was set back");
        assert_eq!(
            leased.problem(day, at(9 * 86_400)),
            None,
            "the first is being made"
        );
        let old = Status {
            made_at: Some(at(0)),
            ..Status::default()
        };
        assert_eq!(old.problem(day, at(3 * 86_400)), None);
        assert!(old.problem(day, at(3 * 86_400 + 1)).is_some());
    }

    #[test]
    fn old_backups_go_and_other_files_stay() {
        let folder = std::env::temp_dir().join(format!("jarshy-keep-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut names: Vec<String> = (0..4)
            .map(|day| file_name(at(day * 86_400), day % 2 == 0))
            .collect();
        names.push("jarshy-before-the-upgrade.db".to_owned());
        names.push("jarshy.db".to_owned());
        for name in &names {
            std::fs::write(folder.join(name), "").unwrap();
        }
        prune(&folder, 2).unwrap();
        let left = |name: &String| folder.join(name).exists();
        let left: Vec<bool> = names.iter().map(left).collect();
        assert_eq!(left, [false, false, true, true, true, true]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
