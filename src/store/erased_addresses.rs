//! Queries on addresses whose owners had their data erased. They stand there as a keyed
//! digest: it tells an address that comes again, and nobody can read it.

use super::accounts::Digest;
use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// Remembers an address.
pub async fn insert(db: &mut Db, address: &Digest, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO erased_addresses (address_digest, erased_at) VALUES ($1, $2)
             ON CONFLICT (address_digest) DO UPDATE SET erased_at = excluded.erased_at",
        )
        .bind(address.as_slice())
        .bind(now)
    )?;
    Ok(())
}

/// Forgets an address whose owner has come back.
pub async fn delete(db: &mut Db, address: &Digest) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM erased_addresses WHERE address_digest = $1")
            .bind(address.as_slice())
    )?;
    Ok(())
}

/// Whether there is none.
pub async fn is_empty(db: &mut Db) -> Result<bool> {
    let any: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM erased_addresses LIMIT 1",
    )
    .fetch_optional(c))?;
    Ok(any.is_none())
}

/// Those of `digests` that are here.
pub async fn among(db: &mut Db, digests: &[Digest]) -> Result<Vec<Digest>> {
    let found: Vec<Vec<u8>> = match db.connection() {
        Connection::Sqlite(c) => {
            let words: Vec<String> = digests.iter().map(hex).collect();
            sqlx::query_scalar(
                "SELECT address_digest FROM erased_addresses
                 WHERE address_digest IN (SELECT unhex(value) FROM json_each($1))",
            )
            .bind(sqlx::types::Json(words))
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            let digests: Vec<&[u8]> = digests.iter().map(Digest::as_slice).collect();
            sqlx::query_scalar(
                "SELECT address_digest FROM erased_addresses WHERE address_digest = ANY($1)",
            )
            .bind(digests)
            .fetch_all(c)
            .await?
        }
    };
    Ok(found
        .into_iter()
        .filter_map(|digest| digest.try_into().ok())
        .collect())
}

fn hex(digest: &Digest) -> String {
    data_encoding::HEXLOWER.encode(digest)
}
