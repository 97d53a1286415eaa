//! How the number of people on lists changes.

use super::string_enum::string_enum;
use super::subscription::{ConsentMethod, SubscriptionState};

string_enum! {
    /// By what way people join lists and leave them.
    pub enum ChangeSource {
        /// The join form, on the site or in another one.
        Form,
        /// The public join call of the API.
        Api,
        /// A confirmation link whose request is not known.
        ConfirmationLink,
        /// The unsubscribe page of an email's link.
        UnsubscribeLink,
        /// The unsubscribe button of a mail program.
        OneClick,
        /// An email that asks for it.
        Mail,
        /// The subscriber's preferences page.
        Preferences,
        /// An admin, on the admin pages or by an API token.
        Admin,
        /// An imported file, or the undoing of one.
        Import,
        /// Time. It ends only what was never confirmed, so that nobody leaves by it.
        Expiry,
        /// The erasure of a subscriber.
        Erasure,
    }
}

impl From<ConsentMethod> for ChangeSource {
    fn from(method: ConsentMethod) -> Self {
        match method {
            ConsentMethod::Form => Self::Form,
            ConsentMethod::Api => Self::Api,
            ConsentMethod::ConfirmationLink => Self::ConfirmationLink,
            ConsentMethod::UnsubscribeLink => Self::UnsubscribeLink,
            ConsentMethod::OneClick => Self::OneClick,
            ConsentMethod::Mail => Self::Mail,
            ConsentMethod::Preferences => Self::Preferences,
            ConsentMethod::Admin => Self::Admin,
            ConsentMethod::Import => Self::Import,
            ConsentMethod::Expiry => Self::Expiry,
        }
    }
}

string_enum! {
    /// How long the periods of a report are.
    pub enum Period {
        /// A day.
        Day,
        /// A week from Monday on.
        Week,
        /// A calendar month.
        Month,
    }
}

/// What a change of one subscription means for the size of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeChange {
    /// It has one more.
    Joined,
    /// It has one less.
    Left,
}

impl SizeChange {
    /// `None` where as many people get the list's email as before: who never confirmed has not
    /// left.
    pub fn of(before: Option<SubscriptionState>, after: Option<SubscriptionState>) -> Option<Self> {
        let was_on = before == Some(SubscriptionState::Confirmed);
        let is_on = after == Some(SubscriptionState::Confirmed);
        match (was_on, is_on) {
            (false, true) => Some(Self::Joined),
            (true, false) => Some(Self::Left),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SubscriptionState::{Confirmed, Pending, Unsubscribed};
    use super::*;

    #[test]
    fn only_who_gets_the_mail_is_counted() {
        for (before, after, change) in [
            (None, Some(Confirmed), Some(SizeChange::Joined)),
            (Some(Pending), Some(Confirmed), Some(SizeChange::Joined)),
            (
                Some(Unsubscribed),
                Some(Confirmed),
                Some(SizeChange::Joined),
            ),
            (Some(Confirmed), Some(Unsubscribed), Some(SizeChange::Left)),
            (Some(Confirmed), None, Some(SizeChange::Left)),
            (Some(Confirmed), Some(Confirmed), None),
            (None, Some(Pending), None),
            (Some(Pending), Some(Unsubscribed), None),
            (None, Some(Unsubscribed), None),
        ] {
            assert_eq!(
                SizeChange::of(before, after),
                change,
                "{before:?} {after:?}"
            );
        }
    }
}
