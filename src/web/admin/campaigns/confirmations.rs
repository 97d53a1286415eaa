//! Texts that a campaign's page and the confirmations of its transitions share.

use crate::campaign::automatic_pause::AutomaticPause;
use crate::model::delivery::DeliveryCounts;
use crate::model::feedback::Decision;
use crate::store::campaigns::Campaign;
use crate::web::admin::wording::{counted, thousands};

/// The text of the confirmation before the start.
pub fn start(recipients: i64, lists: &[String], subject: &str) -> String {
    format!(
        "“{subject}” goes to {} on {}, starting now. Email that has been sent cannot be recalled.",
        counted(recipients, "subscriber", "subscribers"),
        lists.join(", ")
    )
}

/// The text of the confirmation before failed deliveries are retried.
pub fn retry_failed(counts: &DeliveryCounts) -> String {
    format!(
        "{} will be retried: those whose recipients are still subscribed and not suppressed.",
        counted(counts.failed + counts.bounced, "message", "messages")
    )
}

/// The text of the confirmation before it is cancelled.
pub fn cancel(campaign: &Campaign, counts: &DeliveryCounts) -> String {
    let open = counts.queued + counts.deferred;
    match campaign.started_at {
        None => format!(
            "“{}” will never be sent. You can duplicate it later.",
            campaign.subject
        ),
        Some(_) => format!(
            "{} not been sent yet and will not be. Messages already sent stay sent, and the campaign cannot be resumed.",
            match open {
                1 => "1 message that has".to_owned(),
                open => format!("{} messages that have", thousands(&open)),
            }
        ),
    }
}

/// The effect on recipients of rejections that paused a campaign, and the
/// decision made.
pub fn rejection_effects(rejection: &AutomaticPause) -> String {
    let suppressions = match rejection.suppressed {
        0 => "Nobody was suppressed for it before the campaign paused".to_owned(),
        count => format!(
            "{} put back when the campaign paused",
            counted(count, "suppression was", "suppressions were")
        ),
    };
    let decision = match rejection.decision {
        None => "",
        Some(Decision::Kept) => "; you decided to keep them suppressed",
        Some(Decision::PutBack) => "; you decided to put them back",
    };
    format!("{suppressions}{decision}.")
}
