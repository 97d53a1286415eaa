//! Queries of the delivery ledger: claim, begin, record, recover.
//!
//! A row is in somebody's hands while it has a lease. Its way is
//! `claim` (lease) → `begin` (`sending`, durable before the message is on the
//! wire) → `record` (what the relay said). What a crash leaves behind is found
//! by its ended lease in `recover`.

use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;
use crate::model::{CampaignId, DeliveryId, SubscriberId};
use crate::text::locale::Language;

/// A delivery in a worker's hands, with all that its message needs.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Claimed {
    /// Its row.
    #[sqlx(try_from = "i64")]
    pub id: DeliveryId,
    /// To whom.
    #[sqlx(try_from = "i64")]
    pub subscriber_id: SubscriberId,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<i64>,
    /// The address.
    #[sqlx(try_from = "String")]
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of the message.
    #[sqlx(try_from = "String")]
    pub language: Language,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: Value,
    /// The row's own lists: the slug of one list of the campaign that the
    /// subscriber is on.
    pub list: String,
}

/// Takes up to `limit` due deliveries of a campaign into `owner`'s hands.
///
/// Deliveries to people who have left, were suppressed or erased since the
/// audience was frozen end as `skipped` and are not given out.
pub async fn claim(
    db: &mut Db,
    campaign: CampaignId,
    owner: Uuid,
    limit: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Claimed>> {
    let ids: Vec<i64> = match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_scalar(
                "UPDATE deliveries SET lease_owner = $2, lease_until = $3
                 WHERE id IN (
                     SELECT id FROM deliveries
                     WHERE campaign_id = $1 AND next_attempt_at <= $4
                       AND state IN ('queued', 'deferred') AND lease_until IS NULL
                     ORDER BY next_attempt_at, id LIMIT $5)
                 RETURNING id",
            )
            .bind(campaign.0)
            .bind(owner)
            .bind(until.millis())
            .bind(now.millis())
            .bind(limit)
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_scalar(
                "UPDATE deliveries SET lease_owner = $2, lease_until = $3
                 WHERE id IN (
                     SELECT id FROM deliveries
                     WHERE campaign_id = $1 AND next_attempt_at <= $4
                       AND state IN ('queued', 'deferred') AND lease_until IS NULL
                     ORDER BY next_attempt_at, id LIMIT $5
                     FOR UPDATE SKIP LOCKED)
                 RETURNING id",
            )
            .bind(campaign.0)
            .bind(owner)
            .bind(until.millis())
            .bind(now.millis())
            .bind(limit)
            .fetch_all(c)
            .await?
        }
    };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let claimed = details(db, &ids).await?;
    let gone: Vec<i64> = ids
        .into_iter()
        .filter(|id| claimed.iter().all(|row| row.id.0 != *id))
        .collect();
    skip(db, &gone, now).await?;
    Ok(claimed)
}

/// Those of `ids` whose recipients still want the mail.
async fn details(db: &mut Db, ids: &[i64]) -> Result<Vec<Claimed>> {
    match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(
                "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                        m.email, m.name, m.language, m.attributes,
                        MIN(l.slug) AS list
                 FROM deliveries d
                 JOIN subscribers m ON m.id = d.subscriber_id
                 JOIN campaign_lists x ON x.campaign_id = d.campaign_id
                 JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                      AND s.list_id = x.list_id AND s.state = 'confirmed'
                 JOIN lists l ON l.id = s.list_id
                 WHERE d.id IN (SELECT value FROM json_each($1))
                   AND NOT EXISTS (SELECT 1 FROM suppressions p WHERE p.email_key = m.email_key)
                 GROUP BY d.id, m.id ORDER BY d.id",
            )
            .bind(Json(ids))
            .fetch_all(c)
            .await
        }
        Connection::Postgres(c) => {
            sqlx::query_as(
                "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                        m.email, m.name, m.language, m.attributes,
                        MIN(l.slug) AS list
                 FROM deliveries d
                 JOIN subscribers m ON m.id = d.subscriber_id
                 JOIN campaign_lists x ON x.campaign_id = d.campaign_id
                 JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                      AND s.list_id = x.list_id AND s.state = 'confirmed'
                 JOIN lists l ON l.id = s.list_id
                 WHERE d.id = ANY($1)
                   AND NOT EXISTS (SELECT 1 FROM suppressions p WHERE p.email_key = m.email_key)
                 GROUP BY d.id, m.id ORDER BY d.id",
            )
            .bind(ids)
            .fetch_all(c)
            .await
        }
    }
    .map_err(Into::into)
}

async fn skip(db: &mut Db, ids: &[i64], now: Timestamp) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'skipped', reply = 'the recipient has left since',
                                   lease_owner = NULL, lease_until = NULL, changed_at = $2
             WHERE id = $1 AND state IN ('queued', 'deferred')",
            )
            .bind(id)
            .bind(now.millis())
        )?;
    }
    Ok(())
}

