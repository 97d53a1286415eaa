//! Queries of the delivery ledger: claim, renew, recover.
//!
//! What is sent for the first time is claimed by the slice: a range of
//! subscribers with a lease, whose rows are not touched. What was put off comes
//! back row by row, each with a lease of its own. From there the way is the
//! same, on the [ledger](super::ledger)'s pages: begun (`sending`, durable
//! before the end of the message is on the wire, with a lease on the row) →
//! recorded (what the relay said). What a crash leaves behind is found by its
//! ended lease: slices by the next `claim`, rows by `recover`.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::connect::Connection;
use super::suppressions::not_suppressed;
use super::{Db, Result, claiming, execute, run, weekly_digests};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::lease::Lease;
use crate::model::{CampaignId, DeliveryId, SubscriberId};
use crate::text::locale::Language;

const LOST_ANSWER: &str = "the worker stopped before the relay's answer was recorded";

/// A leased delivery with everything that its message needs.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Claimed {
    /// Its id.
    pub id: DeliveryId,
    /// To whom.
    pub subscriber_id: SubscriberId,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<Timestamp>,
    /// The address.
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of the message.
    pub language: Language,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: Value,
    /// The row's own lists: the slug of one list of the campaign that the
    /// subscriber is on.
    pub list: String,
    /// The slice it was claimed with; none for what was put off before.
    pub slice: Option<i64>,
}

/// A leased range of a campaign's subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Slice {
    /// Its id.
    pub id: i64,
    /// It begins after this subscriber …
    pub after_subscriber: i64,
    /// … and ends with this one.
    pub up_to_subscriber: i64,
}

/// What a claim leased.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    /// Rows that were put off and are due.
    due: Vec<i64>,
    slice: Option<Slice>,
    untried: i64,
}

impl Claim {
    /// How many deliveries it took.
    pub fn count(&self) -> i64 {
        self.due.len() as i64 + self.untried
    }

    /// The row of its slice, which must be [ended](end_slice) some time.
    pub fn slice(&self) -> Option<i64> {
        self.slice.map(|slice| slice.id)
    }
}

/// The deliveries of a claim.
#[derive(Debug, Default)]
pub struct Found {
    /// To be sent.
    pub wanted: Vec<Claimed>,
    /// To people who have left or paused, were suppressed or erased since the
    /// audience was frozen: to be [skipped](skip).
    pub gone: Vec<i64>,
}

/// Leases up to `limit` deliveries of a campaign: what was
/// put off and is due, and a slice of what was never tried. Quick, since others
/// wait to write meanwhile; [`find`] reads what was taken.
pub async fn claim(db: &mut Db, campaign: CampaignId, lease: &Lease, limit: i64) -> Result<Claim> {
    let due = claim_due(db, campaign, lease, limit).await?;
    let room = limit - due.len() as i64;
    let (slice, untried) = match room {
        1.. => claim_slice(db, campaign, lease, room).await?.unzip(),
        _ => (None, None),
    };
    Ok(Claim {
        due,
        slice,
        untried: untried.unwrap_or(0),
    })
}

/// Reads the deliveries of a claim.
pub async fn find(
    db: &mut Db,
    campaign: CampaignId,
    claim: &Claim,
    now: Timestamp,
) -> Result<Found> {
    let mut found = match claim.due.is_empty() {
        true => Found::default(),
        false => among(db, &claim.due, now).await?,
    };
    if let Some(slice) = claim.slice {
        let fresh = in_slice(db, campaign, slice, now).await?;
        found.wanted.extend(fresh.wanted);
        found.gone.extend(fresh.gone);
    }
    let (wanted, nothing) = fill_digest(db, campaign, found.wanted).await?;
    found.wanted = wanted;
    found.gone.extend(nothing);
    Ok(found)
}

