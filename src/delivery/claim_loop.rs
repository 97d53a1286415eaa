//! Claims due deliveries into the [ready queue](super::ready_queue), each sending campaign
//! in its turn.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::campaign::limits::{self, Limits};
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delay::DelayReason;
use crate::model::lease::Lease;
use crate::store::campaigns::Campaign;
use crate::store::delivery_claims::{self, Claim};
use crate::store::{Engine, StoreError, campaigns, workers};
use crate::text::numbers::in_english;

use super::batch_sizer::BatchSizer;
use super::ledger::GroupCommit;
use super::mailer::Mailer;
use super::queued_delivery::QueuedDelivery;
use super::recipients;
use super::sender::Sender;
use super::{POLL_INTERVAL, TASK, WriteError, hourly_limit};

/// How often the reason is looked up why a campaign has nothing to claim.
const DELAY_CHECK_INTERVAL: Duration = Duration::from_secs(10);
/// Between claims while every queued delivery is to a domain that cannot take it yet.
const BLOCKED_POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How often SQLite's write-ahead log is checkpointed while mail is sent, so that no
/// commit of the ledger has much to checkpoint.
const CHECKPOINT_INTERVAL: Duration = Duration::from_millis(250);
/// How long a [`Mailer`] is used: keys that were made or rotated meanwhile sign after that.
const MAILER_RELOAD_INTERVAL: Duration = Duration::from_secs(60);

/// Why nothing can be sent, and for how long.
type Backoff = (DelayReason, String, Duration);

impl Sender {
    pub(super) async fn claim_loop(&self) {
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
                        let _ = tokio::time::timeout(POLL_INTERVAL, queued).await;
                    }
                    // Other workers cannot send what this one has claimed: one batch ahead
                    // is enough.
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

    /// Notes one delay reason for every sending campaign.
    async fn delay_all(&self, (reason, detail, wait): &Backoff) -> Result<(), StoreError> {
        let mut db = self.cx.store.read().await?;
        let sending = campaigns::in_state(&mut db, CampaignState::Sending).await?;
        let now = self.cx.clock.now();
        for campaign in sending {
            self.status.note(campaign.id, *reason, detail, *wait, now);
        }
        Ok(())
    }

    /// Notes why a campaign has nothing to claim, unless the reason is known: all that is
    /// left may have been deferred.
    async fn note_deferred(&self, id: CampaignId, is_local: bool) -> Result<(), StoreError> {
        let now = self.cx.clock.now();
        if self.status.is_noted(id, now) || self.ready_queue.holds(id) {
            return Ok(());
        }
        let (count, next) = workers::put_off(&mut self.cx.store.read().await?, id).await?;
        let Some(next) = next.filter(|next| *next > now) else {
            return Ok(());
        };
        let reason = if is_local {
            DelayReason::LocalTime
        } else {
            DelayReason::Retries
        };
        let detail = format!("{} of its messages; the next at {next}", in_english(count));
        self.status
            .note(id, reason, &detail, DELAY_CHECK_INTERVAL, now);
        Ok(())
    }

