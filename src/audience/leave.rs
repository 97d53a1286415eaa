//! Leaving: one click, at once, without a question that must be answered.

use super::{ConsentSource, Result};
use crate::context::Context;
use crate::model::subscription::{ConsentAction, ConsentMethod, SubscriptionEvent, next};
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscriptions::Consent;
use crate::store::{Db, lists, subscriptions, weekly};

/// The lists that a link in a campaign's mail would take its reader off.
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

/// Takes a subscriber off the lists of a campaign.
///
/// Doing so twice, or after the subscriber was erased, is no error: what the
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

/// Takes a subscriber off lists, within the caller's transaction.
pub(crate) async fn leave_lists(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    lists: &[ListId],
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<()> {
    let now = cx.clock.now();
    for held in subscriptions::of_subscriber(db, subscriber).await? {
        if !lists.contains(&held.list_id) {
            continue;
        }
        let Some(moved) = next(Some(held.state), SubscriptionEvent::Leave) else {
            continue;
        };
        subscriptions::set(db, subscriber, held.list_id, moved, now).await?;
        let consent = Consent {
            subscriber,
            list: held.list_id,
            action: ConsentAction::Unsubscribed,
            method,
            wording: String::new(),
            network: source.network.clone(),
            user_agent: source.user_agent.clone(),
            reason: source.reason.clone(),
            campaign: source.campaign,
        };
        subscriptions::record_consent(db, &consent, now).await?;
    }
    // A digest that a worker has in its hands may still tell of these lists.
    weekly::requeue(db, subscriber, now).await?;
    Ok(())
}
