//! The way of campaigns' mail: claim → [outbox](super::ready_queue) → write and send
//! → record. The outbox has room for a few seconds' mail only, so that a slow
//! relay slows the claims.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::campaign::brake::{self, Alarm, Pulled};
use crate::campaign::limits::Limits;
use crate::campaign::{lifecycle, limits};
use crate::context::Context;
use crate::mail::smtp::{Envelope, Reply, SendError, Stage};
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delay::DelayReason;
use crate::model::delivery::DeliveryState;
use crate::model::feedback::Decision;
use crate::store::campaigns::Campaign;
use crate::store::deliveries::{self, Claim, Claimed};
use crate::store::ledger::Outcome;
use crate::store::{Engine, StoreError, campaigns, workers};

use super::brake::{Brake, Noted};
use super::ledger::{GroupCommit, LeasedSlices, Ledger};
use super::mailer::Mailer;
use super::ready_queue::{QueuedDelivery, ReadyQueue};
use super::relay_session::{RelayPool, RelaySession, RelayState, is_permanent_relay_failure};
use super::retry::retry_or_fail;
use super::status::Status;
use super::throttle::{DomainLimits, DomainResponse};
use super::{WriteError, hourly_limit};

const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// The name of this task.
pub const TASK: &str = "campaigns";
/// How often it is looked into why a campaign has nothing to claim.
const DELAY_CHECK_INTERVAL: Duration = Duration::from_secs(10);
/// Between claims while all that waits is to domains that must.
const BLOCKED_POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How often the database's log is moved into its file while mail goes out, so
/// that no commit of the ledger has much of it to move.
const CHECKPOINT_INTERVAL: Duration = Duration::from_millis(250);
/// How long a campaign's messages are written with what was read once: keys made
/// or rotated meanwhile sign after that.
const MAILER_RELOAD_INTERVAL: Duration = Duration::from_secs(60);
/// An idle connection is closed before the relay does it.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a stopping worker waits for relays' answers.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(7);
/// The largest slice; what a crash leaves for others to take over.
const MAX_BATCH_SIZE: i64 = 1_000;

/// Why nothing can be sent, in words, and for how long.
type Backoff = (DelayReason, String, Duration);

/// What all parts of the pipeline share.
struct Sender {
    cx: Context,
    relays: Arc<RelayPool>,
    ready_queue: ReadyQueue,
    status: Status,
    ledger: Ledger,
    brake: Brake,
    owner: Uuid,
    connections: usize,
    stop: CancellationToken,
    /// Some seconds after `stop`: who still waits for a relay gives up.
    give_up: CancellationToken,
}

/// Sends campaigns' mail until told to stop; then lets what is on the wire end.
pub async fn run(
    cx: Context,
    relays: Arc<RelayPool>,
    owner: Uuid,
    held: LeasedSlices,
    status: Status,
    stop: CancellationToken,
) {
    let connections = relays.iter().map(|relay| relay.relay.connections).sum();
    let (ledger, writer) = Ledger::start(cx.clone(), owner, held);
    let writer = tokio::spawn(writer);
    // It was read once when the house was opened.
    let limits = DomainLimits::parse(&cx.config.domain_limits).unwrap_or_default();
    let sender = Arc::new(Sender {
        ready_queue: ReadyQueue::new(limits, connections),
        status,
        cx,
        relays,
        ledger,
        brake: Brake::default(),
        owner,
        connections,
        give_up: CancellationToken::new(),
        stop,
    });
    let mut sessions = JoinSet::new();
    for relay in sender.relays.iter() {
        for _ in 0..relay.relay.connections {
            sessions.spawn(sender.clone().run_connection(relay.clone()));
        }
    }
    sender.claim_loop().await;
    let give_up = sender.give_up.clone();
    let grace = tokio::spawn(async move {
        tokio::time::sleep(SHUTDOWN_GRACE).await;
        give_up.cancel();
    });
    sender.release_all(sender.ready_queue.close());
    while sessions.join_next().await.is_some() {}
    grace.abort();
    drop(sender);
    if let Err(error) = writer.await {
        tracing::error!(%error, "the ledger's task failed");
    }
}

impl Sender {
    // Claiming ---------------------------------------------------------------