/// Marks deliveries as `sending`, and gives back those that may go on the wire:
/// still in `owner`'s hands, of a campaign that still sends, to a recipient who
/// has not left. The mail of the others must not be sent.
pub async fn begin(db: &mut Db, ids: &[i64], owner: Uuid, now: Timestamp) -> Result<Vec<i64>> {
    match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_scalar(
                "UPDATE deliveries
                 SET state = 'sending', attempts = attempts + 1, changed_at = $3,
                     first_attempt_at = COALESCE(first_attempt_at, $3)
                 WHERE id IN (SELECT value FROM json_each($1))
                   AND lease_owner = $2 AND lease_until > $3
                   AND state IN ('queued', 'deferred')
                   AND EXISTS (SELECT 1 FROM campaigns k
                               WHERE k.id = deliveries.campaign_id AND k.state = 'sending')
                   AND EXISTS (SELECT 1 FROM campaign_lists x
                               JOIN subscriptions s ON s.list_id = x.list_id
                               WHERE x.campaign_id = deliveries.campaign_id
                                 AND s.subscriber_id = deliveries.subscriber_id
                                 AND s.state = 'confirmed')
                 RETURNING id",
            )
            .bind(Json(ids))
            .bind(owner)
            .bind(now.millis())
            .fetch_all(c)
            .await
        }
        Connection::Postgres(c) => {
            sqlx::query_scalar(
                "UPDATE deliveries
                 SET state = 'sending', attempts = attempts + 1, changed_at = $3,
                     first_attempt_at = COALESCE(first_attempt_at, $3)
                 WHERE id = ANY($1)
                   AND lease_owner = $2 AND lease_until > $3
                   AND state IN ('queued', 'deferred')
                   AND EXISTS (SELECT 1 FROM campaigns k
                               WHERE k.id = deliveries.campaign_id AND k.state = 'sending')
                   AND EXISTS (SELECT 1 FROM campaign_lists x
                               JOIN subscriptions s ON s.list_id = x.list_id
                               WHERE x.campaign_id = deliveries.campaign_id
                                 AND s.subscriber_id = deliveries.subscriber_id
                                 AND s.state = 'confirmed')
                 RETURNING id",
            )
            .bind(ids)
            .bind(owner)
            .bind(now.millis())
            .fetch_all(c)
            .await
        }
    }
    .map_err(Into::into)
}

/// What became of a delivery that had begun.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Its row.
    pub id: i64,
    /// Where it stands now.
    pub state: DeliveryState,
    /// The relay's own words.
    pub reply: String,
    /// When to try again, for `deferred`.
    pub next_attempt_at: i64,
}

/// Records outcomes, all or none.
///
/// A delivery that was declared `uncertain` in the meantime takes its outcome
/// too: it is better known than guessed.
pub async fn record(db: &mut Db, outcomes: &[Outcome], now: Timestamp) -> Result<()> {
    match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query(
                "UPDATE deliveries
                 SET state = o.value ->> 'state', reply = o.value ->> 'reply',
                     next_attempt_at = o.value ->> 'next_attempt_at',
                     lease_owner = NULL, lease_until = NULL, changed_at = $2
                 FROM json_each($1) o
                 WHERE deliveries.id = o.value ->> 'id'
                   AND deliveries.state IN ('sending', 'uncertain')",
            )
            .bind(Json(outcomes))
            .bind(now.millis())
            .execute(c)
            .await?;
        }
        Connection::Postgres(c) => {
            sqlx::query(
                "UPDATE deliveries
                 SET state = o.state, reply = o.reply, next_attempt_at = o.next_attempt_at,
                     lease_owner = NULL, lease_until = NULL, changed_at = $2
                 FROM jsonb_to_recordset($1)
                      AS o (id BIGINT, state TEXT, reply TEXT, next_attempt_at BIGINT)
                 WHERE deliveries.id = o.id
                   AND deliveries.state IN ('sending', 'uncertain')",
            )
            .bind(Json(outcomes))
            .bind(now.millis())
            .execute(c)
            .await?;
        }
    }
    Ok(())
}

/// Gives claimed deliveries back that did not go on the wire.
pub async fn release(db: &mut Db, ids: &[i64], owner: Uuid) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND lease_owner = $2 AND state IN ('queued', 'deferred')",
            )
            .bind(id)
            .bind(owner)
        )?;
    }
    Ok(())
}

/// Holds on to what `owner` has in its hands.
pub async fn renew(db: &mut Db, owner: Uuid, until: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET lease_until = $2
         WHERE lease_until IS NOT NULL AND lease_owner = $1",
        )
        .bind(owner)
        .bind(until.millis())
    )
}

/// Takes what workers left behind whose leases have ended: what had not begun
/// is free again, what may have been on the wire becomes `uncertain`. Tells how
/// many became so.
pub async fn recover(db: &mut Db, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL
         WHERE lease_until < $1 AND state IN ('queued', 'deferred')",
        )
        .bind(now.millis())
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries
         SET state = 'uncertain', lease_owner = NULL, lease_until = NULL, changed_at = $1,
             reply = 'the worker stopped before the relay''s answer was recorded'
         WHERE lease_until < $1 AND state = 'sending'",
        )
        .bind(now.millis())
    )
}

/// When the next delivery of a campaign falls due.
pub async fn next_due(db: &mut Db, campaign: CampaignId) -> Result<Option<Timestamp>> {
    let at: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT MIN(next_attempt_at) FROM deliveries
         WHERE campaign_id = $1 AND state IN ('queued', 'deferred') AND lease_until IS NULL",
    )
    .bind(campaign.0)
    .fetch_one(c))?;
    Ok(at.map(Timestamp::from_millis))
}
