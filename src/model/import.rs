//! Imports of files: the states one goes through, and who moves it.

use super::word::words;

words! {
    /// Where an import stands.
    ImportState {
        /// The file is here; its columns are to be chosen.
        Uploaded = "uploaded",
        /// Every row is being tried, and nothing changed.
        Checking = "checking",
        /// It is known what would happen.
        Checked = "checked",
        /// Rows become subscribers.
        Running = "running",
        /// Every row was taken or refused.
        Finished = "finished",
        /// It cannot go on.
        Failed = "failed",
        /// Given up by a person, or by nobody in a week.
        Cancelled = "cancelled",
    }
}

words! {
    /// What happens to an import.
    ImportAction {
        /// A person has chosen the columns.
        Check = "check",
        /// Every row was tried.
        Report = "report",
        /// A person wants it done.
        Run = "run",
        /// The last row is done.
        Finish = "finish",
        /// The file cannot be read.
        Fail = "fail",
        /// A person gives it up.
        Cancel = "cancel",
    }
}

impl ImportState {
    /// Whether a process works on it.
    pub fn is_moving(self) -> bool {
        matches!(self, ImportState::Checking | ImportState::Running)
    }

    /// Whether it has come to an end.
    pub fn is_over(self) -> bool {
        use ImportState::*;
        matches!(self, Finished | Failed | Cancelled)
    }
}

/// The state after `action`, or `None` where the state has no such way.
///
/// This is the one place that decides how an import moves.
pub fn next(state: ImportState, action: ImportAction) -> Option<ImportState> {
    use ImportAction::*;
    use ImportState::*;
    match (state, action) {
        (Uploaded | Checked, Check) => Some(Checking),
        (Checking, Report) => Some(Checked),
        (Checked, Run) => Some(Running),
        (Running, Finish) => Some(Finished),
        (Checking | Running, Fail) => Some(Failed),
        (Uploaded | Checking | Checked | Running, Cancel) => Some(Cancelled),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_that_was_not_checked() {
        assert_eq!(next(ImportState::Uploaded, ImportAction::Run), None);
        assert_eq!(
            next(ImportState::Checked, ImportAction::Run),
            Some(ImportState::Running)
        );
    }

    #[test]
    fn what_is_over_stays_over() {
        for state in ImportState::ALL.iter().filter(|state| state.is_over()) {
            for action in ImportAction::ALL {
                assert_eq!(next(*state, *action), None, "{state} {action}");
            }
        }
    }
}
