//! How many subscribers and subscriptions there are. The database counts them with every write,
//! since a page that counts a million takes seconds.

use super::{Db, Engine, Result, execute, run};
use crate::model::ListId;
use crate::model::subscription::SubscriptionState;

/// Rows of one count that are left as they are, so that not each look sums them up.
const LEFT: i64 = 16;

/// Reads no subscriber.
pub const SUBSCRIBERS: &str = "SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) FROM kept_counts
     WHERE what = 'subscribers' AND list_id = 0 AND key = ''";

/// Reads no subscription.
pub const SIZES: &str = "SELECT list_id,
            CAST(SUM(CASE WHEN key = 'confirmed' THEN number ELSE 0 END) AS BIGINT) AS confirmed,
            CAST(SUM(CASE WHEN key = 'pending' THEN number ELSE 0 END) AS BIGINT) AS pending,
            CAST(SUM(CASE WHEN key = 'unsubscribed' THEN number ELSE 0 END) AS BIGINT)
                AS unsubscribed
     FROM kept_counts WHERE what = 'subscriptions' GROUP BY list_id";

/// Both sides of every count, where they differ. One statement sees one moment, and so nobody who
/// comes meanwhile makes a difference.
const DIFFERENCES: &str = "SELECT what, list_id, key, CAST(SUM(kept) AS BIGINT) AS kept,
            CAST(SUM(counted) AS BIGINT) AS counted
     FROM (
         SELECT what, list_id, key, SUM(number) AS kept, 0 AS counted FROM kept_counts
         GROUP BY what, list_id, key
         UNION ALL
         SELECT 'subscribers', 0, '', 0, COUNT(*) FROM subscribers
         UNION ALL
         SELECT 'subscriptions', list_id, state, 0, COUNT(*) FROM subscriptions
         GROUP BY list_id, state
         UNION ALL
         SELECT 'tags', 0, tag_key, 0, COUNT(*) FROM subscriber_tags GROUP BY tag_key) AS sides
     GROUP BY what, list_id, key HAVING SUM(kept) <> SUM(counted) ORDER BY what, list_id, key";

/// A list with the number of its subscriptions in each state.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListSize {
    pub list_id: ListId,
    /// Subscriptions that get mail.
    pub confirmed: i64,
    /// Subscriptions that wait for their confirmation.
    pub pending: i64,
    /// Subscriptions that ended.
    pub unsubscribed: i64,
}

/// A count that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Difference {
    /// What is counted, as its row names it.
    pub what: String,
    pub list_id: ListId,
    /// A state of subscriptions, or the key of a tag.
    pub key: String,
    /// What pages show.
    pub kept: i64,
    /// What there is.
    pub counted: i64,
}

/// How many subscribers there are.
pub async fn subscribers(db: &mut Db) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(SUBSCRIBERS).fetch_one(c))
}

/// The size of every list that has had a subscription.
pub async fn sizes(db: &mut Db) -> Result<Vec<ListSize>> {
    run!(db, c => sqlx::query_as(SIZES).fetch_all(c))
}

/// How many subscriptions a list has in one state, or in any.
pub async fn of_list(db: &mut Db, list: ListId, state: Option<SubscriptionState>) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) FROM kept_counts
         WHERE what = 'subscriptions' AND list_id = $1
           AND (CAST($2 AS TEXT) IS NULL OR key = CAST($2 AS TEXT))",
    )
    .bind(list)
    .bind(state)
    .fetch_one(c))
}

/// Counts everything again, and tells what differs. Reads an index of each table as a whole.
pub async fn differences(db: &mut Db) -> Result<Vec<Difference>> {
    run!(db, c => sqlx::query_as(DIFFERENCES).fetch_all(c))
}

/// Adds what a count lacks. What was written since it was compared is in neither number.
pub async fn correct(db: &mut Db, one: &Difference) -> Result<()> {
    let missing = one.counted - one.kept;
    // Each row of SQLite is a count, and each of PostgreSQL a part of one.
    if db.engine() == Engine::Sqlite {
        let changed = execute!(
            db,
            sqlx::query(
                "UPDATE kept_counts SET number = number + $4
                 WHERE what = $1 AND list_id = $2 AND key = $3",
            )
            .bind(&one.what)
            .bind(one.list_id)
            .bind(&one.key)
            .bind(missing)
        )?;
        if changed > 0 {
            return Ok(());
        }
    }
    execute!(
        db,
        sqlx::query("INSERT INTO kept_counts (what, list_id, key, number) VALUES ($1, $2, $3, $4)")
            .bind(&one.what)
            .bind(one.list_id)
            .bind(&one.key)
            .bind(missing)
    )?;
    Ok(())
}

/// Sums up the rows of each count that has many, and drops those of what is gone. Any number of
/// processes may do so at once: each sums up exactly the rows that it has deleted. Returns how many
/// rows changed.
pub async fn fold(db: &mut Db) -> Result<u64> {
    if db.engine() == Engine::Sqlite {
        return execute!(
            db,
            sqlx::query("DELETE FROM kept_counts WHERE number = 0 AND what <> 'subscribers'")
        );
    }
    let changed: i64 = run!(db, c => sqlx::query_scalar(
            "WITH gone AS (
                 DELETE FROM kept_counts
                 WHERE (what, list_id, key) IN (
                     SELECT what, list_id, key FROM kept_counts
                     GROUP BY what, list_id, key HAVING COUNT(*) > $1 OR SUM(number) = 0)
                 RETURNING what, list_id, key, number),
             sums AS (
                 INSERT INTO kept_counts (what, list_id, key, number)
                 SELECT what, list_id, key, SUM(number) FROM gone
                 GROUP BY what, list_id, key HAVING SUM(number) <> 0)
             SELECT COUNT(*) FROM gone",
        )
        .bind(LEFT)
        .fetch_one(c))?;
    Ok(changed as u64)
}
