//! What a relay refuses outright: no bounce comes back for it, and it says of an
//! address just what a bounce would.
//!
//! The ledger keeps the relay's words; here they are read and acted on as any
//! other report, some seconds later, so that sending waits for none of it.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::reading::status::diagnose;
use super::reading::{Original, Reading};
use super::report::{Proof, Report};
use super::{Result, take};
use crate::context::Context;
use crate::model::feedback::{Source, Verdict};
use crate::store::feedback::{self, Refusal};

const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Refusals that are read at a time.
const SOME: i64 = 200;
/// Campaigns that ended longer ago are not looked at: what was read of them was
/// read then.
const RECENT: Duration = Duration::from_secs(24 * 3600);

/// Acts on refusals until told to stop.
pub(super) async fn run(cx: &Context, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let heeded = tokio::select! {
            heeded = heed(cx) => heeded,
            () = stop.cancelled() => return,
        };
        match heeded {
            Ok(SOME..) => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the relay's refusals cannot be read"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Acts on some of the refusals that were not acted on; tells how many.
async fn heed(cx: &Context) -> Result<i64> {
    let since = cx.clock.now().before(RECENT);
    let refusals = feedback::refusals(&mut cx.store.read().await?, since, SOME).await?;
    for refusal in &refusals {
        take(cx, &report(cx, refusal)).await?;
    }
    Ok(refusals.len() as i64)
}

fn report(cx: &Context, refusal: &Refusal) -> Report {
    let id = refusal.delivery_id;
    let sealed = format!("relay {id} {}", refusal.changed_at);
    let words = &refusal.reply;
    let diagnosis = diagnose(None, words);
    Report {
        source: Source::Relay,
        digest: Sha256::digest(sealed.as_bytes()).into(),
        proof: Proof::Provider,
        // It names the delivery as a bounce would.
        mail_to: vec![format!("{}@", cx.keys.sign_envelope(id))],
        reading: Reading {
            verdict: diagnosis.verdict,
            is_final: is_of_the_mailbox(diagnosis.verdict, &diagnosis.status),
            status: diagnosis.status,
            reason: diagnosis.reason.to_owned(),
            detail: words.clone(),
            original: Original::default(),
        },
        letter: None,
    }
}

/// Whether a refusal speaks of the mailbox (RFC 3463 §3.3) rather than of the
/// message, of us, or of the relay: these must not cost an address its mail.
fn is_of_the_mailbox(verdict: Verdict, status: &str) -> bool {
    verdict == Verdict::Hard
        || matches!(status.split_once('.'), Some((_, rest)) if rest.starts_with("2."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_speaks_of_the_mailbox_counts_against_it() {
        for (words, verdict, counts) in [
            (
                "550 5.1.1 <a@b.kz>: user unknown (at RCPT TO)",
                Verdict::Hard,
                true,
            ),
            ("550 no such user here (at RCPT TO)", Verdict::Hard, true),
            ("552 5.2.2 mailbox full (at RCPT TO)", Verdict::Soft, true),
            (
                "554 5.7.1 relay access denied (at RCPT TO)",
                Verdict::Soft,
                false,
            ),
            ("550 5.7.1 spam (at the message)", Verdict::Soft, false),
            ("451 4.3.0 busy (at RCPT TO)", Verdict::Soft, false),
        ] {
            let diagnosis = diagnose(None, words);
            assert_eq!(diagnosis.verdict, verdict, "{words}");
            assert_eq!(
                is_of_the_mailbox(verdict, &diagnosis.status),
                counts,
                "{words}"
            );
        }
    }
}
