//! The way to the relays: connections, opened when needed, kept while they
//! work; what is known of each relay's health; the pace and the shares.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::connection_limit::Refusal;
use super::place::{Place, Places};
use crate::campaign::delay::RelayStatus;
use crate::campaign::report::RELAY_SETTING;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::smtp::{Connection, Endpoint, Endpoints, Envelope, Reply, SendError, Stage};
use crate::model::delay::DelayReason;
use crate::store::{StoreError, settings, transports};

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const DAY: i64 = 24 * 3600 * 1000;
/// How far a relay may run ahead of its share.
const HEAD_START: u64 = 4;
/// How long a relay that is behind its share keeps others waiting for it.
const LONGEST_TURN: Duration = Duration::from_secs(1);

/// What is known of a relay; shared by its connections.
pub struct Relay {
    cx: Context,
    /// Where it is.
    pub endpoint: Endpoint,
    health: Mutex<Health>,
    next_slot: Mutex<Instant>,
    /// Messages handed to it since it joined, and when the last was.
    carried: AtomicU64,
    carried_at: Mutex<Instant>,
    /// Its connections with nothing to do.
    idle: AtomicUsize,
    places: Arc<Places>,
    /// Whether messages may be announced with the one before.
    runs_ahead: AtomicBool,
    warm_up: WarmUp,
}

struct Health {
    failures: u32,
    wait_until: Option<Instant>,
    /// A person must act before it works again.
    is_refusing: bool,
    /// What was wrong last.
    trouble: Option<(DelayReason, String)>,
    /// What the desk was told last; `None` before it was told anything.
    told: Option<String>,
}

/// How much of its day's allowance a relay has used.
#[derive(Default)]
struct WarmUp {
    day: AtomicI64,
    allowed: AtomicI64,
    used: AtomicI64,
    unwritten: AtomicI64,
}

