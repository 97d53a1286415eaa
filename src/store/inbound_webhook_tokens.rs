//! Queries on the one-time tokens of providers' webhooks.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// Binds a token to the body that it first comes with; `false` where it came
/// with another. Those that have run out are forgotten on the way.
pub async fn bind(
    db: &mut Db,
    token: &Digest,
    body: &Digest,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    execute!(
        db,
        sqlx::query("DELETE FROM inbound_webhook_tokens WHERE expires_at < $1").bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO inbound_webhook_tokens (token_digest, body_digest, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (token_digest) DO NOTHING",
        )
        .bind(token.as_slice())
        .bind(body.as_slice())
        .bind(until)
    )?;
    let kept: Vec<u8> = run!(db, c => sqlx::query_scalar(
        "SELECT body_digest FROM inbound_webhook_tokens WHERE token_digest = $1",
    )
    .bind(token.as_slice())
    .fetch_one(c))?;
    Ok(kept == body)
}
