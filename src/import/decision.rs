//! What an import does with a person, by what is known of them. No file puts back who has
//! gone, unless an operator says so and why.

use crate::audience::gone::{self, Known};
use crate::model::import::{Kept, Standing};
use crate::model::subscription::{SubscriptionEvent, SubscriptionState};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// The event is applied to the subscription, where it is one.
    Take {
        /// `None` leaves the subscription as it is.
        event: Option<SubscriptionEvent>,
        /// Whether they are subscribed again after they had gone.
        is_resubscribed: bool,
    },
    /// The subscription stays as it is, and so does whatever keeps them from mail.
    Keep(Kept),
    /// Nothing of the row is stored.
    Reject(Kept),
}

/// Decides on a person whom a file has with a standing. `resubscribe` names those who are
/// taken all the same.
pub(super) fn decide(standing: Standing, known: &Known, resubscribe: &[Kept]) -> Decision {
    use SubscriptionState::{Confirmed, Pending, Unsubscribed};
    let take = |event| Decision::Take {
        event,
        is_resubscribed: false,
    };
    match standing {
        Standing::Confirmed | Standing::Pending => {}
        _ if known.is_erased => return Decision::Reject(Kept::Erased),
        // To end something needs nobody's leave. A suppression is added besides.
        Standing::Unsubscribed
        | Standing::LeftAll
        | Standing::Blocked
        | Standing::Bounced
        | Standing::Complained => {
            return take(match known.state {
                Some(Unsubscribed) => None,
                _ => Some(SubscriptionEvent::LeaveElsewhere),
            });
        }
    }
    match known.stays_away(resubscribe) {
        Some(Kept::Erased) => return Decision::Reject(Kept::Erased),
        Some(kept) => return Decision::Keep(kept),
        None => {}
    }
    let is_resubscribed = known.is_gone();
    let event = match (standing, known.state) {
        (_, Some(Confirmed)) => None,
        (Standing::Confirmed, _) => Some(gone::event(Confirmed, is_resubscribed)),
        (_, Some(Pending)) => None,
        (_, None | Some(Unsubscribed)) => Some(gone::event(Pending, is_resubscribed)),
    };
    Decision::Take {
        event,
        is_resubscribed,
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    fn known(state: Option<SubscriptionState>) -> Known {
        Known {
            state,
            ..Known::default()
        }
    }

    #[test]
    fn who_is_new_is_taken_and_who_is_there_stays() {
        let take = |event| Decision::Take {
            event,
            is_resubscribed: false,
        };
        let new = decide(Standing::Confirmed, &known(None), &[]);
        assert_eq!(new, take(Some(SubscriptionEvent::Add)));
        for standing in [Standing::Confirmed, Standing::Pending] {
            let there = known(Some(SubscriptionState::Confirmed));
            assert_eq!(decide(standing, &there, &[]), take(None));
        }
    }

    #[test]
    fn nobody_who_has_gone_comes_back_by_a_file() {
        let left = known(Some(SubscriptionState::Unsubscribed));
        for standing in [Standing::Confirmed, Standing::Pending] {
            assert_eq!(decide(standing, &left, &[]), Decision::Keep(Kept::Left));
            for kept in Kept::VARIANTS.iter().filter(|kept| **kept != Kept::Erased) {
                let suppressed = Known {
                    suppressed: Some(*kept),
                    ..known(Some(SubscriptionState::Confirmed))
                };
                assert_eq!(decide(standing, &suppressed, &[]), Decision::Keep(*kept));
            }
            let erased = Known {
                is_erased: true,
                ..Known::default()
            };
            assert_eq!(
                decide(standing, &erased, &[]),
                Decision::Reject(Kept::Erased)
            );
        }
    }

    #[test]
    fn an_operator_names_each_kind_that_comes_back() {
        let both = Known {
            suppressed: Some(Kept::Complained),
            ..known(Some(SubscriptionState::Unsubscribed))
        };
        let one = decide(Standing::Confirmed, &both, &[Kept::Left]);
        assert_eq!(one, Decision::Keep(Kept::Complained));
        let all = decide(Standing::Confirmed, &both, &[Kept::Left, Kept::Complained]);
        let expected = Decision::Take {
            event: Some(SubscriptionEvent::Resubscribe),
            is_resubscribed: true,
        };
        assert_eq!(all, expected);
    }

    #[test]
    fn who_left_elsewhere_leaves_here() {
        let there = known(Some(SubscriptionState::Confirmed));
        let expected = Decision::Take {
            event: Some(SubscriptionEvent::LeaveElsewhere),
            is_resubscribed: false,
        };
        assert_eq!(decide(Standing::Unsubscribed, &there, &[]), expected);
        assert_eq!(decide(Standing::Unsubscribed, &known(None), &[]), expected);
    }
}
