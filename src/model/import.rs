//! Imports of files: their states and actions.

use super::string_enum::string_enum;

string_enum! {
    /// The state of an import.
    pub enum ImportState {
        /// The file is here; its columns are to be chosen.
        Uploaded,
        /// Every row is checked; nothing changes.
        Checking,
        /// Checked; the result is known.
        Checked,
        /// Rows are imported.
        Running,
        /// Every row was imported or rejected.
        Finished,
        /// Failed.
        Failed,
        /// Cancelled by a user, or abandoned for a week.
        Cancelled,
    }
}

string_enum! {
    /// What happens to an import.
    pub enum ImportAction {
        /// Check with the chosen columns.
        Check,
        /// The check is complete.
        Report,
        /// Run.
        Run,
        /// The last row is done.
        Finish,
        /// The file cannot be read.
        Fail,
        /// Cancel.
        Cancel,
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
/// This is the one place that decides on transitions.
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
    use strum::VariantArray as _;

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
    fn final_states_are_final() {
        for state in ImportState::VARIANTS.iter().filter(|state| state.is_over()) {
            for action in ImportAction::VARIANTS {
                assert_eq!(next(*state, *action), None, "{state} {action}");
            }
        }
    }
}
