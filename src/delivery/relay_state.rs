//! What a worker knows of one relay: its health, rate, warm-up and connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::connection_slot::ConnectionSlots;
use crate::campaign::delay::RelayStatus;
use crate::campaign::report::RELAY_SETTING;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::smtp::{SendError, Stage};
use crate::model::delay::DelayReason;
use crate::relay::Relay;
use crate::store::{StoreError, settings, transports};
use crate::text::numbers::in_english;

/// The wait after the first failure; it doubles up to [`MAX_BACKOFF`].
pub(super) const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
pub(super) const MAX_BACKOFF: Duration = Duration::from_secs(60);
/// A relay that has been handed no message for so long is not waited for.
const STALL_TIMEOUT: Duration = Duration::from_secs(1);

/// Shared by all connections to the relay.
pub struct RelayState {
    cx: Context,
    pub(super) relay: Relay,
    health: Mutex<Health>,
    next_send_at: Mutex<Instant>,
    /// Messages handed to it, for its share among several relays.
    pub(super) messages: AtomicU64,
    last_message_at: Mutex<Instant>,
    /// Connections without a message.
    pub(super) idle: AtomicUsize,
    pub(super) slots: Arc<ConnectionSlots>,
    /// Whether the next envelope may be sent together with the end of a message; `false`
    /// once the relay has been seen to violate RFC 2920.
    pub(super) pipelines: AtomicBool,
    warm_up: WarmUp,
}

struct Health {
    failures: u32,
    retry_at: Option<Instant>,
    /// It works again only after an operator has acted.
    is_refusing: bool,
    /// The last failure.
    problem: Option<(DelayReason, String)>,
    /// What was last written for the admin pages; `None` before the first report.
    reported: Option<String>,
}

/// Messages of the current UTC day against the warm-up limit.
#[derive(Default)]
struct WarmUp {
    day: AtomicI64,
    allowed: AtomicI64,
    used: AtomicI64,
    unwritten: AtomicI64,
}

/// Messages allowed on a day of warm-up: `first` on the first day, doubling each day.
fn daily_allowance(first: u32, days_since: i64) -> i64 {
    let doublings = days_since.clamp(0, 30) as u32;
    i64::from(first).saturating_mul(1 << doublings)
}

impl RelayState {
    pub(super) fn new(cx: Context, relay: Relay) -> Self {
        Self {
            health: Mutex::new(Health {
                failures: 0,
                retry_at: None,
                is_refusing: false,
                problem: None,
                reported: None,
            }),
            // One more than campaigns may use, for transactional email.
            slots: ConnectionSlots::new(relay.connections + 1, cx.clock.clone()),
            next_send_at: Mutex::new(Instant::now()),
            messages: AtomicU64::new(0),
            last_message_at: Mutex::new(Instant::now()),
            idle: AtomicUsize::new(0),
            pipelines: AtomicBool::new(true),
            warm_up: WarmUp::default(),
            cx,
            relay,
        }
    }

    /// Waits until an idle connection should close to free its slot.
    pub async fn slot_wanted(&self) {
        self.slots.yield_requested().await;
    }

    pub(super) fn status(&self) -> RelayStatus {
        let known = self.slots.known_limit();
        // A limit above what the operator allows campaigns has no effect.
        let known = known.filter(|(limit, _)| *limit < self.relay.connections);
        RelayStatus {
            relay: self.relay.to_string(),
            connections: self.relay.connections,
            connection_limit: known.map(|(limit, _)| limit),
            limited_since: known.map(|(_, met_at)| met_at.millis()),
        }
    }

    /// Why nothing is sent over the relay and for how long; `None` while it works.
    pub(super) fn backoff_reason(&self) -> Option<(DelayReason, String, Duration)> {
        let until = self.backoff_until()?;
        let wait = until.saturating_duration_since(Instant::now());
        let health = self.health.lock();
        let (reason, detail) = match (&health.problem, health.retry_at) {
            (Some(problem), Some(until)) if until > Instant::now() => problem.clone(),
            _ => {
                let allowed = self.warm_up.allowed.load(Ordering::Relaxed);
                (
                    DelayReason::WarmUp,
                    format!("{}: {} messages today", self.relay, in_english(allowed)),
                )
            }
        };
        Some((reason, detail, wait))
    }

    /// When sending may be tried again; `None` while the relay works.
    pub(super) fn backoff_until(&self) -> Option<Instant> {
        let now = Instant::now();
        let until = self.failed_until(now);
        // The warm-up limit is checked again each second.
        until.or_else(|| {
            let is_spent = self.relay.warm_up.is_some()
                && self.warm_up.used.load(Ordering::Relaxed)
                    >= self.warm_up.allowed.load(Ordering::Relaxed);
            is_spent.then(|| now + INITIAL_BACKOFF)
        })
    }

    fn failed_until(&self, now: Instant) -> Option<Instant> {
        self.health.lock().retry_at.filter(|until| *until > now)
    }

    /// Whether it rests after a failure; warm-up is no failure.
    pub(super) fn has_failed(&self) -> bool {
        self.failed_until(Instant::now()).is_some()
    }

    /// Whether the relay accepts messages, or has idle connections. A relay that hangs
    /// is not waited for.
    pub(super) fn makes_progress(&self) -> bool {
        self.idle.load(Ordering::Relaxed) > 0
            || self.last_message_at.lock().elapsed() < STALL_TIMEOUT
    }

    /// Whether it rejects all mail until an operator acts.
    pub(super) fn is_refusing(&self) -> bool {
        self.health.lock().is_refusing
    }

