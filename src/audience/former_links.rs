//! Links in the emails of systems that people were imported from: whose they are, and a way
//! for those whose link says nothing.

use super::leave::leave_lists;
use super::{ConsentSource, Result};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::import::System;
use crate::model::subscription::{ConsentMethod, SubscriptionState, SuppressionReason};
use crate::model::transactional::EmailContent;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{former_ids, lists, subscribers, subscriptions, suppressions};

/// Whose link it is, and the lists that they were imported to.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Who.
    pub subscriber: SubscriberId,
    /// The lists.
    pub lists: Vec<List>,
    /// Those of them that wait for a confirmation.
    pub pending: Vec<ListId>,
}

/// Whose an id of another system was. `None` where it is nobody's, and where a file gave it
/// to several people: nobody must unsubscribe another.
pub async fn owner(cx: &Context, system: System, id: &str) -> Result<Option<Owner>> {
    let mut db = cx.store.read().await?;
    let rows = former_ids::owners(&mut db, system, id).await?;
    let Some((subscriber, _)) = rows.first().copied() else {
        return Ok(None);
    };
    if rows.iter().any(|(other, _)| *other != subscriber) {
        return Ok(None);
    }
    let mut lists = lists::all(&mut db).await?;
    lists.retain(|list| rows.iter().any(|(_, id)| *id == list.id));
    let held = subscriptions::of_subscriber(&mut db, subscriber).await?;
    let is_pending = |list: &&List| {
        let mut held = held.iter();
        held.any(|one| one.list_id == list.id && one.state == SubscriptionState::Pending)
    };
    let pending = lists.iter().filter(is_pending).map(|list| list.id);
    Ok(Some(Owner {
        subscriber,
        pending: pending.collect(),
        lists,
    }))
}

/// Unsubscribes the owner of a link from the lists that they were imported to; gives those that
/// they were on.
pub async fn unsubscribe(
    cx: &Context,
    owner: &Owner,
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<Vec<ListId>> {
    let lists: Vec<ListId> = owner.lists.iter().map(|list| list.id).collect();
    let mut db = cx.store.write().await?;
    let left = leave_lists(cx, &mut db, owner.subscriber, &lists, method, source).await?;
    db.commit().await?;
    Ok(left)
}

/// Emails a subscriber the link to their preferences; nothing to an address that is
/// nobody's, or that bounced or complained.
pub async fn mail_preferences_link(cx: &Context, email: &EmailAddress) -> Result<()> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_email(&mut db, email).await? else {
        return Ok(());
    };
    let against = suppressions::all_of(&mut db, email).await?;
    let is_unwelcome = |reason| {
        matches!(
            reason,
            SuppressionReason::HardBounce | SuppressionReason::Complaint
        )
    };
    if against.iter().any(|one| is_unwelcome(one.reason)) {
        return Ok(());
    }
    let content = EmailContent::Preferences {
        subscriber: subscriber.id,
    };
    let new_email = NewEmail::to(&subscriber, content);
    transactional_emails::insert(&mut db, &new_email, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}
