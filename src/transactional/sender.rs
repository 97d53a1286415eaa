//! Sends queued emails, over a session of its own that campaigns do not delay.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::delivery::relay_pool::RelayPool;
use crate::delivery::relay_session::RelaySession;
use crate::delivery::retry::{retry, retry_or_fail};
use crate::mail::rejection::{Diagnosis, ServerReply, classify};
use crate::mail::smtp::{Reply, SendError};
use crate::model::delivery::DeliveryState;
use crate::model::feedback::{Party, Verdict};
use crate::model::lease::Lease;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::model::transactional::EmailKind;
use crate::store::StoreError;
use crate::store::suppressions::{self, NewSuppression};
use crate::store::transactional_emails::{self, ClaimedEmail};

use super::compose;

const BATCH_SIZE: i64 = 20;
/// How often the queue is polled.
pub const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The name of the task.
pub const TASK: &str = "transactional";

pub async fn run(cx: Context, relays: Arc<RelayPool>, owner: Uuid, stop: CancellationToken) {
    let Some(mut relay) = relays.healthy() else {
        return;
    };
    let mut session = RelaySession::with_priority(relay.clone());
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let queued = cx.mail_queued.notified();
        if relay.is_backing_off()
            && let Some(other) = relays.healthy().filter(|other| !Arc::ptr_eq(other, &relay))
        {
            session.quit().await;
            session = RelaySession::with_priority(other.clone());
            relay = other;
        }
        let sent = if relay.is_backing_off() {
            Ok(0)
        } else {
            let due = send_due(&cx, &mut session, owner, &stop);
            cx.health.with_heartbeats(TASK, due).await
        };
        match sent {
            Ok(0) => {
                session.close_if_limited().await;
                tokio::select! {
                    () = queued => {}
                    () = tokio::time::sleep(POLL_INTERVAL) => {}
                    () = stop.cancelled() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "transactional emails cannot be claimed");
                tokio::time::sleep(POLL_INTERVAL).await;
            }
        }
    }
    session.quit().await;
}

async fn send_due(
    cx: &Context,
    session: &mut RelaySession,
    owner: Uuid,
    stop: &CancellationToken,
) -> Result<usize, StoreError> {
    let now = cx.clock.now();
    let lease = Lease::new(owner, now, Duration::from_secs(cx.config().lease));
    let mut db = cx.store.write().await?;
    let claimed = transactional_emails::claim(&mut db, &lease, BATCH_SIZE).await?;
    db.commit().await?;
    let mut done = 0;
    for email in &claimed {
        if !stop.is_cancelled() && send(cx, session, owner, email).await? {
            done += 1;
        } else {
            let mut db = cx.store.write().await?;
            transactional_emails::release(&mut db, email.id, owner).await?;
            db.commit().await?;
        }
    }
    Ok(done)
}

