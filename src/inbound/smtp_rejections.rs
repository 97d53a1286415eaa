//! Rejections by the relay itself: no bounce comes for them, and they say about an address what
//! a bounce would.
//!
//! The ledger stores the reply; here it is processed like any other report, some seconds later,
//! so that sending does not wait for it.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::Result;
use super::parse::{Original, Reading, ServerReply, classify};
use super::process::process;
use super::report::{Authentication, Report};
use crate::campaign::automatic_pause::{self, ANY, PausedBy};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::rejection::fingerprint;
use crate::model::feedback::{Decision, Party, Source};
use crate::store::automatic_pauses;
use crate::store::feedback::{self, SmtpRejection};

/// How often the ledger is polled.
pub const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// Rejections per batch.
const BATCH_SIZE: i64 = 200;
/// Campaigns that ended longer ago are not looked at: their rejections were processed then.
const MAX_AGE: Duration = Duration::from_secs(24 * 3600);

/// The name of the task.
pub const TASK: &str = "smtp_rejections";

pub async fn run(cx: Context, stop: CancellationToken) {
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let processed = tokio::select! {
            processed = process_batch(&cx) => processed,
            () = stop.cancelled() => return,
        };
        match processed {
            Ok(BATCH_SIZE..) => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the relay's rejections cannot be read"),
        }
        tokio::select! {
            () = tokio::time::sleep(POLL_INTERVAL) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Processes a batch of rejections; returns how many.
async fn process_batch(cx: &Context) -> Result<i64> {
    let since = cx.clock.now().before(MAX_AGE);
    let rejections = feedback::rejections(&mut cx.store.read().await?, since, BATCH_SIZE).await?;
    for rejection in &rejections {
        let report = report(cx, rejection);
        let party = report.reading.party;
        // Rejected before the campaign was resumed.
        let paused = paused_by(cx, rejection, party, rejection.changed_at).await?;
        let is_to_be_put_back = paused.is_some_and(|pause| pause.decision != Some(Decision::Kept));
        if is_to_be_put_back && put_back(cx, rejection).await? {
            continue;
        }
        process(cx, &report).await?;
        // Perhaps rejected after that, and first tried before.
        let begun = rejection.first_attempt_at.unwrap_or(rejection.changed_at);
        if let Some(pause) = paused_by(cx, rejection, party, begun).await?
            && pause.decision == Some(Decision::Kept)
        {
            automatic_pause::keep_late(cx, rejection.campaign, &pause, rejection.delivery_id)
                .await?;
        }
    }
    Ok(rejections.len() as i64)
}

/// The rejections that paused the campaign after `at`, or pause it now, and that this one
/// belongs to.
async fn paused_by(
    cx: &Context,
    rejection: &SmtpRejection,
    party: Party,
    at: Timestamp,
) -> Result<Option<PausedBy>> {
    let key = fingerprint::of(&rejection.reply);
    let any = if party.is_recipient() {
        key.as_str()
    } else {
        ANY
    };
    Ok(automatic_pause::paused_by(cx, rejection.campaign, [&key, any], Some(at)).await?)
}

/// Lets a delivery be tried again; `false` once its campaign has ended.
async fn put_back(cx: &Context, rejection: &SmtpRejection) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let is_put_back =
        automatic_pauses::put_back_delivery(&mut db, rejection.delivery_id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(is_put_back)
}

fn report(cx: &Context, rejection: &SmtpRejection) -> Report {
    let id = rejection.delivery_id;
    let identity = format!("relay {id} {}", rejection.changed_at);
    let words = &rejection.reply;
    let diagnosis = classify(&ServerReply {
        text: words,
        recipient: rejection.recipient.as_ref(),
        ..ServerReply::default()
    });
    Report {
        source: Source::Relay,
        digest: Sha256::digest(identity.as_bytes()).into(),
        authentication: Authentication::Provider,
        // Identifies the delivery as a bounce would.
        mail_to: vec![format!("{}@", cx.keys.sign_envelope(id))],
        reading: Reading {
            verdict: diagnosis.verdict,
            // What is not about the recipient must not cost them email, not even as one of
            // several soft bounces.
            is_final: diagnosis.party.is_recipient(),
            party: diagnosis.party,
            status: diagnosis.status,
            reason: diagnosis.reason.to_owned(),
            detail: words.clone(),
            original: Original::default(),
            is_unexplained: false,
        },
        personal_message: None,
    }
}
