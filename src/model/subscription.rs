//! Subscriptions: a subscriber on a list, and how that comes about and ends.

use super::list::OptIn;
use super::word::words;

words! {
    /// Where a subscription stands.
    SubscriptionState {
        /// Asked for, not yet confirmed by mail.
        Pending = "pending",
        /// Gets the list's mail.
        Confirmed = "confirmed",
        /// Has left.
        Unsubscribed = "unsubscribed",
    }
}

words! {
    /// What a consent record is evidence of.
    ConsentAction {
        /// Somebody asked to join with this address.
        Requested = "requested",
        /// The subscription became effective.
        Confirmed = "confirmed",
        /// The subscriber left.
        Unsubscribed = "unsubscribed",
        /// A request was never confirmed in time.
        Expired = "expired",
        /// Name, language or answers were changed.
        Profile = "profile",
        /// How often mail comes was changed.
        Frequency = "frequency",
        /// Mail was paused.
        Paused = "paused",
        /// A pause was ended before its time.
        Resumed = "resumed",
        /// The subscriber asked for no mail at all.
        LeftAll = "left_all",
        /// The subscriber took that back.
        CameBack = "came_back",
    }
}

words! {
    /// By what way a consent came or went.
    ConsentMethod {
        /// The site's join form.
        Form = "form",
        /// The public join call of the API.
        Api = "api",
        /// The link in a confirmation mail.
        ConfirmationLink = "confirmation_link",
        /// The unsubscribe page of a mail's link.
        UnsubscribeLink = "unsubscribe_link",
        /// RFC 8058 one-click by the mail program.
        OneClick = "one_click",
        /// A mail to the address of `List-Unsubscribe`, or an answer that asks to leave.
        Mail = "mail",
        /// The subscriber's preferences page.
        Preferences = "preferences",
        /// An admin, on the desk or by an API token.
        Admin = "admin",
        /// An imported file.
        Import = "import",
        /// Time: a pending subscription ran out.
        Expiry = "expiry",
    }
}

words! {
    /// Why an address is never mailed again.
    SuppressionReason {
        /// The subscriber asked for no mail at all.
        UnsubscribedAll = "unsubscribed_all",
        /// The address does not exist.
        HardBounce = "hard_bounce",
        /// The recipient called the mail spam.
        Complaint = "complaint",
        /// An admin's decision.
        Manual = "manual",
    }
}

words! {
    /// By what way a suppression came.
    SuppressionSource {
        /// From before this was kept.
        Unknown = "",
        /// A relay refused mail.
        Relay = "relay",
        /// Mail came back.
        Mail = "mail",
        /// A provider's webhook.
        Provider = "provider",
        /// The person themselves.
        Person = "person",
        /// A user, on the admin pages.
        Admin = "admin",
        /// A call of the API.
        Api = "api",
        /// An imported file.
        Import = "import",
    }
}

/// What happens to a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionEvent {
    /// A visitor asks to join a list of this kind.
    Join(OptIn),
    /// An admin vouches for the subscriber's consent.
    Add,
    /// The owner of the address confirms.
    Confirm,
    /// The subscriber leaves.
    Leave,
}

/// The state after `event`, or `None` where the event changes nothing.
///
/// This is the one place that decides how a subscription moves.
pub fn next(
    state: Option<SubscriptionState>,
    event: SubscriptionEvent,
) -> Option<SubscriptionState> {
    use SubscriptionEvent::*;
    use SubscriptionState::*;
    match (state, event) {
        (None | Some(Unsubscribed), Join(OptIn::Double)) => Some(Pending),
        (None, Join(OptIn::Single)) => Some(Confirmed),
        // Whoever fills in a form with an address may be a stranger, and its
        // owner has said that they want to leave: that is theirs to take back.
        (Some(Unsubscribed), Join(OptIn::Single)) => Some(Pending),
        (None | Some(Unsubscribed | Pending), Add) => Some(Confirmed),
        // An old link must not bring back who has left since.
        (Some(Pending), Confirm) => Some(Confirmed),
        (Some(Pending | Confirmed), Leave) => Some(Unsubscribed),
        (Some(Pending | Confirmed), Join(_))
        | (Some(Confirmed), Add | Confirm)
        | (Some(Unsubscribed), Confirm | Leave)
        | (None, Confirm | Leave) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::SubscriptionEvent::*;
    use super::SubscriptionState::*;
    use super::*;

    #[test]
    fn joining_a_double_opt_in_list_waits_for_the_owner_of_the_address() {
        assert_eq!(next(None, Join(OptIn::Double)), Some(Pending));
        assert_eq!(next(Some(Pending), Confirm), Some(Confirmed));
    }

    #[test]
    fn a_stranger_does_not_bring_back_who_left_a_single_opt_in_list() {
        assert_eq!(next(None, Join(OptIn::Single)), Some(Confirmed));
        assert_eq!(next(Some(Unsubscribed), Join(OptIn::Single)), Some(Pending));
        assert_eq!(
            next(Some(Pending), Join(OptIn::Single)),
            None,
            "nor by asking twice"
        );
    }

    #[test]
    fn joining_again_never_weakens_a_confirmed_subscription() {
        assert_eq!(next(Some(Confirmed), Join(OptIn::Double)), None);
        assert_eq!(next(Some(Pending), Join(OptIn::Double)), None);
    }

    #[test]
    fn an_old_confirmation_link_does_not_bring_back_who_left() {
        assert_eq!(next(Some(Unsubscribed), Confirm), None);
        assert_eq!(next(None, Confirm), None);
    }

    #[test]
    fn leaving_twice_is_leaving_once() {
        assert_eq!(next(Some(Confirmed), Leave), Some(Unsubscribed));
        assert_eq!(next(Some(Unsubscribed), Leave), None);
    }
}
