//! The one way by which a subscription changes.
//!
//! Forms, confirmation links, unsubscribe links, preference pages, admins, the
//! API, imports, returned mail and expiry all come through here: the state is
//! loaded, the state machine decides, and membership and consent record are
//! written in the caller's transaction. The store takes nothing but a
//! [`Transition`](crate::model::subscription::Transition), which only the state machine makes.

use super::{ConsentSource, Result};
use crate::clock::Timestamp;
use crate::model::subscription::{ConsentMethod, SubscriptionEvent, SubscriptionState, transition};
use crate::model::{ListId, SubscriberId};
use crate::store::Db;
use crate::store::subscriptions::{self, Consent};

/// What a consent record says of how a change came about.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// By what way.
    pub method: ConsentMethod,
    /// The sentence that was agreed to, as shown; empty where there was none.
    pub wording: &'a str,
    /// Where the request came from.
    pub source: &'a ConsentSource,
}

/// A subscription before and after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// `None` where there was no subscription.
    pub before: Option<SubscriptionState>,
    /// The same as before where the event changes nothing.
    pub after: Option<SubscriptionState>,
}

impl Applied {
    /// Whether the event has changed the subscription.
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }

    /// Whether the event has brought the subscription into `state`.
    pub fn moved_to(&self, state: SubscriptionState) -> bool {
        self.is_change() && self.after == Some(state)
    }
}

/// Applies an event to one subscription, within the caller's transaction.
/// Applying it twice is applying it once: an event that changes nothing leaves
/// no record.
pub async fn apply(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    event: SubscriptionEvent,
    evidence: &Evidence<'_>,
    now: Timestamp,
) -> Result<Applied> {
    let before = subscriptions::state(db, subscriber, list).await?;
    let Some(transition) = transition(before, event) else {
        return Ok(Applied {
            before,
            after: before,
        });
    };
    let source = evidence.source;
    let consent = Consent {
        subscriber,
        list,
        method: evidence.method,
        wording: evidence.wording.to_owned(),
        network: source.network.clone(),
        user_agent: source.user_agent.clone(),
        reason: source.reason.clone(),
        campaign: source.campaign,
    };
    subscriptions::write(db, &transition, &consent, now).await?;
    Ok(Applied {
        before,
        after: Some(transition.to()),
    })
}

/// Applies an event to several lists of one subscriber; gives those that changed.
pub async fn apply_to_lists(
    db: &mut Db,
    subscriber: SubscriberId,
    lists: &[ListId],
    event: SubscriptionEvent,
    evidence: &Evidence<'_>,
    now: Timestamp,
) -> Result<Vec<(ListId, SubscriptionState)>> {
    let mut changed = Vec::new();
    for list in lists {
        let applied = apply(db, subscriber, *list, event, evidence, now).await?;
        if let Some(after) = applied.after.filter(|_| applied.is_change()) {
            changed.push((*list, after));
        }
    }
    Ok(changed)
}
