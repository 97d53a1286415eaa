//! Writing and sending notices: confirmations, sign-in links, test mails.

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
use crate::delivery::{WriteError, signing};
use crate::mail::Mailbox;
use crate::mail::message::{self, Draft, ListHeaders};
use crate::mail::rejection::{Diagnosis, ServerReply, classify};
use crate::mail::smtp::{Envelope, SendError};
use crate::model::delivery::DeliveryState;
use crate::model::feedback::{Party, Verdict};
use crate::model::notice::NoticeKind;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::StoreError;
use crate::store::notices::{self, ClaimedNotice};
use crate::store::suppressions::{self, NewSuppression};

use super::letters;
use super::ready::{self, Ready};

const BATCH_SIZE: i64 = 20;
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The name of this task.
pub const TASK: &str = "transactional";

/// Sends notices until told to stop.
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
        let sent = match relay.is_backing_off() {
            true => Ok(0),
            false => {
                let due = send_due(&cx, &mut session, owner, &stop);
                cx.health.with_heartbeats(TASK, due).await
            }
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
                tracing::error!(%error, "notices cannot be read");
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
    let until = now.after(Duration::from_secs(cx.config.lease));
    let mut db = cx.store.write().await?;
    let claimed = notices::claim(&mut db, owner, BATCH_SIZE, now, until).await?;
    db.commit().await?;
    for notice in &claimed {
        if stop.is_cancelled() || !send(cx, session, owner, notice).await? {
            let mut db = cx.store.write().await?;
            notices::release(&mut db, notice.id, owner).await?;
            db.commit().await?;
        }
    }
    Ok(claimed.len())
}

