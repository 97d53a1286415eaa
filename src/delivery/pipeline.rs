//! The way of campaigns' mail: claim → [outbox](super::outbox) → write and send
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
use crate::clock::Timestamp;
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
use super::courier::{Courier, Relay, Relays, is_for_a_person};
use super::flow::{DomainLimits, Lesson};
use super::ledger::{Company, HeldSlices, Ledger};
use super::mailer::Mailer;
use super::notice::judgement;
use super::outbox::{Item, Outbox};
use super::status::Status;
use super::{WriteError, allowance};

const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// The name of this task.
pub(super) const TASK: &str = "campaigns";
/// How often it is looked into why a campaign has nothing to claim.
const LOOK_INTO_IT: Duration = Duration::from_secs(10);
/// Between claims while all that waits is to domains that must.
const WHILE_BLOCKED: Duration = Duration::from_millis(100);
/// How often the database's log is moved into its file while mail goes out, so
/// that no commit of the ledger has much of it to move.
const BETWEEN_CHECKPOINTS: Duration = Duration::from_millis(250);
/// How long a campaign's messages are written with what was read once: keys made
/// or rotated meanwhile sign after that.
const FRESH: Duration = Duration::from_secs(60);
/// An idle connection is closed before the relay does it.
const IDLE: Duration = Duration::from_secs(20);
/// How long a stopping worker waits for relays' answers.
const GRACE: Duration = Duration::from_secs(7);
/// The largest slice; what a crash leaves for others to take over.
const LARGEST_SLICE: i64 = 1_000;

/// Why nothing can be sent, in words, and for how long.
type Why = (DelayReason, String, Duration);

