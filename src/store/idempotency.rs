//! Queries on idempotency keys and the answers that are stored under them.

use uuid::Uuid;

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::model::TokenId;
use crate::model::lease::Lease;

/// What is stored under an idempotency key.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredResponse {
    /// Digest of the request; empty while a large body is still being read.
    pub digest: Vec<u8>,
    /// The answer's status; `None` while the request is under way.
    pub status: Option<i64>,
    /// The answer's body.
    pub body: String,
}

/// Leases a key: one that nobody has, or one whose lease ended before its request
/// was answered. `None` where it was
/// taken, what is stored under it otherwise.
pub async fn take(
    db: &mut Db,
    (token, key): (TokenId, &str),
    digest: Option<&Digest>,
    lease: &Lease,
) -> Result<Option<StoredResponse>> {
    let taken: Option<String> = run!(db, c => sqlx::query_scalar(
        "INSERT INTO idempotency_keys (token_id, key, digest, created_at, lease_owner, lease_until)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (token_id, key) DO UPDATE
         SET digest = excluded.digest, created_at = excluded.created_at,
             lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
         WHERE idempotency_keys.status IS NULL AND idempotency_keys.lease_until <= $4
         RETURNING key",
    )
    .bind(token)
    .bind(key)
    .bind(digest.map_or(&[][..], |digest| digest.as_slice()))
    .bind(lease.taken_at)
    .bind(lease.owner)
    .bind(lease.until)
    .fetch_optional(c))?;
    if taken.is_some() {
        return Ok(None);
    }
    run!(db, c => sqlx::query_as(
        "SELECT digest, status, body FROM idempotency_keys WHERE token_id = $1 AND key = $2",
    )
    .bind(token)
    .bind(key)
    .fetch_optional(c))
}

/// Renews the leases of all requests that the owner has under way.
pub async fn renew(db: &mut Db, lease: &Lease) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE idempotency_keys SET lease_until = $2 WHERE lease_owner = $1 AND status IS NULL"
        )
        .bind(lease.owner)
        .bind(lease.until)
    )?;
    Ok(())
}

/// Keeps the answer to `owner`'s request.
pub async fn keep(
    db: &mut Db,
    (token, key): (TokenId, &str),
    owner: Uuid,
    digest: &Digest,
    (status, body): (u16, &str),
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE idempotency_keys SET digest = $4, status = $5, body = $6
             WHERE token_id = $1 AND key = $2 AND lease_owner = $3",
        )
        .bind(token)
        .bind(key)
        .bind(owner)
        .bind(digest.as_slice())
        .bind(i64::from(status))
        .bind(body)
    )?;
    Ok(())
}

/// Frees a key whose request failed.
pub async fn free(db: &mut Db, (token, key): (TokenId, &str), owner: Uuid) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM idempotency_keys
             WHERE token_id = $1 AND key = $2 AND lease_owner = $3 AND status IS NULL",
        )
        .bind(token)
        .bind(key)
        .bind(owner)
    )?;
    Ok(())
}

/// Frees every key that is under way.
pub async fn free_all(db: &mut Db) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM idempotency_keys WHERE status IS NULL")
    )?;
    Ok(())
}
