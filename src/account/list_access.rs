//! Users who are limited to some lists.
//!
//! Services that put something on a list ask [`of_actor`] in the transaction of the change, so no
//! caller can forget it. For such a user another list is one that does not exist.

use super::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::{CampaignId, ListId, SubscriberId, UserId};
use crate::store::{Db, Result, list_access, lists, users};

/// The id of no user.
const NOBODY: UserId = UserId(-1);

/// What a user reaches.
pub async fn of_user(cx: &Context, user: UserId) -> Result<ListAccess> {
    list_access::of_user(&mut cx.store.read().await?, user).await
}

/// What an actor reaches: programs, subscribers and the operator are not limited. A user who was
/// removed meanwhile reaches nothing.
pub async fn of_actor(db: &mut Db, by: &Actor) -> Result<ListAccess> {
    let Actor::User(email) = by else {
        return Ok(ListAccess::All);
    };
    let user = list_access::user_of_email(db, email).await?;
    list_access::of_user(db, user.unwrap_or(NOBODY)).await
}

/// Whether a campaign is within reach: all of its lists are, and it is no email of a series.
pub async fn has_campaign(db: &mut Db, access: &ListAccess, id: CampaignId) -> Result<bool> {
    match access {
        ListAccess::All => Ok(true),
        ListAccess::Only(user, _) => list_access::has_campaign(db, *user, id).await,
    }
}

/// Whether a subscriber is within reach: they are or were on one of its lists.
pub async fn has_subscriber(db: &mut Db, access: &ListAccess, id: SubscriberId) -> Result<bool> {
    match access {
        ListAccess::All => Ok(true),
        ListAccess::Only(user, _) => list_access::has_subscriber(db, *user, id).await,
    }
}

/// The names of the lists of every user who is limited to some.
pub async fn names(cx: &Context) -> Result<Vec<(UserId, String)>> {
    list_access::all(&mut cx.store.read().await?).await
}

/// Limits a user to some lists, or with `None` to none; `false` for an owner, who reaches every
/// list. What is the slug of no list is left out.
pub async fn set(
    cx: &Context,
    by: &Actor,
    user: UserId,
    wanted: Option<&[ListSlug]>,
) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let set = set_within(cx, &mut db, by, user, wanted).await?;
    db.commit().await?;
    Ok(set)
}

/// The same within the caller's transaction.
pub(super) async fn set_within(
    cx: &Context,
    db: &mut Db,
    by: &Actor,
    user: UserId,
    wanted: Option<&[ListSlug]>,
) -> Result<bool> {
    let all = lists::all(db).await?;
    let chosen = wanted.map(|wanted| {
        let chosen = all.iter().filter(|list| wanted.contains(&list.slug));
        chosen.collect::<Vec<_>>()
    });
    let ids = chosen.as_ref().map(|chosen| {
        let ids = chosen.iter().map(|list| list.id);
        ids.collect::<Vec<ListId>>()
    });
    if !list_access::set(db, user, ids.as_deref()).await? {
        return Ok(false);
    }
    let named = match chosen {
        None => "all".to_owned(),
        Some(chosen) => {
            let slugs: Vec<&str> = chosen.iter().map(|list| list.slug.as_str()).collect();
            slugs.join(" ")
        }
    };
    let email = users::email(db, user).await?;
    let email = email.map_or_else(String::new, String::from);
    let (action, now) = (AuditAction::UserLists, cx.clock.now());
    audit::record(db, by, action, format!("{email} {named}"), now).await?;
    Ok(true)
}
