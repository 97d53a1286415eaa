//! Campaigns: their states, actions and kinds of content.

use super::string_enum::string_enum;
use strum::VariantArray as _;

string_enum! {
    /// The state of a campaign.
    pub enum CampaignState {
        /// Being written.
        Draft,
        /// Starts at its time.
        Scheduled,
        /// Could not start at its time; the reason is stored.
        FailedToStart,
        /// Being sent.
        Sending,
        /// Paused by a user, or by the system with a reason.
        Paused,
        /// Every delivery has reached an end.
        Finished,
        /// Stopped permanently; what was not sent never will be.
        Cancelled,
    }
}

string_enum! {
    /// An action of a user or the worker on a campaign.
    pub enum CampaignAction {
        /// Set a time to start.
        Schedule,
        /// Unschedule.
        Unschedule,
        /// It cannot start at its time.
        FailToStart,
        /// Freeze the audience and send.
        Start,
        /// Pause.
        Pause,
        /// Resume.
        Resume,
        /// Cancel.
        Cancel,
        /// The last delivery has ended.
        Finish,
        /// Send uncertain deliveries again.
        Resend,
    }
}

string_enum! {
    /// What a campaign's content is made of.
    pub enum ContentKind {
        /// One post.
        Post,
        /// Several posts and events.
        Digest,
        /// A text of its own, in Markdown, in a layout.
        Markdown,
        /// A design of its own, in MJML.
        Mjml,
        /// A design of its own, as finished HTML.
        Html,
        /// What weekly readers' lists have sent in a week; made by the system.
        Weekly,
        /// An email of a series, whose step says what it is made of; made by the system.
        Series,
    }
}

string_enum! {
    /// What of a campaign was changed last.
    pub enum ChangedPart {
        /// The campaign itself.
        Campaign,
        /// The post, or one of the posts, that it mails.
        Post,
        /// An event that it mails.
        Event,
        /// A snippet in its text, or in that of a post that it mails.
        Snippet,
        /// Its layout.
        Layout,
        /// Whom it goes to.
        Segment,
    }
}

/// An action that the state of a campaign forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {state} cannot {action}")]
pub struct ForbiddenAction {
    /// The state of the campaign.
    pub state: CampaignState,
    /// The requested action.
    pub action: CampaignAction,
}

/// The state after `action`.
///
/// This is the one place that decides on transitions.
///
/// # Errors
/// [`ForbiddenAction`] where the state does not permit it.
pub fn next(
    state: CampaignState,
    action: CampaignAction,
) -> Result<CampaignState, ForbiddenAction> {
    use CampaignAction::*;
    use CampaignState::*;
    match (state, action) {
        (Draft | Scheduled | FailedToStart, Schedule) => Ok(Scheduled),
        (Scheduled | FailedToStart, Unschedule) => Ok(Draft),
        (Scheduled, FailToStart) => Ok(FailedToStart),
        (Draft | Scheduled | FailedToStart, Start) => Ok(Sending),
        (Sending, Pause) => Ok(Paused),
        (Paused, Resume) => Ok(Sending),
        (Draft | Scheduled | FailedToStart | Sending | Paused, Cancel) => Ok(Cancelled),
        (Sending, Finish) => Ok(Finished),
        (Finished, Resend) => Ok(Sending),
        (Sending, Resend) => Ok(Sending),
        (Paused, Resend) => Ok(Paused),
        _ => Err(ForbiddenAction { state, action }),
    }
}

impl CampaignState {
    /// The actions that a page may offer.
    pub fn actions(self) -> impl Iterator<Item = CampaignAction> {
        CampaignAction::VARIANTS
            .iter()
            .copied()
            .filter(move |action| next(self, *action).is_ok())
    }

    /// Whether its content may still be changed.
    pub fn is_editable(self) -> bool {
        matches!(
            self,
            CampaignState::Draft | CampaignState::Scheduled | CampaignState::FailedToStart
        )
    }
}

#[cfg(test)]
mod tests {
    use super::CampaignAction::*;
    use super::CampaignState::*;
    use super::*;

    #[test]
    fn the_way_of_a_campaign_is_the_documented_one() {
        assert_eq!(next(Draft, Schedule), Ok(Scheduled));
        assert_eq!(next(Scheduled, Start), Ok(Sending));
        assert_eq!(next(Sending, Pause), Ok(Paused));
        assert_eq!(next(Paused, Resume), Ok(Sending));
        assert_eq!(next(Sending, Finish), Ok(Finished));
    }

    #[test]
    fn a_campaign_that_failed_to_start_can_be_scheduled_again() {
        assert_eq!(next(Scheduled, FailToStart), Ok(FailedToStart));
        assert_eq!(next(FailedToStart, Schedule), Ok(Scheduled));
        assert_eq!(next(FailedToStart, Start), Ok(Sending));
        assert_eq!(next(FailedToStart, Cancel), Ok(Cancelled));
        assert!(FailedToStart.is_editable());
        for state in [Draft, Sending, Paused, Finished, Cancelled] {
            assert!(next(state, FailToStart).is_err());
        }
    }

    #[test]
    fn an_ended_campaign_never_restarts() {
        for action in [Schedule, Start, Pause, Resume, Finish] {
            assert!(next(Cancelled, action).is_err());
        }
        for action in [Schedule, Start, Pause, Resume, Cancel] {
            assert!(next(Finished, action).is_err());
        }
    }

    #[test]
    fn only_a_paused_campaign_resumes() {
        for state in [
            Draft,
            Scheduled,
            FailedToStart,
            Sending,
            Finished,
            Cancelled,
        ] {
            assert_eq!(
                next(state, Resume),
                Err(ForbiddenAction {
                    state,
                    action: Resume
                })
            );
        }
    }
}
