//! Queries on returned mails that could not be processed.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::feedback::Source;

/// A mail that waits for a person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SetAside {
    /// Its id.
    pub id: i64,
    /// Where it came from.
    pub source: Source,
    /// The envelope's recipient; may be empty.
    pub mail_to: String,
    /// Why it could not be processed.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A mail to be set aside.
#[derive(Debug, Clone, Copy)]
pub struct NewSetAside<'a> {
    /// SHA-256 of it.
    pub digest: [u8; 32],
    /// Where it came from.
    pub source: Source,
    /// The envelope's recipient; may be empty.
    pub mail_to: &'a str,
    /// Why it could not be processed.
    pub reason: &'a str,
    /// As received, or its beginning.
    pub bytes: &'a [u8],
}

/// Sets a mail aside, or notes why it failed when it came again. Of more than `limit`
/// the oldest go.
pub async fn insert(db: &mut Db, mail: &NewSetAside<'_>, limit: i64, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO failed_inbound_mails (digest, source, mail_to, reason, content, at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (digest) DO UPDATE SET reason = excluded.reason, at = excluded.at",
        )
        .bind(mail.digest.as_slice())
        .bind(mail.source)
        .bind(mail.mail_to)
        .bind(mail.reason)
        .bind(mail.bytes)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "DELETE FROM failed_inbound_mails WHERE id NOT IN
             (SELECT id FROM failed_inbound_mails ORDER BY id DESC LIMIT $1)",
        )
        .bind(limit)
    )?;
    Ok(())
}

/// Notes why a mail failed once more.
pub async fn set_reason(db: &mut Db, id: i64, reason: &str, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE failed_inbound_mails SET reason = $2, at = $3 WHERE id = $1")
            .bind(id)
            .bind(reason)
            .bind(now)
    )?;
    Ok(())
}

/// Up to `limit` mails before number `before`, newest first.
pub async fn page(db: &mut Db, before: i64, limit: i64) -> Result<Vec<SetAside>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, source, mail_to, reason, at FROM failed_inbound_mails
         WHERE id < $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// A mail with its bytes.
pub async fn by_id(db: &mut Db, id: i64) -> Result<Option<(SetAside, Vec<u8>)>> {
    let mail = run!(db, c => sqlx::query_as(
        "SELECT id, source, mail_to, reason, at FROM failed_inbound_mails WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))?;
    let Some(mail) = mail else { return Ok(None) };
    let bytes = run!(db, c => sqlx::query_scalar(
        "SELECT content FROM failed_inbound_mails WHERE id = $1",
    )
    .bind(id)
    .fetch_one(c))?;
    Ok(Some((mail, bytes)))
}

/// Deletes a mail; `false` where it is gone.
pub async fn delete(db: &mut Db, id: i64) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM failed_inbound_mails WHERE id = $1").bind(id)
    )?;
    Ok(deleted == 1)
}
