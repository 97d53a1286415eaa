//! Confirming: the owner of an address agrees to the subscriptions requested for it.

use std::time::Duration;

use super::confirmation_request;
use super::subscription::{self, Evidence};
use super::{ConsentSource, Result, engagement, erased};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionEvent, SubscriptionState, SuppressionReason,
};
use crate::model::transactional::{EmailContent, Subscriptions};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::{Choice, Subscription};
use crate::store::transactional_emails::NewEmail;
use crate::store::{
    Db, list_welcomes, lists, subscribers, subscriptions, suppressions, transactional_emails,
};

/// The content of a confirmation link. Its page shows all that is pending by
/// then, so that one email is enough for later requests too.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The subscriber.
    pub subscriber: SubscriberId,
    /// The lists that were requested.
    pub lists: Vec<ListId>,
    /// When the link was made.
    pub issued: Timestamp,
}

/// The state of a confirmation link.
#[derive(Debug, Clone)]
pub enum LinkState {
    /// Not confirmed yet.
    Open(Subscriber, Vec<List>),
    /// All lists are confirmed.
    Done(Subscriber, Vec<List>),
    /// Expired, withdrawn, or the subscriber was erased: join again.
    Expired,
}

/// The state of a confirmation link; changes nothing.
pub async fn load(cx: &Context, confirmation: &Confirmation) -> Result<LinkState> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, confirmation.subscriber).await? else {
        return Ok(LinkState::Expired);
    };
    let held = subscriptions::of_subscriber(&mut db, subscriber.id).await?;
    let is_asked = |s: &Subscription| confirmation.lists.contains(&s.list_id);
    let ids = |is_one: &dyn Fn(&Subscription) -> bool| -> Vec<ListId> {
        let found = held.iter().filter(|s| is_one(s));
        found.map(|s| s.list_id).collect()
    };
    let has_left_all = has_left_all(&mut db, &subscriber).await?;
    let is_on = |s: &Subscription| s.state == SubscriptionState::Confirmed && is_asked(s);
    let pending = ids(&|s| s.state == SubscriptionState::Pending || has_left_all && is_on(s));
    let confirmed = ids(&is_on);
    let all = lists::all(&mut db).await?;
    let named = |ids: &[ListId]| -> Vec<List> {
        all.iter()
            .filter(|list| ids.contains(&list.id))
            .cloned()
            .collect()
    };
    let lifetime = Duration::from_secs(cx.config().confirmation_lifetime);
    let is_fresh = cx.clock.now() <= confirmation.issued.after(lifetime);
    Ok(match (pending.is_empty(), confirmed.is_empty()) {
        (false, _) if is_fresh => LinkState::Open(subscriber, named(&pending)),
        (true, false) => LinkState::Done(subscriber, named(&confirmed)),
        _ => LinkState::Expired,
    })
}

/// Whether they asked for no mail at all, which they may revoke.
async fn has_left_all(db: &mut Db, subscriber: &Subscriber) -> Result<bool> {
    let suppression = suppressions::of(db, &subscriber.email).await?;
    Ok(suppression.is_some_and(|s| s.reason == SuppressionReason::UnsubscribedAll))
}

/// Queues a welcome to those of the lists that send one: a list with an email of its own by
/// that, the others by one together.
pub(super) async fn welcome(
    db: &mut Db,
    subscriber: &Subscriber,
    joined: &[&List],
    now: Timestamp,
) -> Result<()> {
    let (mut emails, mut others) = (Vec::new(), Vec::new());
    for list in joined.iter().filter(|list| list.options.sends_welcome) {
        if list_welcomes::of_list(db, list.id).await?.is_empty() {
            others.push(list.id)
        } else {
            emails.push(vec![list.id])
        }
    }
    emails.push(others);
    for lists in emails.into_iter().filter(|lists| !lists.is_empty()) {
        let subscriptions = Subscriptions {
            subscriber: subscriber.id,
            lists,
        };
        let new_email = NewEmail::to(subscriber, EmailContent::Welcome(subscriptions));
        transactional_emails::insert(db, &new_email, now).await?;
    }
    Ok(())
}

/// Confirms what is pending: of the lists that the page showed, if it says which,
/// so that nothing is confirmed unseen. `engagement` is the sentence by which they agree that opens
/// and followed links are seen, if that was asked for and they ticked it.
///
/// Pressing the button twice, or in two windows, confirms once.
pub async fn confirm(
    cx: &Context,
    confirmation: &Confirmation,
    shown: Option<&[ListId]>,
    wording: &str,
    engagement: Option<&str>,
    source: &ConsentSource,
) -> Result<LinkState> {
    let LinkState::Open(subscriber, mut pending) = load(cx, confirmation).await? else {
        return load(cx, confirmation).await;
    };
    pending.retain(|list| shown.is_none_or(|shown| shown.contains(&list.id)));
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let evidence = Evidence {
        method: ConsentMethod::ConfirmationLink,
        wording,
        source,
    };
    let mut joined = Vec::new();
    for list in &pending {
        let event = SubscriptionEvent::Confirm;
        let applied =
            subscription::apply(&mut db, subscriber.id, list.id, event, &evidence, now).await?;
        if applied.is_change() {
            joined.push(list);
        }
    }
    if !joined.is_empty() {
        erased::forget(cx, &mut db, &subscriber.email).await?;
    }
    if has_left_all(&mut db, &subscriber).await? && !pending.is_empty() {
        let reason = SuppressionReason::UnsubscribedAll;
        suppressions::lift_reason(&mut db, &subscriber.email.lookup_key(), reason).await?;
        let choice = Choice {
            wording: wording.to_owned(),
            method: ConsentMethod::ConfirmationLink,
            ..source.choice(subscriber.id, ConsentAction::CameBack, String::new())
        };
        subscriptions::record_choice(&mut db, &choice, now).await?;
    }
    if !pending.is_empty() {
        engagement::confirm(cx, &mut db, subscriber.id, engagement, source).await?;
    }
    confirmation_request::answered(cx, &mut db, &subscriber.email).await?;
    welcome(&mut db, &subscriber, &joined, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    load(cx, confirmation).await
}
