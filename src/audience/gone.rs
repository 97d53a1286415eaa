//! Who is gone stays gone, unless somebody says who asked to come back, and why. The one rule
//! for admins, the API and imports.

use crate::model::import::{Kept, Standing};
use crate::model::list::OptIn;
use crate::model::subscription::{SubscriptionEvent, SubscriptionState, SuppressionReason};

/// What is known of a person and a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Their subscription to the list.
    pub state: Option<SubscriptionState>,
    /// Why their address is suppressed.
    pub suppressed: Option<Kept>,
    /// Whether they had their data erased.
    pub is_erased: bool,
}

impl Known {
    /// Why they would be without mail, what weighs most first.
    fn reasons(&self) -> impl Iterator<Item = Kept> {
        let has_left = self.state == Some(SubscriptionState::Unsubscribed);
        let reasons = [
            self.is_erased.then_some(Kept::Erased),
            self.suppressed,
            has_left.then_some(Kept::Left),
        ];
        reasons.into_iter().flatten()
    }

    pub fn is_gone(&self) -> bool {
        self.reasons().next().is_some()
    }

    /// Why they stay away although they would be subscribed; `resubscribe` names those who
    /// are subscribed all the same.
    pub fn stays_away(&self, resubscribe: &[Kept]) -> Option<Kept> {
        self.reasons().find(|kept| !resubscribe.contains(kept))
    }
}

/// The strongest reason of an address that is not overruled, or else any.
pub fn strongest(reasons: &[SuppressionReason], overruled: &[Kept]) -> Option<Kept> {
    let strength = |reason: &&SuppressionReason| {
        let is_in_force = !overruled.contains(&Kept::from(**reason));
        (is_in_force, Standing::from(**reason).strength())
    };
    let strongest = reasons.iter().max_by_key(strength);
    strongest.map(|reason| Kept::from(*reason))
}

/// The event that brings a subscription into a state; `again` if the person may have been gone
/// before.
pub fn event(to: SubscriptionState, again: bool) -> SubscriptionEvent {
    match (to, again) {
        (SubscriptionState::Unsubscribed, _) => SubscriptionEvent::Leave,
        (SubscriptionState::Confirmed, true) => SubscriptionEvent::Resubscribe,
        (SubscriptionState::Confirmed, false) => SubscriptionEvent::Add,
        // A person who had left is asked again by joining.
        (SubscriptionState::Pending, true) => SubscriptionEvent::Join(OptIn::Double),
        (SubscriptionState::Pending, false) => SubscriptionEvent::Invite,
    }
}
