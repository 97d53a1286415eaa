//! Queries on how many mails join forms have caused to an address. The address
//! stands there as a keyed digest: nobody has agreed that it is kept.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// The mails to one address since it was last left in peace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct JoinMails {
    /// How many, those still to go included.
    pub count: i64,
    /// When the first went.
    pub first_at: Timestamp,
    /// When the last went, or will go.
    pub last_at: Timestamp,
}

/// The mails to an address.
pub async fn of(db: &mut Db, address: &Digest) -> Result<Option<JoinMails>> {
    run!(db, c => sqlx::query_as(
        "SELECT count, first_at, last_at FROM join_mails WHERE address_digest = $1",
    )
    .bind(address.as_slice())
    .fetch_optional(c))
}

/// Counts one more mail; `false` where another process was quicker, and nothing
/// was changed.
pub async fn count(
    db: &mut Db,
    address: &Digest,
    before: Option<JoinMails>,
    after: JoinMails,
) -> Result<bool> {
    let counted = execute!(
        db,
        sqlx::query(
            "INSERT INTO join_mails (address_digest, count, first_at, last_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (address_digest) DO UPDATE
             SET count = excluded.count, first_at = excluded.first_at, last_at = excluded.last_at
             WHERE join_mails.count = $5 AND join_mails.last_at = $6",
        )
        .bind(address.as_slice())
        .bind(after.count)
        .bind(after.first_at)
        .bind(after.last_at)
        .bind(before.map(|before| before.count))
        .bind(before.map(|before| before.last_at))
    )?;
    Ok(counted == 1)
}

/// Forgets the mails to an address whose owner has answered.
pub async fn forget(db: &mut Db, address: &Digest) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM join_mails WHERE address_digest = $1").bind(address.as_slice())
    )?;
    Ok(())
}

/// Forgets what began before `before`.
pub async fn sweep(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM join_mails WHERE first_at < $1 AND last_at < $1").bind(before)
    )?;
    Ok(())
}
