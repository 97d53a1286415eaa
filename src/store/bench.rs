//! Queries of `jarshy bench`: recipients created in the database itself, and what the
//! ledger says of a run.

use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, ListId, SeriesId, SubscriberId};

/// Adds subscribers `from + 1` to `to`, confirmed on a list. Their addresses
/// are spread over `domains` domains.
pub async fn add_recipients(
    db: &mut Db,
    list: ListId,
    (from, to): (i64, i64),
    domains: i64,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "WITH RECURSIVE n (i) AS (
                 SELECT CAST($1 AS BIGINT) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
             INSERT INTO subscribers (email, email_key, name, language, attributes, created_at)
             SELECT 'reader' || i || '@d' || (i % $3) || '.example',
                    'reader' || i || '@d' || (i % $3) || '.example',
                    'Reader ' || i, 'en', '{}', $4
             FROM n",
        )
        .bind(from)
        .bind(to)
        .bind(domains)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
             SELECT id, CAST($1 AS BIGINT), 'confirmed', CAST($2 AS BIGINT), CAST($2 AS BIGINT)
             FROM subscribers
             WHERE id NOT IN (SELECT subscriber_id FROM subscriptions WHERE list_id = $1)
             ORDER BY id DESC LIMIT $3",
        )
        .bind(list)
        .bind(now)
        .bind(to - from)
    )?;
    Ok(())
}

/// When the `rank`-th delivery of a campaign was recorded, from nought.
pub async fn recorded_at(db: &mut Db, campaign: CampaignId, rank: i64) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT changed_at FROM deliveries WHERE campaign_id = $1 AND state = 'sent'
         ORDER BY changed_at LIMIT 1 OFFSET $2",
    )
    .bind(campaign)
    .bind(rank)
    .fetch_optional(c))
}

/// What a PostgreSQL server has done since it was made.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ServerTotals {
    /// Transactions that wrote.
    pub transactions: i64,
    pub wal_bytes: i64,
    /// The process behind this connection.
    pub process: i64,
}

/// What the server has done; `None` on SQLite. The totals of `pg_stat_database` lag by seconds and
/// count reading, too.
pub async fn server_totals(db: &mut Db) -> Result<Option<ServerTotals>> {
    let Connection::Postgres(c) = db.connection() else {
        return Ok(None);
    };
    let totals = sqlx::query_as(
        "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)
                    AS transactions,
                CAST(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS BIGINT) AS wal_bytes,
                CAST(pg_backend_pid() AS BIGINT) AS process",
    )
    .fetch_one(c)
    .await?;
    Ok(Some(totals))
}

/// Puts the subscribers `from + 1` to `to` of a bench into every series that goes on: each has a
/// step due within the next month, from an hour on.
pub async fn put_into_series(db: &mut Db, (from, to): (i64, i64), now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO series_readers
                 (series_id, subscriber_id, round, edition, version, position, due_at, state,
                  entered_at, changed_at)
             SELECT z.id, m.id, 0, 2026, z.version, 1 + m.id % x.steps,
                    CAST($3 AS BIGINT) + 3600000 + (m.id * 7919 + z.id * 104729) % 2592000000,
                    'inside', CAST($3 AS BIGINT), CAST($3 AS BIGINT)
             FROM subscribers m CROSS JOIN series z
             JOIN (SELECT series_id, version, COUNT(*) AS steps FROM series_steps
                   GROUP BY series_id, version) x
                  ON x.series_id = z.id AND x.version = z.version
             WHERE m.id IN (SELECT id FROM subscribers ORDER BY id DESC LIMIT $2 - $1)
               AND z.state = 'running'",
        )
        .bind(from)
        .bind(to)
        .bind(now)
    )?;
    Ok(())
}

/// Makes the next step of some readers of a series due.
pub async fn end_waits(db: &mut Db, series: SeriesId, readers: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE series_readers SET due_at = 1
             WHERE id IN (SELECT id FROM series_readers WHERE series_id = $1 AND state = 'inside'
                          ORDER BY due_at LIMIT $2)",
        )
        .bind(series)
        .bind(readers)
    )?;
    Ok(())
}

/// The subscribers that were added last.
pub async fn newest(db: &mut Db, limit: i64) -> Result<Vec<SubscriberId>> {
    run!(db, c => sqlx::query_scalar("SELECT id FROM subscribers ORDER BY id DESC LIMIT $1")
        .bind(limit)
        .fetch_all(c))
}
