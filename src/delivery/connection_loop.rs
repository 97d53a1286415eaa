//! What each connection does: take a delivery from the [ready queue](super::ready_queue),
//! send its message, record the outcome.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::campaign::automatic_pause::{self, PauseOutcome, SimilarRejections};
use crate::context::Context;
use crate::mail::smtp::{Reply, SendError, Stage};
use crate::model::CampaignId;
use crate::model::delivery::DeliveryState;
use crate::model::feedback::Decision;
use crate::store::deliveries::Claimed;
use crate::store::ledger::Outcome;

use super::automatic_pause::Noted;
use super::prepared::{Line, Prepared};
use super::queued_delivery::QueuedDelivery;
use super::relay_session::RelaySession;
use super::relay_state::{RelayState, is_permanent_relay_failure};
use super::retry::retry_or_fail;
use super::sender::Sender;
use super::throttle::{DomainResponse, RESPONSIVE_WITHIN};

/// An idle connection is closed before the relay does it.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

impl Sender {
    /// Sends over one connection until there is nothing left to send.
    pub(super) async fn run_connection(self: Arc<Self>, relay: Arc<RelayState>) {
        let mut session = RelaySession::new(relay.clone());
        let line = Line::default();
        // The delivery whose envelope was sent with the end of the message before.
        let mut pipelined = None;
        loop {
            if !session.is_open() {
                // Others need not wait until it is open again.
                if let Some(prepared) = pipelined.take() {
                    self.put_back(&relay, prepared);
                }
                self.put_back_all(&relay, &line);
            }
            let prepared = pipelined
                .take()
                .or_else(|| self.next_prepared(&relay, &line, None));
            let current = match prepared {
                Some(next) => next,
                None => match self.next(&relay, &mut session).await {
                    Some(item) => self.prepare(&relay, item).with_slot(),
                    None => break,
                },
            };
            if self.stop.is_cancelled() {
                self.put_back(&relay, current);
                break;
            }
            if let Err(error) = session.ensure_open().await {
                if is_permanent_relay_failure(&error) && self.relays.all_refuse() {
                    self.pause(current.item.campaign, &error.to_string()).await;
                }
                // For another relay, or for this one once it works again.
                self.put_back(&relay, current);
                continue;
            }
            let delivering = self.deliver(&relay, &mut session, current, &line);
            pipelined = self.unless_slow(&relay, &line, delivering).await;
        }
        self.put_back_all(&relay, &line);
        session.quit().await;
    }

    /// The next delivery for an idle connection; `None` once the worker stops.
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

    /// Sends one message and records the outcome. Returns the delivery whose envelope was
    /// sent with its end.
    async fn deliver(
        &self,
        relay: &RelayState,
        session: &mut RelaySession,
        current: Prepared,
        line: &Line,
    ) -> Option<Prepared> {
        tokio::select! {
            () = relay.pace() => {}
            () = self.stop.cancelled() => {
                self.put_back(relay, current);
                return None;
            }
        }
        let now = self.cx.clock.now();
        let Prepared {
            grant,
            message,
            envelope,
            pipelined_at,
            item,
            ..
        } = current;
        let id = item.claimed.id.0;
        let mut grant = grant.unwrap_or_else(|| self.ledger.begin(id, now));
        let domain = item.claimed.email.domain();
        let observe_nothing = || {
            let response = DomainResponse::Neutral;
            self.ready_queue
                .observe(domain, response, Duration::ZERO, None);
        };
        self.run_ahead(relay, session, line, domain);
        let in_flight = self.rejections.begin(item.campaign, pipelined_at);
        // The message is written while the ledger is committed; the dot that ends it may
        // be sent only after the commit.
        let envelope_result = async {
            tokio::select! {
                envelope_result = session.send_envelope(&envelope) => envelope_result,
                () = self.give_up.cancelled() => Err(session.disconnect()),
            }
        };
        let (envelope_result, written) = tokio::join!(envelope_result, message.finish(&item, now));
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
        if !grant.granted().await {
            session.abort();
            self.ledger.release(id);
            observe_nothing();
            return None;
        }
        grant.may_be_sent();
        let (message, body_result) = match written {
            Ok(written) => written,
            Err(error) => {
                session.abort();
                tracing::error!(delivery = %item.claimed.id, %error, "a message cannot be written");
                let outcome = Outcome {
                    id,
                    state: DeliveryState::Failed,
                    reply: error.to_string(),
                    next_attempt_at: self.cx.clock.now().millis(),
                };
                let failure = self.record(outcome);
                self.tell_of(item.campaign, failure).await;
                observe_nothing();
                return None;
            }
        };
        let mut pipelined = self.next_pipelined(relay, session, line, domain);
        if let Some(next) = &mut pipelined {
            next.pipelined_at = Some(self.rejections.now(next.item.campaign));
        }
        let since = Instant::now();
        let next = pipelined.as_ref().map(|next| next.envelope.clone());
        let next = next.filter(|envelope| session.accepts_recipient(envelope));
        let mut is_next_put_back = false;
        let sent = {
            let mut ending = pin!(async {
                tokio::select! {
                    sent = session.deliver(&envelope, &message, body_result, next.as_ref()) => sent,
                    () = self.give_up.cancelled() => Err(session.disconnect()),
                }
            });
            // While the relay thinks about this message, the next one is written.
            let write_next = async {
                if let Some(next) = &mut pipelined {
                    next.message.write_early(&next.item, self.cx.clock.now());
                }
            };
            let soon = async { tokio::join!(ending.as_mut(), write_next).0 };
            match tokio::time::timeout(RESPONSIVE_WITHIN, soon).await {
                Ok(sent) => sent,
                Err(_) => {
                    if let Some(next) = pipelined.take() {
                        self.put_back(relay, next);
                        is_next_put_back = true;
                    }
                    ending.await
                }
            }
        };
        if is_next_put_back {
            session.abort();
        }
        if let Err(error) = &sent
            && is_permanent_relay_failure(error)
            && (self.relays.all_refuse() || matches!(error, SendError::Rejected { .. }))
        {
            self.pause(item.campaign, &error.to_string()).await;
        }
        if sent.is_ok() {
            self.status.clear(item.campaign, self.cx.clock.now());
        }
        let begun = in_flight.since();
        drop(in_flight);
        let is_relay_failure = matches!(sent, Err(SendError::Relay { .. }));
        let outcome = |is_held| classify(&self.cx, &item.claimed, &sent, is_held);
        let mut failure = None;
        let if_fine = outcome(false);
        let record = || {
            if !is_relay_failure {
                failure = self.record(if_fine);
            }
        };
        let email = &item.claimed.email;
        let noted = self
            .rejections
            .note(item.campaign, id, email, begun, &sent, record);
        let is_held = match noted {
            Noted::Fine => None,
            Noted::Held => Some(true),
            Noted::Late([key, any]) => Some(self.is_put_back(item.campaign, [&key, &any]).await),
            Noted::MustPause(found) => Some(self.pause_for_rejections(item.campaign, found).await),
        };
        if let Some(is_held) = is_held {
            failure = self.record(outcome(is_held));
        }
        let next = pipelined.as_ref().map(|next| &next.item);
        self.ready_queue
            .observe(domain, domain_response(&sent), since.elapsed(), next);
        if is_relay_failure {
            // The relay failed when the connection was replaced: the message is not to blame,
            // and the relay's backoff decides when it is tried again.
            self.ledger.give_back(id);
            let is_leased = item.claimed.slice.is_some();
            self.requeue(item, false, is_leased);
            return pipelined;
        }
        self.tell_of(item.campaign, failure).await;
        pipelined
    }

