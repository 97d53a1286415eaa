//! Queries on accounts at certificate authorities, and the certificates obtained there.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// The encrypted account at an authority, by its ACME directory.
pub async fn account(db: &mut Db, directory: &str) -> Result<Option<Vec<u8>>> {
    run!(db, c => sqlx::query_scalar("SELECT credentials FROM acme_accounts WHERE directory = $1")
        .bind(directory)
        .fetch_optional(c))
}

/// Stores the encrypted account at an authority.
pub async fn set_account(
    db: &mut Db,
    directory: &str,
    credentials: &[u8],
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO acme_accounts (directory, credentials, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (directory) DO UPDATE SET credentials = excluded.credentials,
                                                   created_at = excluded.created_at",
        )
        .bind(directory)
        .bind(credentials)
        .bind(now)
    )?;
    Ok(())
}

/// A certificate as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CertificateRow {
    /// In PEM, the server's own first.
    pub chain: String,
    /// Encrypted.
    pub private_key: Vec<u8>,
}

/// The last certificate for a host.
pub async fn certificate(
    db: &mut Db,
    directory: &str,
    host: &str,
) -> Result<Option<CertificateRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT chain, private_key FROM acme_certificates WHERE directory = $1 AND host = $2",
    )
    .bind(directory)
    .bind(host)
    .fetch_optional(c))
}

/// Stores the last certificate for a host.
pub async fn set_certificate(
    db: &mut Db,
    directory: &str,
    host: &str,
    row: &CertificateRow,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO acme_certificates (directory, host, chain, private_key, obtained_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (directory, host)
             DO UPDATE SET chain = excluded.chain, private_key = excluded.private_key,
                           obtained_at = excluded.obtained_at",
        )
        .bind(directory)
        .bind(host)
        .bind(&row.chain)
        .bind(&row.private_key)
        .bind(now)
    )?;
    Ok(())
}