    /// Claims deliveries, each sending campaign in its turn.
    async fn claim_loop(&self) {
        let mut mailers: HashMap<CampaignId, Arc<Mailer>> = HashMap::new();
        let mut batch_sizer = BatchSizer::new(self.connections);
        let mut checkpointed_at = Instant::now();
        let mut mailers_loaded_at = Instant::now();
        while !self.stop.is_cancelled() {
            self.cx.health.heartbeat(TASK);
            let queued = self.cx.mail_queued.notified();
            if mailers_loaded_at.elapsed() > MAILER_RELOAD_INTERVAL {
                mailers_loaded_at = Instant::now();
                mailers.clear();
            }
            let resting = self.relays.backoff_reason();
            let claimed_now = match &resting {
                Some(why) => self.delay_all(why).await.map(|()| 0),
                None => self.claim_once(&mut mailers, batch_sizer.size()).await,
            };
            let claimed_now = claimed_now.unwrap_or_else(|error| {
                tracing::error!(%error, "deliveries cannot be claimed");
                0
            });
            if claimed_now > 0 && checkpointed_at.elapsed() > CHECKPOINT_INTERVAL {
                checkpointed_at = Instant::now();
                if let Err(error) = self.cx.store.checkpoint().await {
                    tracing::warn!(%error, "the write-ahead log cannot be checkpointed");
                }
            }
            let waited = async {
                match claimed_now {
                    0 => {
                        // A timeout is as good an end of the wait.
                        let _ = tokio::time::timeout(POLL_INTERVAL, queued).await;
                    }
                    // A slice ahead is enough: what is claimed is out of
                    // others' reach.
                    claimed_now => {
                        self.wait_until_drained((claimed_now / 2).max(self.connections))
                            .await
                    }
                }
            };
            tokio::select! {
                () = waited => {}
                () = self.stop.cancelled() => {}
            }
            batch_sizer.update(self.ready_queue.popped(), self.ready_queue.is_starved());
            let now = self.cx.clock.now();
            // A relay that rests is reason enough.
            let blocked = match resting {
                Some(_) => Vec::new(),
                None => self.ready_queue.blocked(),
            };
            for one in blocked {
                self.status
                    .note(one.campaign, one.reason, &one.detail(), POLL_INTERVAL, now);
            }
            for (item, wait, reason) in self.ready_queue.evict() {
                let domain = item.claimed.email.domain();
                self.status.note(item.campaign, reason, domain, wait, now);
                self.ledger.defer(item.claimed.id.0, now.after(wait));
            }
        }
    }

    /// No campaign moves, for one reason.
    async fn delay_all(&self, (reason, detail, wait): &Backoff) -> Result<(), StoreError> {
        let mut db = self.cx.store.read().await?;
        let sending = campaigns::in_state(&mut db, CampaignState::Sending).await?;
        let now = self.cx.clock.now();
        for campaign in sending {
            self.status.note(campaign.id, *reason, detail, *wait, now);
        }
        Ok(())
    }

    /// Finds out why a campaign has nothing to claim, unless that is known:
    /// perhaps all that is left was put off.
    async fn note_deferred(&self, id: CampaignId, is_local: bool) -> Result<(), StoreError> {
        let now = self.cx.clock.now();
        if self.status.is_noted(id, now) || self.ready_queue.holds(id) {
            return Ok(());
        }
        let (count, next) = workers::put_off(&mut self.cx.store.read().await?, id).await?;
        let Some(next) = next.filter(|next| *next > now) else {
            return Ok(());
        };
        let reason = match is_local {
            true => DelayReason::LocalTime,
            false => DelayReason::Retries,
        };
        let detail = format!("{count} of its messages; the next at {next}");
        self.status
            .note(id, reason, &detail, DELAY_CHECK_INTERVAL, now);
        Ok(())
    }

    /// Waits until no more than `enough` deliveries wait for a connection, or
    /// it is time to look again.
    async fn wait_until_drained(&self, enough: usize) {
        let look_again = tokio::time::Instant::now() + POLL_INTERVAL;
        while self.ready_queue.waiting() > enough {
            // Others must not wait for a domain that has to.
            if self.ready_queue.is_blocked() {
                return tokio::time::sleep(BLOCKED_POLL_INTERVAL).await;
            }
            let drained = self.ready_queue.drained();
            if tokio::time::timeout_at(look_again, drained).await.is_err() {
                return;
            }
        }
    }

