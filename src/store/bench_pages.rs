//! Statements of `jarshy bench pages`: a large site, made in the database itself. What they leave
//! is what a site's own writes would have left.

use sqlx::AssertSqlSafe;

use super::connect::Connection;
use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;

/// Twenty or so lists; the first has everybody, and each other a twentieth.
pub async fn add_lists(db: &mut Db, count: i64, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO lists (slug, name, translations, visibility, opt_in, created_at)
             WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT)
                                      UNION ALL SELECT i + 1 FROM n WHERE i < $1)
             SELECT 'list-' || i, 'List ' || i, '{}', 'public', 'double', $2 FROM n",
        )
        .bind(count)
        .bind(now)
    )?;
    Ok(())
}

/// The people with ids from `from + 1` to `to`, each with what their confirmation leaves. `$1` and
/// `$2` are these, `$3` the time, `$4` the number of lists.
const PEOPLE: [&str; 5] = [
    "WITH RECURSIVE n (i) AS (
         SELECT CAST($1 AS BIGINT) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
     INSERT INTO subscribers (email, email_key, name, language, attributes, frequency, paused_until,
                              created_at)
     SELECT 'reader' || i || '@d' || (i % 1000) || '.example',
            'reader' || i || '@d' || (i % 1000) || '.example', 'Reader ' || i,
            CASE i % 5 WHEN 0 THEN 'ru' WHEN 1 THEN 'kk' WHEN 2 THEN 'kk' ELSE 'en' END,
            '{\"city\":\"Astana\"}', CASE WHEN i % 50 = 0 THEN 'weekly' ELSE 'each' END,
            CASE WHEN i % 200 = 7 THEN $3 + 86400000 END,
            $3 - (i % 365) * 86400000 + 0 * $4
     FROM n",
    "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
     SELECT m.id, l.id,
            CASE (m.id + l.id) % 20 WHEN 0 THEN 'unsubscribed' WHEN 1 THEN 'pending'
                 ELSE 'confirmed' END,
            m.created_at, m.created_at
     FROM subscribers m
     JOIN lists l ON l.id = (SELECT MIN(id) FROM lists) OR m.id % $4 = l.id % $4
     WHERE m.id > $1 AND m.id <= $2 AND $3 > 0",
    "INSERT INTO consent_records (subscriber_id, list_id, action, method, wording, at)
     SELECT subscriber_id, list_id, 'confirmed', 'confirmation_link', 'Yes, send me the news.',
            created_at
     FROM subscriptions
     WHERE subscriber_id > $1 AND subscriber_id <= $2 AND state = 'confirmed' AND $3 + $4 > 0",
    "INSERT INTO suppressions (email_key, reason, source, created_at)
     SELECT email_key, 'hard_bounce', 'mail', $3 FROM subscribers
     WHERE id > $1 AND id <= $2 AND id % 100 = 3 AND $4 > 0",
    "INSERT INTO list_hourly_changes (hour, list_id, source, language, confirmed, unsubscribed)
     SELECT m.created_at / 3600000, s.list_id, 'form', m.language, COUNT(*), 0
     FROM subscriptions s JOIN subscribers m ON m.id = s.subscriber_id
     WHERE s.subscriber_id > $1 AND s.subscriber_id <= $2 AND s.state = 'confirmed' AND $3 + $4 > 0
     GROUP BY 1, 2, 4
     ON CONFLICT (hour, list_id, source, language)
     DO UPDATE SET confirmed = list_hourly_changes.confirmed + excluded.confirmed",
];

/// Adds the people with ids from `from + 1` to `to` to an empty site.
pub async fn add_people(
    db: &mut Db,
    (from, to): (i64, i64),
    lists: i64,
    now: Timestamp,
) -> Result<()> {
    for statement in PEOPLE {
        execute!(
            db,
            sqlx::query(statement)
                .bind(from)
                .bind(to)
                .bind(now)
                .bind(lists)
        )?;
    }
    Ok(())
}

