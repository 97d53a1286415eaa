//! Statements that take readers out of series, in the transaction of the cause.

use super::{Db, Result, run, series_webhooks};
use crate::clock::Timestamp;
use crate::model::{ListId, SeriesReaderId, SubscriberId};

/// Finds the few rows of a subscriber.
pub const LEAVE: &str = "UPDATE series_readers SET state = 'left', changed_at = $3
     WHERE subscriber_id = $1 AND state = 'inside'
       AND series_id IN (SELECT id FROM series WHERE list_id = $2)
     RETURNING id";

/// Finds the few rows of the owner of an address.
pub const LEAVE_SUPPRESSED: &str = "UPDATE series_readers SET state = 'suppressed', changed_at = $2
     WHERE state = 'inside'
       AND subscriber_id = (SELECT id FROM subscribers WHERE email_key = $1)
     RETURNING id";

/// Takes a subscriber out of the series of a list that they have left.
pub async fn leave(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    now: Timestamp,
) -> Result<()> {
    let left: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(LEAVE)
        .bind(subscriber)
        .bind(list)
        .bind(now)
        .fetch_all(c))?;
    series_webhooks::finished(db, &left, now).await
}

/// Takes a subscriber who has answered out of the series that end with that: they want to stay.
pub async fn answered(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    let out: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(
        "UPDATE series_readers SET state = 'goal', changed_at = $2
         WHERE subscriber_id = $1 AND state = 'inside'
           AND series_id IN (SELECT id FROM series WHERE ends_on_answer)
         RETURNING id",
    )
    .bind(subscriber)
    .bind(now)
    .fetch_all(c))?;
    series_webhooks::finished(db, &out, now).await
}

/// Takes the owner of an address out of every series, since it is suppressed.
pub async fn leave_suppressed(db: &mut Db, email_key: &str, now: Timestamp) -> Result<()> {
    let out: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(LEAVE_SUPPRESSED)
        .bind(email_key)
        .bind(now)
        .fetch_all(c))?;
    series_webhooks::finished(db, &out, now).await
}
