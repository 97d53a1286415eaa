//! Subscriptions: a subscriber on a list, and the transitions of their state.

use super::list::OptIn;
use super::string_enum::string_enum;

string_enum! {
    /// The state of a subscription.
    pub enum SubscriptionState {
        /// Requested, not yet confirmed by email.
        Pending,
        /// Receives the list's emails.
        Confirmed,
        /// Unsubscribed.
        Unsubscribed,
    }
}

string_enum! {
    /// What a consent record is evidence of.
    pub enum ConsentAction {
        /// Somebody asked to join with this address.
        Requested,
        /// The subscription became effective.
        Confirmed,
        /// The subscriber left.
        Unsubscribed,
        /// A request was never confirmed in time.
        Expired,
        /// Name, language or answers were changed.
        Profile,
        /// How often mail comes was changed.
        Frequency,
        /// Mail was paused.
        Paused,
        /// A pause was ended before its time.
        Resumed,
        /// The subscriber asked for no mail at all.
        LeftAll,
        /// The subscriber revoked that.
        CameBack,
        /// The subscriber said why they left.
        ReasonGiven,
        /// Somebody ticked on a join form that opens and followed links may be seen.
        EngagementRequested,
        /// The subscriber agreed to that.
        EngagementAgreed,
        /// The subscriber withdrew it, or an admin for them.
        EngagementWithdrawn,
    }
}

string_enum! {
    /// Why a subscriber left, as they chose it from a list.
    pub enum LeaveReason {
        /// Email comes too often.
        TooMany,
        /// It is about something else than they want to read.
        NotInteresting,
        /// They do not remember joining.
        NeverAsked,
        /// They read the news in another place.
        Elsewhere,
        /// Something that is not in the list.
        Other,
    }
}

string_enum! {
    /// By what way a consent came or went.
    pub enum ConsentMethod {
        /// The site's join form.
        Form,
        /// The public join call of the API.
        Api,
        /// The link in a confirmation mail.
        ConfirmationLink,
        /// The unsubscribe page of a mail's link.
        UnsubscribeLink,
        /// RFC 8058 one-click by the mail client.
        OneClick,
        /// A mail to the address of `List-Unsubscribe`, or an answer that asks to leave.
        Mail,
        /// The subscriber's preferences page.
        Preferences,
        /// An admin, on the admin pages or by an API token.
        Admin,
        /// An imported file.
        Import,
        /// Time: a pending subscription ran out.
        Expiry,
    }
}

string_enum! {
    /// Why an address is never mailed again.
    pub enum SuppressionReason {
        /// The subscriber asked for no mail at all.
        UnsubscribedAll,
        /// The address does not exist.
        HardBounce,
        /// The recipient called the mail spam.
        Complaint,
        /// An admin's decision.
        Manual,
    }
}

string_enum! {
    /// By what way a suppression came.
    pub enum SuppressionSource {
        /// A relay refused mail.
        Relay,
        /// Mail came back.
        Mail,
        /// A provider's webhook.
        Provider,
        /// The person themselves.
        Person,
        /// A user, on the admin pages.
        Admin,
        /// A call of the API.
        Api,
        /// An imported file.
        Import,
    }
}

/// What happens to a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionEvent {
    /// A visitor asks to join a list of this kind.
    Join(OptIn),
    /// An admin has the subscriber's consent. A person who left stays away.
    Add,
    /// An admin asks them to confirm. A person who left is not asked.
    Invite,
    /// A person who left is subscribed again: by themselves, or by an admin who says why.
    Resubscribe,
    /// The owner of the address confirms.
    Confirm,
    /// The subscriber leaves.
    Leave,
    /// They left in another system, or never consented there.
    LeaveElsewhere,
    /// The confirmation did not come in time.
    Expire,
}

/// A permitted change of a subscription and the consent records it leaves.
///
/// Only [`transition`] makes one, so that no membership is written that the
/// state machine has not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    from: Option<SubscriptionState>,
    to: SubscriptionState,
    actions: &'static [ConsentAction],
}

impl Transition {
    /// The state before; `None` where there was no subscription.
    pub fn from(&self) -> Option<SubscriptionState> {
        self.from
    }

    /// The new state.
    pub fn to(&self) -> SubscriptionState {
        self.to
    }

    /// What the consent records say, in their order.
    pub fn actions(&self) -> &'static [ConsentAction] {
        self.actions
    }
}

