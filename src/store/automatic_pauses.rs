//! Queries on automatic pauses of campaigns, and on undoing what they
//! cost their recipients.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::feedback::{Decision, Party, Verdict};
use crate::model::subscription::{SuppressionReason, SuppressionSource};

/// Rejections that pause a campaign.
#[derive(Debug, Clone, Copy)]
pub struct NewAutomaticPause<'a> {
    /// Which campaign.
    pub campaign: CampaignId,
    /// What the replies have in common.
    pub key: &'a str,
    /// One of them.
    pub reply: &'a str,
    /// Whom it is about.
    pub party: Party,
    /// How many recipients were rejected so.
    pub recipients: i64,
}

/// Rejections that paused a campaign, as its page shows them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AutomaticPause {
    /// What the replies have in common.
    pub reply_key: String,
    /// One of them.
    pub reply: String,
    /// Whom it is about.
    pub party: Party,
    /// How many recipients were rejected so by then.
    pub recipients: i64,
    /// When.
    pub at: Timestamp,
    /// What a person decided, if anything.
    pub decision: Option<Decision>,
    /// Of how many recipients a decision is: those whose rejection was written
    /// down by then.
    pub known: i64,
    /// How many of them were suppressed for it before the campaign was paused.
    pub suppressed: i64,
}

/// Stores a pause; `false` where these replies have paused the campaign before.
pub async fn insert(db: &mut Db, new: &NewAutomaticPause<'_>, now: Timestamp) -> Result<bool> {
    let inserted = execute!(
        db,
        sqlx::query(
            "INSERT INTO automatic_pauses (campaign_id, reply_key, reply, party, recipients, at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (campaign_id, reply_key) DO NOTHING",
        )
        .bind(new.campaign)
        .bind(new.key)
        .bind(new.reply)
        .bind(new.party)
        .bind(new.recipients)
        .bind(now)
    )?;
    Ok(inserted == 1)
}

/// What has paused a campaign so far, the last first.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Vec<AutomaticPause>> {
    run!(db, c => sqlx::query_as(
        "SELECT b.reply_key, b.reply, b.party, b.recipients, b.at, b.decision,
                COUNT(r.subscriber_id) AS known,
                COALESCE(SUM(CASE WHEN r.was_suppressed THEN 1 ELSE 0 END), 0) AS suppressed
         FROM automatic_pauses b
         LEFT JOIN automatic_pause_recipients r
                ON r.campaign_id = b.campaign_id AND r.reply_key = b.reply_key
         WHERE b.campaign_id = $1
         GROUP BY b.reply_key, b.reply, b.party, b.recipients, b.at, b.decision
         ORDER BY b.at DESC, b.reply_key",
    )
    .bind(id)
    .fetch_all(c))
}

/// Notes a person's decision; `false` where nothing was rejected with this key.
pub async fn decide(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    decision: Decision,
    now: Timestamp,
) -> Result<bool> {
    let decided = execute!(
        db,
        sqlx::query(
            "UPDATE automatic_pauses SET decision = $3, decided_at = $4
             WHERE campaign_id = $1 AND reply_key = $2",
        )
        .bind(id)
        .bind(key)
        .bind(decision)
        .bind(now)
    )?;
    Ok(decided == 1)
}

/// Records the recipients of rejections: those of an event with these words, and those of
/// `deliveries`. Recipients who are suppressed for it are marked.
pub async fn remember(db: &mut Db, id: CampaignId, key: &str, deliveries: &[i64]) -> Result<()> {
    macro_rules! insert {
        ($whom:literal) => {
            concat!(
                "INSERT INTO automatic_pause_recipients
                     (campaign_id, reply_key, subscriber_id, was_suppressed)
                 SELECT $1, $2, m.id,
                        EXISTS (SELECT 1 FROM suppressions p
                                WHERE p.email_key = m.email_key AND p.campaign_id = $1
                                  AND p.reason = 'hard_bounce')
                 FROM subscribers m WHERE m.id IN (",
                $whom,
                ") ON CONFLICT (campaign_id, reply_key, subscriber_id) DO NOTHING"
            )
        };
    }
    const OF_EVENTS: &str = insert!(
        "SELECT e.subscriber_id FROM feedback_events e
         WHERE e.campaign_id = $1 AND e.reply_key = $2"
    );
    const OF_DELIVERY: &str =
        insert!("SELECT d.subscriber_id FROM deliveries d WHERE d.id = $3 AND d.campaign_id = $1");
    execute!(db, sqlx::query(OF_EVENTS).bind(id).bind(key))?;
    for delivery in deliveries {
        execute!(
            db,
            sqlx::query(OF_DELIVERY).bind(id).bind(key).bind(*delivery)
        )?;
    }
    Ok(())
}

/// Rejections that paused a campaign, for one that arrives later.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PausedBy {
    /// What the replies have in common.
    pub reply_key: String,
    /// One of them.
    pub reply: String,
    /// What a person decided, if anything.
    pub decision: Option<Decision>,
}

