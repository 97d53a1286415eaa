//! Ending what was never confirmed: an address that did not answer is not kept.

use std::time::Duration;

use super::Result;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::subscription::{ConsentAction, ConsentMethod, SubscriptionState};
use crate::store::subscriptions::{Consent, Subscription};
use crate::store::{subscribers, subscriptions};

const SLICE: i64 = 500;

/// Ends pending subscriptions that have waited longer than the configured
/// lifetime, and erases who has no other. Tells how many ended.
pub async fn expire_pending(cx: &Context) -> Result<usize> {
    let mut ended = 0;
    loop {
        let now = cx.clock.now();
        let before = now.before(Duration::from_secs(cx.config.confirmation_lifetime));
        let mut db = cx.store.write().await?;
        let due = subscriptions::pending_since_before(&mut db, before, SLICE).await?;
        for subscription in &due {
            let id = subscription.subscriber_id;
            if is_forgotten(&subscriptions::of_subscriber(&mut db, id).await?, before) {
                subscribers::erase(&mut db, id).await?;
                continue;
            }
            let state = SubscriptionState::Unsubscribed;
            subscriptions::set(&mut db, id, subscription.list_id, state, now).await?;
            let consent = Consent {
                subscriber: id,
                list: subscription.list_id,
                action: ConsentAction::Expired,
                method: ConsentMethod::Expiry,
                wording: String::new(),
                network: String::new(),
                user_agent: String::new(),
                reason: String::new(),
                campaign: None,
            };
            subscriptions::record_consent(&mut db, &consent, now).await?;
        }
        db.commit().await?;
        ended += due.len();
        if due.len() < SLICE as usize {
            return Ok(ended);
        }
    }
}

/// Whether a subscriber has never been more than pending, and for too long.
fn is_forgotten(held: &[Subscription], before: Timestamp) -> bool {
    held.iter()
        .all(|s| s.state == SubscriptionState::Pending && s.changed_at < before)
}