/// Sends one notice; `false` where it could not be begun and stays queued.
async fn send(
    cx: &Context,
    session: &mut RelaySession,
    owner: Uuid,
    notice: &ClaimedNotice,
) -> Result<bool, StoreError> {
    let letter = write(cx, notice).await;
    if letter.is_ok() && session.ensure_open().await.is_err() {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let begun = notices::begin(&mut db, notice.id, owner, cx.clock.now()).await?;
    db.commit().await?;
    if !begun {
        return Ok(true);
    }
    let (state, reply, next_attempt_at, lost) = match letter {
        Ok(Some(letter)) => {
            let envelope_result = session.send_envelope(&letter.envelope).await;
            let body_result = session.write_body(&letter.bytes, envelope_result).await;
            let sent = session
                .deliver(&letter.envelope, &letter.bytes, body_result, None)
                .await;
            classify_result(cx, notice, sent)
        }
        Ok(None) => (
            DeliveryState::Skipped,
            "no longer wanted".to_owned(),
            cx.clock.now(),
            None,
        ),
        Err(error) => {
            tracing::error!(notice = %notice.id, kind = %notice.kind, %error, "a notice cannot be written");
            (
                DeliveryState::Failed,
                error.to_string(),
                cx.clock.now(),
                None,
            )
        }
    };
    tracing::info!(notice = %notice.id, kind = %notice.kind, %state, reply, "notice");
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    notices::record(&mut db, notice.id, state, &reply, next_attempt_at, now).await?;
    if let Some(diagnosis) = lost.filter(|_| is_to_a_reader(notice.kind)) {
        let suppression = NewSuppression {
            email_key: notice.email.lookup_key(),
            reason: SuppressionReason::HardBounce,
            note: format!("{} {}", diagnosis.reason, diagnosis.status)
                .trim()
                .to_owned(),
            source: SuppressionSource::Relay,
            campaign: None,
        };
        suppressions::add(&mut db, &suppression, now).await?;
    }
    db.commit().await?;
    Ok(true)
}

fn classify_result(
    cx: &Context,
    notice: &ClaimedNotice,
    sent: Result<crate::mail::smtp::Reply, SendError>,
) -> (DeliveryState, String, Timestamp, Option<Diagnosis>) {
    let now = cx.clock.now();
    match sent {
        Ok(reply) => (DeliveryState::Sent, reply.to_string(), now, None),
        Err(error) => {
            let first = notice.first_attempt_at.unwrap_or(now);
            let age = now.since(first);
            let diagnosis = diagnosis(&error, &notice.email);
            let (state, wait) = match &diagnosis {
                Some(diagnosis) if can_be_put_right(diagnosis.party) => {
                    retry(true, notice.attempts, age)
                }
                _ => retry_or_fail(&error, notice.attempts, age),
            };
            let lost = diagnosis.filter(|diagnosis| diagnosis.verdict == Verdict::Hard);
            (state, error.to_string(), now.after(wait), lost)
        }
    }
}

/// Whom a relay's refusal is about.
fn diagnosis(error: &SendError, recipient: &EmailAddress) -> Option<Diagnosis> {
    let SendError::Refused { stage, reply } = error else {
        return None;
    };
    Some(classify(&ServerReply {
        text: &reply.to_string(),
        status: None,
        stage: Some(*stage),
        recipient: Some(recipient),
    }))
}

/// Whether a refusal is about us and no end of it: what somebody puts right an
/// hour later must still reach the person whom it was for.
fn can_be_put_right(party: Party) -> bool {
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

/// Whether a notice goes to a reader, not to a user of the admin pages.
fn is_to_a_reader(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::Confirmation
        | NoticeKind::AlreadySubscribed
        | NoticeKind::Welcome
        | NoticeKind::PersonalData
        | NoticeKind::Transactional => true,
        NoticeKind::SignIn
        | NoticeKind::AccountChanged
        | NoticeKind::Test
        | NoticeKind::Forward => false,
    }
}

/// A message and its envelope, ready for the relay.
struct Letter {
    /// For the relay's eyes.
    envelope: Envelope,
    /// The message as it goes on the wire, before dot-stuffing.
    bytes: Vec<u8>,
}

/// Writes a notice; `None` where nobody wants it any more.
async fn write(cx: &Context, notice: &ClaimedNotice) -> Result<Option<Letter>, WriteError> {
    let ready = match ready::of(cx, notice).await? {
        Some(ready) => ready,
        None => match letters::of(cx, notice).await? {
            Some(ready) => ready,
            None => return Ok(None),
        },
    };
    let from = match &ready.from {
        Some(own) => own.parse()?,
        None => cx.sender().ok_or(WriteError::NoSender)?,
    };
    compose(cx, notice, &from, &ready).await.map(Some)
}

async fn compose(
    cx: &Context,
    notice: &ClaimedNotice,
    from: &Mailbox,
    ready: &Ready,
) -> Result<Letter, WriteError> {
    let domain = from.address.domain();
    // An answer's writer may have an address that cannot stand in a header.
    let reply_to = ready
        .reply_to
        .as_deref()
        .and_then(|reply_to| reply_to.parse().ok());
    let bounce_domain = cx.config.bounces_of(domain);
    let lines = ready.list.as_ref().map(|list| {
        (
            format!("{}.{domain}", list.slug),
            format!(
                "unsubscribe@{bounce_domain}?subject={}",
                list.unsubscribe_token
            ),
            format!("{}:{}:test:{domain}", list.campaign, list.slug),
        )
    });
    let list = ready.list.as_ref().zip(lines.as_ref());
    let list = list.map(
        |(list, (list_id, unsubscribe_address, feedback_id))| ListHeaders {
            list_name: &list.name,
            list_id,
            unsubscribe_url: &list.unsubscribe_url,
            unsubscribe_address,
            archive_url: list.archive_url.as_deref(),
            feedback_id,
        },
    );
    let bytes = message::compose(&Draft {
        from,
        to: &Mailbox::bare(notice.email.clone()),
        reply_to: reply_to.as_ref(),
        subject: &ready.subject,
        date: cx.clock.now(),
        message_id: &format!("<n{}.{:x}@{domain}>", notice.id, notice.created_at.millis()),
        language: ready.language.unwrap_or(notice.language),
        html: &ready.html,
        text: &ready.text,
        list,
    })?;
    let signer = signing::signer(cx, domain).await?;
    Ok(Letter {
        envelope: Envelope {
            mail_from: from.address.to_string(),
            rcpt_to: notice.email.clone(),
        },
        bytes: signer.sign(bytes)?,
    })
}
