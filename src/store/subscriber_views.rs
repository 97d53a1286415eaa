//! Queries on saved views of the table of subscribers, and on what its columns can be.

use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{SubscriberViewId, UserId};

/// A saved view.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SubscriberView {
    /// Its id.
    pub id: SubscriberViewId,
    /// Whose it is; `None` for the team's.
    pub owner_id: Option<UserId>,
    /// What its tab says.
    pub name: String,
    /// Filters and order, as in the query of the page's address.
    pub query: String,
    /// The columns as they are stored.
    pub columns: String,
}

/// What is saved of a view.
#[derive(Debug, Clone)]
pub struct NewView<'a> {
    pub owner: Option<UserId>,
    pub name: &'a str,
    pub query: &'a str,
    pub columns: &'a str,
}

/// The views of a user, and those of the team: their own first, each by name.
pub async fn seen_by(db: &mut Db, user: UserId) -> Result<Vec<SubscriberView>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, owner_id, name, query, columns FROM subscriber_views
         WHERE owner_id = $1 OR owner_id IS NULL
         ORDER BY CASE WHEN owner_id IS NULL THEN 1 ELSE 0 END, name_key, id",
    )
    .bind(user)
    .fetch_all(c))
}

/// A view, where the user sees it.
pub async fn by_id(
    db: &mut Db,
    id: SubscriberViewId,
    user: UserId,
) -> Result<Option<SubscriberView>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, owner_id, name, query, columns FROM subscriber_views
         WHERE id = $1 AND (owner_id = $2 OR owner_id IS NULL)",
    )
    .bind(id)
    .bind(user)
    .fetch_optional(c))
}

/// Adds a view.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where its owner has one of this name.
pub async fn insert(db: &mut Db, new: &NewView<'_>, now: Timestamp) -> Result<SubscriberViewId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO subscriber_views
             (owner_id, name, name_key, query, columns, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
    )
    .bind(new.owner)
    .bind(new.name)
    .bind(new.name.to_lowercase())
    .bind(new.query)
    .bind(new.columns)
    .bind(now)
    .fetch_one(c))
}

/// Changes a view.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where its owner has another one of this name.
pub async fn update(
    db: &mut Db,
    id: SubscriberViewId,
    new: &NewView<'_>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE subscriber_views
             SET owner_id = $2, name = $3, name_key = $4, query = $5, columns = $6, updated_at = $7
             WHERE id = $1",
        )
        .bind(id)
        .bind(new.owner)
        .bind(new.name)
        .bind(new.name.to_lowercase())
        .bind(new.query)
        .bind(new.columns)
        .bind(now)
    )?;
    Ok(())
}

/// Deletes a view.
pub async fn delete(db: &mut Db, id: SubscriberViewId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM subscriber_views WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// The columns of a user's own table, as they are stored.
pub async fn columns_of(db: &mut Db, user: UserId) -> Result<String> {
    let columns: Option<String> = run!(db, c => sqlx::query_scalar(
        "SELECT subscriber_columns FROM users WHERE id = $1",
    )
    .bind(user)
    .fetch_optional(c))?;
    Ok(columns.unwrap_or_default())
}

/// Sets the columns of a user's own table.
pub async fn set_columns(db: &mut Db, user: UserId, columns: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE users SET subscriber_columns = $2 WHERE id = $1")
            .bind(user)
            .bind(columns)
    )?;
    Ok(())
}

/// The names of attributes among the newest subscribers, up to `limit`.
pub async fn attributes_in_use(db: &mut Db, newest: i64, limit: i64) -> Result<Vec<String>> {
    let text = match db.engine() {
        Engine::Sqlite => {
            "SELECT DISTINCT CAST(a.key AS TEXT) AS name
             FROM (SELECT attributes FROM subscribers ORDER BY id DESC LIMIT $1) s,
                  json_each(s.attributes) a
             ORDER BY name LIMIT $2"
        }
        Engine::Postgres => {
            "SELECT DISTINCT a.name
             FROM (SELECT attributes FROM subscribers ORDER BY id DESC LIMIT $1) s,
                  jsonb_object_keys(s.attributes) AS a (name)
             ORDER BY a.name LIMIT $2"
        }
    };
    run!(db, c => sqlx::query_scalar(text).bind(newest).bind(limit).fetch_all(c))
}