/// Names in each claimed delivery of a digest the campaigns that it tells its
/// reader of: those kept for them whose lists they are still on. Gives back
/// apart the deliveries that have nothing left to tell. Deliveries of other
/// campaigns pass unchanged.
async fn fill_digest(
    db: &mut Db,
    campaign: CampaignId,
    claimed: Vec<Claimed>,
) -> Result<(Vec<Claimed>, Vec<i64>)> {
    let week = weekly_digests::week_of(db, campaign).await?;
    let Some(week) = week else {
        return Ok((claimed, Vec::new()));
    };
    let readers: Vec<SubscriberId> = claimed.iter().map(|one| one.subscriber_id).collect();
    let mut items: HashMap<SubscriberId, Vec<i64>> = HashMap::new();
    for (reader, item) in weekly_digests::items_of(db, &week, &readers).await? {
        items.entry(reader).or_default().push(item);
    }
    let (mut told, mut nothing) = (Vec::new(), Vec::new());
    for mut delivery in claimed {
        let own = items.remove(&delivery.subscriber_id);
        match (own, delivery.attributes.as_object_mut()) {
            (Some(own), Some(attributes)) => {
                attributes.insert(weekly_digests::ATTRIBUTE.to_owned(), own.into());
                told.push(delivery);
            }
            _ => nothing.push(delivery.id.0),
        }
    }
    Ok((told, nothing))
}

async fn claim_due(
    db: &mut Db,
    campaign: CampaignId,
    lease: &Lease,
    limit: i64,
) -> Result<Vec<i64>> {
    let statement = claiming!(
        db,
        "UPDATE deliveries SET lease_owner = $2, lease_until = $3
         WHERE id IN (
             SELECT id FROM deliveries
             WHERE campaign_id = $1 AND next_attempt_at <= $4
               AND state = 'deferred' AND lease_until IS NULL
             ORDER BY next_attempt_at, id LIMIT $5",
        ") RETURNING id"
    );
    run!(db, c => sqlx::query_scalar(statement)
        .bind(campaign)
        .bind(lease.owner)
        .bind(lease.until)
        .bind(lease.taken_at)
        .bind(limit)
        .fetch_all(c))
}

/// Takes over a slice that was given back or whose owner is gone, or else cuts
/// a new one.
async fn claim_slice(
    db: &mut Db,
    campaign: CampaignId,
    lease: &Lease,
    limit: i64,
) -> Result<Option<(Slice, i64)>> {
    let statement = claiming!(
        db,
        "UPDATE delivery_slices SET lease_owner = $2, lease_until = $3
         WHERE id = (SELECT id FROM delivery_slices
                     WHERE campaign_id = $1 AND lease_until < $4
                     ORDER BY lease_until LIMIT 1",
        ") RETURNING id, after_subscriber, up_to_subscriber"
    );
    let left: Option<Slice> = run!(db, c => sqlx::query_as(statement)
        .bind(campaign)
        .bind(lease.owner)
        .bind(lease.until)
        .bind(lease.taken_at)
        .fetch_optional(c))?;
    let Some(slice) = left else {
        return cut_slice(db, campaign, lease, limit).await;
    };
    let untried = run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM deliveries
         WHERE campaign_id = $1 AND subscriber_id > $2 AND subscriber_id <= $3
           AND state = 'queued'",
    )
    .bind(campaign)
    .bind(slice.after_subscriber)
    .bind(slice.up_to_subscriber)
    .fetch_one(c))?;
    Ok(Some((slice, untried)))
}

