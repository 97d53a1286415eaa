//! Queries on segments: those saved by a name, and the conditions of single campaigns, which
//! have none. Their rules become conditions of SQL in [`segment_clause`](super::segment_clause).

use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::campaign_audience::{Audience, Part, audience_by_language, none_suppressed};
use super::connect::Connection;
use super::segment_clause::clause;
use super::sql_clause::bind_values;
use super::suppressions::not_suppressed;
use super::{Db, Engine, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::segment::Rule;
use crate::model::{CampaignId, SegmentId, SubscriberId};

/// A segment as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// What admins call it; empty for the conditions of one campaign.
    pub name: String,
    /// Whom it picks.
    #[sqlx(json)]
    pub rule: Rule,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Segment {
    /// Whether it is only the conditions of one campaign.
    pub fn is_of_one_campaign(&self) -> bool {
        self.name.is_empty()
    }
}

/// Adds a segment; `name` is empty for the conditions of one campaign.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(db: &mut Db, name: &str, rule: &Rule, now: Timestamp) -> Result<SegmentId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO segments (name, rule, created_at, updated_at)
         VALUES (NULLIF($1, ''), $2, $3, $3) RETURNING id",
    )
    .bind(name)
    .bind(Json(rule))
    .bind(now)
    .fetch_one(c))
}

/// Changes a segment.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the new name is taken.
pub async fn update(
    db: &mut Db,
    id: SegmentId,
    name: &str,
    rule: &Rule,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE segments SET name = NULLIF($2, ''), rule = $3, updated_at = $4 WHERE id = $1"
        )
        .bind(id)
        .bind(name)
        .bind(Json(rule))
        .bind(now)
    )?;
    Ok(())
}

/// Drops a segment; the ended campaigns that went to it keep their numbers.
///
/// # Errors
/// [`Dangling`](super::StoreError::Dangling) where a campaign still needs it.
pub async fn delete(db: &mut Db, id: SegmentId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET segment_id = NULL
             WHERE segment_id = $1 AND state IN ('finished', 'cancelled')",
        )
        .bind(id)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM segments WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// The subject of a campaign that is still to start and goes to this segment, if
/// there is one.
pub async fn wanted_by(db: &mut Db, id: SegmentId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT subject FROM campaigns
         WHERE segment_id = $1 AND state IN ('draft', 'scheduled', 'failed_to_start')
         ORDER BY state = 'scheduled' DESC, id LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Drops the conditions of single campaigns that no campaign goes to any more.
pub async fn drop_unused(db: &mut Db) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM segments WHERE name IS NULL
               AND NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.segment_id = segments.id)",
        )
    )?;
    Ok(())
}

/// Reads segments: what stands behind the table's name.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, COALESCE(s.name, '') AS name, s.rule, s.updated_at FROM segments s ",
            $rest
        )
    };
}

/// Every segment, with the conditions of single campaigns, by name.
pub async fn all(db: &mut Db) -> Result<Vec<Segment>> {
    run!(db, c => sqlx::query_as(select!("ORDER BY s.name, s.id")).fetch_all(c))
}

/// The segments that were saved by a name, by name.
pub async fn named(db: &mut Db) -> Result<Vec<Segment>> {
    run!(db, c => sqlx::query_as(select!("WHERE s.name IS NOT NULL ORDER BY s.name")).fetch_all(c))
}

/// The segment of this number.
pub async fn by_id(db: &mut Db, id: SegmentId) -> Result<Option<Segment>> {
    run!(db, c => sqlx::query_as(select!("WHERE s.id = $1")).bind(id).fetch_optional(c))
}

/// The segment that a campaign goes to; `None` where it goes to all of its lists.
pub async fn of_campaign(db: &mut Db, campaign: CampaignId) -> Result<Option<Segment>> {
    run!(db, c => sqlx::query_as(select!("JOIN campaigns c ON c.segment_id = s.id WHERE c.id = $1"))
        .bind(campaign)
        .fetch_optional(c))
}

