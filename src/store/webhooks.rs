//! Queries on webhooks and the messages that wait for them.

use serde_json::Value;

use super::{Db, Result, claiming, execute, run};
use crate::clock::Timestamp;
use crate::model::WebhookId;
use crate::model::lease::Lease;

/// A webhook as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where its messages go.
    pub url: String,
    /// Names of events, separated by spaces.
    pub events: String,
    /// Whether it is active.
    pub is_active: bool,
    /// Why it was turned off, or what its last failure was.
    pub last_error: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Adds a webhook with its encrypted secret.
pub async fn insert(
    db: &mut Db,
    url: &str,
    events: &str,
    secret: &[u8],
    now: Timestamp,
) -> Result<Webhook> {
    run!(db, c => sqlx::query_as(
        "INSERT INTO webhooks (url, events, secret, is_active, created_at)
         VALUES ($1, $2, $3, TRUE, $4)
         RETURNING id, url, events, is_active, last_error, created_at",
    )
    .bind(url)
    .bind(events)
    .bind(secret)
    .bind(now)
    .fetch_one(c))
}

/// Every webhook, oldest first.
pub async fn all(db: &mut Db) -> Result<Vec<Webhook>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, url, events, is_active, last_error, created_at FROM webhooks ORDER BY id",
    )
    .fetch_all(c))
}

/// One webhook.
pub async fn by_id(db: &mut Db, id: WebhookId) -> Result<Option<Webhook>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, url, events, is_active, last_error, created_at FROM webhooks WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Changes a webhook; turning it on forgets its last_error.
pub async fn update(
    db: &mut Db,
    id: WebhookId,
    url: &str,
    events: &str,
    is_active: bool,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE webhooks SET url = $2, events = $3, is_active = $4,
                             last_error = CASE WHEN $4 THEN '' ELSE last_error END
         WHERE id = $1",
        )
        .bind(id)
        .bind(url)
        .bind(events)
        .bind(is_active)
    )?;
    Ok(())
}

/// Removes a webhook and its queued messages.
pub async fn delete(db: &mut Db, id: WebhookId) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM webhooks WHERE id = $1").bind(id)
    )?;
    Ok(deleted == 1)
}

/// Whether any webhook wants this event.
pub async fn is_wanted(db: &mut Db, event: &str) -> Result<bool> {
    let row: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT id FROM webhooks WHERE is_active AND events LIKE $1 LIMIT 1",
    )
    .bind(format!("% {event} %"))
    .fetch_optional(c))?;
    Ok(row.is_some())
}

/// Queues a message for every webhook that wants this event.
pub async fn announce(db: &mut Db, event: &str, data: &Value, now: Timestamp) -> Result<()> {
    let body = serde_json::json!({ "type": event, "timestamp": now.rfc3339(), "data": data });
    execute!(
        db,
        sqlx::query(
            "INSERT INTO webhook_deliveries (webhook_id, event, body, state, next_attempt_at, created_at)
         SELECT id, $1, $2, 'queued', $3, $3 FROM webhooks
         WHERE is_active AND events LIKE $4",
        )
        .bind(event)
        .bind(body.to_string())
        .bind(now)
        .bind(format!("% {event} %"))
    )?;
    Ok(())
}

/// The events that active webhooks wait for, separated by spaces.
pub async fn awaited(db: &mut Db) -> Result<String> {
    let events: Vec<String> = run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT events FROM webhooks WHERE is_active",
    )
    .fetch_all(c))?;
    Ok(events.join(" "))
}

/// A leased message.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ClaimedMessage {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub webhook_id: WebhookId,
    /// JSON.
    pub body: String,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was queued.
    pub created_at: Timestamp,
    /// Where it goes.
    pub url: String,
    /// The webhook's encrypted secret.
    pub secret: Vec<u8>,
}

/// Leases up to `limit` due messages. What a stopped
/// sender held is due again when its lease ends: a receiver may see a message
/// twice and knows it by its id.
pub async fn claim(db: &mut Db, lease: &Lease, limit: i64) -> Result<Vec<ClaimedMessage>> {
    let statement = claiming!(
        db,
        "UPDATE webhook_deliveries SET lease_owner = $1, lease_until = $2
         WHERE id IN (
             SELECT id FROM webhook_deliveries
             WHERE state = 'queued' AND next_attempt_at <= $3
               AND (lease_until IS NULL OR lease_until < $3)
             ORDER BY next_attempt_at, id LIMIT $4",
        ") RETURNING id"
    );
    let ids: Vec<i64> = run!(db, c => sqlx::query_scalar(statement)
        .bind(lease.owner)
        .bind(lease.until)
        .bind(lease.taken_at)
        .bind(limit)
        .fetch_all(c))?;
    let mut claimed = Vec::with_capacity(ids.len());
    for id in ids {
        let one: Option<ClaimedMessage> = run!(db, c => sqlx::query_as(
            "SELECT m.id, m.webhook_id, m.body, m.attempts, m.created_at, w.url, w.secret
             FROM webhook_deliveries m JOIN webhooks w ON w.id = m.webhook_id
             WHERE m.id = $1 AND w.is_active",
        )
        .bind(id)
        .fetch_optional(c))?;
        claimed.extend(one);
    }
    Ok(claimed)
}

/// Records the outcome of a message: `sent`, `failed`, or `queued` for later.
pub async fn record(
    db: &mut Db,
    id: i64,
    state: &str,
    reply: &str,
    next_attempt_at: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE webhook_deliveries
         SET state = $2, reply = $3, next_attempt_at = $4, attempts = attempts + 1,
             lease_owner = NULL, lease_until = NULL
         WHERE id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(reply)
        .bind(next_attempt_at)
    )?;
    Ok(())
}

/// Notes a webhook's last_error, and turns it off where `is_final`.
pub async fn set_last_error(
    db: &mut Db,
    id: WebhookId,
    last_error: &str,
    is_final: bool,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE webhooks SET last_error = $2, is_active = is_active AND NOT $3 WHERE id = $1",
        )
        .bind(id)
        .bind(last_error)
        .bind(is_final)
    )?;
    Ok(())
}

/// Drops messages made before `before` that have ended, and those of webhooks
/// that were turned off.
pub async fn sweep(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM webhook_deliveries
         WHERE created_at < $1
           AND (state <> 'queued' OR webhook_id IN (SELECT id FROM webhooks WHERE NOT is_active))",
        )
        .bind(before)
    )?;
    Ok(())
}
