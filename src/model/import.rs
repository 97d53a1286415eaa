//! Imports of files: their states and actions.

use super::string_enum::string_enum;
use super::subscription::SuppressionReason;

string_enum! {
    /// The state of an import.
    pub enum ImportState {
        /// The file is read in.
        Reading,
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
        /// Its changes are undone.
        Undoing,
        /// Its changes were undone.
        Undone,
    }
}

string_enum! {
    /// What happens to an import.
    pub enum ImportAction {
        /// The file was read to its end.
        Read,
        /// Check with the chosen columns.
        Check,
        /// Its columns get another meaning.
        Remap,
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
        /// Undo what it changed.
        Undo,
        /// The last change is undone.
        FinishUndo,
    }
}

string_enum! {
    /// A system whose files are recognised.
    pub enum System {
        /// None that is known.
        Other,
        /// Our own export.
        Jarshy,
        /// listmonk.
        Listmonk,
        /// Mailchimp.
        Mailchimp,
        /// phpList.
        #[serde(rename = "phplist")]
        #[strum(serialize = "phplist")]
        PhpList,
        /// Substack.
        Substack,
        /// Ghost.
        Ghost,
        /// Buttondown.
        Buttondown,
        /// beehiiv.
        Beehiiv,
        /// Sendy.
        Sendy,
        /// Keila.
        Keila,
        /// Mailman 2.1 and 3.
        Mailman,
        /// Kit, which was ConvertKit.
        Kit,
        /// Brevo, which was Sendinblue.
        Brevo,
        /// MailerLite.
        #[serde(rename = "mailerlite")]
        #[strum(serialize = "mailerlite")]
        MailerLite,
        /// Mailtrain.
        Mailtrain,
    }
}

impl System {
    /// Its name as it writes it itself.
    pub fn label(self) -> &'static str {
        match self {
            System::Other => "another system",
            System::Jarshy => "Jarshy",
            System::Listmonk => "listmonk",
            System::Mailchimp => "Mailchimp",
            System::PhpList => "phpList",
            System::Substack => "Substack",
            System::Ghost => "Ghost",
            System::Buttondown => "Buttondown",
            System::Beehiiv => "beehiiv",
            System::Sendy => "Sendy",
            System::Keila => "Keila",
            System::Mailman => "Mailman",
            System::Kit => "Kit",
            System::Brevo => "Brevo",
            System::MailerLite => "MailerLite",
            System::Mailtrain => "Mailtrain",
        }
    }
}

string_enum! {
    /// What a file says of a person, from the weakest to what forbids most. What is
    /// said twice counts at its strongest.
    pub enum Standing {
        /// They consented.
        Confirmed,
        /// They asked and have not confirmed yet.
        Pending,
        /// They left, or never consented.
        Unsubscribed,
        /// They asked for no mail at all.
        LeftAll,
        /// Somebody decided that they get no mail.
        Blocked,
        /// Their address does not exist.
        Bounced,
        /// They called the mail spam.
        Complained,
    }
}

impl Standing {
    /// How much it forbids: a greater number forbids more.
    pub fn strength(self) -> u8 {
        match self {
            Standing::Confirmed => 0,
            Standing::Pending => 1,
            Standing::Unsubscribed => 2,
            Standing::LeftAll => 3,
            Standing::Blocked => 4,
            Standing::Bounced => 5,
            Standing::Complained => 6,
        }
    }

    /// The one of two that forbids more.
    pub fn stronger(self, other: Standing) -> Standing {
        if other.strength() > self.strength() {
            other
        } else {
            self
        }
    }

    /// The reason for which the address is suppressed; `None` where it is not.
    pub fn suppression(self) -> Option<SuppressionReason> {
        match self {
            Standing::Confirmed | Standing::Pending | Standing::Unsubscribed => None,
            Standing::LeftAll => Some(SuppressionReason::UnsubscribedAll),
            Standing::Blocked => Some(SuppressionReason::Manual),
            Standing::Bounced => Some(SuppressionReason::HardBounce),
            Standing::Complained => Some(SuppressionReason::Complaint),
        }
    }
}