/// Sets the segment that a campaign goes to; `false` once it is under way.
pub async fn set_of_campaign(
    db: &mut Db,
    campaign: CampaignId,
    segment: Option<SegmentId>,
) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET segment_id = $2, edit_count = edit_count + 1
             WHERE id = $1 AND state IN ('draft', 'scheduled', 'failed_to_start')
               AND kind NOT IN ('weekly', 'series')",
        )
        .bind(campaign)
        .bind(segment)
    )?;
    Ok(set == 1)
}

/// A campaign that may still be given a segment.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OpenCampaign {
    /// Its id.
    pub id: CampaignId,
    /// Its subject line.
    pub subject: String,
    /// The segment it goes to.
    pub segment_id: Option<SegmentId>,
    /// That segment's name; empty where it goes to all of its lists.
    pub segment: String,
}

/// The campaigns that may still be given a segment, newest first.
pub async fn open_campaigns(db: &mut Db, limit: i64) -> Result<Vec<OpenCampaign>> {
    run!(db, c => sqlx::query_as(
        "SELECT c.id, c.subject, c.segment_id, COALESCE(s.name, '') AS segment
         FROM campaigns c LEFT JOIN segments s ON s.id = c.segment_id
         WHERE c.state IN ('draft', 'scheduled', 'failed_to_start')
           AND c.kind NOT IN ('weekly', 'series')
         ORDER BY c.id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))
}

/// Whether a campaign whose audience is being frozen goes to this segment.
pub async fn is_being_frozen(db: &mut Db, id: SegmentId) -> Result<bool> {
    let one: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns
         WHERE segment_id = $1 AND state IN ('sending', 'paused') AND NOT is_frozen LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(one.is_some())
}

/// Whether there are no more than `most` subscribers.
pub async fn has_at_most(db: &mut Db, most: i64) -> Result<bool> {
    let next: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT id FROM subscribers ORDER BY id LIMIT 1 OFFSET $1",
    )
    .bind(most)
    .fetch_optional(c))?;
    Ok(next.is_none())
}

/// How many subscribers a rule picks.
pub async fn count(db: &mut Db, rule: &Rule, now: Timestamp) -> Result<i64> {
    let clause = clause(db, rule, now, 0);
    let sql = format!("SELECT COUNT(*) FROM subscribers m WHERE {}", clause.sql);
    let sql = AssertSqlSafe(sql);
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            bind_values!(sqlx::query_scalar(sql), clause)
                .fetch_one(c)
                .await?
        }
        Connection::Postgres(c) => {
            bind_values!(sqlx::query_scalar(sql), clause)
                .fetch_one(c)
                .await?
        }
    })
}

/// Of a rule's subscribers, a few to look at.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Sampled {
    pub id: SubscriberId,
    pub email: EmailAddress,
    pub name: String,
}

/// How many subscribers a rule picks who are not suppressed: those whom mail can reach.
pub async fn count_reachable(db: &mut Db, rule: &Rule, now: Timestamp) -> Result<i64> {
    let clause = clause(db, rule, now, 0);
    let sql = AssertSqlSafe(format!(
        "SELECT COUNT(*) FROM subscribers m WHERE {} AND {}",
        clause.sql,
        none_suppressed(db.engine())
    ));
    macro_rules! found {
        ($c:expr) => {
            bind_values!(sqlx::query_scalar(sql), clause)
                .fetch_one($c)
                .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => found!(c),
        Connection::Postgres(c) => found!(c),
    })
}

/// The newest `limit` subscribers that a rule picks who are not suppressed.
pub async fn sample(db: &mut Db, rule: &Rule, now: Timestamp, limit: i64) -> Result<Vec<Sampled>> {
    let clause = clause(db, rule, now, 1);
    let sql = AssertSqlSafe(format!(
        concat!(
            "SELECT m.id, m.email, m.name FROM subscribers m WHERE {} AND ",
            not_suppressed!(),
            " ORDER BY m.id DESC LIMIT $1"
        ),
        clause.sql
    ));
    macro_rules! found {
        ($c:expr) => {
            bind_values!(sqlx::query_as(sql).bind(limit), clause)
                .fetch_all($c)
                .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => found!(c),
        Connection::Postgres(c) => found!(c),
    })
}

