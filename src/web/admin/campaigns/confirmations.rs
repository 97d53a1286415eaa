//! Texts that a campaign's page and the confirmations of its transitions share.

use crate::campaign::automatic_pause::AutomaticPause;
use crate::model::delivery::DeliveryCounts;
use crate::model::feedback::Decision;
use crate::store::campaigns::Campaign;
use crate::web::admin::wording::Wording;

/// The text of the confirmation before the start.
pub fn start(wording: &Wording, recipients: i64, lists: &[String], subject: &str) -> String {
    wording
        .say("admin-campaign-start-text")
        .number("count", recipients)
        .text("subject", subject)
        .text("lists", lists.join(", "))
        .into()
}

/// The text of the confirmation before failed deliveries are retried.
pub fn retry_failed(wording: &Wording, counts: &DeliveryCounts) -> String {
    wording
        .say("admin-campaign-retry-text")
        .number("count", counts.failed + counts.bounced)
        .into()
}

/// The text of the confirmation before uncertain messages are sent again.
pub fn resend(wording: &Wording, counts: &DeliveryCounts) -> String {
    wording
        .say("admin-campaign-resend-text")
        .number("count", counts.uncertain)
        .into()
}

/// The text of the confirmation before it is cancelled.
pub fn cancel(wording: &Wording, campaign: &Campaign, counts: &DeliveryCounts) -> String {
    match campaign.started_at {
        None => wording
            .say("admin-campaign-cancel-unsent")
            .text("subject", &campaign.subject)
            .into(),
        Some(_) => wording
            .say("admin-campaign-cancel-text")
            .number("count", counts.queued + counts.deferred)
            .into(),
    }
}

/// The text of the confirmation before rejected recipients are kept suppressed.
pub fn keep_suppressed(wording: &Wording, known: i64) -> String {
    let text = wording.say("admin-campaign-keep-text");
    text.number("count", known).into()
}

/// The effect on recipients of rejections that paused a campaign, and the
/// decision made.
pub fn rejection_effects(wording: &Wording, rejection: &AutomaticPause) -> String {
    let effects = wording.say(match rejection.decision {
        None => "admin-campaign-effects",
        Some(Decision::Kept) => "admin-campaign-effects-kept",
        Some(Decision::PutBack) => "admin-campaign-effects-put-back",
    });
    effects.number("count", rejection.suppressed).into()
}
