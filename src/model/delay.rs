//! Why a campaign that is being sent makes no progress.

use super::string_enum::string_enum;

string_enum! {
    /// What a campaign waits for.
    pub enum DelayReason {
        /// The relay does not answer, or throttles.
        RelayAway,
        /// The relay rejects all mail until an operator acts.
        RelayRefuses,
        /// The relay accepts no more connections.
        ConnectionLimit,
        /// The relay has reached its warm-up limit of the day.
        WarmUp,
        /// The recipients' domains throttle.
        Throttled,
        /// The recipients' domains have reached their limit of concurrent messages.
        DomainLimit,
        /// The campaign's quiet hours.
        QuietHours,
        /// The campaign's hourly limit.
        HourlyLimit,
        /// Each recipient gets it at a local time.
        LocalTime,
        /// All remaining deliveries are deferred.
        Retries,
        /// The system paused it and waits for a user.
        Paused,
        /// No worker is running.
        NoWorker,
    }
}

impl DelayReason {
    /// The title, for an admin.
    pub fn title(self) -> &'static str {
        match self {
            Self::RelayAway => "Waiting for the relay",
            Self::RelayRefuses => "The relay refuses all mail",
            Self::ConnectionLimit => "The relay takes no more connections",
            Self::WarmUp => "Today's warm-up allowance is used up",
            Self::Throttled => "Recipient domains ask us to slow down",
            Self::DomainLimit => "Limits for recipient domains are reached",
            Self::QuietHours => "Quiet hours",
            Self::HourlyLimit => "The hourly limit is reached",
            Self::LocalTime => "Waiting for each reader's local time",
            Self::Retries => "Waiting to try again",
            Self::Paused => "Paused automatically",
            Self::NoWorker => "No worker is running",
        }
    }

    /// The remedy, for an admin.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Paused => "Fix the cause, then resume the campaign.",
            Self::RelayRefuses => "Fix the cause; then it goes on by itself.",
            _ => "Sending continues automatically.",
        }
    }
}