/// Whether a rule picks a subscriber.
pub async fn matches(
    db: &mut Db,
    rule: &Rule,
    subscriber: SubscriberId,
    now: Timestamp,
) -> Result<bool> {
    let clause = clause(db, rule, now, 1);
    let sql = AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM subscribers m WHERE m.id = $1 AND {})",
        clause.sql
    ));
    macro_rules! found {
        ($c:expr) => {
            bind_values!(sqlx::query_scalar(sql).bind(subscriber), clause)
                .fetch_one($c)
                .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => found!(c),
        Connection::Postgres(c) => found!(c),
    })
}

/// Those of these subscribers whom a rule picks.
pub async fn among(
    db: &mut Db,
    rule: &Rule,
    subscribers: &[i64],
    now: Timestamp,
) -> Result<Vec<SubscriberId>> {
    let clause = clause(db, rule, now, 1);
    let ids = Json(subscribers.to_vec());
    let listed = match db.engine() {
        Engine::Sqlite => "SELECT value FROM json_each($1)",
        Engine::Postgres => "SELECT value::bigint FROM jsonb_array_elements_text($1)",
    };
    let sql = AssertSqlSafe(format!(
        "SELECT m.id FROM subscribers m WHERE m.id IN ({listed}) AND {} ORDER BY m.id",
        clause.sql
    ));
    macro_rules! found {
        ($c:expr) => {
            bind_values!(sqlx::query_scalar(sql).bind(ids), clause)
                .fetch_all($c)
                .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => found!(c),
        Connection::Postgres(c) => found!(c),
    })
}

/// How many subscribers would get a campaign that goes to a rule, by language.
pub async fn audience(
    db: &mut Db,
    campaign: CampaignId,
    (rule, part): (&Rule, Part),
    now: Timestamp,
) -> Result<Vec<Audience>> {
    let clause = clause(db, rule, now, 2);
    let conditions = format!("{} AND {}", part.condition(), clause.sql);
    let sql = AssertSqlSafe(audience_by_language(db.engine(), &conditions));
    macro_rules! found {
        ($c:expr) => {
            bind_values!(sqlx::query_as(sql).bind(campaign).bind(now), clause)
                .fetch_all($c)
                .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => found!(c),
        Connection::Postgres(c) => found!(c),
    })
}

/// Finds out who, in the rows after `from` up to `to`, is in a campaign's
/// segment, for the slice of its audience that is frozen in this transaction.
/// Does nothing for a campaign that goes to all of its lists.
pub async fn pick(
    db: &mut Db,
    campaign: CampaignId,
    from: i64,
    to: i64,
    now: Timestamp,
) -> Result<()> {
    let Some(segment) = of_campaign(db, campaign).await? else {
        return Ok(());
    };
    execute!(
        db,
        sqlx::query("DELETE FROM segment_matches WHERE campaign_id = $1").bind(campaign)
    )?;
    let clause = clause(db, &segment.rule, now, 3);
    let sql = AssertSqlSafe(format!(
        "INSERT INTO segment_matches (campaign_id, subscriber_id)
         SELECT CAST($1 AS BIGINT), m.id FROM subscribers m
         WHERE m.id > $2 AND m.id <= $3 AND {}",
        clause.sql
    ));
    macro_rules! picked {
        ($c:expr) => {{
            let query = sqlx::query(sql).bind(campaign).bind(from).bind(to);
            bind_values!(query, clause).execute($c).await?;
        }};
    }
    match db.connection() {
        Connection::Sqlite(c) => picked!(c),
        Connection::Postgres(c) => picked!(c),
    }
    Ok(())
}
