//! Expiry of unconfirmed subscriptions: an address that did not confirm is erased.

use std::time::Duration;

use super::subscription::{self, Evidence};
use super::{ConsentSource, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::growth::ChangeSource;
use crate::model::subscription::{ConsentMethod, SubscriptionEvent, SubscriptionState};
use crate::store::subscriptions::Subscription;
use crate::store::{subscribers, subscriptions};

const SLICE: i64 = 500;

/// Ends pending subscriptions that are older than the configured lifetime, and
/// erases subscribers who have no other; gives their number.
pub async fn expire_pending(cx: &Context) -> Result<usize> {
    let source = ConsentSource::default();
    let evidence = Evidence {
        method: ConsentMethod::Expiry,
        wording: "",
        source: &source,
    };
    let mut ended = 0;
    loop {
        let now = cx.clock.now();
        let before = now.before(Duration::from_secs(cx.config().confirmation_lifetime));
        let mut db = cx.store.write().await?;
        let due = subscriptions::pending_since_before(&mut db, before, SLICE).await?;
        for pending in &due {
            let id = pending.subscriber_id;
            if is_forgotten(&subscriptions::of_subscriber(&mut db, id).await?, before) {
                subscribers::erase(&mut db, id, ChangeSource::Expiry, now).await?;
                continue;
            }
            let event = SubscriptionEvent::Expire;
            let list = pending.list_id;
            subscription::apply(&mut db, id, list, event, &evidence, now).await?;
        }
        db.commit().await?;
        ended += due.len();
        if due.len() < SLICE as usize {
            return Ok(ended);
        }
    }
}

/// Whether all of a subscriber's subscriptions have been pending for too long.
fn is_forgotten(held: &[Subscription], before: Timestamp) -> bool {
    held.iter()
        .all(|s| s.state == SubscriptionState::Pending && s.changed_at < before)
}