    async fn claim_once(
        &self,
        mailers: &mut HashMap<CampaignId, Arc<Mailer>>,
        slice: i64,
    ) -> Result<usize, StoreError> {
        let mut db = self.cx.store.read().await?;
        let mut sending = campaigns::in_state(&mut db, CampaignState::Sending).await?;
        drop(db);
        let now = self.cx.clock.now();
        sending.retain(|campaign| {
            let is_quiet = limits::is_quiet(&self.cx, campaign, now);
            if is_quiet {
                let limits = Limits::from(&campaign.limits);
                let until = limits.quiet_until.unwrap_or_default();
                let detail = format!("until {until}, {}", self.cx.config.time_zone);
                let reason = DelayReason::QuietHours;
                self.status
                    .note(campaign.id, reason, &detail, POLL_INTERVAL, now);
            }
            !is_quiet
        });
        let is_sending = |id| sending.iter().any(|campaign| campaign.id == id);
        mailers.retain(|id, _| is_sending(*id));
        self.brake.keep(is_sending);
        self.release_all(self.ready_queue.retain(is_sending));
        if self.ready_queue.waiting() as i64 > slice && !self.ready_queue.is_blocked() {
            return Ok(0);
        }
        let is_slow = mailers.values().any(|mailer| mailer.is_slow());
        self.ledger.set_group_commit(self.group_commit(is_slow));
        let mut claimed_now = 0;
        for campaign in sending {
            self.cx.health.heartbeat(TASK);
            let id = campaign.id;
            let limits = campaign.limits;
            let is_local = campaign.local_start.is_some();
            let is_frozen = campaign.is_frozen;
            let Some(mailer) = self.mailer(mailers, campaign).await else {
                continue;
            };
            let until = now.after(Duration::from_secs(self.cx.config.lease));
            let mut db = self.cx.store.write().await?;
            let room = hourly_limit::room(&mut db, id, &limits, slice, now).await?;
            let claim = match room {
                0 => Claim::default(),
                room => deliveries::claim(&mut db, id, self.owner, room, now, until).await?,
            };
            hourly_limit::note(&mut db, id, &limits, claim.count(), now).await?;
            db.commit().await?;
            // Dropped with the last item, it ends the slice.
            let hold = claim
                .slice()
                .map(|slice| Arc::new(self.ledger.lease(slice)));
            if claim.count() == 0 {
                match (room, limits.hourly_limit) {
                    (0, Some(limit)) => {
                        let detail = format!("{limit} messages in an hour");
                        let reason = DelayReason::HourlyLimit;
                        self.status.note(id, reason, &detail, POLL_INTERVAL, now);
                    }
                    _ if is_frozen => self.note_deferred(id, is_local).await?,
                    _ => {}
                }
                continue;
            }
            // Read beside the ledger, which others wait to write.
            claimed_now += claim.count() as usize;
            let found = deliveries::find(&mut self.cx.store.read().await?, id, &claim, now).await?;
            let (later, due): (Vec<_>, Vec<_>) = found
                .wanted
                .into_iter()
                .partition(|one| mailer.not_before(one).is_some_and(|at| at > now));
            let unused = claim.count() - due.len() as i64;
            if unused > 0 {
                let mut db = self.cx.store.write().await?;
                deliveries::skip(&mut db, &found.gone, now).await?;
                hourly_limit::note(&mut db, id, &limits, -unused, now).await?;
                db.commit().await?;
            }
            for one in &later {
                let to = mailer.not_before(one).unwrap_or(now);
                self.ledger.defer(one.id.0, to);
            }
            let items = due.into_iter().map(|claimed| QueuedDelivery {
                campaign: id,
                mailer: mailer.clone(),
                _hold: hold.clone().filter(|_| claimed.slice.is_some()),
                claimed,
            });
            self.ready_queue.push(items.collect());
        }
        Ok(claimed_now)
    }

