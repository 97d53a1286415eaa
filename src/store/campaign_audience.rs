//! Queries on whom a campaign goes to, and how its audience is frozen into the
//! ledger slice by slice.

use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::ab_test::AbVariant;
use crate::model::{CampaignId, ListId, SubscriberId};

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

/// Which part of a campaign's audience is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    /// Those who were on its lists when it started, and for whom nothing is in the ledger.
    Rest,
}

impl Part {
    /// What holds of `m`, the subscriber, as a further condition.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Rest => {
                " AND NOT EXISTS (SELECT 1 FROM deliveries d
                                  WHERE d.campaign_id = $1 AND d.subscriber_id = m.id)
                  AND EXISTS (SELECT 1 FROM subscriptions r
                              JOIN campaign_lists y ON y.list_id = r.list_id
                                   AND y.campaign_id = $1
                              WHERE r.subscriber_id = m.id AND r.state = 'confirmed'
                                AND r.changed_at <= (SELECT k.started_at FROM campaigns k
                                                     WHERE k.id = $1))"
            }
        }
    }
}

/// How many subscribers on a campaign's lists would get it now, by language.
pub async fn of_lists(
    db: &mut Db,
    id: CampaignId,
    part: Part,
    now: Timestamp,
) -> Result<Vec<Audience>> {
    let sql = AssertSqlSafe(format!(audience_by_language!("{}"), part.condition()));
    run!(db, c => sqlx::query_as(sql)
        .bind(id)
        .bind(now)
        .fetch_all(c))
}

/// How many confirmed subscriptions each list of a campaign has.
pub async fn audience_by_list(db: &mut Db, id: CampaignId) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT l.name, (SELECT CAST(COALESCE(SUM(k.number), 0) AS BIGINT) FROM kept_counts k
                         WHERE k.what = 'subscriptions' AND k.list_id = l.id
                           AND k.key = 'confirmed')
         FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id = $1 ORDER BY l.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// How many confirmed subscribers count by each list of a campaign: the first of those that they are on.
pub async fn by_first_list(db: &mut Db, id: CampaignId) -> Result<Vec<(i64, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT list_id, COUNT(*) FROM (
             SELECT MIN(s.list_id) AS list_id FROM subscriptions s
             JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
             WHERE s.state = 'confirmed' GROUP BY s.subscriber_id) AS firsts
         GROUP BY list_id ORDER BY list_id",
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

/// Whom a slice of the audience reaches at once; `$1` is the campaign, `$2` and `$3` the rows, `$4`
/// the time, `$5` whether the digest keeps it for anybody. More conditions may follow.
macro_rules! reached {
    ($($condition:literal)?) => {
        concat!(
            "
         FROM subscriptions s
         JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
         JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.state = 'confirmed'
           AND s.subscriber_id > $2 AND s.subscriber_id <= $3
           AND (NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = $1 AND c.segment_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM segment_matches g
                           WHERE g.campaign_id = $1 AND g.subscriber_id = s.subscriber_id))
           AND ",
            $crate::store::suppressions::not_suppressed!(),
            "
           AND (m.paused_until IS NULL OR m.paused_until <= $4)
           AND (NOT $5 OR s.subscriber_id NOT IN (
                    SELECT i.subscriber_id FROM weekly_digest_items i
                    WHERE i.campaign_id = $1 AND i.subscriber_id > $2 AND i.subscriber_id <= $3))",
            $($condition,)?
        )
    };
}

/// Queues those whom a slice reaches, for whom more conditions may hold.
macro_rules! queue {
    ($variant:literal $(, $condition:literal)?) => {
        concat!(
            "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at,
                                     variant)
             SELECT DISTINCT CAST($1 AS BIGINT), s.subscriber_id, 'queued', 0, CAST($4 AS BIGINT), ",
            $variant,
            reached!($($condition)?),
            "
             ORDER BY s.subscriber_id
             ON CONFLICT (campaign_id, subscriber_id) DO NOTHING"
        )
    };
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
        sqlx::query(queue!("CAST(NULL AS TEXT)"))
            .bind(id)
            .bind(from)
            .bind(to)
            .bind(now)
            .bind(keeps)
    )
}

/// Queues a variant of a campaign for those whom its A/B test has left out, and who were on its
/// lists when it started; tells for how many. Weekly readers, where it `keeps` it for the digest,
/// had it kept when it started.
pub async fn queue_rest(
    db: &mut Db,
    id: CampaignId,
    (from, to): (i64, i64),
    keeps: bool,
    variant: Option<AbVariant>,
    now: Timestamp,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(queue!(
            "CAST($6 AS TEXT)",
            " AND (NOT $5 OR m.frequency <> 'weekly')
              AND s.changed_at <= (SELECT k.started_at FROM campaigns k WHERE k.id = $1)"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .bind(keeps)
        .bind(variant)
    )
}

/// Those whom a slice reaches, each with the first of their lists.
pub async fn reached_by_slice(
    db: &mut Db,
    id: CampaignId,
    (from, to): (i64, i64),
    keeps: bool,
    now: Timestamp,
) -> Result<Vec<(SubscriberId, ListId)>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT s.subscriber_id, MIN(s.list_id)",
        reached!(),
        " GROUP BY s.subscriber_id ORDER BY s.subscriber_id"
    ))
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(now)
    .bind(keeps)
    .fetch_all(c))
}

/// Queues variants of a campaign for those who take part in its A/B test, each with the list by
/// which they are counted; tells for how many.
pub async fn queue_test(
    db: &mut Db,
    id: CampaignId,
    readers: &[(SubscriberId, AbVariant, ListId)],
    now: Timestamp,
) -> Result<u64> {
    let done = match db.connection() {
        Connection::Sqlite(c) => {
            let rows: Vec<(i64, &str, i64)> = readers
                .iter()
                .map(|(subscriber, variant, list)| (subscriber.0, variant.as_str(), list.0))
                .collect();
            sqlx::query(
                "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at,
                                         changed_at, variant, test_list_id)
                 SELECT $1, json_extract(value, '$[0]'), 'queued', 0, $2,
                        json_extract(value, '$[1]'), json_extract(value, '$[2]')
                 FROM json_each($3) WHERE TRUE
                 ON CONFLICT (campaign_id, subscriber_id) DO NOTHING",
            )
            .bind(id)
            .bind(now)
            .bind(Json(rows))
            .execute(c)
            .await?
            .rows_affected()
        }
        Connection::Postgres(c) => {
            let subscribers: Vec<i64> = readers.iter().map(|one| one.0.0).collect();
            let variants: Vec<&str> = readers.iter().map(|one| one.1.as_str()).collect();
            let lists: Vec<i64> = readers.iter().map(|one| one.2.0).collect();
            sqlx::query(
                "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at,
                                         changed_at, variant, test_list_id)
                 SELECT $1, s, 'queued', 0, $2, v, l
                 FROM UNNEST($3::BIGINT[], $4::TEXT[], $5::BIGINT[]) AS t (s, v, l)
                 ON CONFLICT (campaign_id, subscriber_id) DO NOTHING",
            )
            .bind(id)
            .bind(now)
            .bind(subscribers)
            .bind(variants)
            .bind(lists)
            .execute(c)
            .await?
            .rows_affected()
        }
    };
    Ok(done)
}
