//! The page of the delivery ledger on which beginnings and outcomes are
//! written, many in one durable commit, and the corrections beside it.
//!
//! A page is one exchange with the database, since its price is paid for every
//! few messages: SQLite takes the whole transaction in one go, PostgreSQL does
//! with one statement.

use std::sync::LazyLock;

use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Db, Result, Store, execute, run};
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;

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

/// Beginnings and outcomes of deliveries, written all or none.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What became of deliveries that had begun. `queued` gives one back whose
    /// message never came near the wire: its attempt does not count.
    pub outcomes: Vec<Outcome>,
    /// Deliveries to be marked as `sending`.
    pub begins: Vec<i64>,
}

impl Page {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty() && self.begins.is_empty()
    }
}

const SQLITE_RECORD: &str = "
    UPDATE deliveries
    SET state = o.value ->> 'state', reply = o.value ->> 'reply',
        attempts = attempts - CASE WHEN o.value ->> 'state' = 'queued' THEN 1 ELSE 0 END,
        next_attempt_at = o.value ->> 'next_attempt_at',
        lease_owner = NULL, lease_until = NULL, changed_at = $4
    FROM json_each($1) o
    WHERE deliveries.id = o.value ->> 'id'
      AND (deliveries.state = 'sending' AND deliveries.lease_owner = $3
           OR deliveries.state = 'uncertain')";

/// Up to the condition on the rows' numbers.
const BEGIN: &str = "
    UPDATE deliveries
    SET state = 'sending', attempts = attempts + 1, changed_at = $4,
        first_attempt_at = COALESCE(first_attempt_at, $4),
        lease_owner = $3, lease_until = $5
    WHERE (state = 'deferred' AND lease_owner = $3 AND lease_until > $4
           OR state = 'queued' AND EXISTS (
               SELECT 1 FROM delivery_slices z
               WHERE z.campaign_id = deliveries.campaign_id
                 AND z.lease_owner = $3 AND z.lease_until > $4
                 AND z.after_subscriber < deliveries.subscriber_id
                 AND z.up_to_subscriber >= deliveries.subscriber_id))
      AND EXISTS (SELECT 1 FROM campaigns k
                  WHERE k.id = deliveries.campaign_id AND k.state = 'sending')
      AND EXISTS (SELECT 1 FROM campaign_lists x
                  JOIN subscriptions s ON s.list_id = x.list_id
                  WHERE x.campaign_id = deliveries.campaign_id
                    AND s.subscriber_id = deliveries.subscriber_id
                    AND s.state = 'confirmed')";

/// Where the beginnings stand among the statements of [`sqlite_page`].
const BEGIN_STEP: usize = 2;

fn sqlite_page() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        format!(
            "BEGIN IMMEDIATE; {SQLITE_RECORD}; {BEGIN} AND id IN (SELECT value FROM json_each($2)); COMMIT"
        )
    });
    &PAGE
}

fn postgres_page() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        format!(
            "WITH recorded AS (
                 UPDATE deliveries
                 SET state = o.state, reply = o.reply, next_attempt_at = o.next_attempt_at,
                     attempts = attempts - CASE WHEN o.state = 'queued' THEN 1 ELSE 0 END,
                     lease_owner = NULL, lease_until = NULL, changed_at = $4
                 FROM jsonb_to_recordset($1)
                      AS o (id BIGINT, state TEXT, reply TEXT, next_attempt_at BIGINT)
                 WHERE deliveries.id = o.id
                   AND (deliveries.state = 'sending' AND deliveries.lease_owner = $3
                        OR deliveries.state = 'uncertain'))
             {BEGIN} AND id = ANY($2) RETURNING id"
        )
    });
    &PAGE
}

/// Writes a page, durably, and gives back which of its beginnings may go on the
/// wire: still in `owner`'s hands, of a campaign that still sends, to a
/// recipient who has not left. The mail of the others must not be sent.
///
/// An outcome counts where the delivery is still `owner`'s, or was declared
/// `uncertain` in the meantime: it is better known than guessed.
///
/// # Errors
/// [`StoreError`](super::StoreError); then nothing is written, save that the
/// answer to a commit may have been lost.
pub async fn write(
    store: &Store,
    page: &Page,
    owner: Uuid,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<i64>> {
    let outcomes = Json(&page.outcomes);
    if let Some(mut connection) = store.for_one_statement().await? {
        let begun = sqlx::query_scalar(postgres_page())
            .bind(outcomes)
            .bind(&page.begins)
            .bind(owner)
            .bind(now.millis())
            .bind(until.millis())
            .fetch_all(&mut *connection)
            .await?;
        return Ok(begun);
    }
    let query = sqlx::query(sqlite_page())
        .bind(outcomes)
        .bind(Json(&page.begins))
        .bind(owner)
        .bind(now.millis())
        .bind(until.millis());
    let touched = store.in_one_go(query).await?;
    // All of them, nearly always.
    if touched.get(BEGIN_STEP) == Some(&(page.begins.len() as u64)) {
        return Ok(page.begins.clone());
    }
    let mut db = store.read().await?;
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM deliveries
         WHERE id IN (SELECT value FROM json_each($1))
           AND state = 'sending' AND lease_owner = $2 AND changed_at = $3",
    )
    .bind(Json(&page.begins))
    .bind(owner)
    .bind(now.millis())
    .fetch_all(c))
}

/// Gives claimed deliveries back that did not go on the wire. Those of a slice
/// go back with it.
pub async fn release(db: &mut Db, ids: &[i64], owner: Uuid) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND lease_owner = $2 AND state = 'deferred'",
            )
            .bind(id)
            .bind(owner)
        )?;
    }
    Ok(())
}

/// Puts claimed deliveries off that were not tried, such as those to a domain
/// that asks for patience.
pub async fn put_off(db: &mut Db, ids: &[i64], to: Timestamp, now: Timestamp) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'deferred', next_attempt_at = $2, changed_at = $3,
                                   lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND state IN ('queued', 'deferred')",
            )
            .bind(id)
            .bind(to.millis())
            .bind(now.millis())
        )?;
    }
    Ok(())
}

/// Takes back beginnings whose commit was lost on the way: they may or may not
/// have been written, but their mail was certainly not sent.
pub async fn undo_begin(db: &mut Db, ids: &[i64], owner: Uuid, now: Timestamp) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'deferred', next_attempt_at = $3, changed_at = $3,
                                   attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND lease_owner = $2 AND state = 'sending'",
            )
            .bind(id)
            .bind(owner)
            .bind(now.millis())
        )?;
    }
    Ok(())
}
