//! The page of the delivery ledger on which beginnings and outcomes are
//! written, many in one durable commit, and the corrections beside it.
//!
//! A page is one statement and so one exchange with the database, since its
//! price is paid for every few messages.

use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::{Db, Engine, Result, Store, campaigns, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::delivery::{DeliveryState, SkipReason};
use crate::model::lease::Lease;

/// The outcome of a delivery that had begun.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its id.
    pub id: i64,
    /// Its new state.
    pub state: DeliveryState,
    /// The relay's SMTP reply.
    pub reply: String,
    /// When to try again, for `deferred`.
    pub next_attempt_at: i64,
}

/// Beginnings and outcomes of deliveries, written all or none.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The outcome of deliveries that had begun.
    pub outcomes: Vec<Outcome>,
    /// Deliveries to be marked as `sending`.
    pub begins: Vec<i64>,
}

/// One line of a page, as the database reads it: `sending` begins a delivery,
/// any other state is its outcome.
#[derive(Serialize)]
struct Entry<'a> {
    id: i64,
    state: DeliveryState,
    reply: Option<&'a str>,
    next_attempt_at: Option<i64>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty() && self.begins.is_empty()
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let outcomes = self.outcomes.iter().map(|outcome| Entry {
            id: outcome.id,
            state: outcome.state,
            reply: Some(&outcome.reply),
            next_attempt_at: Some(outcome.next_attempt_at),
        });
        let begins = self.begins.iter().map(|id| Entry {
            id: *id,
            state: DeliveryState::Sending,
            reply: None,
            next_attempt_at: None,
        });
        outcomes.chain(begins).collect()
    }
}

/// The statement that writes a page; `entries` is where its lines come from.
///
/// Two clauses are there for PostgreSQL's planner alone: the limit on the lines
/// tells it that they are few, and `OFFSET 0` keeps it from making a hash of
/// all subscriptions for them.
macro_rules! page {
    ($entries:literal) => {
        concat!(
            "UPDATE deliveries
             SET state = line.state,
                 attempts = attempts + CASE line.state WHEN 'sending' THEN 1 ELSE 0 END,
                 first_attempt_at = CASE line.state
                     WHEN 'sending' THEN COALESCE(first_attempt_at, $3)
                     ELSE first_attempt_at END,
                 reply = COALESCE(line.reply, deliveries.reply),
                 next_attempt_at = COALESCE(line.next_attempt_at, deliveries.next_attempt_at),
                 lease_owner = CASE line.state WHEN 'sending' THEN $2 END,
                 lease_until = CASE line.state WHEN 'sending' THEN $4 END,
                 changed_at = $3
             FROM ",
            $entries,
            " WHERE deliveries.id = line.id AND CASE
                 WHEN line.state <> 'sending'
                 THEN deliveries.state IN ('sending', 'uncertain') AND lease_owner = $2
                 ELSE (deliveries.state = 'deferred' AND lease_owner = $2 AND lease_until > $3
                       OR deliveries.state = 'queued' AND EXISTS (
                           SELECT 1 FROM delivery_slices z
                           WHERE z.campaign_id = deliveries.campaign_id
                             AND z.lease_owner = $2 AND z.lease_until > $3
                             AND z.after_subscriber < deliveries.subscriber_id
                             AND z.up_to_subscriber >= deliveries.subscriber_id))
                     AND EXISTS (SELECT 1 FROM campaigns k
                                 WHERE k.id = deliveries.campaign_id AND k.state = 'sending')
                     AND EXISTS (SELECT 1 FROM campaign_lists x
                                 JOIN subscriptions s ON s.list_id = x.list_id
                                 WHERE x.campaign_id = deliveries.campaign_id
                                   AND s.subscriber_id = deliveries.subscriber_id
                                   AND s.state = 'confirmed'
                                 LIMIT 1 OFFSET 0)
                 END"
        )
    };
}

const SQLITE_PAGE: &str = page!(
    "(SELECT value ->> 'id' AS id, value ->> 'state' AS state, value ->> 'reply' AS reply,
             value ->> 'next_attempt_at' AS next_attempt_at
      FROM json_each($1)) AS line"
);
const POSTGRES_PAGE: &str = page!(
    "(SELECT * FROM jsonb_to_recordset($1)
          AS l (id BIGINT, state TEXT, reply TEXT, next_attempt_at BIGINT)
      LIMIT $5) AS line"
);

