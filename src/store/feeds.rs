//! Queries on feeds of other sites and their items.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, FeedId, FeedItemId, RecurringId};

/// A feed as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Feed {
    pub id: FeedId,
    /// By which texts name it; unique.
    pub name: String,
    pub url: String,
    /// As it calls itself.
    pub title: String,
    pub etag: String,
    pub last_modified: String,
    pub is_paused: bool,
    pub next_fetch_at: Timestamp,
    /// When it was last read without an error.
    pub fetched_at: Timestamp,
    /// Empty where the last try went well.
    pub last_error: String,
    pub failed_at: Option<Timestamp>,
    /// Tries in a row that failed.
    pub failure_count: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub changed_by: String,
}

/// An item of a feed as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FeedItem {
    pub id: FeedItemId,
    pub title: String,
    pub link: String,
    pub summary: String,
    /// The address of a picture; may be empty.
    pub picture: String,
    pub published_at: Timestamp,
    /// Whether it was there when the feed was added.
    pub is_old: bool,
}

/// An item as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    pub digest: Vec<u8>,
    pub title: String,
    pub link: String,
    pub summary: String,
    pub picture: String,
    pub published_at: Timestamp,
}

/// What a feed said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedState<'a> {
    pub title: &'a str,
    pub etag: &'a str,
    pub last_modified: &'a str,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, url, title, etag, last_modified, is_paused, next_fetch_at,
                    fetched_at, last_error, failed_at, failure_count, created_at, changed_at,
                    changed_by
             FROM feeds ",
            $rest
        )
    };
}

/// Every feed, by name.
pub async fn all(db: &mut Db) -> Result<Vec<Feed>> {
    run!(db, c => sqlx::query_as(select!("ORDER BY name")).fetch_all(c))
}

/// A feed by its number.
pub async fn by_id(db: &mut Db, id: FeedId) -> Result<Option<Feed>> {
    run!(db, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c))
}

/// A feed by its name.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<Feed>> {
    run!(db, c => sqlx::query_as(select!("WHERE name = $1")).bind(name).fetch_optional(c))
}

/// The feeds that are to be fetched.
pub async fn due(db: &mut Db, now: Timestamp) -> Result<Vec<Feed>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE next_fetch_at <= $1 AND NOT is_paused ORDER BY next_fetch_at, id"
    ))
    .bind(now)
    .fetch_all(c))
}

/// Claims the fetch of a feed that is due by putting the next one off; `false` where another
/// process has.
pub async fn claim(db: &mut Db, feed: &Feed, next: Timestamp) -> Result<bool> {
    let claimed = execute!(
        db,
        sqlx::query("UPDATE feeds SET next_fetch_at = $3 WHERE id = $1 AND next_fetch_at = $2")
            .bind(feed.id)
            .bind(feed.next_fetch_at)
            .bind(next)
    )?;
    Ok(claimed == 1)
}

/// Adds a feed that was just read.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(
    db: &mut Db,
    (name, url): (&str, &str),
    state: &FeedState<'_>,
    next: Timestamp,
    by: &str,
    now: Timestamp,
) -> Result<FeedId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO feeds (name, url, title, etag, last_modified, next_fetch_at, fetched_at,
                            created_at, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8) RETURNING id",
    )
    .bind(name)
    .bind(url)
    .bind(state.title)
    .bind(state.etag)
    .bind(state.last_modified)
    .bind(next)
    .bind(now)
    .bind(by)
    .fetch_one(c))
}

/// Changes name and address of a feed, and whether it is fetched.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn update(
    db: &mut Db,
    id: FeedId,
    (name, url, is_paused): (&str, &str, bool),
    by: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE feeds SET name = $2, url = $3, is_paused = $4, changed_by = $5,
                              changed_at = $6
             WHERE id = $1",
        )
        .bind(id)
        .bind(name)
        .bind(url)
        .bind(is_paused)
        .bind(by)
        .bind(now)
    )?;
    Ok(())
}

/// Deletes a feed with its items.
pub async fn delete(db: &mut Db, id: FeedId) -> Result<()> {
    execute!(db, sqlx::query("DELETE FROM feeds WHERE id = $1").bind(id))?;
    Ok(())
}

