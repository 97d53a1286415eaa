//! Why a campaign that is being sent does not move.

use super::word::words;

words! {
    /// What a campaign waits for.
    DelayReason {
        /// The relay does not answer, or asks for patience.
        RelayAway = "relay_away",
        /// The relay refuses all mail until a person acts.
        RelayRefuses = "relay_refuses",
        /// The relay takes no more connections.
        ConnectionLimit = "connection_limit",
        /// The relay has carried what it may on a day of its warm-up.
        WarmUp = "warm_up",
        /// The recipients' domains ask for patience.
        Throttled = "throttled",
        /// The recipients' domains have as many messages under way as they may.
        DomainLimit = "domain_limit",
        /// The campaign's quiet hours.
        QuietHours = "quiet_hours",
        /// The campaign's limit of messages in an hour.
        HourlyLimit = "hourly_limit",
        /// Each recipient gets it at a time of their own day.
        LocalTime = "local_time",
        /// All that is left was put off and is tried again later.
        Retries = "retries",
        /// The system paused it, and waits for a person.
        Paused = "paused",
        /// No worker is running.
        NoWorker = "no_worker",
    }
}

impl DelayReason {
    /// What an admin reads.
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

    /// How it goes on, for an admin.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Paused => "Fix the cause, then resume the campaign.",
            Self::RelayRefuses => "Fix the cause; then it goes on by itself.",
            _ => "Sending continues automatically.",
        }
    }
}
