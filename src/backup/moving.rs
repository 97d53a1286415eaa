//! Moving from SQLite to PostgreSQL, with the delivery ledger as it is: nothing is sent
//! meanwhile, and the old database is not used again.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{BackupError, Result};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::store::transfer::{self, Copied, Progress};
use crate::store::{Engine, Store, settings};

const SETTING: &str = "moved_to";

/// Where a database was moved to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MovedTo {
    /// Without the password.
    pub place: String,
    pub at: Timestamp,
}

/// Copies the configured SQLite database, which no process may have open, to an empty
/// PostgreSQL database, and marks it as moved. Until it is marked, it stays as it was.
pub async fn move_to(
    config: &Config,
    to: &str,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<Vec<Copied>> {
    let source = open_source(config).await?;
    if let Some(moved) = moved_to(&source).await? {
        return Err(BackupError::AlreadyMoved(moved.place));
    }
    if Store::file_of(to)?.is_some() {
        return Err(BackupError::NotPostgres);
    }
    let target = Store::open(to).await?;
    if target.engine() != Engine::Postgres {
        return Err(BackupError::NotPostgres);
    }
    target.migrate().await?;
    let mut db = target.write().await?;
    let mut snapshot = source.snapshot().await?;
    let copied = transfer::copy(&mut snapshot, &mut db, progress).await?;
    drop(snapshot);
    // First the mark: if the new database then fails, nothing is lost, since the mark can be
    // taken back; the other way round, both could send.
    let moved = MovedTo {
        place: place(to),
        at: now,
    };
    let mut marking = source.write().await?;
    settings::set(&mut marking, SETTING, &moved).await?;
    marking.commit().await?;
    db.commit().await?;
    target.analyze().await?;
    target.close().await;
    source.close().await;
    Ok(copied)
}

/// Makes an SQLite database that was moved usable again.
pub async fn take_back(config: &Config) -> Result<Option<MovedTo>> {
    let source = open_source(config).await?;
    let moved = moved_to(&source).await?;
    let mut db = source.write().await?;
    settings::remove(&mut db, SETTING).await?;
    db.commit().await?;
    source.close().await;
    Ok(moved)
}

/// Where a database was moved to, if it was.
pub async fn moved_to(store: &Store) -> Result<Option<MovedTo>> {
    Ok(settings::get(&mut store.read().await?, SETTING).await?)
}

async fn open_source(config: &Config) -> Result<Store> {
    let file = Store::file_of(&config.database_url)?.ok_or(BackupError::NotSqlite)?;
    if !file.exists() {
        return Err(BackupError::NoDatabase(file));
    }
    let source = Store::open_exclusive(&config.database_url).await?;
    source.migrate().await?;
    Ok(source)
}

fn place(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else {
        return "PostgreSQL".to_owned();
    };
    let _ = url.set_password(None);
    url.set_query(None);
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_does_not_hold_the_password() {
        for (url, expected) in [
            (
                "postgres://me:secret@db.example/news",
                "postgres://me@db.example/news",
            ),
            (
                "postgres://db.example/news?password=secret",
                "postgres://db.example/news",
            ),
            ("postgres://me:sec#ret@db/news", "PostgreSQL"),
        ] {
            assert_eq!(place(url), expected);
        }
    }
}
