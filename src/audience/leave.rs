//! Unsubscribing: one click, immediate, without a question. Subscribers may say why afterwards.

use super::subscription::{self, Evidence};
use super::{ConsentSource, Result};
use crate::context::Context;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, LeaveReason, SubscriptionEvent, SubscriptionState,
};
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::reports::{self, ReasonCount};
use crate::store::subscriptions::Consent;
use crate::store::{Db, lists, subscribers, subscriptions, suppressions, weekly_digests};

/// The lists that the unsubscribe link of a campaign's email covers.
pub async fn lists_of(
    cx: &Context,
    campaign: CampaignId,
    subscriber: SubscriberId,
) -> Result<Vec<List>> {
    let mut db = cx.store.read().await?;
    let ids = subscriptions::lists_of_mail(&mut db, campaign, subscriber).await?;
    let mut all = lists::all(&mut db).await?;
    all.retain(|list| ids.contains(&list.id));
    Ok(all)
}

/// Unsubscribes a subscriber from the lists of a campaign; gives those lists.
///
/// Doing so twice, or after the subscriber was erased, is no error.
pub async fn unsubscribe(
    cx: &Context,
    subscriber: SubscriberId,
    campaign: CampaignId,
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<Vec<ListId>> {
    let mut db = cx.store.write().await?;
    let lists = subscriptions::lists_of_mail(&mut db, campaign, subscriber).await?;
    let source = ConsentSource {
        campaign: Some(campaign),
        ..source.clone()
    };
    leave_lists(cx, &mut db, subscriber, &lists, method, &source).await?;
    db.commit().await?;
    Ok(lists)
}

/// Unsubscribes a subscriber from lists, within the caller's transaction; gives those that they
/// were on.
pub(crate) async fn leave_lists(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    lists: &[ListId],
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<Vec<ListId>> {
    let now = cx.clock.now();
    let evidence = Evidence {
        method,
        wording: "",
        source,
    };
    let event = SubscriptionEvent::Leave;
    let left = subscription::apply_to_lists(db, subscriber, lists, event, &evidence, now).await?;
    // A digest that a worker has already claimed may still list these.
    weekly_digests::requeue(db, subscriber, now).await?;
    Ok(left.into_iter().map(|(list, _)| list).collect())
}

/// What became of a subscriber's leaving.
#[derive(Debug, Clone)]
pub struct Departure {
    /// The lists that were left.
    pub lists: Vec<List>,
    /// Whether they are off these lists, as they should be.
    pub is_off: bool,
    /// Whether no email goes to them at all.
    pub is_suppressed: bool,
    /// Whether nothing about them is stored any more.
    pub is_erased: bool,
    /// Whether nothing has followed their leaving: they may say why.
    pub can_say_why: bool,
    /// Whether they have said why.
    pub has_said_why: bool,
}

/// What became of a subscriber's leaving these lists.
pub async fn departure(
    cx: &Context,
    subscriber: SubscriberId,
    left: &[ListId],
) -> Result<Departure> {
    let mut db = cx.store.read().await?;
    let mut lists = lists::all(&mut db).await?;
    lists.retain(|list| left.contains(&list.id));
    let held = subscriptions::of_subscriber(&mut db, subscriber).await?;
    let is_on = |list: &ListId| {
        let mut held = held.iter();
        held.any(|one| one.list_id == *list && one.state != SubscriptionState::Unsubscribed)
    };
    let found = subscribers::by_id(&mut db, subscriber).await?;
    let is_suppressed = match &found {
        Some(found) => suppressions::of(&mut db, &found.email).await?.is_some(),
        None => false,
    };
    let (mut can_say_why, mut has_said_why) = (false, false);
    for list in left {
        let last = subscriptions::last_consent(&mut db, subscriber, *list).await?;
        let action = last.map(|last| last.action);
        can_say_why |= action == Some(ConsentAction::Unsubscribed);
        has_said_why |= action == Some(ConsentAction::ReasonGiven);
    }
    Ok(Departure {
        is_off: !left.iter().any(is_on),
        is_erased: found.is_none(),
        is_suppressed,
        can_say_why,
        has_said_why,
        lists,
    })
}

/// Keeps why a subscriber left lists: one reason for each leaving. Lists that they are on again,
/// or have given a reason for, are passed over.
pub async fn say_why(
    cx: &Context,
    subscriber: SubscriberId,
    left: &[ListId],
    reason: LeaveReason,
    wording: &str,
    source: &ConsentSource,
) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    for list in left {
        let last = subscriptions::last_consent(&mut db, subscriber, *list).await?;
        let Some(leaving) = last.filter(|last| last.action == ConsentAction::Unsubscribed) else {
            continue;
        };
        let consent = Consent {
            subscriber,
            list: *list,
            method: leaving.method,
            wording: wording.to_owned(),
            network: source.network.clone(),
            user_agent: source.user_agent.clone(),
            reason: String::new(),
            campaign: leaving.campaign,
        };
        subscriptions::record_reason(&mut db, reason, &consent, now).await?;
    }
    db.commit().await?;
    Ok(())
}

/// Why people left a list.
pub async fn reasons_of_list(cx: &Context, list: ListId) -> Result<Vec<ReasonCount>> {
    Ok(reports::reasons_of_list(&mut cx.store.read().await?, list).await?)
}
