//! Queries that move a test from its start to its decision. Each takes only a test that is in the
//! state before: the second of two changes finds it moved.

use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbOutcome, AbVariant};
use crate::store::{Db, Result, execute, run};

/// Starts a planned test, whose clicks are counted by these lists and in so many parts.
pub async fn begin(
    db: &mut Db,
    id: CampaignId,
    click_lists: &str,
    click_parts: i64,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'testing', click_lists = $2, click_parts = $3,
                                 changed_at = $4
             WHERE campaign_id = $1 AND state = 'planned'",
        )
        .bind(id)
        .bind(click_lists)
        .bind(click_parts)
        .bind(now)
    )?;
    Ok(())
}

/// The campaigns whose tests may have come to their time: those being sent, and those whose whole
/// audience takes part once they were sent.
pub async fn running(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT t.campaign_id FROM ab_tests t JOIN campaigns k ON k.id = t.campaign_id
         WHERE t.state = 'testing'
           AND (k.state = 'sending' OR t.share = 100 AND k.state = 'finished')
         ORDER BY t.campaign_id",
    )
    .fetch_all(c))
}

/// Whether each email of a test was tried.
pub async fn is_tried(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT k.is_frozen
             AND NOT EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = k.id)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.campaign_id = k.id AND d.state = 'queued'
                               AND d.subscriber_id > k.claimed_up_to)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.campaign_id = k.id AND d.state = 'deferred'
                               AND d.state NOT IN ('queued', 'sending', 'sent')
                               AND d.attempts = 0)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.lease_until IS NOT NULL AND +d.campaign_id = k.id)
         FROM campaigns k WHERE k.id = $1",
    )
    .bind(id)
    .fetch_one(c))
}

/// Sets when a running test is decided; `false` where that is set.
pub async fn set_decide_at(db: &mut Db, id: CampaignId, at: Timestamp) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET decide_at = $2
             WHERE campaign_id = $1 AND state = 'testing' AND decide_at IS NULL",
        )
        .bind(id)
        .bind(at)
    )?;
    Ok(set == 1)
}

/// How a test was decided.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    pub winner: AbVariant,
    pub outcome: AbOutcome,
    pub by: &'a str,
    /// The numbers, as JSON.
    pub counts: &'a str,
}

/// Decides a test that is not decided; `false` where somebody else was first, or its campaign is
/// over.
pub async fn decide(
    db: &mut Db,
    id: CampaignId,
    decision: &Decision<'_>,
    now: Timestamp,
) -> Result<bool> {
    let decided = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'decided', winner = $2, outcome = $3, decided_by = $4,
                                 counts = $5, decided_at = $6, changed_at = $6
             WHERE campaign_id = $1 AND state IN ('testing', 'waiting')
               AND EXISTS (SELECT 1 FROM campaigns k WHERE k.id = $1
                           AND k.state IN ('sending', 'paused', 'finished'))",
        )
        .bind(id)
        .bind(decision.winner)
        .bind(decision.outcome)
        .bind(decision.by)
        .bind(decision.counts)
        .bind(now)
    )?;
    Ok(decided == 1)
}

/// Lets a running test wait for a person; `false` where it has moved.
pub async fn wait(
    db: &mut Db,
    id: CampaignId,
    outcome: AbOutcome,
    counts: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'waiting', outcome = $2, counts = $3, changed_at = $4
             WHERE campaign_id = $1 AND state = 'testing'",
        )
        .bind(id)
        .bind(outcome)
        .bind(counts)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Ends a test that has no winner.
pub async fn end(db: &mut Db, id: CampaignId, outcome: AbOutcome, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'ended', outcome = $2, decided_at = $3, changed_at = $3
             WHERE campaign_id = $1 AND state IN ('testing', 'waiting')",
        )
        .bind(id)
        .bind(outcome)
        .bind(now)
    )?;
    Ok(())
}
