//! Queries on settings and the audit log.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// The value of a setting, where it was ever set.
pub async fn get<T>(db: &mut Db, name: &str) -> Result<Option<T>>
where
    T: DeserializeOwned + Send + Unpin + 'static,
{
    let value: Option<Json<T>> = run!(db, c => sqlx::query_scalar(
        "SELECT value FROM settings WHERE name = $1",
    )
    .bind(name)
    .fetch_optional(c))?;
    Ok(value.map(|Json(value)| value))
}

/// Sets a setting.
pub async fn set<T: Serialize + Sync>(db: &mut Db, name: &str, value: &T) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(Json(value))
    )?;
    Ok(())
}

/// Notes who did what.
pub async fn audit(
    db: &mut Db,
    actor: &str,
    action: &str,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO audit_records (at, actor, action, subject) VALUES ($1, $2, $3, $4)",
        )
        .bind(now)
        .bind(actor)
        .bind(action)
        .bind(subject)
    )?;
    Ok(())
}
