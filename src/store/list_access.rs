//! Queries on the lists of users who are limited to some.

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::{CampaignId, ListId, SubscriberId, UserId};

/// Whether a campaign goes to lists of a user, and to no other.
macro_rules! campaign_is_within {
    ($campaign:literal, $user:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM campaign_lists x WHERE x.campaign_id = ",
            $campaign,
            ") AND NOT EXISTS (
                 SELECT 1 FROM campaign_lists x
                 WHERE x.campaign_id = ",
            $campaign,
            " AND x.list_id NOT IN (SELECT u.list_id FROM user_lists u WHERE u.user_id = ",
            $user,
            "))"
        )
    };
}
pub(super) use campaign_is_within;

/// What a user reaches; nothing for one who is none.
pub async fn of_user(db: &mut Db, user: UserId) -> Result<ListAccess> {
    let is_limited: Option<bool> = run!(db, c => sqlx::query_scalar(
        "SELECT is_limited FROM users WHERE id = $1",
    )
    .bind(user)
    .fetch_optional(c))?;
    if is_limited == Some(false) {
        return Ok(ListAccess::All);
    }
    let lists: Vec<(ListId, ListSlug)> = run!(db, c => sqlx::query_as(
        "SELECT l.id, l.slug FROM user_lists u JOIN lists l ON l.id = u.list_id
         WHERE u.user_id = $1 ORDER BY l.id",
    )
    .bind(user)
    .fetch_all(c))?;
    Ok(ListAccess::Only(user, lists))
}

/// The user with this address.
pub async fn user_of_email(db: &mut Db, email: &EmailAddress) -> Result<Option<UserId>> {
    run!(db, c => sqlx::query_scalar("SELECT id FROM users WHERE email_key = $1")
        .bind(email.lookup_key())
        .fetch_optional(c))
}

/// Limits a user to some lists, or with `None` to none; `false` for an owner.
pub async fn set(db: &mut Db, user: UserId, lists: Option<&[ListId]>) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query("UPDATE users SET is_limited = $2 WHERE id = $1 AND role <> 'owner'")
            .bind(user)
            .bind(lists.is_some())
    )?;
    if set == 0 {
        return Ok(false);
    }
    execute!(
        db,
        sqlx::query("DELETE FROM user_lists WHERE user_id = $1").bind(user)
    )?;
    for list in lists.unwrap_or_default() {
        execute!(
            db,
            sqlx::query("INSERT INTO user_lists (user_id, list_id) VALUES ($1, $2)")
                .bind(user)
                .bind(list)
        )?;
    }
    Ok(true)
}

/// The lists of every user who is limited to some, by name.
pub async fn all(db: &mut Db) -> Result<Vec<(UserId, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT u.user_id, l.name FROM user_lists u JOIN lists l ON l.id = u.list_id
         JOIN users p ON p.id = u.user_id AND p.is_limited
         ORDER BY u.user_id, l.name",
    )
    .fetch_all(c))
}

/// Whether a campaign goes to lists of a user, and to no other. An email of a series is as closed to
/// them as the series is.
pub async fn has_campaign(db: &mut Db, user: UserId, campaign: CampaignId) -> Result<bool> {
    let found: Option<i64> = run!(db, c => sqlx::query_scalar(concat!(
        "SELECT k.id FROM campaigns k WHERE k.id = $1 AND k.kind <> 'series' AND ",
        campaign_is_within!("k.id", "$2"),
    ))
    .bind(campaign)
    .bind(user)
    .fetch_optional(c))?;
    Ok(found.is_some())
}

/// Whether a subscriber is or was on a list of a user.
pub async fn has_subscriber(db: &mut Db, user: UserId, subscriber: SubscriberId) -> Result<bool> {
    let found: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT s.subscriber_id FROM subscriptions s
         JOIN user_lists u ON u.list_id = s.list_id AND u.user_id = $2
         WHERE s.subscriber_id = $1 LIMIT 1",
    )
    .bind(subscriber)
    .bind(user)
    .fetch_optional(c))?;
    Ok(found.is_some())
}
