//! Queries on whom a campaign goes to, and how its audience is frozen into the
//! ledger slice by slice.

use super::suppressions::not_suppressed;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// How a campaign's readers of one language would get it now.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Audience {
    /// The language's tag.
    pub language: String,
    /// Those who get it by itself.
    pub at_once: i64,
    /// Those for whom the weekly digest keeps it.
    pub weekly: i64,
    /// Those who have paused mail, and do not get it.
    pub paused: i64,
}

impl Audience {
    /// Those whom it reaches, by either way.
    pub fn reached(&self) -> i64 {
        self.at_once + self.weekly
    }
}

/// Counts a campaign's audience by language; `$1` is the campaign, `$2` the time. More
/// conditions on `m`, the subscriber, may follow.
macro_rules! audience_by_language {
    ($($condition:literal)?) => {
        concat!(
            "SELECT m.language,
                COUNT(CASE WHEN COALESCE(m.paused_until, 0) <= $2 AND m.frequency = 'each'
                           THEN 1 END) AS at_once,
                COUNT(CASE WHEN COALESCE(m.paused_until, 0) <= $2 AND m.frequency = 'weekly'
                           THEN 1 END) AS weekly,
                COUNT(CASE WHEN m.paused_until > $2 THEN 1 END) AS paused
         FROM subscribers m
         WHERE EXISTS (
                 SELECT 1 FROM subscriptions s
                 JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
                 WHERE s.subscriber_id = m.id AND s.state = 'confirmed')
           AND ",
            $crate::store::suppressions::not_suppressed!(),
            $($condition,)?
            "
         GROUP BY m.language ORDER BY m.language"
        )
    };
}
pub(super) use audience_by_language;

/// How many subscribers on a campaign's lists would get it now, by language.
pub async fn of_lists(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<Vec<Audience>> {
    run!(db, c => sqlx::query_as(audience_by_language!())
        .bind(id)
        .bind(now)
        .fetch_all(c))
}

/// How many confirmed subscriptions each list of a campaign has.
pub async fn audience_by_list(db: &mut Db, id: CampaignId) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT l.name, (SELECT COUNT(*) FROM subscriptions s
                         WHERE s.list_id = l.id AND s.state = 'confirmed')
         FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id = $1 ORDER BY l.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Takes the next `span` subscribers of a campaign that sends: those after the
/// first row and up to the second. `None` once its whole audience is frozen.
///
/// Slices by row number, not by count: each costs the same however many lists
/// there are, and the site goes on writing in between.
pub async fn take_slice(db: &mut Db, id: CampaignId, span: i64) -> Result<Option<(i64, i64)>> {
    let from: Option<i64> = run!(db, c => sqlx::query_scalar(
        "UPDATE campaigns SET frozen_up_to = frozen_up_to + $2
         WHERE id = $1 AND state = 'sending' AND NOT is_frozen
         RETURNING frozen_up_to - $2",
    )
    .bind(id)
    .bind(span)
    .fetch_optional(c))?;
    Ok(from.map(|from| (from, from + span)))
}

/// Adds what a slice came to; `true` once the whole audience is frozen.
pub async fn end_slice(db: &mut Db, id: CampaignId, made: u64, now: Timestamp) -> Result<bool> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns
         SET frozen_count = frozen_count + $2,
             is_frozen = frozen_up_to >= (SELECT COALESCE(MAX(id), 0) FROM subscribers),
             frozen_at = CASE
                 WHEN frozen_up_to >= (SELECT COALESCE(MAX(id), 0) FROM subscribers)
                 THEN CAST($3 AS BIGINT) END
         WHERE id = $1",
        )
        .bind(id)
        .bind(made as i64)
        .bind(now)
    )?;
    run!(db, c => sqlx::query_scalar("SELECT is_frozen FROM campaigns WHERE id = $1")
        .bind(id)
        .fetch_one(c))
}

/// Queues a campaign for its audience in the rows after the one and up to the
/// other, but for whom the digest keeps it, where it `keeps` it for anybody;
/// tells for how many.
pub async fn queue_slice(
    db: &mut Db,
    id: CampaignId,
    (from, to): (i64, i64),
    keeps: bool,
    now: Timestamp,
) -> Result<u64> {
    // Due since ever, not since now: a clock that is set back must not hold them.
    execute!(
        db,
        sqlx::query(concat!(
        "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
         SELECT DISTINCT CAST($1 AS BIGINT), s.subscriber_id, 'queued', 0, CAST($4 AS BIGINT)
         FROM subscriptions s
         JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
         JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.state = 'confirmed'
           AND s.subscriber_id > $2 AND s.subscriber_id <= $3
           AND (NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = $1 AND c.segment_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM segment_matches g
                           WHERE g.campaign_id = $1 AND g.subscriber_id = s.subscriber_id))
           AND ",
            not_suppressed!(),
            "
           AND (m.paused_until IS NULL OR m.paused_until <= $4)
           AND (NOT $5 OR s.subscriber_id NOT IN (
                    SELECT i.subscriber_id FROM weekly_digest_items i
                    WHERE i.campaign_id = $1 AND i.subscriber_id > $2 AND i.subscriber_id <= $3))
         ORDER BY s.subscriber_id
         ON CONFLICT (campaign_id, subscriber_id) DO NOTHING"))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .bind(keeps)
    )
}
