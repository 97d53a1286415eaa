//! How a connection runs ahead: the beginnings of its next deliveries are committed together
//! with the record of the one before them, so that no message waits for a commit.
//!
//! What has begun ahead is given back, and its attempt not counted, as soon as it could not be
//! sent within moments: where the connection is lost or its relay fails, the message before it
//! takes long, the campaign is paused, the recipient's domain is slowed down, or the worker
//! stops. Only a crash leaves it `uncertain`.

use std::pin::pin;
use std::time::Duration;

use super::prepared::{Line, Prepared};
use super::queued_delivery::QueuedDelivery;
use super::relay_session::RelaySession;
use super::relay_state::RelayState;
use super::sender::Sender;
use super::throttle::{DomainResponse, RESPONSIVE_WITHIN};

impl Sender {
    /// A delivery that `relay` is to send.
    pub(super) fn prepare(&self, relay: &RelayState, item: QueuedDelivery) -> Prepared {
        relay.count_message();
        Prepared::new(item, &self.signing_cores, self.cx.clock.now())
    }

    /// Begins what follows a message to `domain`, as far as the relay's `ahead` allows.
    pub(super) fn run_ahead(
        &self,
        relay: &RelayState,
        session: &RelaySession,
        line: &Line,
        domain: &str,
    ) {
        // A rate limit makes every message wait anyway.
        while line.len() < relay.relay.ahead
            && relay.relay.rate.is_none()
            && !self.stop.is_cancelled()
            && session.may_run_ahead(line.len())
            && self.relays.has_turn(relay)
            && let Some(item) = self.ready_queue.pop_ahead(domain)
        {
            let prepared = self.prepare(relay, item);
            line.push(prepared.begun(&self.ledger, self.cx.clock.now()));
        }
    }

    /// The delivery whose envelope may be sent with the end of the message to `domain`.
    /// `None` where the relay has a rate limit, since it would wait for the message.
    pub(super) fn next_pipelined(
        &self,
        relay: &RelayState,
        session: &RelaySession,
        line: &Line,
        domain: &str,
    ) -> Option<Prepared> {
        let is_free =
            relay.relay.rate.is_none() && !self.stop.is_cancelled() && session.may_pipeline();
        if !is_free {
            return None;
        }
        if self.relays.has_turn(relay)
            && let Some(item) = self.ready_queue.pop_pipelined(domain, line.len() > 0)
        {
            return Some(self.prepare(relay, item).with_slot());
        }
        if !self.ready_queue.is_responsive(domain) {
            return None;
        }
        self.next_prepared(relay, line, Some(domain))
    }

    /// The next delivery that was prepared and may be sent; `follows` is the domain of the
    /// message that its envelope is sent with.
    pub(super) fn next_prepared(
        &self,
        relay: &RelayState,
        line: &Line,
        follows: Option<&str>,
    ) -> Option<Prepared> {
        while let Some(mut next) = line.pop() {
            if self.may_send(relay, &mut next)
                && self.ready_queue.begin_prepared(next.domain(), follows)
            {
                return Some(next.with_slot());
            }
            self.put_back(relay, next);
        }
        None
    }

    fn may_send(&self, relay: &RelayState, prepared: &mut Prepared) -> bool {
        let lease = Duration::from_secs(self.cx.config().lease);
        !self.stop.is_cancelled()
            && !relay.has_failed()
            && self.campaigns.may_send(prepared.item.campaign)
            && !prepared.is_older_than(lease / 2, self.cx.clock.now())
            && !prepared.is_refused()
    }

    /// Lets another connection, or another worker, send what this one has taken.
    pub(super) fn put_back(&self, relay: &RelayState, mut prepared: Prepared) {
        relay.uncount_message();
        let is_refused = prepared.is_refused();
        let Prepared {
            grant,
            item,
            has_slot,
            ..
        } = prepared;
        let has_begun = grant.is_some();
        // Gives back what has begun, before it can begin again.
        drop(grant);
        let is_leased = !is_refused && (item.claimed.slice.is_some() || !has_begun);
        self.requeue(item, has_slot, is_leased);
    }

    /// Puts a delivery into the queue again where it may begin once more: `is_leased` says
    /// whether this worker still has it. What has no slice has a lease of its own, which ends
    /// when it begins.
    pub(super) fn requeue(&self, item: QueuedDelivery, has_slot: bool, is_leased: bool) {
        let may_begin = self.campaigns.may_send(item.campaign) && !self.stop.is_cancelled();
        if is_leased && may_begin {
            return self.ready_queue.requeue(item, has_slot);
        }
        if has_slot {
            let domain = item.claimed.email.domain();
            self.ready_queue
                .observe(domain, DomainResponse::Neutral, Duration::ZERO, None);
        }
        self.release_all(vec![item]);
    }

    /// Puts back all that was prepared.
    pub(super) fn put_back_all(&self, relay: &RelayState, line: &Line) {
        while let Some(prepared) = line.pop() {
            self.put_back(relay, prepared);
        }
    }

    /// Completes the sending of a message. Where it takes long, what was prepared behind it
    /// does not wait for it.
    pub(super) async fn unless_slow<T>(
        &self,
        relay: &RelayState,
        line: &Line,
        sending: impl Future<Output = T>,
    ) -> T {
        let mut sending = pin!(sending);
        if let Ok(done) = tokio::time::timeout(RESPONSIVE_WITHIN, &mut sending).await {
            return done;
        }
        self.put_back_all(relay, line);
        sending.await
    }
}
