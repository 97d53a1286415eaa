//! Queries on what of a campaign is still to be decided, and on ending or
//! repeating it.

use super::ab_tests::rest::open_rest;
use super::suppressions::not_suppressed;
use super::{Db, Result, execute, run};
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

/// Ends up to `limit` deliveries that have not begun, when a campaign was
/// cancelled; `true` once none is left.
pub async fn skip_open_deliveries(
    db: &mut Db,
    id: CampaignId,
    limit: i64,
    now: Timestamp,
) -> Result<bool> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = $3, changed_at = $2
         WHERE id IN (SELECT d.id FROM delivery_slices z
                      JOIN deliveries d ON d.campaign_id = z.campaign_id
                           AND d.subscriber_id > z.after_subscriber
                           AND d.subscriber_id <= z.up_to_subscriber
                      WHERE z.campaign_id = $1 AND d.state = 'queued')
           AND state = 'queued'",
        )
        .bind(id)
        .bind(now)
        .bind(SkipReason::Cancelled.as_str())
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM delivery_slices WHERE campaign_id = $1").bind(id)
    )?;
    let up_to: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT MAX(subscriber_id) FROM (
             SELECT d.subscriber_id FROM deliveries d
             WHERE d.campaign_id = $1
               AND d.subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)
             ORDER BY d.subscriber_id LIMIT $2) AS next",
    )
    .bind(id)
    .bind(limit)
    .fetch_one(c))?;
    if let Some(up_to) = up_to {
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
        execute!(
            db,
            sqlx::query(
                "UPDATE campaigns SET claimed_up_to = $2, claimed_count = claimed_count + $3
                 WHERE id = $1",
            )
            .bind(id)
            .bind(up_to)
            .bind(skipped as i64)
        )?;
    }
    let put_off = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = $4,
                               lease_owner = NULL, lease_until = NULL, changed_at = $2
         WHERE id IN (SELECT id FROM deliveries
                      WHERE campaign_id = $1 AND state = 'deferred'
                        AND state NOT IN ('queued', 'sending', 'sent') LIMIT $3)",
        )
        .bind(id)
        .bind(now)
        .bind(limit)
        .bind(SkipReason::Cancelled.as_str())
    )?;
    let is_done = up_to.is_none() && put_off == 0;
    if is_done {
        skip_erased(db, id, now).await?;
    }
    Ok(is_done)
}

/// Cancelled campaigns with deliveries that [`skip_open_deliveries`] has yet to
/// end.
pub async fn cancelled_with_open_deliveries(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns k
         WHERE state = 'cancelled'
           AND (claimed_count < frozen_count
                OR EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = k.id))",
    )
    .fetch_all(c))
}

/// Lets what stands uncertain be sent again, at once; returns how many.
pub async fn requeue_uncertain(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', next_attempt_at = 0, changed_at = $2,
                               lease_owner = NULL
         WHERE campaign_id = $1 AND state = 'uncertain'",
        )
        .bind(id)
        .bind(now)
    )
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
