//! Queries on the one-time tokens of providers' webhooks.

use super::account::Digest;
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
        sqlx::query("DELETE FROM webhook_tokens WHERE until < $1").bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO webhook_tokens (token, body, until) VALUES ($1, $2, $3)
             ON CONFLICT (token) DO NOTHING",
        )
        .bind(token.as_slice())
        .bind(body.as_slice())
        .bind(until)
    )?;
    let kept: Vec<u8> = run!(db, c => sqlx::query_scalar(
        "SELECT body FROM webhook_tokens WHERE token = $1",
    )
    .bind(token.as_slice())
    .fetch_one(c))?;
    Ok(kept == body)
}