    /// Records an outcome; gives the reply where the delivery has failed.
    fn record(&self, outcome: Outcome) -> Option<String> {
        let has_failed = outcome.state == DeliveryState::Failed;
        let failure = has_failed.then(|| outcome.reply.clone());
        self.ledger.record(outcome);
        failure
    }

    /// Notifies users of an email of a series that has failed.
    async fn tell_of(&self, campaign: CampaignId, failure: Option<String>) {
        if let Some(reply) = failure {
            self.failed_emails.note(&self.cx, campaign, &reply).await;
        }
    }

    /// Pauses a campaign because of similar rejections, before the last of them is
    /// recorded, so that the campaign cannot finish meanwhile. Returns whether these
    /// deliveries wait until it is resumed.
    async fn pause_for_rejections(&self, campaign: CampaignId, found: SimilarRejections) -> bool {
        match automatic_pause::pause(&self.cx, campaign, &found).await {
            Ok(PauseOutcome::Paused) => {
                self.campaigns.paused(campaign);
                self.ledger.retry(found.deliveries);
                true
            }
            Ok(PauseOutcome::Known) => {
                self.rejections.settle(campaign, &found.key);
                false
            }
            Err(error) => {
                tracing::error!(%campaign, %error, "the campaign cannot be paused");
                true
            }
        }
    }

    /// Whether rejections with these keys paused the campaign and no one decided to keep
    /// their recipients suppressed.
    async fn is_put_back(&self, campaign: CampaignId, keys: [&str; 2]) -> bool {
        match automatic_pause::paused_by(&self.cx, campaign, keys).await {
            Ok(pause) => pause.is_some_and(|pause| pause.decision != Some(Decision::Kept)),
            Err(error) => {
                tracing::error!(%campaign, %error, "the rejections of a campaign cannot be read");
                false
            }
        }
    }
}

fn domain_response(sent: &Result<Reply, SendError>) -> DomainResponse {
    match sent {
        Ok(_) => DomainResponse::Accepted,
        Err(SendError::Rejected {
            stage: Stage::Rcpt | Stage::Data | Stage::Message,
            reply,
        }) if reply.code < 500 => DomainResponse::Throttled,
        Err(_) => DomainResponse::Neutral,
    }
}

fn classify(
    cx: &Context,
    claimed: &Claimed,
    sent: &Result<Reply, SendError>,
    is_held: bool,
) -> Outcome {
    let now = cx.clock.now();
    let (state, reply, next) = match sent {
        Ok(reply) => (DeliveryState::Sent, reply.to_string(), now),
        // The message is not to blame: the delivery waits until the campaign is resumed.
        Err(error) if is_held || is_permanent_relay_failure(error) => {
            (DeliveryState::Deferred, error.to_string(), now)
        }
        Err(error) => {
            let first = claimed.first_attempt_at.unwrap_or(now);
            let (state, wait) = retry_or_fail(error, claimed.attempts, now.since(first));
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