/// The rejections with one of these keys that paused a campaign before a message
/// that was begun at `begun` was rejected: it is still paused by them, or was
/// resumed since. Without `begun`, any that paused it.
pub async fn paused_by(
    db: &mut Db,
    id: CampaignId,
    keys: [&str; 2],
    begun: Option<Timestamp>,
) -> Result<Option<PausedBy>> {
    run!(db, c => sqlx::query_as(
        "SELECT b.reply_key, b.reply, b.decision FROM automatic_pauses b
         JOIN campaigns k ON k.id = b.campaign_id
         WHERE b.campaign_id = $1 AND b.reply_key IN ($2, $3)
           AND (k.state = 'paused' AND b.at = k.updated_at OR b.at >= $4)
         ORDER BY CASE WHEN b.reply_key = $2 THEN 0 ELSE 1 END LIMIT 1",
    )
    .bind(id)
    .bind(keys[0])
    .bind(keys[1])
    .bind(begun.unwrap_or_default())
    .fetch_optional(c))
}

/// Lets a delivery that was rejected be tried again when its campaign goes on;
/// returns whether it will be.
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
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Lifts the suppressions that a campaign caused for those whom [`remember`] noted;
/// gives their number.
pub async fn lift_suppressions(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    reason: SuppressionReason,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM suppressions
             WHERE campaign_id = $1 AND reason = $3
               AND email_key IN (SELECT m.email_key FROM automatic_pause_recipients r
                                 JOIN subscribers m ON m.id = r.subscriber_id
                                 WHERE r.campaign_id = $1 AND r.reply_key = $2)",
        )
        .bind(id)
        .bind(key)
        .bind(reason)
    )
}

/// Suppresses those whom [`remember`] noted; gives the number of suppressions added.
pub async fn add_suppressions(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    reason: SuppressionReason,
    note: &str,
    now: Timestamp,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO suppressions (email_key, reason, note, source, campaign_id, created_at)
             SELECT m.email_key, $3, $4, $5, $1, $6
             FROM automatic_pause_recipients r JOIN subscribers m ON m.id = r.subscriber_id
             WHERE r.campaign_id = $1 AND r.reply_key = $2
             ON CONFLICT (email_key, reason) DO NOTHING",
        )
        .bind(id)
        .bind(key)
        .bind(reason)
        .bind(note)
        .bind(SuppressionSource::Admin)
        .bind(now)
    )
}

/// Lets the failed deliveries of an open campaign be tried again: to those whom
/// [`remember`] noted, and those that the relay rejected with the key, or about any of
/// `parties`.
pub async fn retry_deliveries(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    parties: &[Party],
    now: Timestamp,
) -> Result<()> {
    let parties: Vec<&str> = parties.iter().map(|party| party.as_str()).collect();
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', attempts = 0, first_attempt_at = NULL,
                               next_attempt_at = 0, changed_at = $3,
                               lease_owner = NULL, lease_until = NULL
             WHERE state = 'failed' AND campaign_id = $1
               AND (id IN (SELECT e.delivery_id FROM feedback_events e
                           WHERE e.campaign_id = $1 AND e.source = 'relay'
                             AND (e.reply_key = $2 OR $4 LIKE '% ' || e.party || ' %'))
                    OR subscriber_id IN (SELECT r.subscriber_id FROM automatic_pause_recipients r
                                         WHERE r.campaign_id = $1 AND r.reply_key = $2))
               AND campaign_id IN (SELECT id FROM campaigns WHERE state IN ('sending', 'paused'))",
        )
        .bind(id)
        .bind(key)
        .bind(now)
        .bind(format!(" {} ", parties.join(" ")))
    )?;
    Ok(())
}

/// Ends the deferred deliveries to those whom [`remember`] noted.
pub async fn fail_deliveries(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    reply: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'failed', reply = $3, changed_at = $4,
                               lease_owner = NULL, lease_until = NULL
             WHERE state = 'deferred' AND campaign_id = $1
               AND subscriber_id IN (SELECT r.subscriber_id FROM automatic_pause_recipients r
                                     WHERE r.campaign_id = $1 AND r.reply_key = $2)",
        )
        .bind(id)
        .bind(key)
        .bind(reply)
        .bind(now)
    )?;
    Ok(())
}

/// Sets whether the events with a key count as bounces of their addresses: of one
/// verdict, or of all.
pub async fn set_final(
    db: &mut Db,
    id: CampaignId,
    key: &str,
    verdict: Option<Verdict>,
    is_final: bool,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE feedback_events SET is_final = $4
             WHERE campaign_id = $1 AND reply_key = $2 AND ($3 = '' OR verdict = $3)",
        )
        .bind(id)
        .bind(key)
        .bind(verdict.map_or("", |verdict| verdict.as_str()))
        .bind(is_final)
    )?;
    Ok(())
}
