//! Queries on what of a campaign is still to be decided, and on ending or
//! repeating it.

use super::ab_tests::rest::open_rest;
use super::suppressions::not_suppressed;
use super::{Db, Result, claiming, delivery_claims, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delivery::SkipReason;

/// Whether any delivery is still to be decided by the worker, or an A/B test for the rest.
pub async fn has_open_deliveries(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        concat!("SELECT EXISTS (SELECT 1 FROM delivery_slices WHERE campaign_id = $1)
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE campaign_id = $1 AND state = 'queued' AND subscriber_id >
                              (SELECT claimed_up_to FROM campaigns WHERE id = $1))
             OR EXISTS (SELECT 1 FROM campaigns k WHERE k.id = $1 AND ", open_rest!(), ")
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE campaign_id = $1 AND state = 'deferred'
                          AND state NOT IN ('queued', 'sending', 'sent'))
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE lease_until IS NOT NULL AND +campaign_id = $1)"),
    )
    .bind(id)
    .fetch_one(c))
}

/// Holds a campaign's row until the transaction ends, so that nobody finishes it while a
/// recipient is added, and the other way round; its state.
pub async fn lock(db: &mut Db, id: CampaignId) -> Result<Option<CampaignState>> {
    run!(db, c => sqlx::query_scalar(
        "UPDATE campaigns SET claimed_count = claimed_count WHERE id = $1 RETURNING state",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Skips deliveries whose subscriber was erased before their turn came.
pub async fn skip_erased(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = $3,
                               lease_owner = NULL, lease_until = NULL, changed_at = $2
         WHERE campaign_id = $1 AND subscriber_id IS NULL AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(now)
        .bind(SkipReason::Erased.as_str())
    )?;
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET claimed_count = frozen_count WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// How far the open deliveries of a cancelled campaign are ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelProgress {
    /// Some were ended, and there may be more.
    Going,
    /// A worker is writing all that are left at this moment.
    Held,
    /// None is left.
    Done,
}

/// Ends up to `limit` deliveries that have not begun, when a campaign was cancelled.
///
/// What a worker is writing at this moment is left to the next call: a page of the
/// [ledger](super::ledger) would wait for rows of this call while this call waits for rows
/// of the page.
pub async fn skip_open_deliveries(
    db: &mut Db,
    id: CampaignId,
    limit: i64,
    now: Timestamp,
) -> Result<CancelProgress> {
    let claimed = claiming!(
        db,
        "UPDATE deliveries SET state = 'skipped', reply = $3, changed_at = $2
         WHERE id IN (SELECT d.id FROM delivery_slices z
                      JOIN deliveries d ON d.campaign_id = z.campaign_id
                           AND d.subscriber_id > z.after_subscriber
                           AND d.subscriber_id <= z.up_to_subscriber
                      WHERE z.campaign_id = $1 AND d.state = 'queued'",
        of "d",
        ") AND state = 'queued'"
    );
    let deferred = claiming!(
        db,
        "UPDATE deliveries SET state = 'skipped', reply = $4,
                               lease_owner = NULL, lease_until = NULL, changed_at = $2
         WHERE id IN (SELECT id FROM deliveries
                      WHERE campaign_id = $1 AND state = 'deferred'
                        AND state NOT IN ('queued', 'sending', 'sent') LIMIT $3",
        ")"
    );
    let reason = SkipReason::Cancelled.as_str();
    let mut ended = execute!(db, sqlx::query(claimed).bind(id).bind(now).bind(reason))?;
    end_slices(db, id).await?;
    ended += skip_unclaimed(db, id, limit, now).await?;
    ended += execute!(
        db,
        sqlx::query(deferred)
            .bind(id)
            .bind(now)
            .bind(limit)
            .bind(reason)
    )?;
    if ended > 0 {
        return Ok(CancelProgress::Going);
    }
    if has_claimed(db, id).await? {
        return Ok(CancelProgress::Held);
    }
    skip_erased(db, id, now).await?;
    Ok(CancelProgress::Done)
}

/// Drops the slices of a campaign in which nothing is left to try.
async fn end_slices(db: &mut Db, id: CampaignId) -> Result<()> {
    let statement = claiming!(
        db,
        "DELETE FROM delivery_slices WHERE id IN (
             SELECT z.id FROM delivery_slices z
             WHERE z.campaign_id = $1 AND NOT EXISTS (
                 SELECT 1 FROM deliveries d
                 WHERE d.campaign_id = z.campaign_id
                   AND d.subscriber_id > z.after_subscriber
                   AND d.subscriber_id <= z.up_to_subscriber
                   AND d.state = 'queued')",
        ")"
    );
    execute!(db, sqlx::query(statement).bind(id))?;
    Ok(())
}

/// Ends deliveries of a cancelled campaign that are in no slice: the next `limit`, of
/// which some may have ended before; returns how many it went through.
async fn skip_unclaimed(db: &mut Db, id: CampaignId, limit: i64, now: Timestamp) -> Result<u64> {
    let (up_to, count): (Option<i64>, i64) = run!(db, c => sqlx::query_as(
        "SELECT MAX(subscriber_id), COUNT(*) FROM (
             SELECT d.subscriber_id FROM deliveries d
             WHERE d.campaign_id = $1
               AND d.subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)
             ORDER BY d.subscriber_id LIMIT $2) AS next",
    )
    .bind(id)
    .bind(limit)
    .fetch_one(c))?;
    let Some(up_to) = up_to else { return Ok(0) };
    let skipped = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = $4, changed_at = $3
             WHERE campaign_id = $1 AND state = 'queued' AND subscriber_id <= $2
               AND subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)",
        )
        .bind(id)
        .bind(up_to)
        .bind(now)
        .bind(SkipReason::Cancelled.as_str())
    )?;
    delivery_claims::advance(db, id, up_to, skipped as i64).await?;
    Ok(count as u64)
}