/// What all parts of the pipeline share.
struct Line {
    cx: Context,
    relays: Arc<Relays>,
    outbox: Outbox,
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
    relays: Arc<Relays>,
    owner: Uuid,
    held: HeldSlices,
    status: Status,
    stop: CancellationToken,
) {
    let connections = relays.iter().map(|relay| relay.endpoint.connections).sum();
    let (ledger, pen) = Ledger::open(cx.clone(), owner, held);
    let pen = tokio::spawn(pen);
    // It was read once when the house was opened.
    let limits = DomainLimits::parse(&cx.config.domain_limits).unwrap_or_default();
    let line = Arc::new(Line {
        outbox: Outbox::new(limits, connections),
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
    let mut couriers = JoinSet::new();
    for relay in line.relays.iter() {
        for _ in 0..relay.endpoint.connections {
            couriers.spawn(line.clone().carry(relay.clone()));
        }
    }
    line.feed().await;
    let give_up = line.give_up.clone();
    let grace = tokio::spawn(async move {
        tokio::time::sleep(GRACE).await;
        give_up.cancel();
    });
    line.give_back(line.outbox.close());
    while couriers.join_next().await.is_some() {}
    grace.abort();
    drop(line);
    if let Err(error) = pen.await {
        tracing::error!(%error, "the ledger's task failed");
    }
}

impl Line {
    // Claiming ---------------------------------------------------------------

    /// Claims deliveries, each sending campaign in its turn.
    async fn feed(&self) {
        let mut mailers: HashMap<CampaignId, Arc<Mailer>> = HashMap::new();
        let mut pulse = Pulse::new(self.connections);
        let mut tidied = Instant::now();
        let mut made = Instant::now();
        while !self.stop.is_cancelled() {
            self.cx.health.beat(TASK);
            let queued = self.cx.mail_queued.notified();
            if made.elapsed() > FRESH {
                made = Instant::now();
                mailers.clear();
            }
            let resting = self.relays.why_resting();
            let fed = match &resting {
                Some(why) => self.note_all(why).await.map(|()| 0),
                None => self.feed_once(&mut mailers, pulse.slice()).await,
            };
            let fed = fed.unwrap_or_else(|error| {
                tracing::error!(%error, "deliveries cannot be claimed");
                0
            });
            if fed > 0 && tidied.elapsed() > BETWEEN_CHECKPOINTS {
                tidied = Instant::now();
                if let Err(error) = self.cx.store.checkpoint().await {
                    tracing::warn!(%error, "the write-ahead log cannot be checkpointed");
                }
            }
            let waited = async {
                match fed {
                    0 => {
                        // A timeout is as good an end of the wait.
                        let _ = tokio::time::timeout(LOOK_AGAIN, queued).await;
                    }
                    // A slice ahead is enough: what is claimed is out of
                    // others' reach.
                    fed => self.drain_to((fed / 2).max(self.connections)).await,
                }
            };
            tokio::select! {
                () = waited => {}
                () = self.stop.cancelled() => {}
            }
            pulse.beat(self.outbox.taken(), self.outbox.is_starved());
            let now = self.cx.clock.now();
            // A relay that rests is reason enough.
            let blocked = match resting {
                Some(_) => Vec::new(),
                None => self.outbox.blocked(),
            };
            for one in blocked {
                self.status
                    .note(one.campaign, one.reason, &one.detail(), LOOK_AGAIN, now);
            }
            for (item, wait, reason) in self.outbox.relieve() {
                let domain = item.claimed.email.domain();
                self.status.note(item.campaign, reason, domain, wait, now);
                self.ledger.put_off(item.claimed.id.0, now.after(wait));
            }
        }
    }

    /// No campaign moves, for one reason.
    async fn note_all(&self, (reason, detail, wait): &Why) -> Result<(), StoreError> {
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
    async fn note_put_off(&self, id: CampaignId, is_local: bool) -> Result<(), StoreError> {
        let now = self.cx.clock.now();
        if self.status.is_known(id, now) || self.outbox.holds(id) {
            return Ok(());
        }
        let (count, next) = workers::put_off(&mut self.cx.store.read().await?, id).await?;
        let Some(next) = next.map(Timestamp::from_millis).filter(|next| *next > now) else {
            return Ok(());
        };
        let reason = match is_local {
            true => DelayReason::LocalTime,
            false => DelayReason::Retries,
        };
        let detail = format!("{count} of its messages; the next at {next}");
        self.status.note(id, reason, &detail, LOOK_INTO_IT, now);
        Ok(())
    }

    /// Waits until no more than `enough` deliveries wait for a connection, or
    /// it is time to look again.
    async fn drain_to(&self, enough: usize) {
        let look_again = tokio::time::Instant::now() + LOOK_AGAIN;
        while self.outbox.waiting() > enough {
            // Others must not wait for a domain that has to.
            if self.outbox.is_blocked() {
                return tokio::time::sleep(WHILE_BLOCKED).await;
            }
            let drained = self.outbox.drained();
            if tokio::time::timeout_at(look_again, drained).await.is_err() {
                return;
            }
        }
    }

    async fn feed_once(
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
                    .note(campaign.id, reason, &detail, LOOK_AGAIN, now);
            }
            !is_quiet
        });
        let is_sending = |id| sending.iter().any(|campaign| campaign.id == id);
        mailers.retain(|id, _| is_sending(*id));
        self.brake.keep(is_sending);
        self.give_back(self.outbox.keep(is_sending));
        if self.outbox.waiting() as i64 > slice && !self.outbox.is_blocked() {
            return Ok(0);
        }
        let is_slow = mailers.values().any(|mailer| mailer.is_slow());
        self.ledger.wait_for(self.company(is_slow));
        let mut fed = 0;
        for campaign in sending {
            self.cx.health.beat(TASK);
            let id = campaign.id;
            let limits = campaign.limits;
            let is_local = campaign.local_start.is_some();
            let is_frozen = campaign.is_frozen;
            let Some(mailer) = self.mailer(mailers, campaign).await else {
                continue;
            };
            let until = now.after(Duration::from_secs(self.cx.config.lease));
            let mut db = self.cx.store.write().await?;
            let room = allowance::room(&mut db, id, &limits, slice, now).await?;
            let claim = match room {
                0 => Claim::default(),
                room => deliveries::claim(&mut db, id, self.owner, room, now, until).await?,
            };
            allowance::note(&mut db, id, &limits, claim.count(), now).await?;
            db.commit().await?;
            // Dropped with the last item, it ends the slice.
            let hold = claim.slice().map(|slice| Arc::new(self.ledger.hold(slice)));
            if claim.count() == 0 {
                match (room, limits.hourly_limit) {
                    (0, Some(limit)) => {
                        let detail = format!("{limit} messages in an hour");
                        let reason = DelayReason::HourlyLimit;
                        self.status.note(id, reason, &detail, LOOK_AGAIN, now);
                    }
                    _ if is_frozen => self.note_put_off(id, is_local).await?,
                    _ => {}
                }
                continue;
            }
            // Read beside the ledger, which others wait to write.
            fed += claim.count() as usize;
            let found = deliveries::find(&mut self.cx.store.read().await?, id, &claim, now).await?;
            let (later, due): (Vec<_>, Vec<_>) = found
                .wanted
                .into_iter()
                .partition(|one| mailer.not_before(one).is_some_and(|at| at > now));
            let unused = claim.count() - due.len() as i64;
            if unused > 0 {
                let mut db = self.cx.store.write().await?;
                deliveries::skip(&mut db, &found.gone, now).await?;
                allowance::note(&mut db, id, &limits, -unused, now).await?;
                db.commit().await?;
            }
            for one in &later {
                let to = mailer.not_before(one).unwrap_or(now);
                self.ledger.put_off(one.id.0, to);
            }
            let items = due.into_iter().map(|claimed| Item {
                campaign: id,
                mailer: mailer.clone(),
                _hold: hold.clone().filter(|_| claimed.slice.is_some()),
                claimed,
            });
            self.outbox.put(items.collect());
        }
        Ok(fed)
    }

    /// How many connections a commit waits for. With a local relay and quick
    /// messages they come by themselves. Signatures that take their time part
    /// them; and so does a relay far away, where workers share one PostgreSQL
    /// and each commit is a round trip and some work of the server's.
    fn company(&self, is_slow: bool) -> Company {
        let at_most = match (self.cx.store.engine(), is_slow) {
            (Engine::Postgres, _) => 2,
            (Engine::Sqlite, true) => 1,
            (Engine::Sqlite, false) => return Company::default(),
        };
        Company {
            count: self.connections * 9 / 10,
            at_most: Duration::from_millis(at_most),
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
    fn give_back(&self, items: Vec<Item>) {
        for item in items {
            if item.claimed.slice.is_none() {
                self.ledger.release(item.claimed.id.0);
            }
        }
    }

    // Carrying ---------------------------------------------------------------

    /// One connection's work.
    async fn carry(self: Arc<Self>, relay: Arc<Relay>) {
        let mut courier = Courier::new(relay.clone());
        // Announced to the relay together with the message before.
        let mut ahead = None;
        loop {
            let (item, envelope) = match ahead.take() {
                Some(next) => next,
                None => match self.next(&relay, &mut courier).await {
                    Some(item) => item.with_envelope(),
                    None => break,
                },
            };
            let is_ready = match self.stop.is_cancelled() {
                true => {
                    self.give_back(vec![item]);
                    break;
                }
                false => courier.ready().await,
            };
            if let Err(error) = is_ready {
                if is_for_a_person(&error) && self.relays.are_refusing() {
                    self.hold(item.campaign, &error.to_string()).await;
                }
                // For another relay, or this one when it works again.
                match self.stop.is_cancelled() {
                    true => self.give_back(vec![item]),
                    false => self.outbox.put_back(item),
                }
                continue;
            }
            relay.note_carried();
            ahead = self.handle(&relay, &mut courier, item, envelope).await;
        }
        courier.quit().await;
    }

    /// The next delivery for a connection that has nothing under way; `None`
    /// once there will be none.
    async fn next(&self, relay: &Relay, courier: &mut Courier) -> Option<Item> {
        loop {
            courier.make_room().await;
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return None,
                () = courier.wait_for_place() => {}
            }
            let next = async {
                let _idle = self.relays.idle(relay);
                self.relays.turn_of(relay).await;
                self.outbox.take().await
            };
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return None,
                () = relay.asked_for_room() => {}
                next = tokio::time::timeout(IDLE, next) => match next {
                    Ok(next) => return next,
                    Err(_) => courier.quit().await,
                },
            }
        }
    }

    /// Sends one delivery's message, and records what came of it. The answer is
    /// the delivery whose message was announced with it.
    async fn handle(
        &self,
        relay: &Relay,
        courier: &mut Courier,
        item: Item,
        envelope: Envelope,
    ) -> Option<(Item, Envelope)> {
        let id = item.claimed.id.0;
        let domain = item.claimed.email.domain();
        let untold = |lesson| self.outbox.learn(domain, lesson, Duration::ZERO, None);
        tokio::select! {
            () = relay.pace() => {}
            () = self.stop.cancelled() => {
                self.ledger.release(id);
                untold(Lesson::Nothing);
                return None;
            }
        }
        let under_way = self.brake.begin(item.campaign);
        // While the ledger is written, the relay gets the message but for the
        // dot that ends it: that may go once the ledger says so.
        let granted = self.ledger.begin(id);
        let announced = async {
            tokio::select! {
                announced = courier.announce(&envelope) => announced,
                () = self.give_up.cancelled() => Err(courier.abandon()),
            }
        };
        let (announced, written) = tokio::join!(announced, async {
            item.mailer.write(&item.claimed, self.cx.clock.now())
        });
        let written = match written {
            Ok(message) => {
                let poured = tokio::select! {
                    poured = courier.pour(&message, announced) => poured,
                    () = self.give_up.cancelled() => courier.abandon().into(),
                };
                Ok((message, poured))
            }
            Err(error) => Err(error),
        };
        if !granted.given().await {
            courier.withdraw();
            self.ledger.release(id);
            untold(Lesson::Nothing);
            return None;
        }
        let (message, poured) = match written {
            Ok(written) => written,
            Err(error) => {
                courier.withdraw();
                tracing::error!(delivery = %item.claimed.id, %error, "a message cannot be written");
                self.ledger.record(Outcome {
                    id,
                    state: DeliveryState::Failed,
                    reply: error.to_string(),
                    next_attempt_at: self.cx.clock.now().millis(),
                });
                untold(Lesson::Nothing);
                return None;
            }
        };
        let ahead = self.look_ahead(relay, courier, domain);
        let next = ahead.as_ref().map(|(_, envelope)| envelope);
        let next = next.filter(|envelope| courier.can_carry(envelope));
        let since = Instant::now();
        let sent = tokio::select! {
            sent = courier.deliver(&envelope, &message, poured, next) => sent,
            () = self.give_up.cancelled() => Err(courier.abandon()),
        };
        if let Err(error) = &sent
            && is_for_a_person(error)
            && (self.relays.are_refusing() || matches!(error, SendError::Refused { .. }))
        {
            self.hold(item.campaign, &error.to_string()).await;
        }
        if sent.is_ok() {
            self.status.moves(item.campaign, self.cx.clock.now());
        }
        let begun = under_way.since();
        drop(under_way);
        let noted = self
            .brake
            .note(item.campaign, id, &item.claimed.email, begun, &sent);
        let is_held = match noted {
            Noted::Fine => false,
            Noted::Held => true,
            Noted::Late([key, any]) => self.is_put_back(item.campaign, [&key, &any]).await,
            Noted::Alarm(alarm) => self.pull(item.campaign, alarm).await,
        };
        let next = ahead.as_ref().map(|(item, _)| item);
        self.outbox
            .learn(domain, lesson(&sent), since.elapsed(), next);
        let outcome = judge(&self.cx, &item.claimed, sent, is_held);
        self.ledger.record(outcome);
        ahead
    }

    /// Pauses a campaign whose recipients are refused alike, before the last of
    /// these refusals is recorded: so it cannot end meanwhile. Tells whether the
    /// deliveries wait for it to go on.
    async fn pull(&self, campaign: CampaignId, alarm: Alarm) -> bool {
        match brake::pull(&self.cx, campaign, &alarm).await {
            Ok(Pulled::Paused) => {
                self.ledger.put_back(alarm.deliveries);
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
    fn look_ahead(
        &self,
        relay: &Relay,
        courier: &Courier,
        domain: &str,
    ) -> Option<(Item, Envelope)> {
        let is_free = relay.endpoint.rate.is_none()
            && !self.stop.is_cancelled()
            && courier.may_announce_ahead()
            && self.relays.is_turn_of(relay);
        if !is_free {
            return None;
        }
        self.outbox.take_ahead(domain).map(Item::with_envelope)
    }
}

/// How large the slices are: what goes out in about half a second, so that a
/// quick worker asks seldom and a slow one does not hoard.
struct Pulse {
    least: i64,
    slice: i64,
    since: Instant,
    taken: u64,
}

impl Pulse {
    fn new(connections: usize) -> Self {
        let least = (2 * connections).clamp(16, 400) as i64;
        Self {
            least,
            slice: least,
            since: Instant::now(),
            taken: 0,
        }
    }

    fn slice(&self) -> i64 {
        self.slice
    }

    /// `is_starved`: connections have nothing to do and nothing waits for them.
    /// Then a slice was too small, and there is no need to measure first.
    fn beat(&mut self, taken: u64, is_starved: bool) {
        if is_starved && taken - self.taken >= self.slice as u64 {
            self.slice = (2 * self.slice).min(LARGEST_SLICE);
            (self.since, self.taken) = (Instant::now(), taken);
            return;
        }
        let elapsed = self.since.elapsed();
        if elapsed < Duration::from_millis(250) {
            return;
        }
        let half_second = (taken - self.taken) as f64 / elapsed.as_secs_f64() / 2.0;
        self.slice = (half_second as i64).clamp(self.least, LARGEST_SLICE);
        (self.since, self.taken) = (Instant::now(), taken);
    }
}

/// What a domain's answer says of the domain.
fn lesson(sent: &Result<Reply, SendError>) -> Lesson {
    match sent {
        Ok(_) => Lesson::Taken,
        Err(SendError::Refused {
            stage: Stage::Rcpt | Stage::Data | Stage::Message,
            reply,
        }) if reply.code < 500 => Lesson::Patience,
        Err(_) => Lesson::Nothing,
    }
}

fn judge(
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
        Err(error) if is_held || is_for_a_person(&error) => {
            (DeliveryState::Deferred, error.to_string(), now)
        }
        Err(error) => {
            let first = claimed.first_attempt_at.map_or(now, Timestamp::from_millis);
            let (state, wait) = judgement(&error, claimed.attempts, now.since(first));
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