/// The change that `event` brings, or `None` where it changes nothing.
pub fn transition(
    state: Option<SubscriptionState>,
    event: SubscriptionEvent,
) -> Option<Transition> {
    use ConsentAction::*;
    let to = next(state, event)?;
    let actions: &[ConsentAction] = match (event, to) {
        (SubscriptionEvent::Join(_), SubscriptionState::Confirmed) => &[Requested, Confirmed],
        (SubscriptionEvent::Join(_) | SubscriptionEvent::Invite, _) => &[Requested],
        (
            SubscriptionEvent::Add | SubscriptionEvent::Resubscribe | SubscriptionEvent::Confirm,
            _,
        ) => &[Confirmed],
        (SubscriptionEvent::Leave | SubscriptionEvent::LeaveElsewhere, _) => &[Unsubscribed],
        (SubscriptionEvent::Expire, _) => &[Expired],
    };
    Some(Transition {
        from: state,
        to,
        actions,
    })
}

/// The state after `event`, or `None` where the event changes nothing.
///
/// This is the one place that decides on transitions.
pub fn next(
    state: Option<SubscriptionState>,
    event: SubscriptionEvent,
) -> Option<SubscriptionState> {
    use SubscriptionEvent::*;
    use SubscriptionState::*;
    match (state, event) {
        (None | Some(Unsubscribed), Join(OptIn::Double)) => Some(Pending),
        (None, Join(OptIn::Single)) => Some(Confirmed),
        // The form may be filled in by a stranger, and the owner of the address
        // has unsubscribed: only the owner may revoke that.
        (Some(Unsubscribed), Join(OptIn::Single)) => Some(Pending),
        (None | Some(Pending), Add) => Some(Confirmed),
        (None, Invite) => Some(Pending),
        (None | Some(Unsubscribed | Pending), Resubscribe) => Some(Confirmed),
        // An old link must not resubscribe someone who has left since.
        (Some(Pending), Confirm) => Some(Confirmed),
        (Some(Pending | Confirmed), Leave) => Some(Unsubscribed),
        (None | Some(Pending | Confirmed), LeaveElsewhere) => Some(Unsubscribed),
        (Some(Pending), Expire) => Some(Unsubscribed),
        (Some(Pending | Confirmed), Join(_))
        | (Some(Confirmed), Add | Invite | Resubscribe | Confirm)
        | (Some(Pending), Invite)
        | (Some(Unsubscribed), Add | Invite | Confirm | Leave | LeaveElsewhere)
        | (None, Confirm | Leave)
        | (None | Some(Confirmed | Unsubscribed), Expire) => None,
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
    fn a_stranger_cannot_resubscribe_an_address_to_a_single_opt_in_list() {
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
    fn an_old_confirmation_link_does_not_resubscribe() {
        assert_eq!(next(Some(Unsubscribed), Confirm), None);
        assert_eq!(next(None, Confirm), None);
    }

    #[test]
    fn nobody_who_left_is_added_again_without_a_reason() {
        for state in [None, Some(Pending)] {
            assert_eq!(next(state, Add), Some(Confirmed));
        }
        for event in [Add, Invite, Confirm] {
            assert_eq!(next(Some(Unsubscribed), event), None, "{event:?}");
        }
        assert_eq!(next(Some(Unsubscribed), Resubscribe), Some(Confirmed));
        let added = transition(None, Add).unwrap();
        assert_eq!(added.actions(), [ConsentAction::Confirmed]);
    }

    #[test]
    fn who_left_elsewhere_is_known_to_have_left() {
        for state in [None, Some(Pending), Some(Confirmed)] {
            assert_eq!(next(state, LeaveElsewhere), Some(Unsubscribed));
        }
        let left = transition(None, LeaveElsewhere).unwrap();
        assert_eq!(left.actions(), [ConsentAction::Unsubscribed]);
    }

    #[test]
    fn joining_a_single_opt_in_list_records_request_and_confirmation() {
        let joined = transition(None, Join(OptIn::Single)).unwrap();
        let expected = [ConsentAction::Requested, ConsentAction::Confirmed];
        assert_eq!(joined.actions(), expected);
    }

    #[test]
    fn only_a_pending_subscription_expires() {
        assert_eq!(next(Some(Pending), Expire), Some(Unsubscribed));
        assert_eq!(next(Some(Confirmed), Expire), None);
        let expired = transition(Some(Pending), Expire).unwrap();
        assert_eq!(expired.actions(), [ConsentAction::Expired]);
    }

    #[test]
    fn leaving_twice_is_leaving_once() {
        assert_eq!(next(Some(Confirmed), Leave), Some(Unsubscribed));
        assert_eq!(next(Some(Unsubscribed), Leave), None);
    }
}
