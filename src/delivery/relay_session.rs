//! The way to the relays: connections, opened when needed, kept while they
//! work; what is known of each relay's health; the pace and the shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::connection_limit::ConnectFailure;
use super::connection_slot::{ConnectionSlot, ConnectionSlots};
use crate::campaign::delay::RelayStatus;
use crate::campaign::report::RELAY_SETTING;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::smtp::{Connection, Envelope, Relay, Relays, Reply, SendError, Stage};
use crate::model::delay::DelayReason;
use crate::store::{StoreError, settings, transports};

const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(60);
const MILLIS_PER_DAY: i64 = 24 * 3600 * 1000;
/// How far a relay may run ahead of its share.
const SHARE_TOLERANCE: u64 = 4;
/// How long a relay that is behind its share keeps others waiting for it.
const STALL_TIMEOUT: Duration = Duration::from_secs(1);

/// What is known of a relay; shared by its connections.
pub struct RelayState {
    cx: Context,
    /// Where it is.
    pub relay: Relay,
    health: Mutex<Health>,
    next_send_at: Mutex<Instant>,
    /// Messages handed to it since it joined, and when the last was.
    messages: AtomicU64,
    last_message_at: Mutex<Instant>,
    /// Its connections with nothing to do.
    idle: AtomicUsize,
    slots: Arc<ConnectionSlots>,
    /// Whether messages may be announced with the one before.
    pipelines: AtomicBool,
    warm_up: WarmUp,
}

struct Health {
    failures: u32,
    retry_at: Option<Instant>,
    /// A person must act before it works again.
    is_refusing: bool,
    /// What was wrong last.
    problem: Option<(DelayReason, String)>,
    /// What the desk was told last; `None` before it was told anything.
    reported: Option<String>,
}

/// How much of its day's allowance a relay has used.
#[derive(Default)]
struct WarmUp {
    day: AtomicI64,
    allowed: AtomicI64,
    used: AtomicI64,
    unwritten: AtomicI64,
}

/// What a relay may carry on a day: `with_priority` on its first, each day twice as
/// much.
fn daily_allowance(with_priority: u32, days_since: i64) -> i64 {
    let doublings = days_since.clamp(0, 30) as u32;
    i64::from(with_priority).saturating_mul(1 << doublings)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock()
}