/// What a relay may carry on a day: `first` on its first, each day twice as
/// much.
fn allowance(first: u32, days_since: i64) -> i64 {
    let doublings = days_since.clamp(0, 30) as u32;
    i64::from(first).saturating_mul(1 << doublings)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Relay {
    fn new(cx: Context, endpoint: Endpoint) -> Self {
        Self {
            health: Mutex::new(Health {
                failures: 0,
                wait_until: None,
                is_refusing: false,
                trouble: None,
                told: None,
            }),
            // One connection more than campaigns may have is for mail to single
            // people.
            places: Places::new(endpoint.connections + 1, cx.clock.clone()),
            next_slot: Mutex::new(Instant::now()),
            carried: AtomicU64::new(0),
            carried_at: Mutex::new(Instant::now()),
            idle: AtomicUsize::new(0),
            runs_ahead: AtomicBool::new(true),
            warm_up: WarmUp::default(),
            cx,
            endpoint,
        }
    }

    /// Waits until its connections with nothing under way should make room.
    pub async fn asked_for_room(&self) {
        self.places.asked().await;
    }

    fn status(&self) -> RelayStatus {
        let known = self.places.known_limit();
        // Up to what the operator allows campaigns, none is felt.
        let known = known.filter(|(limit, _)| *limit < self.endpoint.connections);
        RelayStatus {
            relay: self.endpoint.to_string(),
            connections: self.endpoint.connections,
            connection_limit: known.map(|(limit, _)| limit),
            limited_since: known.map(|(_, met_at)| met_at.millis()),
        }
    }

    /// Why nothing is sent over it, in words, and for how long from now on;
    /// `None` while it works.
    fn why_resting(&self) -> Option<(DelayReason, String, Duration)> {
        let until = self.rests_until()?;
        let wait = until.saturating_duration_since(Instant::now());
        let health = lock(&self.health);
        let (reason, detail) = match (&health.trouble, health.wait_until) {
            (Some(trouble), Some(until)) if until > Instant::now() => trouble.clone(),
            _ => {
                let allowed = self.warm_up.allowed.load(Ordering::Relaxed);
                (
                    DelayReason::WarmUp,
                    format!("{}: {allowed} messages today", self.endpoint),
                )
            }
        };
        Some((reason, detail, wait))
    }

    /// Until when nothing should be sent over it, if there is such a time.
    fn rests_until(&self) -> Option<Instant> {
        let now = Instant::now();
        let until = lock(&self.health).wait_until.filter(|until| *until > now);
        // The allowance is looked at again each second.
        until.or_else(|| {
            let is_spent = self.endpoint.warm_up.is_some()
                && self.warm_up.used.load(Ordering::Relaxed)
                    >= self.warm_up.allowed.load(Ordering::Relaxed);
            is_spent.then(|| now + FIRST_WAIT)
        })
    }

    /// Whether it takes messages, or would: one that hangs is not waited for.
    fn is_moving(&self) -> bool {
        self.idle.load(Ordering::Relaxed) > 0 || lock(&self.carried_at).elapsed() < LONGEST_TURN
    }

    /// Whether nothing should be sent over it now.
    pub fn is_resting(&self) -> bool {
        self.rests_until().is_some()
    }

    /// Waits for this message's turn under the endpoint's rate.
    pub async fn pace(&self) {
        let Some(rate) = self.endpoint.rate else {
            return;
        };
        let slot = {
            let mut next = lock(&self.next_slot);
            let slot = (*next).max(Instant::now());
            *next = slot + Duration::from_secs(1) / rate;
            slot
        };
        tokio::time::sleep_until(slot).await;
    }

    /// Counts a message against share and allowance.
    pub fn note_carried(&self) {
        self.carried.fetch_add(1, Ordering::Relaxed);
        *lock(&self.carried_at) = Instant::now();
        if self.endpoint.warm_up.is_some() {
            self.warm_up.used.fetch_add(1, Ordering::Relaxed);
            self.warm_up.unwritten.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes down what it has carried, and learns what the day allows.
    ///
    /// # Errors
    /// Where the database fails; nothing is forgotten.
    pub async fn keep_warm_up(&self, now: Timestamp) -> Result<(), StoreError> {
        let Some(first) = self.endpoint.warm_up else {
            return Ok(());
        };
        let name = self.endpoint.to_string();
        let today = now.millis().div_euclid(DAY);
        let day = self.warm_up.day.swap(today, Ordering::Relaxed);
        let carried = self.warm_up.unwritten.swap(0, Ordering::Relaxed);
        let written = async {
            let mut db = self.cx.store.write().await?;
            let day = if day == 0 { today } else { day };
            transports::add_sent(&mut db, &name, day, carried).await?;
            let days = transports::days(&mut db, &name, today).await?;
            db.commit().await?;
            Ok(days)
        };
        match written.await {
            Ok((first_day, sent)) => {
                let since = today - first_day.unwrap_or(today);
                let allowed = allowance(first, since);
                self.warm_up.allowed.store(allowed, Ordering::Relaxed);
                let unwritten = self.warm_up.unwritten.load(Ordering::Relaxed);
                self.warm_up.used.store(sent + unwritten, Ordering::Relaxed);
                Ok(())
            }
            Err(error) => {
                self.warm_up.unwritten.fetch_add(carried, Ordering::Relaxed);
                Err(error)
            }
        }
    }

    async fn note_success(&self) {
        {
            let mut health = lock(&self.health);
            if health.failures > 0 {
                tracing::info!(relay = %self.endpoint, "the relay works again");
            }
            health.failures = 0;
            health.wait_until = None;
            health.is_refusing = false;
            health.trouble = None;
        }
        self.tell(String::new()).await;
    }

    async fn note_failure(&self, error: &SendError) {
        {
            let mut health = lock(&self.health);
            // One failure of many connections at once is one failure.
            if health
                .wait_until
                .is_some_and(|until| until > Instant::now())
            {
                return;
            }
            let wait = FIRST_WAIT
                .saturating_mul(1 << health.failures.min(6))
                .min(LONGEST_WAIT);
            health.failures += 1;
            health.wait_until = Some(Instant::now() + wait);
            health.is_refusing = is_for_a_person(error);
            health.trouble = Some((reason_of(error), format!("{}: {error}", self.endpoint)));
            tracing::error!(relay = %self.endpoint, %error, ?wait, "the relay cannot be used");
        }
        self.tell(format!("{}: {error}", self.endpoint)).await;
    }

    /// Tells the desk; written only when it changes.
    async fn tell(&self, trouble: String) {
        if lock(&self.health).told.as_ref() == Some(&trouble) {
            return;
        }
        let written = async {
            let mut db = self.cx.store.write().await?;
            settings::set(&mut db, RELAY_SETTING, &trouble).await?;
            db.commit().await
        };
        match written.await {
            Ok(()) => lock(&self.health).told = Some(trouble),
            Err(error) => tracing::error!(%error, "the relay's state cannot be noted"),
        }
    }
}

/// All relays of a worker.
pub struct Relays(Vec<Arc<Relay>>);

impl Relays {
    /// Relays of which nothing bad is known.
    pub fn new(cx: &Context, endpoints: &Endpoints) -> Arc<Self> {
        let relay = |endpoint: &Endpoint| Arc::new(Relay::new(cx.clone(), endpoint.clone()));
        Arc::new(Self(endpoints.iter().map(relay).collect()))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Relay>> {
        self.0.iter()
    }

    /// Why there is none to send over now, and for how long; `None` where there
    /// is one.
    pub fn why_resting(&self) -> Option<(DelayReason, String, Duration)> {
        let all: Option<Vec<_>> = self.0.iter().map(|relay| relay.why_resting()).collect();
        all?.into_iter().min_by_key(|(_, _, wait)| *wait)
    }

    /// What is known of each, for people.
    pub fn status(&self) -> Vec<RelayStatus> {
        self.0.iter().map(|relay| relay.status()).collect()
    }

    /// Whether every one of them refuses all mail until a person acts.
    pub fn are_refusing(&self) -> bool {
        self.0.iter().all(|relay| lock(&relay.health).is_refusing)
    }

    /// The first that works, or else the first.
    pub fn healthy(&self) -> Option<Arc<Relay>> {
        let works = self.0.iter().find(|relay| !relay.is_resting());
        works.or(self.0.first()).cloned()
    }

    /// Waits until it is `relay`'s turn.
    pub async fn turn_of(&self, relay: &Relay) {
        while !self.is_turn_of(relay) {
            match relay.rests_until() {
                Some(until) => tokio::time::sleep_until(until).await,
                None => tokio::time::sleep(Duration::from_millis(2)).await,
            }
        }
    }

    /// Whether `relay` may take a message: it works, and no other that could
    /// take it is behind its share.
    pub fn is_turn_of(&self, relay: &Relay) -> bool {
        if relay.is_resting() {
            return false;
        }
        let place = |relay: &Relay| {
            relay.carried.load(Ordering::Relaxed) / u64::from(relay.endpoint.weight)
        };
        let mine = place(relay);
        self.0.iter().all(|other| {
            std::ptr::eq(other.as_ref(), relay)
                || place(other) + HEAD_START >= mine
                || !other.is_moving()
                || other.is_resting()
        })
    }

    /// Marks one of `relay`'s connections as having nothing to do, until the
    /// answer is dropped.
    pub fn idle<'a>(&self, relay: &'a Relay) -> Idle<'a> {
        if relay.idle.fetch_add(1, Ordering::Relaxed) == 0 {
            // One that comes back has missed nothing that it must make up for.
            let most = self.0.iter().map(|other| {
                other.carried.load(Ordering::Relaxed) / u64::from(other.endpoint.weight)
            });
            let floor = most.max().unwrap_or(0).saturating_sub(64);
            relay
                .carried
                .fetch_max(floor * u64::from(relay.endpoint.weight), Ordering::Relaxed);
        }
        Idle(relay)
    }
}

/// A connection with nothing to do.
pub struct Idle<'a>(&'a Relay);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.idle.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How far a message came before its end, for [`Courier::deliver`] to judge.
pub struct Poured(Result<(), SendError>);

impl From<SendError> for Poured {
    fn from(error: SendError) -> Self {
        Self(Err(error))
    }
}

/// One connection to a relay.
pub struct Courier {
    relay: Arc<Relay>,
    connection: Option<Connection>,
    place: Option<Place>,
    /// Whether it gets a place before all others.
    comes_first: bool,
    /// Connections in a row that could not be opened while others work, and
    /// until when it tries no more.
    refusals: u32,
    wait_until: Option<Instant>,
}

impl Courier {
    /// A courier that has not set out.
    pub fn new(relay: Arc<Relay>) -> Self {
        Self {
            relay,
            connection: None,
            place: None,
            comes_first: false,
            refusals: 0,
            wait_until: None,
        }
    }

    /// One whose mail must not wait for that of campaigns.
    pub fn first(relay: Arc<Relay>) -> Self {
        Self {
            comes_first: true,
            ..Self::new(relay)
        }
    }

    /// Waits until it may have a connection.
    pub async fn wait_for_place(&mut self) {
        if let Some(until) = self.wait_until {
            tokio::time::sleep_until(until).await;
            self.wait_until = None;
        }
        if self.place.is_none() {
            self.place = Some(Place::wait(&self.relay.places).await);
        }
    }

    /// Gives its place back with nothing under way, where others need it.
    pub async fn make_room(&mut self) {
        if self.relay.places.must_yield() {
            self.quit().await;
        }
    }

    /// Ends a connection with nothing to do where the relay takes few.
    pub async fn rest(&mut self) {
        let is_limited = self.relay.places.known_limit().is_some();
        if is_limited {
            self.quit().await;
        }
    }

    /// Makes sure of an open connection, before a delivery is marked as
    /// `sending`.
    ///
    /// # Errors
    /// [`SendError::Relay`] where none is to be had.
    pub async fn ready(&mut self) -> Result<(), SendError> {
        match self.connection.take() {
            Some(open) if open.is_usable() && (open.has_announcement() || self.has_room(&open)) => {
                self.connection = Some(open);
                return Ok(());
            }
            Some(open) => open.quit().await,
            None => {}
        }
        let mut place = match (self.place.take(), self.comes_first) {
            (Some(place), _) => place,
            (None, true) => Place::wait_first(&self.relay.places).await,
            (None, false) => Place::reserve(&self.relay.places).map_err(|_| no_place())?,
        };
        place.begin();
        let error = match Connection::open(&self.relay.endpoint).await {
            Ok(connection) => {
                place.opened();
                self.place = Some(place);
                self.connection = Some(connection);
                self.refusals = 0;
                self.relay.note_success().await;
                return Ok(());
            }
            Err(error) => error,
        };
        let refusal = match refuses_connection(&error) {
            true => place.refused(),
            false => place.failed(),
        };
        match refusal {
            Refusal::Limit if refuses_connection(&error) || !is_for_a_person(&error) => {
                let wait = FIRST_WAIT.saturating_mul(1 << self.refusals.min(6));
                self.wait_until = Some(Instant::now() + wait.min(LONGEST_WAIT));
                self.refusals += 1;
                tracing::info!(relay = %self.relay.endpoint, %error, "no further connection; those that are open go on");
            }
            _ => self.relay.note_failure(&error).await,
        }
        Err(error)
    }

    /// Announces a message, unless it was announced with the one before, and
    /// waits until the relay is ready for it.
    ///
    /// # Errors
    /// [`SendError`], for [`deliver`](Self::deliver) to judge.
    pub async fn announce(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let announced = connection.announce(envelope).await;
        if connection.has_lost_announcement()
            && self.relay.runs_ahead.swap(false, Ordering::Relaxed)
        {
            tracing::warn!(relay = %self.relay.endpoint, "the relay violates RFC 2920; pipelining across messages is off");
        }
        announced
    }

    /// Hands over the message that was `announced`, but for the dot that ends
    /// it: nothing is delivered by it.
    pub async fn pour(&mut self, message: &[u8], announced: Result<(), SendError>) -> Poured {
        let poured = async {
            announced?;
            let connection = self.connection.as_mut().ok_or_else(closed)?;
            connection.pour(message).await
        };
        Poured(poured.await)
    }

    /// Ends the message that was `poured`, and announces the `next` with its
    /// dot. A connection that turned out to be dead, or that the relay closed
    /// before it took anything (421), is replaced once.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken the message.
    pub async fn deliver(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
        poured: Poured,
        next: Option<&Envelope>,
    ) -> Result<Reply, SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let was_ahead = connection.has_lost_announcement();
        let sent = match poured.0 {
            Ok(()) => connection.finish(next).await,
            Err(error) => Err(error),
        };
        match sent {
            Err(error) if was_ahead || is_stale(&error) => {
                self.connection = None;
                self.ready().await?;
                let connection = self.connection.as_mut().ok_or_else(closed)?;
                connection.announce(envelope).await?;
                connection.pour(message).await?;
                connection.finish(None).await
            }
            result => result,
        }
    }

    /// Whether a connection may carry another message before it is opened anew.
    fn has_room(&self, open: &Connection) -> bool {
        let limit = self.relay.endpoint.messages;
        limit.is_none_or(|limit| open.announced() < limit)
    }

    /// Whether a message may be announced with the one that is about to go.
    pub fn may_announce_ahead(&self) -> bool {
        let may = |open: &Connection| self.has_room(open) && open.may_announce_ahead();
        self.relay.runs_ahead.load(Ordering::Relaxed)
            && self.connection.as_ref().is_some_and(may)
            && !self.relay.places.must_yield()
    }

    /// Whether the relay can carry mail to this recipient.
    pub fn can_carry(&self, envelope: &Envelope) -> bool {
        let open = self.connection.as_ref();
        open.is_some_and(|open| open.can_carry(envelope))
    }

    /// Takes back what was announced.
    pub fn withdraw(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.withdraw();
        }
    }

    /// Drops a connection in the midst of a message, and says what that means
    /// for it.
    pub fn abandon(&mut self) -> SendError {
        let cause = "the worker was stopped before the relay answered".to_owned();
        self.place = None;
        match self.connection.take() {
            Some(connection) if connection.has_message_under_way() => SendError::InDoubt { cause },
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
        self.place = None;
    }
}

/// The relay has as many connections as it takes.
fn no_place() -> SendError {
    SendError::Relay {
        stage: Stage::Connect,
        cause: "the relay takes no more connections for now".into(),
        is_temporary: true,
        code: None,
    }
}

/// Whether a relay that is there refuses one connection. What it says of the
/// credentials is another matter.
fn refuses_connection(error: &SendError) -> bool {
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
fn reason_of(error: &SendError) -> DelayReason {
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
        _ if is_for_a_person(error) => DelayReason::RelayRefuses,
        _ => DelayReason::RelayAway,
    }
}

fn closed() -> SendError {
    SendError::NotSent {
        stage: Stage::Connect,
        cause: "the connection was closed".into(),
    }
}

fn is_stale(error: &SendError) -> bool {
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
pub fn is_for_a_person(error: &SendError) -> bool {
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
        let days: Vec<i64> = (0..4).map(|day| allowance(50, day)).collect();
        assert_eq!(days, [50, 100, 200, 400]);
        assert!(allowance(u32::MAX, 400) > 0);
    }
}