impl From<SuppressionReason> for Standing {
    fn from(reason: SuppressionReason) -> Self {
        match reason {
            SuppressionReason::UnsubscribedAll => Standing::LeftAll,
            SuppressionReason::Manual => Standing::Blocked,
            SuppressionReason::HardBounce => Standing::Bounced,
            SuppressionReason::Complaint => Standing::Complained,
        }
    }
}

string_enum! {
    /// Why a person stays without mail although a file has them as a recipient.
    pub enum Kept {
        /// They left the list, or asked for no mail at all.
        Left,
        /// Somebody decided that they get no mail.
        Blocked,
        /// Their address does not exist.
        Bounced,
        /// They called the mail spam.
        Complained,
        /// They had their data erased.
        Erased,
    }
}

impl From<SuppressionReason> for Kept {
    fn from(reason: SuppressionReason) -> Self {
        match reason {
            SuppressionReason::UnsubscribedAll => Kept::Left,
            SuppressionReason::Manual => Kept::Blocked,
            SuppressionReason::HardBounce => Kept::Bounced,
            SuppressionReason::Complaint => Kept::Complained,
        }
    }
}

string_enum! {
    /// What an import does with a person.
    pub enum Outcome {
        /// Is new.
        Added,
        /// Is known, and something changes.
        Changed,
        /// Is known, and nothing changes.
        Untouched,
        /// Had left and is subscribed again, for a reason that is kept as evidence.
        Resubscribed,
        /// Left, and stays away.
        Left,
        /// Blocked, and stays so.
        Blocked,
        /// Bounced, and stays so.
        Bounced,
        /// Complained, and stays so.
        Complained,
        /// Erased, and stays so.
        Erased,
        /// The row cannot be read.
        Rejected,
    }
}

impl From<Kept> for Outcome {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Left => Outcome::Left,
            Kept::Blocked => Outcome::Blocked,
            Kept::Bounced => Outcome::Bounced,
            Kept::Complained => Outcome::Complained,
            Kept::Erased => Outcome::Erased,
        }
    }
}

string_enum! {
    /// What an import does with the details of people who are known.
    pub enum Existing {
        /// Leaves them as they are.
        Keep,
        /// Sets what the file names and leaves the rest.
        Update,
        /// Sets what the file names; tags and attributes that it does not name go.
        Replace,
    }
}

impl ImportState {
    /// Whether a process works on it.
    pub fn is_moving(self) -> bool {
        use ImportState::*;
        matches!(self, Checking | Running | Undoing)
    }

    /// Whether it has come to an end.
    pub fn is_over(self) -> bool {
        use ImportState::*;
        matches!(self, Finished | Failed | Cancelled | Undone)
    }
}

/// The state after `action`, or `None` where the state has no such way.
///
/// This is the one place that decides on transitions.
pub fn next(state: ImportState, action: ImportAction) -> Option<ImportState> {
    use ImportAction::*;
    use ImportState::*;
    match (state, action) {
        (Reading, Read) => Some(Uploaded),
        (Uploaded | Checked, Remap) => Some(Uploaded),
        (Uploaded | Checked, Check) => Some(Checking),
        (Checking, Report) => Some(Checked),
        (Checked, Run) => Some(Running),
        (Running, Finish) => Some(Finished),
        (Reading | Checking | Running, Fail) => Some(Failed),
        (Reading | Uploaded | Checking | Checked | Running, Cancel) => Some(Cancelled),
        // What was imported before it failed or was cancelled can be undone too.
        (Finished | Failed | Cancelled, Undo) => Some(Undoing),
        (Undoing, FinishUndo) => Some(Undone),
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
    fn what_is_over_can_only_be_undone() {
        for state in ImportState::VARIANTS.iter().filter(|state| state.is_over()) {
            for action in ImportAction::VARIANTS {
                let is_undo = *action == ImportAction::Undo && *state != ImportState::Undone;
                assert_eq!(next(*state, *action).is_some(), is_undo, "{state} {action}");
            }
        }
    }
}