/// A campaign that began at `started` and was sent within three hours to every other one of
/// `people` people; its id.
pub async fn add_campaign(db: &mut Db, people: i64, started: Timestamp) -> Result<i64> {
    let id: i64 = run!(db, c => sqlx::query_scalar(
        "INSERT INTO campaigns (subject, layout, kind, is_public, state, started_at, finished_at,
                                is_frozen, frozen_at, frozen_up_to, frozen_count, claimed_up_to,
                                claimed_count, created_at, updated_at)
         VALUES ('News of the week', 'letter', 'markdown', FALSE, 'finished', $2, $2 + 10800000,
                 TRUE, $2, $1, $1 / 2, $1, $1 / 2, $2, $2)
         RETURNING id",
    )
    .bind(people)
    .bind(started)
    .fetch_one(c))?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_lists (campaign_id, list_id)
             SELECT CAST($1 AS BIGINT), MIN(id) FROM lists"
        )
        .bind(id)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO deliveries (campaign_id, subscriber_id, state, attempts, first_attempt_at,
                                     next_attempt_at, reply, changed_at)
             SELECT CAST($1 AS BIGINT), m.id,
                    CASE WHEN m.id / 2 % 100 = 3 THEN 'bounced' WHEN m.id / 2 % 500 = 5 THEN 'failed'
                         WHEN m.id / 2 % 2000 = 9 THEN 'complained' ELSE 'sent' END,
                    1, CAST($2 AS BIGINT), 0, '250 2.0.0 Ok: queued as 4XyZ12Abcd',
                    CAST($2 AS BIGINT) + m.id * 10800000 / CAST($3 AS BIGINT)
             FROM subscribers m WHERE m.id % 2 = $1 % 2 ORDER BY m.id",
        )
        .bind(id)
        .bind(started)
        .bind(people)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO consent_records (subscriber_id, list_id, action, method, campaign_id, at)
             SELECT m.id, (SELECT MIN(id) FROM lists), 'unsubscribed', 'one_click',
                    CAST($1 AS BIGINT), CAST($2 AS BIGINT) + m.id % 86400000
             FROM subscribers m WHERE m.id % 2 = $1 % 2 AND (m.id + $1 * 31) % 1000 < 2",
        )
        .bind(id)
        .bind(started)
    )?;
    Ok(id)
}

/// What makes millions of deliveries slow to write one by one, taken off and put back: an index
/// over all campaigns, and PostgreSQL's references, which are checked when they are put back.
pub struct SetAside {
    statements: Vec<String>,
}

impl SetAside {
    pub async fn take(db: &mut Db) -> Result<Self> {
        let index: String =
            match db.connection() {
                Connection::Sqlite(c) => {
                    sqlx::query_scalar(
                        "SELECT sql FROM sqlite_master WHERE name = 'deliveries_by_subscriber'",
                    )
                    .fetch_one(c)
                    .await?
                }
                Connection::Postgres(c) => sqlx::query_scalar(
                    "SELECT indexdef FROM pg_indexes WHERE indexname = 'deliveries_by_subscriber'",
                )
                .fetch_one(c)
                .await?,
            };
        let mut statements = vec![index];
        execute!(db, sqlx::query("DROP INDEX deliveries_by_subscriber"))?;
        if let Connection::Postgres(c) = db.connection() {
            let references: Vec<(String, String)> = sqlx::query_as(
                "SELECT conname::TEXT, pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conrelid = 'deliveries'::REGCLASS AND contype = 'f'",
            )
            .fetch_all(c)
            .await?;
            for (name, definition) in references {
                statements.push(format!(
                    "ALTER TABLE deliveries ADD CONSTRAINT {name} {definition}"
                ));
                let drop = AssertSqlSafe(format!("ALTER TABLE deliveries DROP CONSTRAINT {name}"));
                execute!(db, sqlx::query(drop))?;
            }
        }
        Ok(Self { statements })
    }

    pub async fn put_back(self, db: &mut Db) -> Result<()> {
        for statement in self.statements {
            execute!(db, sqlx::query(AssertSqlSafe(statement)))?;
        }
        Ok(())
    }
}

/// Makes pages that were written in bulk as those that time has passed over: PostgreSQL's
/// autovacuum does it by itself, some minutes later.
pub async fn vacuum(db: &mut Db) -> Result<()> {
    if db.engine() == Engine::Postgres {
        execute!(db, sqlx::query("VACUUM (ANALYZE)"))?;
    }
    Ok(())
}
