//! The table that marks an SQLite file as a backup. It is in backups only, never in a database
//! in use.

use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BackupInfo {
    pub made_at: Timestamp,
    /// The version of Jarshy that made it.
    pub version: String,
    /// `sqlite` or `postgres`: the database that it is a copy of.
    pub engine: String,
    /// Tells whether a secret key is that of the backup.
    pub key_digest: Vec<u8>,
    /// The secret key itself, in an encrypted backup.
    pub secret_key: Option<String>,
}

/// Marks a database as a backup.
pub async fn insert(db: &mut Db, info: &BackupInfo) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "CREATE TABLE backup_info (
                 made_at    BIGINT NOT NULL,
                 version    TEXT NOT NULL,
                 engine     TEXT NOT NULL,
                 key_digest BLOB NOT NULL,
                 secret_key TEXT
             )",
        )
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO backup_info (made_at, version, engine, key_digest, secret_key)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(info.made_at)
        .bind(&info.version)
        .bind(&info.engine)
        .bind(&info.key_digest)
        .bind(&info.secret_key)
    )?;
    Ok(())
}

/// What a backup says about itself; `None` for a database in use.
pub async fn get(db: &mut Db) -> Result<Option<BackupInfo>> {
    if db.engine() == Engine::Postgres {
        return Ok(None);
    }
    let is_there: bool = run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'backup_info')",
    )
    .fetch_one(c))?;
    if !is_there {
        return Ok(None);
    }
    run!(db, c => sqlx::query_as(
        "SELECT made_at, version, engine, key_digest, secret_key FROM backup_info",
    )
    .fetch_optional(c))
}

/// Removes the mark: from now on the database is one in use.
pub async fn remove(db: &mut Db) -> Result<()> {
    execute!(db, sqlx::query("DROP TABLE IF EXISTS backup_info"))?;
    Ok(())
}
