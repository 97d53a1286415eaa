//! Queries on settings.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::Json;

use super::{Db, Result, execute, run};

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

/// Sets a setting whose value is still `old`; `false` where another process has set it first.
pub async fn replace<T: Serialize + Sync>(
    db: &mut Db,
    name: &str,
    old: Option<&T>,
    new: &T,
) -> Result<bool> {
    let replaced = match old {
        None => execute!(
            db,
            sqlx::query(
                "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            )
            .bind(name)
            .bind(Json(new))
        )?,
        Some(old) => execute!(
            db,
            sqlx::query("UPDATE settings SET value = $2 WHERE name = $1 AND value = $3")
                .bind(name)
                .bind(Json(new))
                .bind(Json(old))
        )?,
    };
    Ok(replaced == 1)
}

/// Removes a setting.
pub async fn remove(db: &mut Db, name: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM settings WHERE name = $1").bind(name)
    )?;
    Ok(())
}
