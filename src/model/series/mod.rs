//! Series: automated emails that each reader gets one after the other.
//!
//! What starts them, their steps and how these are read, and the states of a series and of a
//! reader in it. Decides what comes next and when; what is done then is for
//! [`series`](crate::series).

use jiff::tz::TimeZone;
use strum::VariantArray as _;

use super::string_enum::string_enum;
use crate::clock::Timestamp;

mod check;
mod moving;
mod start;
mod step;

pub use check::{LONGEST_MESSAGE, MOST_STEPS, StepError, check};
pub use moving::places;
pub use start::{Start, StartKind};
pub use step::{EmailFormat, EmailText, Step, StepKind, StepOutcome};

string_enum! {
    /// The state of a series.
    pub enum SeriesState {
        /// Being written.
        Draft,
        /// Lets readers in and takes their steps.
        Running,
        /// Takes no step. Lets readers in, who wait, unless it was closed to them before.
        Paused,
        /// Lets nobody in; who is inside goes on.
        Drained,
        /// Over.
        Ended,
    }
}

string_enum! {
    /// An action of a user or the system on a series.
    pub enum SeriesAction {
        /// Turn it on.
        Start,
        /// Pause.
        Pause,
        /// Go on, and let readers in.
        Resume,
        /// Let nobody in any more.
        Drain,
        /// End it for everybody.
        End,
    }
}

/// An action that the state of a series forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a series that is {state} cannot {action}")]
pub struct ForbiddenMove {
    /// The state of the series.
    pub state: SeriesState,
    /// The requested action.
    pub action: SeriesAction,
}

/// The state after `action`: the one place that decides on it. One that was closed to new readers
/// when it was paused goes on so.
///
/// # Errors
/// [`ForbiddenMove`] where the state does not permit it.
pub fn next(
    (state, is_closed): (SeriesState, bool),
    action: SeriesAction,
) -> Result<SeriesState, ForbiddenMove> {
    use SeriesAction::*;
    use SeriesState::*;
    match (state, action) {
        (Paused, Resume) if is_closed => Ok(Drained),
        (Draft, Start) | (Paused | Drained, Resume) => Ok(Running),
        (Running | Drained, Pause) => Ok(Paused),
        (Running | Paused, Drain) => Ok(Drained),
        (Running | Paused | Drained, End) => Ok(Ended),
        _ => Err(ForbiddenMove { state, action }),
    }
}

/// Which of the campaigns of an email a reader gets who comes in at a time: that of the year, in
/// UTC.
pub fn edition(entered: Timestamp) -> i64 {
    let entered = entered.to_jiff().to_zoned_datetime(TimeZone::UTC);
    i64::from(entered.year())
}

impl SeriesState {
    /// The actions that a page may offer.
    pub fn actions(self) -> impl Iterator<Item = SeriesAction> {
        SeriesAction::VARIANTS
            .iter()
            .copied()
            .filter(move |action| next((self, false), *action).is_ok())
    }

    /// Whether new readers come in.
    pub fn lets_in(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }

    /// Whether steps are taken.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Running | Self::Drained)
    }
}

string_enum! {
    /// Where a reader of a series stands.
    pub enum ReaderState {
        /// Steps are to come.
        Inside,
        /// They took the last step.
        Finished,
        /// They reached the goal.
        Goal,
        /// They left the list.
        Left,
        /// Their address is suppressed.
        Suppressed,
        /// The series was ended.
        Ended,
    }
}

#[cfg(test)]
mod tests {
    use super::SeriesAction::*;
    use super::SeriesState::*;
    use super::*;
    #[test]
    fn a_series_moves_as_documented() {
        for (state, action, expected) in [
            (Draft, Start, Some(Running)),
            (Draft, End, None),
            (Running, Pause, Some(Paused)),
            (Running, Start, None),
            (Paused, Resume, Some(Running)),
            (Paused, Drain, Some(Drained)),
            (Drained, Resume, Some(Running)),
            (Drained, Pause, Some(Paused)),
            (Drained, End, Some(Ended)),
            (Ended, Resume, None),
            (Ended, Start, None),
        ] {
            let to = next((state, false), action).ok();
            assert_eq!(to, expected, "{state} {action}");
        }
        assert_eq!(next((Paused, true), Resume), Ok(Drained));
        assert_eq!(next((Drained, true), Resume), Ok(Running));
        assert_eq!(Ended.actions().count(), 0);
        assert!(Paused.lets_in() && !Paused.goes_on());
        assert!(!Drained.lets_in() && Drained.goes_on());
    }
}