    pub fn is_backing_off(&self) -> bool {
        self.backoff_until().is_some()
    }

    /// Waits as the relay's rate limit asks.
    pub async fn pace(&self) {
        let Some(rate) = self.relay.rate else {
            return;
        };
        let send_at = {
            let mut free_at = self.next_send_at.lock();
            let send_at = (*free_at).max(Instant::now());
            *free_at = send_at + Duration::from_secs(1) / rate;
            send_at
        };
        tokio::time::sleep_until(send_at).await;
    }

    /// Counts a message against the relay's share and warm-up limit.
    pub fn count_message(&self) {
        self.messages.fetch_add(1, Ordering::Relaxed);
        *self.last_message_at.lock() = Instant::now();
        if self.relay.warm_up.is_some() {
            self.warm_up.used.fetch_add(1, Ordering::Relaxed);
            self.warm_up.unwritten.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Takes back one that was counted and is not handed to the relay after all.
    pub fn uncount_message(&self) {
        self.messages.fetch_sub(1, Ordering::Relaxed);
        if self.relay.warm_up.is_some() {
            self.warm_up.used.fetch_sub(1, Ordering::Relaxed);
            self.warm_up.unwritten.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Stores the messages counted since the last call and reads the limit of the day.
    /// Where the database fails, they are counted again by the next call.
    pub async fn save_warm_up(&self, now: Timestamp) -> Result<(), StoreError> {
        let Some(first) = self.relay.warm_up else {
            return Ok(());
        };
        let name = self.relay.to_string();
        let today = now.day();
        let day = self.warm_up.day.swap(today, Ordering::Relaxed);
        let messages = self.warm_up.unwritten.swap(0, Ordering::Relaxed);
        let written = async {
            let mut db = self.cx.store.write().await?;
            let day = if day == 0 { today } else { day };
            transports::add_sent(&mut db, &name, day, messages).await?;
            let days = transports::days(&mut db, &name, today).await?;
            db.commit().await?;
            Ok(days)
        };
        match written.await {
            Ok((first_day, sent)) => {
                let since = today - first_day.unwrap_or(today);
                let allowed = daily_allowance(first, since);
                self.warm_up.allowed.store(allowed, Ordering::Relaxed);
                let unwritten = self.warm_up.unwritten.load(Ordering::Relaxed);
                self.warm_up.used.store(sent + unwritten, Ordering::Relaxed);
                Ok(())
            }
            Err(error) => {
                self.warm_up
                    .unwritten
                    .fetch_add(messages, Ordering::Relaxed);
                Err(error)
            }
        }
    }

    pub(super) async fn record_success(&self) {
        {
            let mut health = self.health.lock();
            if health.failures > 0 {
                tracing::info!(relay = %self.relay, "the relay works again");
            }
            health.failures = 0;
            health.retry_at = None;
            health.is_refusing = false;
            health.problem = None;
        }
        self.report_problem(String::new()).await;
    }

    pub(super) async fn record_failure(&self, error: &SendError) {
        {
            let mut health = self.health.lock();
            // Connections that fail at the same time count as one failure.
            if health.retry_at.is_some_and(|until| until > Instant::now()) {
                return;
            }
            let wait = INITIAL_BACKOFF
                .saturating_mul(1 << health.failures.min(6))
                .min(MAX_BACKOFF);
            health.failures += 1;
            health.retry_at = Some(Instant::now() + wait);
            health.is_refusing = is_permanent_relay_failure(error);
            health.problem = Some((delay_reason(error), format!("{}: {error}", self.relay)));
            tracing::error!(relay = %self.relay, %error, ?wait, "the relay cannot be used");
        }
        self.report_problem(format!("{}: {error}", self.relay))
            .await;
    }

    /// Shows a problem on the admin pages; writes only what has changed.
    async fn report_problem(&self, problem: String) {
        if self.health.lock().reported.as_ref() == Some(&problem) {
            return;
        }
        let written = async {
            let mut db = self.cx.store.write().await?;
            settings::set(&mut db, RELAY_SETTING, &problem).await?;
            db.commit().await
        };
        match written.await {
            Ok(()) => self.health.lock().reported = Some(problem),
            Err(error) => tracing::error!(%error, "the relay's state cannot be stored"),
        }
    }
}

/// The delay reason that campaigns show while the relay fails.
fn delay_reason(error: &SendError) -> DelayReason {
    match error {
        SendError::Relay {
            code: Some(400..500),
            cause,
            ..
        } if cause.to_ascii_lowercase().contains("connection")
            && ["too many", "limit", "concurrent", "exceeded"]
                .iter()
                .any(|words| cause.to_ascii_lowercase().contains(words)) =>
        {
            DelayReason::ConnectionLimit
        }
        _ if is_permanent_relay_failure(error) => DelayReason::RelayRefuses,
        _ => DelayReason::RelayAway,
    }
}

/// Whether the relay permanently rejects every message, not only this one. To continue
/// would fail one recipient after the other.
pub fn is_permanent_relay_failure(error: &SendError) -> bool {
    match error {
        SendError::Relay { is_temporary, .. } => !is_temporary,
        SendError::Rejected {
            stage: Stage::Mail,
            reply,
        } => reply.code >= 500,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_limit_doubles_each_day() {
        let days: Vec<i64> = (0..4).map(|day| daily_allowance(50, day)).collect();
        assert_eq!(days, [50, 100, 200, 400]);
        assert!(daily_allowance(u32::MAX, 400) > 0);
    }
}
