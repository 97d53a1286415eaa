//! Queries on the weekly digest: its items, the campaigns that it includes, its recipients.
//!
//! When a campaign's audience is frozen, weekly subscribers get a row in
//! `weekly_digest_items` and all others a delivery. The digest of a week includes the
//! campaigns that no digest has included yet, and goes to everyone who has an item of
//! them. So each subscriber gets each campaign once, by one way only, whatever they change
//! in between.

use sqlx::types::Json;

use super::campaign_audience::Audience;
use super::connect::Connection;
use super::suppressions::not_suppressed;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, SubscriberId};

/// The attribute that names, in a digest's mail, the campaigns that are included for its
/// recipient.
pub const ATTRIBUTE: &str = "_weekly";

/// Adds an item for each weekly subscriber of a campaign's audience in the rows after `from`
/// up to `to`; returns how many.
///
/// The freeze of deliveries reads these items, and not the frequency again, which may have
/// changed in between.
pub async fn keep_slice(
    db: &mut Db,
    id: CampaignId,
    from: i64,
    to: i64,
    now: Timestamp,
) -> Result<u64> {
    // Without weekly subscribers, this reads an empty index.
    let is_any: bool = run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM subscribers
                        WHERE frequency = 'weekly' AND id > $1 AND id <= $2)",
    )
    .bind(from)
    .bind(to)
    .fetch_one(c))?;
    if !is_any {
        return Ok(0);
    }
    let kept = execute!(
        db,
        sqlx::query(concat!(
            "INSERT INTO weekly_digest_items (subscriber_id, campaign_id)
         SELECT m.id, CAST($1 AS BIGINT) FROM subscribers m
         WHERE m.frequency = 'weekly' AND m.id > $2 AND m.id <= $3
           AND (m.paused_until IS NULL OR m.paused_until <= $4)
           AND EXISTS (SELECT 1 FROM campaign_lists x
                       JOIN subscriptions s ON s.list_id = x.list_id
                            AND s.subscriber_id = m.id AND s.state = 'confirmed'
                       WHERE x.campaign_id = $1)
           AND (NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = $1 AND c.segment_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM segment_matches g
                           WHERE g.campaign_id = $1 AND g.subscriber_id = m.id))
           AND ",
            not_suppressed!(),
            "
         ON CONFLICT (subscriber_id, campaign_id) DO NOTHING"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET weekly_reader_count = weekly_reader_count + $2 WHERE id = $1"
        )
        .bind(id)
        .bind(kept as i64)
    )?;
    Ok(kept)
}

/// The recipients `m` of the digest `$1` at the time `$2`, once for each of their items `i`.
/// `CROSS JOIN` makes SQLite begin with the campaigns of the week and not with all subscribers.
macro_rules! recipients {
    () => {
        concat!(
            "FROM weekly_digests w
             CROSS JOIN campaigns k
             CROSS JOIN weekly_digest_items i
             CROSS JOIN subscribers m
             WHERE w.campaign_id = $1 AND k.digest_week = w.week AND i.campaign_id = k.id
               AND m.id = i.subscriber_id
               AND (m.paused_until IS NULL OR m.paused_until <= $2)
               AND EXISTS (SELECT 1 FROM campaign_lists x
                           JOIN subscriptions s ON s.list_id = x.list_id
                                AND s.subscriber_id = i.subscriber_id AND s.state = 'confirmed'
                           WHERE x.campaign_id = i.campaign_id)
               AND ",
            not_suppressed!()
        )
    };
}

/// Adds deliveries of a digest to its recipients in the rows after `from` up to `to`; returns
/// how many.
pub async fn freeze_slice(
    db: &mut Db,
    id: CampaignId,
    from: i64,
    to: i64,
    now: Timestamp,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(concat!(
            "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
         SELECT DISTINCT CAST($1 AS BIGINT), i.subscriber_id, 'queued', 0, CAST($2 AS BIGINT)
         ",
            recipients!(),
            " AND i.subscriber_id > $3 AND i.subscriber_id <= $4
         ORDER BY i.subscriber_id
         ON CONFLICT (campaign_id, subscriber_id) DO NOTHING"))
        .bind(id)
        .bind(now)
        .bind(from)
        .bind(to)
    )
}

/// How many would get a digest now, by language.
pub async fn audience(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<Vec<Audience>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT language, COUNT(*) AS at_once, CAST(0 AS BIGINT) AS weekly,
                CAST(0 AS BIGINT) AS paused
         FROM (SELECT DISTINCT m.id, m.language ", recipients!(), ") AS recipients
         GROUP BY language ORDER BY language",
    ))
    .bind(id)
    .bind(now)
    .fetch_all(c))
}

/// Whether anybody would get a digest now.
pub async fn has_audience(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(concat!("SELECT EXISTS (SELECT 1 ", recipients!(), ")"))
        .bind(id)
        .bind(now)
        .fetch_one(c))
}

