//! Queries on settings, signing keys and the audit log.

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

/// A DKIM key as it rests: its private half is sealed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DkimKeyRow {
    /// The `d=` of signatures.
    pub domain: String,
    /// The `s=` of signatures.
    pub selector: String,
    /// `rsa` or `ed25519`.
    pub algorithm: String,
    /// PKCS #8, sealed.
    pub private_key: Vec<u8>,
}

/// The keys of a domain.
pub async fn dkim_keys(db: &mut Db, domain: &str) -> Result<Vec<DkimKeyRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT domain, selector, algorithm, private_key FROM dkim_keys
         WHERE domain = $1 ORDER BY created_at DESC, selector",
    )
    .bind(domain)
    .fetch_all(c))
}

/// Whether any domain has a key of this algorithm.
pub async fn has_dkim_key_of(db: &mut Db, algorithm: &str) -> Result<bool> {
    let count: i64 = run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM dkim_keys WHERE algorithm = $1",
    )
    .bind(algorithm)
    .fetch_one(c))?;
    Ok(count > 0)
}

/// Adds a key.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the domain has that selector.
pub async fn insert_dkim_key(db: &mut Db, key: &DkimKeyRow, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO dkim_keys (domain, selector, algorithm, private_key, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&key.domain)
        .bind(&key.selector)
        .bind(&key.algorithm)
        .bind(&key.private_key)
        .bind(now.millis())
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
        .bind(now.millis())
        .bind(actor)
        .bind(action)
        .bind(subject)
    )?;
    Ok(())
}