async fn cut_slice(
    db: &mut Db,
    campaign: CampaignId,
    lease: &Lease,
    limit: i64,
) -> Result<Option<(Slice, i64)>> {
    // Holds the campaign's row, so that no other worker cuts the same slice.
    let after: Option<i64> = run!(db, c => sqlx::query_scalar(
        "UPDATE campaigns SET claimed_up_to = claimed_up_to
         WHERE id = $1 AND state = 'sending' RETURNING claimed_up_to",
    )
    .bind(campaign)
    .fetch_optional(c))?;
    let Some(after) = after else { return Ok(None) };
    let (up_to, count): (Option<i64>, i64) = run!(db, c => sqlx::query_as(
        "SELECT MAX(subscriber_id), COUNT(*) FROM (
             SELECT subscriber_id FROM deliveries
             WHERE campaign_id = $1 AND subscriber_id > $2
             ORDER BY subscriber_id LIMIT $3) AS next",
    )
    .bind(campaign)
    .bind(after)
    .bind(limit)
    .fetch_one(c))?;
    let Some(up_to) = up_to else { return Ok(None) };
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET claimed_up_to = $2, claimed_count = claimed_count + $3
             WHERE id = $1",
        )
        .bind(campaign)
        .bind(up_to)
        .bind(count)
    )?;
    let slice = run!(db, c => sqlx::query_as(
        "INSERT INTO delivery_slices
             (campaign_id, after_subscriber, up_to_subscriber, lease_owner, lease_until)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id, after_subscriber, up_to_subscriber",
    )
    .bind(campaign)
    .bind(after)
    .bind(up_to)
    .bind(lease.owner)
    .bind(lease.until)
    .fetch_one(c))?;
    Ok(Some((slice, count)))
}

/// A claimed row as it comes from the database: `list` is missing where its
/// subscriber has left.
#[derive(sqlx::FromRow)]
struct Candidate {
    #[sqlx(flatten)]
    claimed: Claimed,
    is_wanted: bool,
}

/// The untried deliveries of a slice.
async fn in_slice(
    db: &mut Db,
    campaign: CampaignId,
    slice: Slice,
    now: Timestamp,
) -> Result<Found> {
    let found: Vec<Candidate> = run!(db, c => sqlx::query_as(concat!(
        "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                m.email, m.name, m.language, m.attributes, $4 AS slice,
                COALESCE((SELECT MIN(l.slug) FROM campaign_lists x
                          JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                               AND s.list_id = x.list_id AND s.state = 'confirmed'
                          JOIN lists l ON l.id = x.list_id
                          WHERE x.campaign_id = d.campaign_id), '') AS list,
                ",
 not_suppressed!(),
 "
                AND COALESCE(m.paused_until, 0) <= $5 AS is_wanted
         FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
         WHERE d.campaign_id = $1 AND d.subscriber_id > $2 AND d.subscriber_id <= $3
           AND d.state = 'queued'
         ORDER BY d.subscriber_id"),
    )
    .bind(campaign)
    .bind(slice.after_subscriber)
    .bind(slice.up_to_subscriber)
    .bind(slice.id)
    .bind(now)
    .fetch_all(c))?;
    Ok(sorted_out(found))
}

/// The deliveries of these rows.
async fn among(db: &mut Db, ids: &[i64], now: Timestamp) -> Result<Found> {
    let found: Vec<Candidate> = match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(concat!(
                "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                        m.email, m.name, m.language, m.attributes, NULL AS slice,
                        COALESCE((SELECT MIN(l.slug) FROM campaign_lists x
                                  JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                                       AND s.list_id = x.list_id AND s.state = 'confirmed'
                                  JOIN lists l ON l.id = x.list_id
                                  WHERE x.campaign_id = d.campaign_id), '') AS list,
                        ",
                not_suppressed!(),
                "
                        AND COALESCE(m.paused_until, 0) <= $2 AS is_wanted
                 FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
                 WHERE d.id IN (SELECT value FROM json_each($1)) ORDER BY d.id"
            ))
            .bind(Json(ids))
            .bind(now)
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_as(concat!(
                "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                        m.email, m.name, m.language, m.attributes, NULL::BIGINT AS slice,
                        COALESCE((SELECT MIN(l.slug) FROM campaign_lists x
                                  JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                                       AND s.list_id = x.list_id AND s.state = 'confirmed'
                                  JOIN lists l ON l.id = x.list_id
                                  WHERE x.campaign_id = d.campaign_id), '') AS list,
                        ",
                not_suppressed!(),
                "
                        AND COALESCE(m.paused_until, 0) <= $2 AS is_wanted
                 FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
                 WHERE d.id = ANY($1) ORDER BY d.id"
            ))
            .bind(ids)
            .bind(now)
            .fetch_all(c)
            .await?
        }
    };
    let is_erased = |id: &&i64| found.iter().all(|row| row.claimed.id.0 != **id);
    let erased: Vec<i64> = ids.iter().filter(is_erased).copied().collect();
    let mut found = sorted_out(found);
    found.gone.extend(erased);
    Ok(found)
}

