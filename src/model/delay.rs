//! Why a campaign that is being sent does not move.

use super::string_enum::{UnknownValue, string_enum, unknown_value};

/// What a campaign waits for.
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
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<DelayReason>)]
pub enum DelayReason {
    /// The relay does not answer, or asks for patience.
    RelayAway,
    /// The relay refuses all mail until a person acts.
    RelayRefuses,
    /// The relay takes no more connections.
    ConnectionLimit,
    /// The relay has carried what it may on a day of its warm-up.
    WarmUp,
    /// The recipients' domains ask for patience.
    Throttled,
    /// The recipients' domains have as many messages under way as they may.
    DomainLimit,
    /// The campaign's quiet hours.
    QuietHours,
    /// The campaign's limit of messages in an hour.
    HourlyLimit,
    /// Each recipient gets it at a time of their own day.
    LocalTime,
    /// All that is left was put off and is tried again later.
    Retries,
    /// The system paused it, and waits for a person.
    Paused,
    /// No worker is running.
    NoWorker,
}
string_enum!(DelayReason);

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
