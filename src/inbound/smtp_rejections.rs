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
use super::process::process_in;
use super::report::{Authentication, Report};
use crate::campaign::automatic_pause::{self, ANY, PausedBy};
use crate::context::Context;
use crate::mail::rejection::fingerprint;
use crate::model::feedback::{Decision, Party, Source};
use crate::store::feedback::{self, SmtpRejection};
use crate::store::{Db, automatic_pauses, campaigns};

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

/// Processes a batch of rejections; returns how many. One that cannot be processed is logged and
/// stops none of the others.
async fn process_batch(cx: &Context) -> Result<i64> {
    let since = cx.clock.now().before(MAX_AGE);
    let rejections = feedback::rejections(&mut cx.store.read().await?, since, BATCH_SIZE).await?;
    let mut processed = 0;
    for rejection in &rejections {
        match process(cx, rejection).await {
            Ok(()) => processed += 1,
            Err(error) if error.is_temporary() => return Err(error),
            Err(error) => {
                metrics::counter!("jarshy_feedback_failed_total").increment(1);
                let delivery = rejection.delivery_id;
                tracing::error!(delivery, %error, "the relay's rejection cannot be processed");
            }
        }
    }
    Ok(processed)
}

/// Processes a rejection, or lets its delivery be tried again where it belongs to those that
/// paused the campaign. What has been processed is not processed again.
pub async fn process(cx: &Context, rejection: &SmtpRejection) -> Result<()> {
    let mut report = report(cx, rejection);
    let mut db = cx.store.write().await?;
    // Pauses, and what a person decides of them, come before all of this or after it.
    campaigns::hold(&mut db, rejection.campaign).await?;
    if !feedback::stands(&mut db, rejection).await? {
        return Ok(());
    }
    let paused = paused_by(&mut db, rejection, report.reading.party).await?;
    let kept = match paused {
        Some(pause) if pause.decision != Some(Decision::Kept) => {
            let now = cx.clock.now();
            if automatic_pauses::put_back_delivery(&mut db, rejection.delivery_id, now).await? {
                return Ok(db.commit().await?);
            }
            // Its campaign has ended, but the recipient is not to blame.
            report.reading.is_final = false;
            None
        }
        kept => kept,
    };
    process_in(cx, db, &[report]).await?;
    if let Some(pause) = kept {
        automatic_pause::keep_late(cx, rejection.campaign, &pause, rejection.delivery_id).await?;
    }
    Ok(())
}

/// The rejections that paused the campaign after the message of this one was begun, or pause it
/// now, and that it belongs to.
async fn paused_by(
    db: &mut Db,
    rejection: &SmtpRejection,
    party: Party,
) -> Result<Option<PausedBy>> {
    let key = fingerprint::of(&rejection.reply);
    let any = if party.is_recipient() {
        key.as_str()
    } else {
        ANY
    };
    let begun = rejection.first_attempt_at.unwrap_or(rejection.changed_at);
    let (campaign, keys) = (rejection.campaign, [key.as_str(), any]);
    Ok(automatic_pauses::paused_by(db, campaign, keys, Some(begun)).await?)
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
