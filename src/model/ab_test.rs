//! A/B tests of campaigns: what differs, how it is measured, and how a test moves.

use super::string_enum::string_enum;
use strum::VariantArray as _;

string_enum! {
    /// In what the variants of a test differ.
    pub enum Differs {
        Subject,
        FromName,
        Preheader,
        Content,
        /// When they are sent.
        Hour,
    }
}

string_enum! {
    /// A variant: A is the campaign as it stands.
    #[derive(Default, PartialOrd, Ord)]
    pub enum AbVariant {
        #[default]
        A,
        B,
        C,
        D,
    }
}

string_enum! {
    /// By what a test is decided.
    pub enum Measure {
        /// Followed links, where all lists count them; more is better.
        Clicks,
        /// Recipients who left a list; fewer is better.
        Left,
        /// Recipients who marked it as spam; fewer is better.
        Complaints,
        /// Recipients who answered; more is better.
        Replies,
        /// A person decides.
        Person,
    }
}

string_enum! {
    /// What happens where no difference is found.
    pub enum Fallback {
        /// The rest gets A.
        SendA,
        /// A person decides.
        Ask,
    }
}

string_enum! {
    /// How far a test has come.
    pub enum AbState {
        /// Its campaign has not started.
        Planned,
        /// Its variants are sent, or it waits for results.
        Testing,
        /// Its time is over, and a person must decide.
        Waiting,
        /// It has a winner, which the rest gets.
        Decided,
        /// It ended without a winner.
        Ended,
    }
}

string_enum! {
    /// Why a test was decided as it was, waits for a person, or ended.
    pub enum AbOutcome {
        /// Nothing is known yet.
        Open,
        /// The measure shows a difference.
        Measured,
        /// No difference was found.
        NoDifference,
        /// Too few were sent to say anything.
        TooFew,
        /// Its measure is not counted.
        NotCounted,
        /// A person chose.
        Chosen,
        /// Its campaign was cancelled.
        Cancelled,
        /// Its database was restored from a backup: what was sent after it is not known.
        Restored,
    }
}

/// What can happen to a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbAction {
    /// Its campaign starts.
    Start,
    /// Its time is over without an answer.
    Wait,
    /// It gets a winner.
    Decide,
    /// It ends without one.
    End,
}

/// The state after `action`; `None` where it cannot be.
///
/// This is the one place that decides on transitions. The statements of `store::ab_tests::moves` make
/// them, each from the states of [`AbAction::from`]: who comes second finds the test moved.
pub fn next(state: AbState, action: AbAction) -> Option<AbState> {
    match (state, action) {
        (AbState::Planned, AbAction::Start) => Some(AbState::Testing),
        (AbState::Testing, AbAction::Wait) => Some(AbState::Waiting),
        (AbState::Testing | AbState::Waiting, AbAction::Decide) => Some(AbState::Decided),
        (AbState::Testing | AbState::Waiting, AbAction::End) => Some(AbState::Ended),
        _ => None,
    }
}

impl AbAction {
    /// The states from which it can happen.
    pub fn from(self) -> impl Iterator<Item = AbState> {
        let all = AbState::VARIANTS.iter().copied();
        all.filter(move |state| next(*state, self).is_some())
    }
}

impl AbVariant {
    /// As pages and answers to people name it.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// Its place, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The first `count`, up to four.
    pub fn first(count: usize) -> impl Iterator<Item = Self> {
        Self::VARIANTS.iter().copied().take(count)
    }
}

impl Measure {
    /// Whether the variant with more of it is the better one.
    pub fn is_more_better(self) -> bool {
        matches!(self, Self::Clicks | Self::Replies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_decided_once_and_only_after_its_start() {
        let from = |action: AbAction| action.from().collect::<Vec<_>>();
        assert_eq!(from(AbAction::Start), [AbState::Planned]);
        assert_eq!(from(AbAction::Wait), [AbState::Testing]);
        assert_eq!(from(AbAction::Decide), [AbState::Testing, AbState::Waiting]);
        assert_eq!(from(AbAction::End), [AbState::Testing, AbState::Waiting]);
        for action in [
            AbAction::Start,
            AbAction::Wait,
            AbAction::Decide,
            AbAction::End,
        ] {
            assert_eq!(next(AbState::Decided, action), None);
            assert_eq!(next(AbState::Ended, action), None);
        }
    }
}