    /// Waits until at most `enough` deliveries are queued, or the next poll is due.
    async fn wait_until_drained(&self, enough: usize) {
        use tokio::time::Instant;
        let look_again = Instant::now() + POLL_INTERVAL;
        let mut blocked_until = None;
        while self.ready_queue.waiting() > enough {
            // Other domains must not wait for a blocked one. What was queued a moment ago only
            // seems to be: connections are about to take it.
            let until = if self.ready_queue.is_blocked() {
                *blocked_until.get_or_insert_with(|| Instant::now() + BLOCKED_POLL_INTERVAL)
            } else {
                blocked_until = None;
                look_again
            };
            let drained = self.ready_queue.drained();
            if tokio::time::timeout_at(until.min(look_again), drained)
                .await
                .is_err()
            {
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
                let detail = format!("until {until}, {}", self.cx.config().time_zone);
                let reason = DelayReason::QuietHours;
                self.status
                    .note(campaign.id, reason, &detail, POLL_INTERVAL, now);
            }
            !is_quiet
        });
        self.campaigns
            .set(sending.iter().map(|campaign| campaign.id));
        let is_sending = |id| sending.iter().any(|campaign| campaign.id == id);
        mailers.retain(|id, _| is_sending(*id));
        self.rejections.keep(is_sending);
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
            let lease = Lease::new(self.owner, now, Duration::from_secs(self.cx.config().lease));
            let mut db = self.cx.store.write().await?;
            let room = hourly_limit::room(&mut db, id, &limits, slice, now).await?;
            let claim = match room {
                0 => Claim::default(),
                room => delivery_claims::claim(&mut db, id, &lease, room).await?,
            };
            hourly_limit::note(&mut db, id, &limits, claim.count(), now).await?;
            db.commit().await?;
            // The slice ends when its last item is dropped.
            let hold = claim
                .slice()
                .map(|slice| Arc::new(self.ledger.lease(slice)));
            if claim.count() == 0 {
                match (room, limits.hourly_limit) {
                    (0, Some(limit)) => {
                        let detail = format!("{} messages in an hour", in_english(limit));
                        let reason = DelayReason::HourlyLimit;
                        self.status.note(id, reason, &detail, POLL_INTERVAL, now);
                    }
                    _ if is_frozen => self.note_deferred(id, is_local).await?,
                    _ => {}
                }
                continue;
            }
            // Read on another connection than the ledger writes on.
            claimed_now += claim.count() as usize;
            let mut found =
                recipients::of_claim(&mut self.cx.store.read().await?, id, &claim, now).await?;
            for one in &mut found.deliverable {
                mailer.note_part(one);
            }
            let (later, due): (Vec<_>, Vec<_>) = found
                .deliverable
                .into_iter()
                .partition(|one| mailer.not_before(one).is_some_and(|at| at > now));
            let items = due.into_iter().filter_map(|claimed| {
                Some(QueuedDelivery {
                    _taken: self.taken.take(claimed.id)?,
                    campaign: id,
                    mailer: mailer.clone(),
                    _hold: hold.clone().filter(|_| claimed.slice.is_some()),
                    claimed,
                })
            });
            let items: Vec<QueuedDelivery> = items.collect();
            let unused = claim.count() - items.len() as i64;
            if unused > 0 {
                let mut db = self.cx.store.write().await?;
                recipients::skip(&mut db, &found.stale, now).await?;
                hourly_limit::note(&mut db, id, &limits, -unused, now).await?;
                db.commit().await?;
            }
            for one in &later {
                let to = mailer.not_before(one).unwrap_or(now);
                self.ledger.defer(one.id.0, to);
            }
            self.ready_queue.push(items);
        }
        Ok(claimed_now)
    }

    /// How many connections a commit waits for. With a local relay and fast messages they
    /// arrive together anyway. Slow signatures spread them, and so does a distant relay
    /// where workers share one PostgreSQL and each commit is a round trip.
    fn group_commit(&self, is_slow: bool) -> GroupCommit {
        let runs_ahead = self.relays.iter().any(|relay| relay.relay.ahead > 0);
        let (begins, max_wait) = match (self.cx.store.engine(), is_slow) {
            (Engine::Postgres, _) => (self.connections * 9 / 10, 2),
            (Engine::Sqlite, true) => (self.connections * 9 / 10, 1),
            // No message waits for a commit: fewer of them leave more CPU time to messages.
            (Engine::Sqlite, false) if runs_ahead => (self.connections / 2, 1),
            (Engine::Sqlite, false) => return GroupCommit::default(),
        };
        GroupCommit {
            min_begins: begins,
            max_wait: Duration::from_millis(max_wait),
        }
    }

    /// The campaign's [`Mailer`], loaded once. Where it cannot be loaded, the campaign is
    /// paused with the reason.
    async fn mailer(
        &self,
        mailers: &mut HashMap<CampaignId, Arc<Mailer>>,
        campaign: Campaign,
    ) -> Option<Arc<Mailer>> {
        let id = campaign.id;
        if let Some(mailer) = mailers.get(&id).filter(|mailer| mailer.is_for(&campaign)) {
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
            Err(error) if error.is_temporary() => {
                tracing::warn!(campaign = %id, %error, "a campaign waits");
                None
            }
            Err(error) => {
                self.pause(id, &error.to_string()).await;
                None
            }
        }
    }
}