fn sorted_out(candidates: Vec<Candidate>) -> Found {
    let mut found = Found::default();
    for row in candidates {
        match row.is_wanted && !row.claimed.list.is_empty() {
            true => found.wanted.push(row.claimed),
            false => found.gone.push(row.claimed.id.0),
        }
    }
    found
}

/// Ends deliveries whose recipients do not want them any more.
pub async fn skip(db: &mut Db, ids: &[i64], now: Timestamp) -> Result<()> {
    for id in ids {
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'skipped', reply = 'the recipient wants it no more',
                                   lease_owner = NULL, lease_until = NULL, changed_at = $2
             WHERE id = $1 AND state IN ('queued', 'deferred')",
            )
            .bind(id)
            .bind(now)
        )?;
    }
    Ok(())
}

/// Lets go of a slice: it ends where nothing of it is left to try, and is
/// anybody's otherwise.
pub async fn end_slice(db: &mut Db, id: i64, owner: Uuid) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM delivery_slices
             WHERE id = $1 AND lease_owner = $2 AND NOT EXISTS (
                 SELECT 1 FROM deliveries d
                 WHERE d.campaign_id = delivery_slices.campaign_id
                   AND d.subscriber_id > delivery_slices.after_subscriber
                   AND d.subscriber_id <= delivery_slices.up_to_subscriber
                   AND d.state = 'queued')",
        )
        .bind(id)
        .bind(owner)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE delivery_slices SET lease_owner = NULL, lease_until = 0
             WHERE id = $1 AND lease_owner = $2",
        )
        .bind(id)
        .bind(owner)
    )?;
    Ok(())
}

/// Renews the leases of the slices that the owner knows it has, and of what it has
/// on the wire. What was put off and claimed again is tried within a lease, or falls
/// to others.
pub async fn renew(db: &mut Db, lease: &Lease, slices: &[i64]) -> Result<()> {
    for slice in slices {
        execute!(
            db,
            sqlx::query(
                "UPDATE delivery_slices SET lease_until = $3
                 WHERE id = $1 AND lease_owner = $2",
            )
            .bind(slice)
            .bind(lease.owner)
            .bind(lease.until)
        )?;
    }
    let on_the_wire = claiming!(
        db,
        "UPDATE deliveries SET lease_until = $2 WHERE id IN (
             SELECT id FROM deliveries
             WHERE lease_until IS NOT NULL AND lease_owner = $1 AND state = 'sending'",
        ")"
    );
    execute!(
        db,
        sqlx::query(on_the_wire).bind(lease.owner).bind(lease.until)
    )?;
    Ok(())
}

/// Takes what workers left behind whose leases have ended: what had not begun
/// is free again, what may have been on the wire becomes `uncertain`. Tells how
/// many became so.
pub async fn recover(db: &mut Db, now: Timestamp) -> Result<u64> {
    let free = claiming!(
        db,
        "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL WHERE id IN (
             SELECT id FROM deliveries WHERE lease_until < $1 AND state = 'deferred'",
        ")"
    );
    let doubtful = claiming!(
        db,
        "UPDATE deliveries
         SET state = 'uncertain', lease_owner = NULL, lease_until = NULL,
             changed_at = $1, reply = $2
         WHERE id IN (
             SELECT id FROM deliveries WHERE lease_until < $1 AND state = 'sending'",
        ")"
    );
    execute!(db, sqlx::query(free).bind(now))?;
    execute!(db, sqlx::query(doubtful).bind(now).bind(LOST_ANSWER))
}
