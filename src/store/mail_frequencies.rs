//! The mail frequency of all subscribers at once.

use super::subscriptions::Choice;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::SubscriberId;

/// Subscribers who get each campaign by itself and never chose that, or anything else, on
/// their own page.
pub async fn count_undecided(db: &mut Db) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM subscribers s WHERE s.frequency = 'each'
           AND NOT EXISTS (SELECT 1 FROM consent_records r WHERE r.subscriber_id = s.id
                           AND r.action = 'frequency' AND r.method <> 'admin')",
    )
    .fetch_one(c))
}

/// The last of the next `limit` subscribers after one who get each campaign by itself.
pub async fn end_of_slice(
    db: &mut Db,
    after: SubscriberId,
    limit: i64,
) -> Result<Option<SubscriberId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(id) FROM (SELECT id FROM subscribers WHERE frequency = 'each' AND id > $1
                              ORDER BY id LIMIT $2) AS slice",
    )
    .bind(after)
    .bind(limit)
    .fetch_one(c))
}

/// Gives those of [`count_undecided`] after one subscriber and up to another the weekly digest,
/// each with a consent record like `choice`, and says how many they are.
pub async fn set_weekly(
    db: &mut Db,
    after: SubscriberId,
    until: SubscriberId,
    choice: &Choice,
    now: Timestamp,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO consent_records
             (subscriber_id, action, method, detail, wording, network, user_agent, reason, at)
             SELECT s.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM subscribers s
             WHERE s.frequency = 'each' AND s.id > $1 AND s.id <= $2
               AND NOT EXISTS (SELECT 1 FROM consent_records r WHERE r.subscriber_id = s.id
                               AND r.action = 'frequency' AND r.method <> 'admin')",
        )
        .bind(after)
        .bind(until)
        .bind(choice.action)
        .bind(choice.method)
        .bind(&choice.detail)
        .bind(&choice.wording)
        .bind(&choice.network)
        .bind(&choice.user_agent)
        .bind(&choice.reason)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE subscribers SET frequency = 'weekly'
             WHERE frequency = 'each' AND id > $1 AND id <= $2
               AND NOT EXISTS (SELECT 1 FROM consent_records r
                               WHERE r.subscriber_id = subscribers.id
                                 AND r.action = 'frequency' AND r.method <> 'admin')",
        )
        .bind(after)
        .bind(until)
    )
}
