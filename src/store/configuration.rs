//! Queries on the settings that are made on the admin pages.

use super::{Db, Result, execute, run, settings};
use crate::clock::Timestamp;

/// The setting that every change of another one changes.
const VERSION: &str = "configuration_version";

/// What tells one state of the settings from the next; `None` before the first change.
pub async fn version(db: &mut Db) -> Result<Option<i64>> {
    settings::get(db, VERSION).await
}

/// Begins a change: others wait for its end.
pub async fn set_version(db: &mut Db, version: i64) -> Result<()> {
    settings::set(db, VERSION, &version).await
}

/// Every setting, by its key, encrypted.
pub async fn all(db: &mut Db) -> Result<Vec<(String, Vec<u8>)>> {
    run!(db, c => sqlx::query_as("SELECT name, value FROM configuration ORDER BY name").fetch_all(c))
}

/// Stores a setting.
pub async fn set(db: &mut Db, name: &str, value: &[u8], now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO configuration (name, value, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (name)
         DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        )
        .bind(name)
        .bind(value)
        .bind(now)
    )?;
    Ok(())
}

/// Removes a setting.
pub async fn delete(db: &mut Db, name: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM configuration WHERE name = $1").bind(name)
    )?;
    Ok(())
}
