//! Brevo. Its webhooks carry a token or a password.

use serde_json::Value;

use super::{Call, CallError, Event, is_authorised, text};
use crate::inbound::report::Report;
use crate::model::feedback::{Source, Verdict};

/// Checks a call and reads its event.
pub fn open(secret: &str, call: &Call<'_>) -> Result<Vec<Report>, CallError> {
    if !is_authorised(call, secret) {
        return Err(CallError::Forged);
    }
    let body: Value = serde_json::from_slice(call.body)?;
    // One event, or, where batches are on, a list of them.
    let events = match body {
        Value::Array(events) => events,
        event => vec![event],
    };
    Ok(events
        .iter()
        .filter_map(read)
        .filter_map(Event::report)
        .collect())
}

fn read(event: &Value) -> Option<Event> {
    let (verdict, is_final) = match event["event"].as_str()? {
        "hard_bounce" | "invalid_email" => (Verdict::Hard, true),
        "soft_bounce" | "blocked" | "error" => (Verdict::Soft, true),
        "deferred" => (Verdict::Soft, false),
        "spam" | "complaint" => (Verdict::Complaint, true),
        "unsubscribed" | "unsubscribe" => (Verdict::Unsubscribe, true),
        _ => return None,
    };
    Some(Event {
        source: Source::Brevo,
        id: format!(
            "{} {} {}",
            text(event, "event"),
            text(event, "ts_event"),
            text(event, "message-id")
        ),
        verdict,
        is_final,
        email: text(event, "email"),
        message_id: event["message-id"].as_str().map(str::to_owned),
        mail_from: None,
        status: String::new(),
        detail: text(event, "reason"),
    })
}