impl RelayState {
    fn new(cx: Context, relay: Relay) -> Self {
        Self {
            health: Mutex::new(Health {
                failures: 0,
                retry_at: None,
                is_refusing: false,
                problem: None,
                reported: None,
            }),
            // One connection more than campaigns may have is for mail to single
            // people.
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

    /// Waits until its connections with nothing under way should make room.
    pub async fn slot_wanted(&self) {
        self.slots.yield_requested().await;
    }

    fn status(&self) -> RelayStatus {
        let known = self.slots.known_limit();
        // Up to what the operator allows campaigns, none is felt.
        let known = known.filter(|(limit, _)| *limit < self.relay.connections);
        RelayStatus {
            relay: self.relay.to_string(),
            connections: self.relay.connections,
            connection_limit: known.map(|(limit, _)| limit),
            limited_since: known.map(|(_, met_at)| met_at.millis()),
        }
    }

    /// Why nothing is sent over it, in words, and for how long from now on;
    /// `None` while it works.
    fn backoff_reason(&self) -> Option<(DelayReason, String, Duration)> {
        let until = self.backoff_until()?;
        let wait = until.saturating_duration_since(Instant::now());
        let health = lock(&self.health);
        let (reason, detail) = match (&health.problem, health.retry_at) {
            (Some(problem), Some(until)) if until > Instant::now() => problem.clone(),
            _ => {
                let allowed = self.warm_up.allowed.load(Ordering::Relaxed);
                (
                    DelayReason::WarmUp,
                    format!("{}: {allowed} messages today", self.relay),
                )
            }
        };
        Some((reason, detail, wait))
    }

    /// Until when nothing should be sent over it, if there is such a time.
    fn backoff_until(&self) -> Option<Instant> {
        let now = Instant::now();
        let until = lock(&self.health).retry_at.filter(|until| *until > now);
        // The allowance is looked at again each second.
        until.or_else(|| {
            let is_spent = self.relay.warm_up.is_some()
                && self.warm_up.used.load(Ordering::Relaxed)
                    >= self.warm_up.allowed.load(Ordering::Relaxed);
            is_spent.then(|| now + INITIAL_BACKOFF)
        })
    }

    /// Whether it takes messages, or would: one that hangs is not waited for.
    fn makes_progress(&self) -> bool {
        self.idle.load(Ordering::Relaxed) > 0
            || lock(&self.last_message_at).elapsed() < STALL_TIMEOUT
    }

    /// Whether nothing should be sent over it now.
    pub fn is_backing_off(&self) -> bool {
        self.backoff_until().is_some()
    }

    /// Waits for this message's turn under the endpoint's rate.
    pub async fn pace(&self) {
        let Some(rate) = self.relay.rate else {
            return;
        };
        let send_at = {
            let mut free_at = lock(&self.next_send_at);
            let send_at = (*free_at).max(Instant::now());
            *free_at = send_at + Duration::from_secs(1) / rate;
            send_at
        };
        tokio::time::sleep_until(send_at).await;
    }

    /// Counts a message against share and allowance.
    pub fn count_message(&self) {
        self.messages.fetch_add(1, Ordering::Relaxed);
        *lock(&self.last_message_at) = Instant::now();
        if self.relay.warm_up.is_some() {
            self.warm_up.used.fetch_add(1, Ordering::Relaxed);
            self.warm_up.unwritten.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes down what it has carried, and learns what the day allows.
    ///
    /// # Errors
    /// Where the database fails; nothing is forgotten.
    pub async fn save_warm_up(&self, now: Timestamp) -> Result<(), StoreError> {
        let Some(with_priority) = self.relay.warm_up else {
            return Ok(());
        };
        let name = self.relay.to_string();
        let today = now.millis().div_euclid(MILLIS_PER_DAY);
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
                let allowed = daily_allowance(with_priority, since);
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

    async fn record_success(&self) {
        {
            let mut health = lock(&self.health);
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

    async fn record_failure(&self, error: &SendError) {
        {
            let mut health = lock(&self.health);
            // One failure of many connections at once is one failure.
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

    /// Tells the desk; written only when it changes.
    async fn report_problem(&self, problem: String) {
        if lock(&self.health).reported.as_ref() == Some(&problem) {
            return;
        }
        let written = async {
            let mut db = self.cx.store.write().await?;
            settings::set(&mut db, RELAY_SETTING, &problem).await?;
            db.commit().await
        };
        match written.await {
            Ok(()) => lock(&self.health).reported = Some(problem),
            Err(error) => tracing::error!(%error, "the relay's state cannot be noted"),
        }
    }
}

/// All relays of a worker.
pub struct RelayPool(Vec<Arc<RelayState>>);

impl RelayPool {
    /// Relays of which nothing bad is known.
    pub fn new(cx: &Context, endpoints: &Relays) -> Arc<Self> {
        let relay = |relay: &Relay| Arc::new(RelayState::new(cx.clone(), relay.clone()));
        Arc::new(Self(endpoints.iter().map(relay).collect()))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<RelayState>> {
        self.0.iter()
    }

    /// Why there is none to send over now, and for how long; `None` where there
    /// is one.
    pub fn backoff_reason(&self) -> Option<(DelayReason, String, Duration)> {
        let all: Option<Vec<_>> = self.0.iter().map(|relay| relay.backoff_reason()).collect();
        all?.into_iter().min_by_key(|(_, _, wait)| *wait)
    }

    /// What is known of each, for people.
    pub fn status(&self) -> Vec<RelayStatus> {
        self.0.iter().map(|relay| relay.status()).collect()
    }

    /// Whether every one of them refuses all mail until a person acts.
    pub fn all_refuse(&self) -> bool {
        self.0.iter().all(|relay| lock(&relay.health).is_refusing)
    }

    /// The first that works, or else the first.
    pub fn healthy(&self) -> Option<Arc<RelayState>> {
        let works = self.0.iter().find(|relay| !relay.is_backing_off());
        works.or(self.0.first()).cloned()
    }

    /// Waits until it is `relay`'s turn.
    pub async fn wait_for_turn(&self, relay: &RelayState) {
        while !self.has_turn(relay) {
            match relay.backoff_until() {
                Some(until) => tokio::time::sleep_until(until).await,
                None => tokio::time::sleep(Duration::from_millis(2)).await,
            }
        }
    }

    /// Whether `relay` may take a message: it works, and no other that could
    /// take it is behind its share.
    pub fn has_turn(&self, relay: &RelayState) -> bool {
        if relay.is_backing_off() {
            return false;
        }
        let share = |relay: &RelayState| {
            relay.messages.load(Ordering::Relaxed) / u64::from(relay.relay.weight)
        };
        let mine = share(relay);
        self.0.iter().all(|other| {
            std::ptr::eq(other.as_ref(), relay)
                || share(other) + SHARE_TOLERANCE >= mine
                || !other.makes_progress()
                || other.is_backing_off()
        })
    }

    /// Marks one of `relay`'s connections as having nothing to do, until the
    /// answer is dropped.
    pub fn idle<'a>(&self, relay: &'a RelayState) -> IdleGuard<'a> {
        if relay.idle.fetch_add(1, Ordering::Relaxed) == 0 {
            // One that comes back has missed nothing that it must make up for.
            let most = self.0.iter().map(|other| {
                other.messages.load(Ordering::Relaxed) / u64::from(other.relay.weight)
            });
            let floor = most.max().unwrap_or(0).saturating_sub(64);
            relay
                .messages
                .fetch_max(floor * u64::from(relay.relay.weight), Ordering::Relaxed);
        }
        IdleGuard(relay)
    }
}

/// A connection with nothing to do.
pub struct IdleGuard<'a>(&'a RelayState);

impl Drop for IdleGuard<'_> {
    fn drop(&mut self) {
        self.0.idle.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How far a message came before its end, for [`RelaySession::deliver`] to judge.
pub struct BodyResult(Result<(), SendError>);

impl From<SendError> for BodyResult {
    fn from(error: SendError) -> Self {
        Self(Err(error))
    }
}

/// One connection to a relay.
pub struct RelaySession {
    relay: Arc<RelayState>,
    connection: Option<Connection>,
    slot: Option<ConnectionSlot>,
    /// Whether it gets a place before all others.
    has_priority: bool,
    /// Connections in a row that could not be opened while others work, and
    /// until when it tries no more.
    connect_failures: u32,
    retry_at: Option<Instant>,
}

impl RelaySession {
    /// A courier that has not set out.
    pub fn new(relay: Arc<RelayState>) -> Self {
        Self {
            relay,
            connection: None,
            slot: None,
            has_priority: false,
            connect_failures: 0,
            retry_at: None,
        }
    }

    /// One whose mail must not wait for that of campaigns.
    pub fn with_priority(relay: Arc<RelayState>) -> Self {
        Self {
            has_priority: true,
            ..Self::new(relay)
        }
    }

    /// Waits until it may have a connection.
    pub async fn wait_for_slot(&mut self) {
        if let Some(until) = self.retry_at {
            tokio::time::sleep_until(until).await;
            self.retry_at = None;
        }
        if self.slot.is_none() {
            self.slot = Some(ConnectionSlot::wait(&self.relay.slots).await);
        }
    }

    /// Gives its place back with nothing under way, where others need it.
    pub async fn yield_slot(&mut self) {
        if self.relay.slots.must_yield() {
            self.quit().await;
        }
    }

    /// Ends a connection with nothing to do where the relay takes few.
    pub async fn close_if_limited(&mut self) {
        let is_limited = self.relay.slots.known_limit().is_some();
        if is_limited {
            self.quit().await;
        }
    }

    /// Makes sure of an open connection, before a delivery is marked as
    /// `sending`.
    ///
    /// # Errors
    /// [`SendError::Relay`] where none is to be had.
    pub async fn ensure_open(&mut self) -> Result<(), SendError> {
        match self.connection.take() {
            Some(open)
                if open.is_usable() && (open.has_open_transaction() || self.has_room(&open)) =>
            {
                self.connection = Some(open);
                return Ok(());
            }
            Some(open) => open.quit().await,
            None => {}
        }
        let mut slot = match (self.slot.take(), self.has_priority) {
            (Some(slot), _) => slot,
            (None, true) => ConnectionSlot::wait_with_priority(&self.relay.slots).await,
            (None, false) => ConnectionSlot::reserve(&self.relay.slots).map_err(|_| no_slot())?,
        };
        slot.connecting();
        let error = match Connection::open(&self.relay.relay).await {
            Ok(connection) => {
                slot.opened();
                self.slot = Some(slot);
                self.connection = Some(connection);
                self.connect_failures = 0;
                self.relay.record_success().await;
                return Ok(());
            }
            Err(error) => error,
        };
        let refusal = match is_connection_refusal(&error) {
            true => slot.refused(),
            false => slot.failed(),
        };
        match refusal {
            ConnectFailure::Limit
                if is_connection_refusal(&error) || !is_permanent_relay_failure(&error) =>
            {
                let wait = INITIAL_BACKOFF.saturating_mul(1 << self.connect_failures.min(6));
                self.retry_at = Some(Instant::now() + wait.min(MAX_BACKOFF));
                self.connect_failures += 1;
                tracing::info!(relay = %self.relay.relay, %error, "no further connection; those that are open go on");
            }
            _ => self.relay.record_failure(&error).await,
        }
        Err(error)
    }

    /// Announces a message, unless it was announced with the one before, and
    /// waits until the relay is ready for it.
    ///
    /// # Errors
    /// [`SendError`], for [`deliver`](Self::deliver) to judge.
    pub async fn send_envelope(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let envelope_result = connection.send_envelope(envelope).await;
        if connection.has_broken_pipelining() && self.relay.pipelines.swap(false, Ordering::Relaxed)
        {
            tracing::warn!(relay = %self.relay.relay, "the relay violates RFC 2920; pipelining across messages is off");
        }
        envelope_result
    }

    /// Hands over the message that was `envelope_result`, but for the dot that ends
    /// it: nothing is delivered by it.
    pub async fn write_body(
        &mut self,
        message: &[u8],
        envelope_result: Result<(), SendError>,
    ) -> BodyResult {
        let body_result = async {
            envelope_result?;
            let connection = self.connection.as_mut().ok_or_else(closed)?;
            connection.write_body(message).await
        };
        BodyResult(body_result.await)
    }

    /// Ends the message that was `body_result`, and announces the `next` with its
    /// dot. A connection that turned out to be dead, or that the relay closed
    /// before it took anything (421), is replaced once.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken the message.
    pub async fn deliver(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
        body_result: BodyResult,
        next: Option<&Envelope>,
    ) -> Result<Reply, SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let was_pipelined = connection.has_broken_pipelining();
        let sent = match body_result.0 {
            Ok(()) => connection.end_data(next).await,
            Err(error) => Err(error),
        };
        match sent {
            Err(error) if was_pipelined || is_worth_reconnecting(&error) => {
                self.connection = None;
                self.ensure_open().await?;
                let connection = self.connection.as_mut().ok_or_else(closed)?;
                connection.send_envelope(envelope).await?;
                connection.write_body(message).await?;
                connection.end_data(None).await
            }
            result => result,
        }
    }

    /// Whether a connection may carry another message before it is opened anew.
    fn has_room(&self, open: &Connection) -> bool {
        let limit = self.relay.relay.messages;
        limit.is_none_or(|limit| open.envelopes() < limit)
    }

    /// Whether a message may be announced with the one that is about to go.
    pub fn may_pipeline(&self) -> bool {
        let may = |open: &Connection| self.has_room(open) && open.may_pipeline();
        self.relay.pipelines.load(Ordering::Relaxed)
            && self.connection.as_ref().is_some_and(may)
            && !self.relay.slots.must_yield()
    }

    /// Whether the relay can carry mail to this recipient.
    pub fn accepts_recipient(&self, envelope: &Envelope) -> bool {
        let open = self.connection.as_ref();
        open.is_some_and(|open| open.accepts_recipient(envelope))
    }

    /// Takes back what was announced.
    pub fn abort(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.abort();
        }
    }

    /// Drops a connection in the midst of a message, and says what that means
    /// for it.
    pub fn disconnect(&mut self) -> SendError {
        let cause = "the worker was stopped before the relay answered".to_owned();
        self.slot = None;
        match self.connection.take() {
            Some(connection) if connection.awaits_final_reply() => SendError::InDoubt { cause },
            _ => SendError::NotSent {
                stage: Stage::Mail,
                cause,
            },
        }
    }

    /// Says goodbye, if there is somebody to say it to.
    pub async fn quit(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.quit().await;
        }
        self.slot = None;
    }
}

/// The relay has as many connections as it takes.
fn no_slot() -> SendError {
    SendError::Relay {
        stage: Stage::Connect,
        cause: "the relay takes no more connections for now".into(),
        is_temporary: true,
        code: None,
    }
}

/// Whether a relay that is there refuses one connection. What it says of the
/// credentials is another matter.
fn is_connection_refusal(error: &SendError) -> bool {
    match error {
        SendError::Relay {
            code: Some(code),
            stage,
            ..
        } => *code < 500 || *stage == Stage::Greeting,
        _ => false,
    }
}

/// What a campaign waits for while a relay is in trouble.
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

fn closed() -> SendError {
    SendError::NotSent {
        stage: Stage::Connect,
        cause: "the connection was closed".into(),
    }
}

fn is_worth_reconnecting(error: &SendError) -> bool {
    match error {
        SendError::NotSent { .. } => true,
        SendError::Refused {
            stage: Stage::Mail,
            reply,
        } => reply.code == 421,
        _ => false,
    }
}

/// Whether a relay refuses not this message but all of them, for good: going on
/// would burn through the list.
pub fn is_permanent_relay_failure(error: &SendError) -> bool {
    match error {
        SendError::Relay { is_temporary, .. } => !is_temporary,
        SendError::Refused {
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
    fn a_relay_warms_up_by_doubling() {
        let days: Vec<i64> = (0..4).map(|day| daily_allowance(50, day)).collect();
        assert_eq!(days, [50, 100, 200, 400]);
        assert!(daily_allowance(u32::MAX, 400) > 0);
    }
}
