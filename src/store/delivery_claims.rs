//! Queries of the delivery ledger: claim, renew, recover.
//!
//! What is sent for the first time is claimed by the slice: a range of
//! subscribers with a lease, whose rows are not touched. What was deferred comes
//! back row by row, each with a lease of its own. From there the way is the
//! same, in the [ledger](super::ledger)'s batches: begun (`sending`, durable
//! before the end of the message is on the wire, with a lease on the row) →
//! recorded (the relay's reply). What a crash leaves behind is found by its
//! ended lease: slices by the next [`claim`], rows by [`recover`].

use uuid::Uuid;

use super::{Db, Result, claiming, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::lease::Lease;

const LOST_ANSWER: &str = "the worker stopped before the relay's answer was recorded";

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
    /// Deferred rows that are due.
    pub(super) due: Vec<i64>,
    pub(super) slice: Option<Slice>,
    untried: i64,
}

impl Claim {
    /// How many deliveries it took.
    pub fn count(&self) -> i64 {
        self.due.len() as i64 + self.untried
    }

    /// The deferred rows that it took.
    pub fn due(&self) -> &[i64] {
        &self.due
    }

    /// The row of its slice, which must be [ended](end_slice) some time.
    pub fn slice(&self) -> Option<i64> {
        self.slice.map(|slice| slice.id)
    }
}

/// Leases up to `limit` deliveries of a campaign: what was
/// deferred and is due, and a slice of what was never tried. Quick, since others
/// wait to write meanwhile; [`of_claim`](super::deliveries::of_claim) reads what was taken.
pub async fn claim(db: &mut Db, campaign: CampaignId, lease: &Lease, limit: i64) -> Result<Claim> {
    let due = claim_due(db, campaign, lease, limit).await?;
    let room = limit - due.len() as i64;
    let (slice, untried) = match room {
        // Who holds the campaign's row may be waiting for a row of `due`.
        1.. => claim_slice(db, campaign, lease, room, due.is_empty())
            .await?
            .unzip(),
        _ => (None, None),
    };
    Ok(Claim {
        due,
        slice,
        untried: untried.unwrap_or(0),
    })
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
/// a new one: none where another has the campaign's row and it `may_wait` for none.
async fn claim_slice(
    db: &mut Db,
    campaign: CampaignId,
    lease: &Lease,
    limit: i64,
    may_wait: bool,
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
        return cut_slice(db, campaign, lease, limit, may_wait).await;
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

/// The end and the size of the next slice, of the rows for which a condition holds.
macro_rules! next {
    ($which:literal) => {
        concat!(
            "SELECT MAX(subscriber_id), COUNT(*) FROM (
                 SELECT subscriber_id FROM deliveries
                 WHERE campaign_id = $1 AND subscriber_id > $2 ",
            $which,
            " ORDER BY subscriber_id LIMIT $3) AS next"
        )
    };
}

async fn cut_slice(
    db: &mut Db,
    campaign: CampaignId,
    lease: &Lease,
    limit: i64,
    may_wait: bool,
) -> Result<Option<(Slice, i64)>> {
    // Holds the campaign's row, so that no other worker cuts the same slice.
    let statement = if may_wait {
        "UPDATE campaigns SET claimed_up_to = claimed_up_to
         WHERE id = $1 AND state = 'sending' RETURNING claimed_up_to, sends_rest"
    } else {
        claiming!(
            db,
            "UPDATE campaigns SET claimed_up_to = claimed_up_to
             WHERE id = (SELECT id FROM campaigns WHERE id = $1 AND state = 'sending'",
            ") RETURNING claimed_up_to, sends_rest"
        )
    };
    let held: Option<(i64, bool)> =
        run!(db, c => sqlx::query_as(statement).bind(campaign).fetch_optional(c))?;
    let Some((after, sends_rest)) = held else {
        return Ok(None);
    };
    let statement = if sends_rest {
        // Those of the test were claimed before.
        next!("AND test_list_id IS NULL")
    } else {
        next!("")
    };
    let (up_to, count): (Option<i64>, i64) = run!(db, c => sqlx::query_as(statement)
        .bind(campaign)
        .bind(after)
        .bind(limit)
        .fetch_one(c))?;
    let Some(up_to) = up_to else { return Ok(None) };
    advance(db, campaign, up_to, count).await?;
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

/// Notes up to which subscriber a campaign's deliveries are claimed or ended, and how many
/// more of them are.
pub(super) async fn advance(
    db: &mut Db,
    campaign: CampaignId,
    up_to: i64,
    count: i64,
) -> Result<()> {
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
/// on the wire. What was deferred and claimed again is tried within a lease, or falls
/// to others.
pub async fn renew(db: &mut Db, lease: &Lease, slices: &[i64]) -> Result<()> {
    let held = claiming!(
        db,
        "UPDATE delivery_slices SET lease_until = $3
         WHERE id = (SELECT id FROM delivery_slices WHERE id = $1 AND lease_owner = $2",
        ")"
    );
    for slice in slices {
        execute!(
            db,
            sqlx::query(held)
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

/// Recovers what workers left behind whose leases have ended: what had not begun
/// is free again, what may have been on the wire becomes `uncertain`. Returns how
/// many became so.
///
/// Who began it stays noted: a worker that lives after all, by a clock that is behind, may
/// still tell the outcome, and nobody else.
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
         SET state = 'uncertain', lease_until = NULL, changed_at = $1, reply = $2
         WHERE id IN (
             SELECT id FROM deliveries WHERE lease_until < $1 AND state = 'sending'",
        ")"
    );
    execute!(db, sqlx::query(free).bind(now))?;
    execute!(db, sqlx::query(doubtful).bind(now).bind(LOST_ANSWER))
}