    /// How many connections a commit waits for. With a local relay and quick
    /// messages they come by themselves. Signatures that take their time part
    /// them; and so does a relay far away, where workers share one PostgreSQL
    /// and each commit is a round trip and some work of the server's.
    fn group_commit(&self, is_slow: bool) -> GroupCommit {
        let max_wait = match (self.cx.store.engine(), is_slow) {
            (Engine::Postgres, _) => 2,
            (Engine::Sqlite, true) => 1,
            (Engine::Sqlite, false) => return GroupCommit::default(),
        };
        GroupCommit {
            min_begins: self.connections * 9 / 10,
            max_wait: Duration::from_millis(max_wait),
        }
    }

    /// The writer of a campaign's messages, made once. Where it cannot be made,
    /// the campaign is held with the reason.
    async fn mailer(
        &self,
        mailers: &mut HashMap<CampaignId, Arc<Mailer>>,
        campaign: Campaign,
    ) -> Option<Arc<Mailer>> {
        let id = campaign.id;
        if let Some(mailer) = mailers.get(&id) {
            return Some(mailer.clone());
        }
        match Mailer::load(&self.cx, campaign).await {
            Ok(mailer) => {
                let mailer = Arc::new(mailer);
                mailers.insert(id, mailer.clone());
                Some(mailer)
            }
            Err(WriteError::Store(error)) => {
                tracing::error!(campaign = %id, %error, "a campaign cannot be loaded");
                None
            }
            Err(WriteError::Render(error)) if error.is_temporary() => None,
            Err(error) => {
                self.hold(id, &error.to_string()).await;
                None
            }
        }
    }

    async fn hold(&self, id: CampaignId, reason: &str) {
        tracing::error!(campaign = %id, reason, "the campaign is paused");
        if let Err(error) = lifecycle::pause(&self.cx, id, reason).await {
            tracing::warn!(campaign = %id, %error, "the campaign could not be paused");
        }
    }

    /// Gives back what has not begun. What came with a slice goes back with it,
    /// when the last item is dropped.
    fn release_all(&self, items: Vec<QueuedDelivery>) {
        for item in items {
            if item.claimed.slice.is_none() {
                self.ledger.release(item.claimed.id.0);
            }
        }
    }

    // Carrying ---------------------------------------------------------------

    /// One connection's work.
    async fn run_connection(self: Arc<Self>, relay: Arc<RelayState>) {
        let mut session = RelaySession::new(relay.clone());
        // Announced to the relay together with the message before.
        let mut pipelined = None;
        loop {
            let (item, envelope) = match pipelined.take() {
                Some(next) => next,
                None => match self.next(&relay, &mut session).await {
                    Some(item) => item.with_envelope(),
                    None => break,
                },
            };
            let is_ready = match self.stop.is_cancelled() {
                true => {
                    self.release_all(vec![item]);
                    break;
                }
                false => session.ensure_open().await,
            };
            if let Err(error) = is_ready {
                if is_permanent_relay_failure(&error) && self.relays.all_refuse() {
                    self.hold(item.campaign, &error.to_string()).await;
                }
                // For another relay, or this one when it works again.
                match self.stop.is_cancelled() {
                    true => self.release_all(vec![item]),
                    false => self.ready_queue.requeue(item),
                }
                continue;
            }
            relay.count_message();
            pipelined = self.deliver(&relay, &mut session, item, envelope).await;
        }
        session.quit().await;
    }