/// Whether slices or deferred deliveries of a campaign are there.
async fn has_claimed(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM delivery_slices WHERE campaign_id = $1)
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE campaign_id = $1 AND state = 'deferred'
                          AND state NOT IN ('queued', 'sending', 'sent'))",
    )
    .bind(id)
    .fetch_one(c))
}

/// Cancelled campaigns with deliveries that [`skip_open_deliveries`] has yet to
/// end.
pub async fn cancelled_with_open_deliveries(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns k
         WHERE state = 'cancelled'
           AND (claimed_count < frozen_count
                OR EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = k.id)
                OR EXISTS (SELECT 1 FROM deliveries d
                           WHERE d.campaign_id = k.id AND d.state = 'deferred'
                             AND d.state NOT IN ('queued', 'sending', 'sent')))",
    )
    .fetch_all(c))
}

/// Campaigns that finished after `since` and have deliveries to try again all the same: a worker
/// told late of one that stood uncertain, and that does not keep a campaign from finishing.
pub async fn finished_with_deferred(db: &mut Db, since: Timestamp) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns k
         WHERE state = 'finished' AND finished_at > $1
           AND EXISTS (SELECT 1 FROM deliveries d
                       WHERE d.campaign_id = k.id AND d.state = 'deferred'
                         AND d.state NOT IN ('queued', 'sending', 'sent'))",
    )
    .bind(since)
    .fetch_all(c))
}

/// Lets what stands uncertain be sent again, at once; returns how many. Not what a
/// worker records at this moment: then it is known.
pub async fn requeue_uncertain(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<u64> {
    let statement = claiming!(
        db,
        "UPDATE deliveries SET state = 'deferred', next_attempt_at = 0, changed_at = $2,
                               lease_owner = NULL
         WHERE id IN (SELECT id FROM deliveries
                      WHERE campaign_id = $1 AND state = 'uncertain'
                        AND state NOT IN ('queued', 'sending', 'sent')",
        ")"
    );
    execute!(db, sqlx::query(statement).bind(id).bind(now))
}

/// Lets what was refused or came back be tried once more, where its recipient
/// still wants it and is not known to be out of reach; returns how many.
pub async fn requeue_unreached(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(concat!(
            "UPDATE deliveries SET state = 'deferred', attempts = 0, first_attempt_at = NULL,
                               next_attempt_at = 0, changed_at = $2
         WHERE campaign_id = $1 AND state IN ('failed', 'bounced')
           AND state NOT IN ('queued', 'sending', 'sent')
           AND EXISTS (SELECT 1 FROM campaign_lists x
                       JOIN subscriptions s ON s.list_id = x.list_id AND s.state = 'confirmed'
                       WHERE x.campaign_id = $1 AND s.subscriber_id = deliveries.subscriber_id)
           AND EXISTS (SELECT 1 FROM subscribers m WHERE m.id = deliveries.subscriber_id
                       AND ",
            not_suppressed!(),
            ")"
        ))
        .bind(id)
        .bind(now)
    )
}
