//! Deliveries: one recipient of one campaign, and the ledger's states.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use super::string_enum::string_enum;

string_enum! {
    /// The state of a delivery.
    pub enum DeliveryState {
        /// Waiting to be sent.
        Queued,
        /// The relay may have accepted the message: written before its end is sent.
        Sending,
        /// Accepted by the relay.
        Sent,
        /// Deferred by the relay (4xx); retried later.
        Deferred,
        /// Rejected permanently, or retries are exhausted.
        Failed,
        /// Bounced after the relay had accepted it.
        Bounced,
        /// Marked as spam by the recipient.
        Complained,
        /// Not sent, since the recipient left or the campaign was cancelled.
        Skipped,
        /// A crash or a broken connection left open whether the relay accepted it.
        Uncertain,
    }
}

/// Why a delivery was skipped, as the ledger says it in the place of a relay's reply.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::VariantArray,
)]
pub enum SkipReason {
    /// The recipient has left the lists of the campaign.
    #[strum(serialize = "unsubscribed")]
    Unsubscribed,
    /// The address is suppressed.
    #[strum(serialize = "the address is suppressed")]
    Suppressed,
    /// The recipient has paused mail.
    #[strum(serialize = "the recipient has paused mail")]
    Paused,
    /// The subscriber was erased while the delivery was claimed …
    #[strum(serialize = "the subscriber was deleted")]
    Deleted,
    /// … or before.
    #[strum(serialize = "the recipient has left since")]
    Erased,
    /// A digest whose items are all from lists that the recipient has left.
    #[strum(serialize = "left the lists that the digest is from")]
    EmptyDigest,
    /// The campaign was cancelled before its turn.
    #[strum(serialize = "the campaign was cancelled")]
    Cancelled,
}

impl SkipReason {
    /// The text as stored.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The number of deliveries of a campaign in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[allow(missing_docs, reason = "the fields are the states above")]
pub struct DeliveryCounts {
    pub queued: i64,
    pub sending: i64,
    pub sent: i64,
    pub deferred: i64,
    pub failed: i64,
    pub bounced: i64,
    pub complained: i64,
    pub skipped: i64,
    pub uncertain: i64,
}

impl DeliveryCounts {
    /// The count of one state, to read or to set.
    pub fn of(&mut self, state: DeliveryState) -> &mut i64 {
        match state {
            DeliveryState::Queued => &mut self.queued,
            DeliveryState::Sending => &mut self.sending,
            DeliveryState::Sent => &mut self.sent,
            DeliveryState::Deferred => &mut self.deferred,
            DeliveryState::Failed => &mut self.failed,
            DeliveryState::Bounced => &mut self.bounced,
            DeliveryState::Complained => &mut self.complained,
            DeliveryState::Skipped => &mut self.skipped,
            DeliveryState::Uncertain => &mut self.uncertain,
        }
    }

    /// The counts of a whole campaign from those that the ledger counts: a recipient who is
    /// neither counted nor open was sent the email.
    #[must_use]
    pub fn completed(mut self, recipients: i64, is_cancelled: bool) -> Self {
        self.sent = (recipients - self.total()).max(0);
        // The worker writes it into the rows in its own time.
        if is_cancelled {
            self.skipped += self.queued + self.deferred;
            (self.queued, self.deferred) = (0, 0);
        }
        self
    }

    /// These and others together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        let mut other = *other;
        for state in DeliveryState::VARIANTS {
            *self.of(*state) += *other.of(*state);
        }
        self
    }

    /// All recipients.
    pub fn total(&self) -> i64 {
        self.open() + self.ended()
    }

    /// Recipients whose email a relay has accepted, or may have: bounced ones were
    /// accepted, too.
    pub fn taken(&self) -> i64 {
        self.sent + self.bounced + self.complained + self.uncertain
    }

    /// Recipients whose delivery is pending.
    pub fn open(&self) -> i64 {
        self.queued + self.sending + self.deferred
    }

    /// Recipients whose delivery has reached an end.
    pub fn ended(&self) -> i64 {
        self.sent + self.failed + self.bounced + self.complained + self.skipped + self.uncertain
    }
}

/// How long a message with 4xx replies is retried.
pub const RETRY_LIMIT: Duration = Duration::from_secs(3 * 24 * 3600);
const FIRST_RETRY: Duration = Duration::from_secs(60);
const LONGEST_RETRY: Duration = Duration::from_secs(6 * 3600);

/// The delay before the next attempt, after `attempts` that were deferred:
/// doubling from a minute to six hours, with a jitter of a quarter either way so
/// that recipients deferred together are not retried together.
///
/// `None` where `age`, the time since the first attempt, leaves no time for
/// another.
///
/// `jitter` is a number from 0 to 1.
pub fn retry_after(attempts: u32, age: Duration, jitter: f64) -> Option<Duration> {
    let doubled = FIRST_RETRY.saturating_mul(1_u32 << attempts.saturating_sub(1).min(16));
    let wait = doubled
        .min(LONGEST_RETRY)
        .mul_f64(0.75 + 0.5 * jitter.clamp(0.0, 1.0));
    (age + wait <= RETRY_LIMIT).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_grow_and_end_after_three_days() {
        let at = |attempts| {
            retry_after(attempts, Duration::ZERO, 0.5)
                .unwrap()
                .as_secs()
        };
        assert_eq!([at(1), at(2), at(3)], [60, 120, 240]);
        assert_eq!(at(40), 6 * 3600);
        assert_eq!(retry_after(1, RETRY_LIMIT, 0.0), None);
    }

    #[test]
    fn jitter_spreads_by_a_quarter() {
        assert_eq!(
            retry_after(1, Duration::ZERO, 0.0),
            Some(Duration::from_secs(45))
        );
        assert_eq!(
            retry_after(1, Duration::ZERO, 1.0),
            Some(Duration::from_secs(75))
        );
    }

    #[test]
    fn every_state_is_either_open_or_ended() {
        let mut counts = DeliveryCounts::default();
        for state in DeliveryState::VARIANTS {
            *counts.of(*state) += 1;
        }
        assert_eq!(counts.total(), DeliveryState::VARIANTS.len() as i64);
    }

    #[test]
    fn a_recipient_neither_counted_nor_open_was_sent_the_email() {
        let counted = DeliveryCounts {
            queued: 3,
            deferred: 2,
            bounced: 1,
            ..DeliveryCounts::default()
        };
        let running = counted.completed(10, false);
        assert_eq!((running.sent, running.total()), (4, 10));
        let cancelled = counted.completed(10, true);
        assert_eq!(
            (cancelled.open(), cancelled.skipped, cancelled.sent),
            (0, 5, 4)
        );
        assert_eq!(counted.completed(0, false).sent, 0, "nothing is frozen yet");
    }
}