    /// The next delivery for a connection that has nothing under way; `None`
    /// once there will be none.
    async fn next(&self, relay: &RelayState, session: &mut RelaySession) -> Option<QueuedDelivery> {
        loop {
            session.yield_slot().await;
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return None,
                () = session.wait_for_slot() => {}
            }
            let next = async {
                let _idle = self.relays.idle(relay);
                self.relays.wait_for_turn(relay).await;
                self.ready_queue.pop().await
            };
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return None,
                () = relay.slot_wanted() => {}
                next = tokio::time::timeout(IDLE_TIMEOUT, next) => match next {
                    Ok(next) => return next,
                    Err(_) => session.quit().await,
                },
            }
        }
    }

    /// Sends one delivery's message, and records what came of it. The answer is
    /// the delivery whose message was announced with it.
    async fn deliver(
        &self,
        relay: &RelayState,
        session: &mut RelaySession,
        item: QueuedDelivery,
        envelope: Envelope,
    ) -> Option<(QueuedDelivery, Envelope)> {
        let id = item.claimed.id.0;
        let domain = item.claimed.email.domain();
        let observe_nothing = |domain_response| {
            self.ready_queue
                .observe(domain, domain_response, Duration::ZERO, None)
        };
        tokio::select! {
            () = relay.pace() => {}
            () = self.stop.cancelled() => {
                self.ledger.release(id);
                observe_nothing(DomainResponse::Neutral);
                return None;
            }
        }
        let in_flight = self.brake.begin(item.campaign);
        // While the ledger is written, the relay gets the message but for the
        // dot that ends it: that may go once the ledger says so.
        let granted = self.ledger.begin(id);
        let envelope_result = async {
            tokio::select! {
                envelope_result = session.send_envelope(&envelope) => envelope_result,
                () = self.give_up.cancelled() => Err(session.disconnect()),
            }
        };
        let (envelope_result, written) = tokio::join!(envelope_result, async {
            item.mailer.write(&item.claimed, self.cx.clock.now())
        });
        let written = match written {
            Ok(message) => {
                let body_result = tokio::select! {
                    body_result = session.write_body(&message, envelope_result) => body_result,
                    () = self.give_up.cancelled() => session.disconnect().into(),
                };
                Ok((message, body_result))
            }
            Err(error) => Err(error),
        };
        if !granted.granted().await {
            session.abort();
            self.ledger.release(id);
            observe_nothing(DomainResponse::Neutral);
            return None;
        }
        let (message, body_result) = match written {
            Ok(written) => written,
            Err(error) => {
                session.abort();
                tracing::error!(delivery = %item.claimed.id, %error, "a message cannot be written");
                self.ledger.record(Outcome {
                    id,
                    state: DeliveryState::Failed,
                    reply: error.to_string(),
                    next_attempt_at: self.cx.clock.now().millis(),
                });
                observe_nothing(DomainResponse::Neutral);
                return None;
            }
        };
        let pipelined = self.next_pipelined(relay, session, domain);
        let next = pipelined.as_ref().map(|(_, envelope)| envelope);
        let next = next.filter(|envelope| session.accepts_recipient(envelope));
        let since = Instant::now();
        let sent = tokio::select! {
            sent = session.deliver(&envelope, &message, body_result, next) => sent,
            () = self.give_up.cancelled() => Err(session.disconnect()),
        };
        if let Err(error) = &sent
            && is_permanent_relay_failure(error)
            && (self.relays.all_refuse() || matches!(error, SendError::Refused { .. }))
        {
            self.hold(item.campaign, &error.to_string()).await;
        }
        if sent.is_ok() {
            self.status.clear(item.campaign, self.cx.clock.now());
        }
        let begun = in_flight.since();
        drop(in_flight);
        let noted = self
            .brake
            .note(item.campaign, id, &item.claimed.email, begun, &sent);
        let is_held = match noted {
            Noted::Fine => false,
            Noted::Held => true,
            Noted::Late([key, any]) => self.is_put_back(item.campaign, [&key, &any]).await,
            Noted::Alarm(alarm) => self.pause_for_rejections(item.campaign, alarm).await,
        };
        let next = pipelined.as_ref().map(|(item, _)| item);
        self.ready_queue
            .observe(domain, domain_response(&sent), since.elapsed(), next);
        let outcome = classify(&self.cx, &item.claimed, sent, is_held);
        self.ledger.record(outcome);
        pipelined
    }

    /// Pauses a campaign whose recipients are refused alike, before the last of
    /// these refusals is recorded: so it cannot end meanwhile. Tells whether the
    /// deliveries wait for it to go on.
    async fn pause_for_rejections(&self, campaign: CampaignId, alarm: Alarm) -> bool {
        match brake::pull(&self.cx, campaign, &alarm).await {
            Ok(Pulled::Paused) => {
                self.ledger.retry(alarm.deliveries);
                true
            }
            Ok(Pulled::Known) => {
                self.brake.settle(campaign, &alarm.key);
                false
            }
            Err(error) => {
                tracing::error!(%campaign, %error, "the campaign cannot be paused");
                true
            }
        }
    }

    /// Whether refusals with these keys paused a campaign, and nobody decided to
    /// keep their recipients suppressed.
    async fn is_put_back(&self, campaign: CampaignId, keys: [&str; 2]) -> bool {
        match brake::paused_by(&self.cx, campaign, keys, None).await {
            Ok(brake) => brake.is_some_and(|brake| brake.decision() != Some(Decision::Kept)),
            Err(error) => {
                tracing::error!(%campaign, %error, "the refusals of a campaign cannot be read");
                false
            }
        }
    }

    /// A delivery whose message may be announced together with the one to
    /// `domain` that is about to go. None where messages are counted out by the
    /// second, since the relay would be kept waiting for it.
    fn next_pipelined(
        &self,
        relay: &RelayState,
        session: &RelaySession,
        domain: &str,
    ) -> Option<(QueuedDelivery, Envelope)> {
        let is_free = relay.relay.rate.is_none()
            && !self.stop.is_cancelled()
            && session.may_pipeline()
            && self.relays.has_turn(relay);
        if !is_free {
            return None;
        }
        self.ready_queue
            .pop_pipelined(domain)
            .map(QueuedDelivery::with_envelope)
    }
}

