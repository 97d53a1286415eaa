//! Queries on the keys that sign mail.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::signing_key::KeyState;

/// A DKIM key as stored: its private half is encrypted.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DkimKeyRow {
    /// The `d=` of signatures.
    pub domain: String,
    /// The `s=` of signatures.
    pub selector: String,
    /// `rsa` or `ed25519`.
    pub algorithm: String,
    /// PKCS #8, encrypted; empty once the key is retired.
    pub private_key: Vec<u8>,
    /// Its state.
    pub state: KeyState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// The keys of a domain, or of every one, the newest of each first.
pub async fn all(db: &mut Db, domain: Option<&str>) -> Result<Vec<DkimKeyRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT domain, selector, algorithm, private_key, state, created_at, changed_at
         FROM dkim_keys WHERE $1 IS NULL OR domain = $1
         ORDER BY domain, created_at DESC, selector",
    )
    .bind(domain)
    .fetch_all(c))
}

/// Keeps the keys of a domain from others until the transaction ends.
pub async fn lock(db: &mut Db, domain: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE dkim_keys SET state = state WHERE domain = $1").bind(domain)
    )?;
    Ok(())
}

/// Adds a key.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the domain has, or had, that
/// selector.
pub async fn insert(db: &mut Db, key: &DkimKeyRow) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO dkim_keys
                 (domain, selector, algorithm, private_key, state, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&key.domain)
        .bind(&key.selector)
        .bind(&key.algorithm)
        .bind(&key.private_key)
        .bind(key.state)
        .bind(key.created_at)
        .bind(key.changed_at)
    )?;
    Ok(())
}

/// Moves a key on; a retired one loses its private half.
pub async fn set_state(db: &mut Db, key: &DkimKeyRow, to: KeyState, now: Timestamp) -> Result<()> {
    let left: &[u8] = match to {
        KeyState::Retired => &[],
        _ => &key.private_key,
    };
    execute!(
        db,
        sqlx::query(
            "UPDATE dkim_keys SET state = $3, private_key = $4, changed_at = $5
             WHERE domain = $1 AND selector = $2",
        )
        .bind(&key.domain)
        .bind(&key.selector)
        .bind(to)
        .bind(left)
        .bind(now)
    )?;
    Ok(())
}