/// The week whose digest a campaign is; `None` where it is none.
pub async fn week_of(db: &mut Db, campaign: CampaignId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar("SELECT week FROM weekly_digests WHERE campaign_id = $1")
        .bind(campaign)
        .fetch_optional(c))
}

/// The items of a week's digest for these readers: reader and campaign.
pub async fn items_of(
    db: &mut Db,
    week: &str,
    readers: &[SubscriberId],
) -> Result<Vec<(SubscriberId, i64)>> {
    macro_rules! items {
        ($of_readers:literal) => {
            concat!(
                "SELECT i.subscriber_id, i.campaign_id
                 FROM weekly_digest_items i
                 JOIN campaigns k ON k.id = i.campaign_id AND k.digest_week = $1
                 WHERE i.subscriber_id ",
                $of_readers,
                " AND EXISTS (SELECT 1 FROM campaign_lists x
                              JOIN subscriptions s ON s.list_id = x.list_id
                                   AND s.subscriber_id = i.subscriber_id
                                   AND s.state = 'confirmed'
                              WHERE x.campaign_id = i.campaign_id)
                 ORDER BY i.subscriber_id, i.campaign_id"
            )
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(items!("IN (SELECT value FROM json_each($2))"))
                .bind(week)
                .bind(Json(readers))
                .fetch_all(c)
                .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_as(items!("= ANY($2)"))
                .bind(week)
                .bind(readers)
                .fetch_all(c)
                .await?
        }
    })
}

/// Requeues the digests to a subscriber that have not begun, leased ones too, so that they
/// are written from what holds now.
pub async fn requeue(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', lease_owner = NULL, lease_until = NULL,
                                   changed_at = $2
             WHERE subscriber_id = $1 AND state IN ('queued', 'deferred')
               AND campaign_id IN (SELECT campaign_id FROM weekly_digests)",
        )
        .bind(subscriber)
        .bind(now)
    )?;
    Ok(())
}

/// Claims a week: `true` for one caller only, ever.
pub async fn claim_week(db: &mut Db, week: &str, now: Timestamp) -> Result<bool> {
    let taken = execute!(
        db,
        sqlx::query(
            "INSERT INTO weekly_digests (week, created_at) VALUES ($1, $2)
             ON CONFLICT (week) DO NOTHING",
        )
        .bind(week)
        .bind(now)
    )?;
    Ok(taken == 1)
}

/// Whether a week was claimed.
pub async fn is_taken(db: &mut Db, week: &str) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM weekly_digests WHERE week = $1)",
    )
    .bind(week)
    .fetch_one(c))
}

/// Includes in the digest of a week every campaign whose items are complete and that no
/// digest has included; returns how many. A paused campaign waits for a later week, a
/// cancelled one is never included.
pub async fn collect(db: &mut Db, week: &str) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET digest_week = $1
             WHERE weekly_reader_count > 0 AND digest_week IS NULL AND is_frozen
               AND state IN ('sending', 'finished')",
        )
        .bind(week)
    )
}

/// Makes a campaign the digest of a week, to the lists of all that it includes.
pub async fn set_campaign(db: &mut Db, week: &str, id: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE weekly_digests SET campaign_id = $2 WHERE week = $1")
            .bind(week)
            .bind(id)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_lists (campaign_id, list_id)
             SELECT DISTINCT CAST($2 AS BIGINT), x.list_id FROM campaigns k
             JOIN campaign_lists x ON x.campaign_id = k.id
             WHERE k.digest_week = $1",
        )
        .bind(week)
        .bind(id)
    )?;
    Ok(())
}

/// Whether a campaign is kept for a subscriber's digest, included or not.
pub async fn is_kept(db: &mut Db, campaign: CampaignId, subscriber: SubscriberId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM weekly_digest_items
                        WHERE subscriber_id = $1 AND campaign_id = $2)",
    )
    .bind(subscriber)
    .bind(campaign)
    .fetch_one(c))
}

/// How many campaigns of a week were kept for a subscriber, from whatever lists.
pub async fn kept_count(db: &mut Db, week: &str, subscriber: SubscriberId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM weekly_digest_items i
         JOIN campaigns k ON k.id = i.campaign_id AND k.digest_week = $2
         WHERE i.subscriber_id = $1",
    )
    .bind(subscriber)
    .bind(week)
    .fetch_one(c))
}

/// The campaigns that a digest includes, in the order in which they started.
pub async fn included(db: &mut Db, id: CampaignId) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT k.id FROM campaigns k
         JOIN weekly_digests w ON w.week = k.digest_week
         WHERE w.campaign_id = $1 ORDER BY k.started_at, k.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// The digest that includes a campaign, once there is one.
pub async fn digest_of(db: &mut Db, id: CampaignId) -> Result<Option<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT w.campaign_id FROM campaigns k
         JOIN weekly_digests w ON w.week = k.digest_week
         WHERE k.id = $1 AND w.campaign_id IS NOT NULL",
    )
    .bind(id)
    .fetch_optional(c))
}
