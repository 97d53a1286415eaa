//! Imports of files: the states one goes through, and who moves it.

use super::string_enum::{UnknownValue, string_enum, unknown_value};

/// Where an import stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<ImportState>)]
pub enum ImportState {
    /// The file is here; its columns are to be chosen.
    Uploaded,
    /// Every row is being tried, and nothing changed.
    Checking,
    /// It is known what would happen.
    Checked,
    /// Rows become subscribers.
    Running,
    /// Every row was taken or refused.
    Finished,
    /// It cannot go on.
    Failed,
    /// Given up by a person, or by nobody in a week.
    Cancelled,
}
string_enum!(ImportState);

/// What happens to an import.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<ImportAction>)]
pub enum ImportAction {
    /// A person has chosen the columns.
    Check,
    /// Every row was tried.
    Report,
    /// A person wants it done.
    Run,
    /// The last row is done.
    Finish,
    /// The file cannot be read.
    Fail,
    /// A person gives it up.
    Cancel,
}
string_enum!(ImportAction);

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
    fn what_is_over_stays_over() {
        for state in ImportState::VARIANTS.iter().filter(|state| state.is_over()) {
            for action in ImportAction::VARIANTS {
                assert_eq!(next(*state, *action), None, "{state} {action}");
            }
        }
    }
}