/// Writes a page, durably, and gives back which of its beginnings may go on the
/// wire: still leased by the owner, of a campaign that still sends, to a
/// recipient who has not left. The mail of the others must not be sent.
///
/// An outcome counts where the delivery is still the owner's, even if it was
/// declared `uncertain` in the meantime: it is better known than guessed.
///
/// # Errors
/// [`StoreError`](super::StoreError); then nothing is written, save that the
/// database's answer may have been lost.
pub async fn write(store: &Store, page: &Batch, lease: &Lease) -> Result<Vec<i64>> {
    let entries = page.entries();
    let mut db = store.write_alone().await?;
    let statement = match db.engine() {
        Engine::Sqlite => SQLITE_PAGE,
        Engine::Postgres => POSTGRES_PAGE,
    };
    let written = execute!(
        db,
        sqlx::query(statement)
            .bind(Json(&entries))
            .bind(lease.owner)
            .bind(lease.taken_at)
            .bind(lease.until)
            .bind(entries.len() as i64)
    )?;
    // All of them, nearly always.
    if written == entries.len() as u64 {
        db.commit().await?;
        return Ok(page.begins.clone());
    }
    // The page is durable, and others go on: a row that it began may have become `uncertain`
    // since by a clock that is ahead, or have a later lease by a renewal.
    const HELD: [&str; 2] = [
        "SELECT id, lease_owner FROM deliveries
         WHERE id IN (SELECT value FROM json_each($1)) AND state IN ('sending', 'uncertain')",
        "SELECT id, lease_owner FROM deliveries
         WHERE id = ANY($1) AND state IN ('sending', 'uncertain')",
    ];
    let held: Vec<(i64, Option<Uuid>)> = by_keys!(db, HELD, &page.begins);
    let is_own = |(id, owner): (i64, Option<Uuid>)| (owner == Some(lease.owner)).then_some(id);
    let begun = held.into_iter().filter_map(is_own).collect();
    db.commit().await?;
    Ok(begun)
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

/// Puts a claimed delivery off that was not tried, such as one to a domain that
/// asks for patience.
pub async fn put_off(db: &mut Db, id: i64, to: Timestamp, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', next_attempt_at = $2, changed_at = $3,
                               lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(to)
        .bind(now)
    )?;
    Ok(())
}

/// Gives back deliveries that were begun, or may have been where a commit's answer was lost,
/// and whose mail was certainly not sent: their attempt does not count. What was declared
/// `uncertain` in the meantime is due again too, and its campaign sends again if it has
/// finished without it.
///
/// What is in a slice of the owner goes back with it. The rest is due as before, since
/// another worker may have ended the slice; and a cancelled campaign has skipped its own.
pub async fn give_back(db: &mut Db, ids: &[i64], owner: Uuid, now: Timestamp) -> Result<()> {
    for id in ids {
        // Who finishes the campaign sees it given back, or comes before it.
        let campaign: Option<CampaignId> = run!(db, c => sqlx::query_scalar(
            "SELECT campaign_id FROM deliveries
             WHERE id = $1 AND lease_owner = $2 AND state IN ('sending', 'uncertain')",
        )
        .bind(id)
        .bind(owner)
        .fetch_optional(c))?;
        if let Some(campaign) = campaign {
            campaigns::hold(db, campaign).await?;
        }
        execute!(
            db,
            sqlx::query(
                "UPDATE campaigns SET state = 'sending', finished_at = NULL, updated_at = $3
             WHERE state = 'finished'
               AND id = (SELECT campaign_id FROM deliveries
                         WHERE id = $1 AND lease_owner = $2 AND state = 'uncertain')",
            )
            .bind(id)
            .bind(owner)
            .bind(now)
        )?;
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries
             SET state = CASE
                     WHEN EXISTS (SELECT 1 FROM campaigns k
                                  WHERE k.id = deliveries.campaign_id AND k.state = 'cancelled')
                     THEN 'skipped'
                     WHEN EXISTS (SELECT 1 FROM delivery_slices z
                                  WHERE z.campaign_id = deliveries.campaign_id
                                    AND z.lease_owner = $2
                                    AND z.after_subscriber < deliveries.subscriber_id
                                    AND z.up_to_subscriber >= deliveries.subscriber_id)
                     THEN 'queued'
                     ELSE 'deferred' END,
                 reply = CASE
                     WHEN EXISTS (SELECT 1 FROM campaigns k
                                  WHERE k.id = deliveries.campaign_id AND k.state = 'cancelled')
                     THEN $4
                     WHEN state = 'uncertain' THEN ''
                     ELSE reply END,
                 attempts = attempts - 1, changed_at = $3,
                 lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND lease_owner = $2 AND state IN ('sending', 'uncertain')",
            )
            .bind(id)
            .bind(owner)
            .bind(now)
            .bind(SkipReason::Cancelled.as_str())
        )?;
    }
    Ok(())
}