/// How large the slices are: what goes out in about half a second, so that a
/// quick worker asks seldom and a slow one does not hoard.
struct BatchSizer {
    min_size: i64,
    slice: i64,
    since: Instant,
    popped: u64,
}

impl BatchSizer {
    fn new(connections: usize) -> Self {
        let min_size = (2 * connections).clamp(16, 400) as i64;
        Self {
            min_size,
            slice: min_size,
            since: Instant::now(),
            popped: 0,
        }
    }

    fn size(&self) -> i64 {
        self.slice
    }

    /// `is_starved`: connections have nothing to do and nothing waits for them.
    /// Then a slice was too small, and there is no need to measure first.
    fn update(&mut self, popped: u64, is_starved: bool) {
        if is_starved && popped - self.popped >= self.slice as u64 {
            self.slice = (2 * self.slice).min(MAX_BATCH_SIZE);
            (self.since, self.popped) = (Instant::now(), popped);
            return;
        }
        let elapsed = self.since.elapsed();
        if elapsed < Duration::from_millis(250) {
            return;
        }
        let half_second = (popped - self.popped) as f64 / elapsed.as_secs_f64() / 2.0;
        self.slice = (half_second as i64).clamp(self.min_size, MAX_BATCH_SIZE);
        (self.since, self.popped) = (Instant::now(), popped);
    }
}

/// What a domain's answer says of the domain.
fn domain_response(sent: &Result<Reply, SendError>) -> DomainResponse {
    match sent {
        Ok(_) => DomainResponse::Accepted,
        Err(SendError::Refused {
            stage: Stage::Rcpt | Stage::Data | Stage::Message,
            reply,
        }) if reply.code < 500 => DomainResponse::Throttled,
        Err(_) => DomainResponse::Neutral,
    }
}

fn classify(
    cx: &Context,
    claimed: &Claimed,
    sent: Result<Reply, SendError>,
    is_held: bool,
) -> Outcome {
    let now = cx.clock.now();
    let (state, reply, next) = match sent {
        Ok(reply) => (DeliveryState::Sent, reply.to_string(), now),
        // The relay was away, or refused us, when the connection had to be made
        // anew: no message is to blame, and the relay's own rest says when it
        // is tried again.
        // What came with a slice goes back with it; what was put off before is
        // in no slice, and comes back by itself.
        Err(error @ SendError::Relay { .. }) => {
            let state = match claimed.slice {
                Some(_) => DeliveryState::Queued,
                None => DeliveryState::Deferred,
            };
            (state, error.to_string(), now)
        }
        // Nor here: it waits for the campaign to go on.
        Err(error) if is_held || is_permanent_relay_failure(&error) => {
            (DeliveryState::Deferred, error.to_string(), now)
        }
        Err(error) => {
            let first = claimed.first_attempt_at.unwrap_or(now);
            let (state, wait) = retry_or_fail(&error, claimed.attempts, now.since(first));
            (state, error.to_string(), now.after(wait))
        }
    };
    Outcome {
        id: claimed.id.0,
        state,
        reply,
        next_attempt_at: next.millis(),
    }
}
