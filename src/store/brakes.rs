//! Queries on what paused campaigns by itself, and on putting back what it
//! would have cost their recipients.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::feedback::Party;

/// Refusals that pause a campaign.
#[derive(Debug, Clone, Copy)]
pub struct NewBrake<'a> {
    /// Which campaign.
    pub campaign: CampaignId,
    /// What the replies have in common.
    pub key: &'a str,
    /// One of them.
    pub reply: &'a str,
    /// Whom it is about.
    pub party: Party,
    /// How many recipients were refused so.
    pub recipients: i64,
}

/// Refusals that paused a campaign, as its page shows them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Brake {
    /// What the replies have in common.
    pub reply_key: String,
    /// One of them.
    pub reply: String,
    /// Whom it is about.
    #[sqlx(try_from = "String")]
    pub party: Party,
    /// How many recipients were refused so by then.
    pub recipients: i64,
    /// When.
    #[sqlx(try_from = "i64")]
    pub at: Timestamp,
}

/// Notes a brake; `false` where these words have paused the campaign before.
pub async fn insert(db: &mut Db, brake: &NewBrake<'_>, now: Timestamp) -> Result<bool> {
    let inserted = execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_brakes (campaign_id, reply_key, reply, party, recipients, at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (campaign_id, reply_key) DO NOTHING",
        )
        .bind(brake.campaign.0)
        .bind(brake.key)
        .bind(brake.reply)
        .bind(brake.party.as_str())
        .bind(brake.recipients)
        .bind(now.millis())
    )?;
    Ok(inserted == 1)
}

/// What has paused a campaign so far, the last first.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Vec<Brake>> {
    run!(db, c => sqlx::query_as(
        "SELECT reply_key, reply, party, recipients, at FROM campaign_brakes
         WHERE campaign_id = $1 ORDER BY at DESC, reply_key",
    )
    .bind(id.0)
    .fetch_all(c))
}

/// Whether a refusal of a campaign at `at` belongs to what paused it: it was
/// refused before a person let the campaign go on, which is still paused by it
/// or was resumed since.
pub async fn holds(db: &mut Db, id: CampaignId, keys: [&str; 2], at: Timestamp) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_brakes b
                        JOIN campaigns k ON k.id = b.campaign_id
                        WHERE b.campaign_id = $1 AND b.reply_key IN ($2, $3)
                          AND (k.state = 'paused' AND b.at = k.updated_at OR b.at >= $4))",
    )
    .bind(id.0)
    .bind(keys[0])
    .bind(keys[1])
    .bind(at.millis())
    .fetch_one(c))
}

/// Lets a delivery that was refused be tried again when its campaign goes on;
/// tells whether it will be.
pub async fn put_back_delivery(db: &mut Db, id: i64, now: Timestamp) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', attempts = 0, first_attempt_at = NULL,
                               next_attempt_at = 0, changed_at = $2,
                               lease_owner = NULL, lease_until = NULL
             WHERE id = $1 AND state = 'failed'
               AND campaign_id IN (SELECT id FROM campaigns WHERE state IN ('sending', 'paused'))",
        )
        .bind(id)
        .bind(now.millis())
    )?;
    Ok(moved == 1)
}

/// Takes back what refusals of a campaign that are alike have cost their
/// recipients: suppressions are lifted, deliveries may be tried again. Tells how
/// many suppressions were lifted.
pub async fn put_back(db: &mut Db, id: CampaignId, key: &str, now: Timestamp) -> Result<u64> {
    let lifted = execute!(
        db,
        sqlx::query(
            "DELETE FROM suppressions
             WHERE campaign_id = $1 AND reason = 'hard_bounce'
               AND email_key IN (SELECT m.email_key FROM feedback_events e
                                 JOIN subscribers m ON m.id = e.subscriber_id
                                 WHERE e.campaign_id = $1 AND e.reply_key = $2)",
        )
        .bind(id.0)
        .bind(key)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', attempts = 0, first_attempt_at = NULL,
                               next_attempt_at = 0, changed_at = $3,
                               lease_owner = NULL, lease_until = NULL
             WHERE state = 'failed' AND campaign_id = $1
               AND id IN (SELECT e.delivery_id FROM feedback_events e
                          WHERE e.campaign_id = $1 AND e.source = 'relay'
                            AND (e.reply_key = $2
                                 OR $2 = '*' AND e.party NOT IN ('mailbox', 'domain')))
               AND campaign_id IN (SELECT id FROM campaigns WHERE state IN ('sending', 'paused'))",
        )
        .bind(id.0)
        .bind(key)
        .bind(now.millis())
    )?;
    // They are no bounces of these addresses.
    execute!(
        db,
        sqlx::query(
            "UPDATE feedback_events SET is_final = FALSE WHERE campaign_id = $1 AND reply_key = $2",
        )
        .bind(id.0)
        .bind(key)
    )?;
    Ok(lifted)
}
