//! Queries on tags. A tag is kept as it was first typed, and found by its key.

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::{Db, Result, execute, run};
use crate::model::SubscriberId;
use crate::model::tag::Tag;

/// A tag and how many subscribers have it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// Subscribers who have it.
    pub subscribers: i64,
}

/// Every tag that a subscriber has, by name.
pub async fn all(db: &mut Db) -> Result<Vec<TagCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT COALESCE((SELECT MIN(t.tag) FROM subscriber_tags t WHERE t.tag_key = k.key), k.key)
                    AS tag,
                CAST(SUM(k.number) AS BIGINT) AS subscribers
         FROM kept_counts k WHERE k.what = 'tags' AND k.list_id = 0
         GROUP BY k.key HAVING SUM(k.number) > 0 ORDER BY k.key",
    )
    .fetch_all(c))
}

/// The tag that is written like this in any case, where a subscriber has it.
pub async fn find(db: &mut Db, tag: &Tag) -> Result<Option<TagCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT COALESCE((SELECT MIN(t.tag) FROM subscriber_tags t WHERE t.tag_key = k.key), k.key)
                    AS tag,
                CAST(SUM(k.number) AS BIGINT) AS subscribers
         FROM kept_counts k WHERE k.what = 'tags' AND k.list_id = 0 AND k.key = $1
         GROUP BY k.key HAVING SUM(k.number) > 0",
    )
    .bind(tag.key())
    .fetch_optional(c))
}

/// Gives everybody who has a tag another in its place, written as `name`. A
/// subscriber who has both keeps the other. Returns how many had the first.
pub async fn rename(db: &mut Db, from: &Tag, to: &Tag, name: &str) -> Result<u64> {
    let renamed = execute!(
        db,
        sqlx::query(
            "UPDATE subscriber_tags SET tag = $2, tag_key = $3
             WHERE tag_key = $1 AND ($1 = $3 OR subscriber_id NOT IN (
                 SELECT subscriber_id FROM subscriber_tags WHERE tag_key = $3))",
        )
        .bind(from.key())
        .bind(name)
        .bind(to.key())
    )?;
    if from == to {
        return Ok(renamed);
    }
    Ok(renamed + delete(db, from).await?)
}

/// The tags of these subscribers.
pub async fn of(db: &mut Db, ids: &[SubscriberId]) -> Result<Vec<(SubscriberId, String)>> {
    const TEXTS: [&str; 2] = [
        "SELECT subscriber_id, tag FROM subscriber_tags
         WHERE subscriber_id IN (SELECT value FROM json_each($1))
         ORDER BY subscriber_id, tag_key",
        "SELECT subscriber_id, tag FROM subscriber_tags
         WHERE subscriber_id = ANY($1) ORDER BY subscriber_id, tag_key",
    ];
    Ok(by_keys!(db, TEXTS, ids))
}

/// How many tags a subscriber has.
pub async fn count(db: &mut Db, id: SubscriberId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM subscriber_tags WHERE subscriber_id = $1",
    )
    .bind(id)
    .fetch_one(c))
}

/// Gives a subscriber a tag; `true` where they did not have it.
pub async fn add(db: &mut Db, id: SubscriberId, tag: &Tag) -> Result<bool> {
    let added = execute!(
        db,
        sqlx::query(
            "INSERT INTO subscriber_tags (subscriber_id, tag, tag_key)
             VALUES ($1, COALESCE((SELECT MIN(tag) FROM subscriber_tags WHERE tag_key = $3), $2), $3)
             ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(tag.as_str())
        .bind(tag.key())
    )?;
    Ok(added == 1)
}

/// Takes a tag from a subscriber.
pub async fn remove(db: &mut Db, id: SubscriberId, tag: &Tag) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM subscriber_tags WHERE subscriber_id = $1 AND tag_key = $2")
            .bind(id)
            .bind(tag.key())
    )?;
    Ok(())
}

/// Takes a tag from everybody; returns from how many.
pub async fn delete(db: &mut Db, tag: &Tag) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM subscriber_tags WHERE tag_key = $1").bind(tag.key())
    )
}
