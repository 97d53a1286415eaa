//! Unsubscribing: one click, immediate, without a question.

use super::subscription::{self, Evidence};
use super::{ConsentSource, Result};
use crate::context::Context;
use crate::model::subscription::{ConsentMethod, SubscriptionEvent};
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::{Db, lists, subscriptions, weekly_digests};

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

/// Unsubscribes a subscriber from the lists of a campaign.
///
/// Doing so twice, or after the subscriber was erased, is no error.
/// person wants holds.
pub async fn unsubscribe(
    cx: &Context,
    subscriber: SubscriberId,
    campaign: CampaignId,
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let lists = subscriptions::lists_of_mail(&mut db, campaign, subscriber).await?;
    let source = ConsentSource {
        campaign: Some(campaign),
        ..source.clone()
    };
    leave_lists(cx, &mut db, subscriber, &lists, method, &source).await?;
    db.commit().await?;
    Ok(())
}

/// Unsubscribes a subscriber from lists, within the caller's transaction.
pub(crate) async fn leave_lists(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    lists: &[ListId],
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<()> {
    let now = cx.clock.now();
    let evidence = Evidence {
        method,
        wording: "",
        source,
    };
    let event = SubscriptionEvent::Leave;
    subscription::apply_to_lists(db, subscriber, lists, event, &evidence, now).await?;
    // A digest that a worker has already claimed may still list these.
    weekly_digests::requeue(db, subscriber, now).await?;
    Ok(())
}