/// Notes that a feed was read; `None` where it has not changed.
pub async fn succeed(
    db: &mut Db,
    id: FeedId,
    state: Option<&FeedState<'_>>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE feeds SET title = COALESCE($2, title), etag = COALESCE($3, etag),
                              last_modified = COALESCE($4, last_modified), fetched_at = $5,
                              last_error = '', failure_count = 0
             WHERE id = $1",
        )
        .bind(id)
        .bind(state.map(|state| state.title))
        .bind(state.map(|state| state.etag))
        .bind(state.map(|state| state.last_modified))
        .bind(now)
    )?;
    Ok(())
}

/// Notes why a feed could not be read.
pub async fn fail(db: &mut Db, id: FeedId, reason: &str, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE feeds SET last_error = $2, failed_at = $3, failure_count = failure_count + 1
             WHERE id = $1",
        )
        .bind(id)
        .bind(reason)
        .bind(now)
    )?;
    Ok(())
}

/// Keeps an item as it is now; one that is known keeps its date and whether it is old.
pub async fn keep_item(
    db: &mut Db,
    id: FeedId,
    item: &NewItem,
    is_old: bool,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO feed_items (feed_id, digest, title, link, summary, picture,
                                     published_at, is_old, last_seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (feed_id, digest) DO UPDATE
             SET title = excluded.title, link = excluded.link, summary = excluded.summary,
                 picture = excluded.picture, last_seen_at = excluded.last_seen_at",
        )
        .bind(id)
        .bind(&item.digest)
        .bind(&item.title)
        .bind(&item.link)
        .bind(&item.summary)
        .bind(&item.picture)
        .bind(item.published_at)
        .bind(is_old)
        .bind(now)
    )?;
    Ok(())
}

/// Forgets all but the items of a feed that were seen last: a feed without end must not fill the
/// database.
pub async fn prune(db: &mut Db, id: FeedId, keep: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM feed_items WHERE feed_id = $1 AND id NOT IN (
                 SELECT id FROM feed_items WHERE feed_id = $1
                 ORDER BY last_seen_at DESC, id DESC LIMIT $2)",
        )
        .bind(id)
        .bind(keep)
    )?;
    Ok(())
}

/// The newest items of a feed.
pub async fn newest(db: &mut Db, id: FeedId, limit: i64) -> Result<Vec<FeedItem>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, title, link, summary, picture, published_at, is_old
         FROM feed_items WHERE feed_id = $1 ORDER BY published_at DESC, id DESC LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// The newest items that came since the feed was added and that a recurring campaign has not
/// shown.
pub async fn unseen(db: &mut Db, id: FeedId, by: RecurringId, limit: i64) -> Result<Vec<FeedItem>> {
    run!(db, c => sqlx::query_as(
        "SELECT i.id, i.title, i.link, i.summary, i.picture, i.published_at, i.is_old
         FROM feed_items i
         WHERE i.feed_id = $1 AND NOT i.is_old
           AND NOT EXISTS (SELECT 1 FROM recurring_feed_items s
                           WHERE s.recurring_id = $2 AND s.item_id = i.id)
         ORDER BY i.published_at DESC, i.id DESC LIMIT $3",
    )
    .bind(id)
    .bind(by)
    .bind(limit)
    .fetch_all(c))
}

/// Notes an item that a campaign of a recurring one shows; `false` where another has shown it.
pub async fn show(
    db: &mut Db,
    by: RecurringId,
    item: FeedItemId,
    campaign: CampaignId,
) -> Result<bool> {
    let noted = execute!(
        db,
        sqlx::query(
            "INSERT INTO recurring_feed_items (recurring_id, item_id, campaign_id)
             SELECT CAST($1 AS BIGINT), id, CAST($3 AS BIGINT) FROM feed_items WHERE id = $2
             ON CONFLICT (recurring_id, item_id) DO NOTHING",
        )
        .bind(by)
        .bind(item)
        .bind(campaign)
    )?;
    Ok(noted == 1)
}
