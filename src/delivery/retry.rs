//! What a failed attempt means for the row of a delivery or a transactional email.

use std::time::Duration;

use crate::mail::smtp::SendError;
use crate::model::delivery::{DeliveryState, retry_after};

/// The next state after a failed attempt, and the wait before the next one.
pub fn retry_or_fail(error: &SendError, attempts: i64, age: Duration) -> (DeliveryState, Duration) {
    let may_retry = match error {
        SendError::Rejected { reply, .. } => reply.code < 500,
        SendError::Relay { .. } | SendError::NotSent { .. } => true,
        SendError::InDoubt { .. } => return (DeliveryState::Uncertain, Duration::ZERO),
        SendError::NoSmtpUtf8 => false,
    };
    retry(may_retry, attempts, age)
}

/// The next state of an attempt that may be repeated or not, with the wait.
pub fn retry(may_retry: bool, attempts: i64, age: Duration) -> (DeliveryState, Duration) {
    let attempts = u32::try_from(attempts)
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    match may_retry
        .then(|| retry_after(attempts, age, rand::random()))
        .flatten()
    {
        Some(wait) => (DeliveryState::Deferred, wait),
        None => (DeliveryState::Failed, Duration::ZERO),
    }
}
