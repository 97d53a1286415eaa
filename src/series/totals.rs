//! How many readers of a series, or of one of its versions, are in each state.

use crate::model::series::{ReaderState, Step};
use crate::store::series_counts::Standing;

/// How many readers are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReaderTotals {
    pub inside: i64,
    pub finished: i64,
    pub goal: i64,
    /// By leaving the list, or suppressed.
    pub left: i64,
    pub ended: i64,
}

impl ReaderTotals {
    pub(super) fn of<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Self {
        let mut totals = Self::default();
        for standing in standings {
            totals.add(standing.state, standing.readers);
        }
        totals
    }

    pub(super) fn add(&mut self, state: ReaderState, readers: i64) {
        match state {
            ReaderState::Inside => self.inside += readers,
            ReaderState::Finished => self.finished += readers,
            ReaderState::Goal => self.goal += readers,
            ReaderState::Left | ReaderState::Suppressed => self.left += readers,
            ReaderState::Ended => self.ended += readers,
        }
    }

    /// Counts readers as finished who are inside and stand behind the last of these steps: nothing
    /// comes for them any more, though a worker may look at them only when an old wait ends. Who
    /// stands there because the last step is a wait is kept by it.
    pub(super) fn finish(&mut self, steps: &[Step], behind: i64) {
        if !steps.last().is_some_and(Step::is_wait) {
            self.inside -= behind;
            self.finished += behind;
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            inside: self.inside + other.inside,
            finished: self.finished + other.finished,
            goal: self.goal + other.goal,
            left: self.left + other.left,
            ended: self.ended + other.ended,
        }
    }

    /// Everybody.
    pub fn all(&self) -> i64 {
        self.inside + self.finished + self.goal + self.left + self.ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_behind_the_last_step_has_finished_but_for_a_wait() {
        let inside = ReaderTotals {
            inside: 5,
            ..ReaderTotals::default()
        };
        let (mut ended, mut waiting) = (inside, inside);
        ended.finish(&[Step::End], 2);
        assert_eq!((ended.inside, ended.finished), (3, 2));
        waiting.finish(&[Step::Wait { days: 1, hours: 0 }], 2);
        assert_eq!(waiting, inside);
        assert_eq!(ended.all(), 5);
    }
}
