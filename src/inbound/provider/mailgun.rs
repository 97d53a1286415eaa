//! Mailgun, which signs a timestamp and a token, but not the event: the signature must be
//! recent.

use std::time::Duration;

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Call, CallError, Event, text};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::inbound::report::Report;
use crate::model::feedback::{Source, Verdict};
use crate::store::inbound_webhook_tokens;

/// Mailgun retries for eight hours.
const MAX_TIMESTAMP_AGE: Duration = Duration::from_secs(9 * 3600);

/// Authenticates a call and parses its event.
pub fn open(key: &str, call: &Call<'_>, now: Timestamp) -> Result<Vec<Report>, CallError> {
    let body: Value = serde_json::from_slice(call.body)?;
    check(key, &body["signature"], now).ok_or(CallError::Forged)?;
    Ok(read(&body["event-data"])
        .and_then(Event::report)
        .into_iter()
        .collect())
}

/// Checks that a token comes with one body only. Mailgun repeats a call that got no reply; with
/// its signature anyone who has seen one could otherwise report anything.
pub async fn bind(cx: &Context, call: &Call<'_>) -> Result<(), CallError> {
    let body: Value = serde_json::from_slice(call.body)?;
    let token = Sha256::digest(text(&body["signature"], "token").as_bytes()).into();
    let event = Sha256::digest(body["event-data"].to_string().as_bytes()).into();
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let is_first = inbound_webhook_tokens::bind(
        &mut db,
        &token,
        &event,
        now,
        now.after(2 * MAX_TIMESTAMP_AGE),
    )
    .await?;
    db.commit().await?;
    is_first.then_some(()).ok_or(CallError::Forged)
}

fn check(key: &str, signature: &Value, now: Timestamp) -> Option<()> {
    let timestamp = text(signature, "timestamp");
    let seconds: i64 = timestamp.parse().ok()?;
    let made = Timestamp::from_millis(seconds.checked_mul(1000)?);
    if now.since(made) > MAX_TIMESTAMP_AGE || made.since(now) > MAX_TIMESTAMP_AGE {
        return None;
    }
    let given = HEXLOWER_PERMISSIVE
        .decode(text(signature, "signature").as_bytes())
        .ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(timestamp.as_bytes());
    mac.update(text(signature, "token").as_bytes());
    mac.verify_slice(&given).ok()
}

fn read(event: &Value) -> Option<Event> {
    let is_permanent = event["severity"] == "permanent";
    let status = &event["delivery-status"];
    let (verdict, is_final) = match event["event"].as_str()? {
        "failed" if is_permanent && event["reason"] == "suppress-complaint" => {
            (Verdict::Complaint, true)
        }
        "failed" if is_permanent && event["reason"] == "suppress-unsubscribe" => {
            (Verdict::Unsubscribe, true)
        }
        "failed" if is_permanent && event["reason"] == "suppress-bounce" => (Verdict::Hard, true),
        // Mailgun gives up for filters and full mailboxes alike: its words decide.
        "failed" if is_permanent => {
            let words = format!("{} {}", text(status, "code"), text(status, "message"));
            (super::diagnose(None, &words).verdict, true)
        }
        "failed" => (Verdict::Soft, false),
        "complained" => (Verdict::Complaint, true),
        "unsubscribed" => (Verdict::Unsubscribe, true),
        _ => return None,
    };
    Some(Event {
        source: Source::Mailgun,
        id: text(event, "id"),
        verdict,
        is_final,
        email: text(event, "recipient"),
        message_id: event["message"]["headers"]["message-id"]
            .as_str()
            .map(str::to_owned),
        mail_from: None,
        status: text(status, "enhanced-code"),
        detail: format!("{} {}", text(status, "code"), text(status, "message")),
    })
}