/// Sends one email; `false` if it could not be begun and stays queued.
async fn send(
    cx: &Context,
    session: &mut RelaySession,
    owner: Uuid,
    email: &ClaimedEmail,
) -> Result<bool, StoreError> {
    let message = match compose::message(cx, email).await {
        Err(error) if error.is_temporary() => {
            tracing::warn!(email = %email.id, kind = %email.kind, %error, "a transactional email waits");
            return Ok(false);
        }
        message => message,
    };
    if message.is_ok() && session.ensure_open().await.is_err() {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let begun = transactional_emails::begin(&mut db, email.id, owner, cx.clock.now()).await?;
    db.commit().await?;
    if !begun {
        return Ok(true);
    }
    let outcome = match message {
        Ok(Some(message)) => {
            let envelope_result = session.send_envelope(&message.envelope).await;
            let body_result = session.write_body(&message.bytes, envelope_result).await;
            let sent = session
                .deliver(&message.envelope, &message.bytes, body_result, None)
                .await;
            classify_result(cx, email, sent)
        }
        Ok(None) => Outcome::end(DeliveryState::Skipped, "no longer wanted", cx.clock.now()),
        Err(error) => {
            tracing::error!(email = %email.id, kind = %email.kind, %error, "a transactional email cannot be written");
            Outcome::end(DeliveryState::Failed, error, cx.clock.now())
        }
    };
    let Outcome { state, reply, .. } = &outcome;
    tracing::info!(email = %email.id, kind = %email.kind, %state, reply, "transactional email");
    record(cx, email, &outcome).await?;
    Ok(true)
}

/// How an attempt ended.
struct Outcome {
    state: DeliveryState,
    reply: String,
    next_attempt_at: Timestamp,
    /// Why the address is to be suppressed.
    suppressing: Option<Diagnosis>,
}

impl Outcome {
    fn end(state: DeliveryState, reply: impl std::fmt::Display, now: Timestamp) -> Self {
        Self {
            state,
            reply: reply.to_string(),
            next_attempt_at: now,
            suppressing: None,
        }
    }
}

/// Records an outcome, however long the database is unavailable: what is known must not become
/// `uncertain`, and what is to be tried again must be.
async fn record(cx: &Context, email: &ClaimedEmail, outcome: &Outcome) -> Result<(), StoreError> {
    loop {
        match try_record(cx, email, outcome).await {
            Err(error) if error.is_temporary() => {
                tracing::error!(email = %email.id, %error, "the outcome of a transactional email cannot be recorded; trying again");
                tokio::time::sleep(POLL_INTERVAL).await;
            }
            done => return done,
        }
    }
}

async fn try_record(
    cx: &Context,
    email: &ClaimedEmail,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    let (state, next) = (outcome.state, outcome.next_attempt_at);
    transactional_emails::record(&mut db, email, state, &outcome.reply, next, now).await?;
    let suppressing = outcome.suppressing.as_ref();
    if let Some(diagnosis) = suppressing.filter(|_| is_to_subscriber(email.kind)) {
        let suppression = NewSuppression {
            email_key: email.email.lookup_key(),
            reason: SuppressionReason::HardBounce,
            note: format!("{} {}", diagnosis.reason, diagnosis.status)
                .trim()
                .to_owned(),
            source: SuppressionSource::Relay,
            campaign: None,
        };
        suppressions::add(&mut db, &suppression, now).await?;
    }
    db.commit().await
}

fn classify_result(cx: &Context, email: &ClaimedEmail, sent: Result<Reply, SendError>) -> Outcome {
    let now = cx.clock.now();
    match sent {
        Ok(reply) => Outcome::end(DeliveryState::Sent, reply, now),
        Err(error) => {
            let first = email.first_attempt_at.unwrap_or(now);
            let age = now.since(first);
            let diagnosis = diagnosis(&error, &email.email);
            let (state, wait) = match &diagnosis {
                Some(diagnosis) if can_be_fixed(diagnosis.party) => {
                    retry(true, email.attempts, age)
                }
                _ => retry_or_fail(&error, email.attempts, age),
            };
            Outcome {
                state,
                reply: error.to_string(),
                next_attempt_at: now.after(wait),
                suppressing: diagnosis.filter(|diagnosis| diagnosis.verdict == Verdict::Hard),
            }
        }
    }
}

/// What the rejection is about.
fn diagnosis(error: &SendError, recipient: &EmailAddress) -> Option<Diagnosis> {
    let SendError::Rejected { stage, reply } = error else {
        return None;
    };
    Some(classify(&ServerReply {
        text: &reply.to_string(),
        status: None,
        stage: Some(*stage),
        recipient: Some(recipient),
    }))
}

/// Whether a rejection is about the sender or the relay, which an operator may fix: the
/// email must still arrive then.
fn can_be_fixed(party: Party) -> bool {
    matches!(
        party,
        Party::SenderAddress
            | Party::SenderHelo
            | Party::SenderAuth
            | Party::SenderReputation
            | Party::SenderRate
            | Party::Relay
    )
}

/// Whether the recipient is a subscriber and not a user of the admin pages.
fn is_to_subscriber(kind: EmailKind) -> bool {
    match kind {
        EmailKind::Confirmation
        | EmailKind::AlreadySubscribed
        | EmailKind::Welcome
        | EmailKind::PersonalData
        | EmailKind::Preferences
        | EmailKind::Transactional => true,
        EmailKind::SignIn
        | EmailKind::Invitation
        | EmailKind::AccountChanged
        | EmailKind::Notification
        | EmailKind::Test
        | EmailKind::Forward => false,
    }
}
