//! Postmark. Its webhooks are not signed; the URL that it is given carries a
//! password, or a header a token.

use serde_json::Value;

use super::{Call, CallError, Event, is_authorised, text};
use crate::inbound::parse::report_in;
use crate::inbound::report::Report;
use crate::model::feedback::{Source, Verdict};

/// Checks a call and reads its record.
pub fn open(secret: &str, call: &Call<'_>) -> Result<Vec<Report>, CallError> {
    if !is_authorised(call, secret) {
        return Err(CallError::Forged);
    }
    let record: Value = serde_json::from_slice(call.body)?;
    let verdict = match (record["RecordType"].as_str(), record["Type"].as_str()) {
        (Some("SpamComplaint"), _) => Verdict::Complaint,
        (Some("Bounce"), Some("HardBounce" | "BadEmailAddress" | "ManuallyDeactivated")) => {
            Verdict::Hard
        }
        (Some("Bounce"), Some("SpamComplaint" | "SpamNotification")) => Verdict::Complaint,
        (Some("Bounce"), Some("Unsubscribe")) => Verdict::Unsubscribe,
        (
            Some("Bounce"),
            Some("AutoResponder" | "AddressChange" | "OpenRelayTest" | "Subscribe"),
        ) => Verdict::AutoReply,
        (Some("Bounce"), _) => Verdict::Soft,
        (Some("SubscriptionChange"), _)
            if record["SuppressSending"] == true && record["ConsentSource"] == "Recipient" =>
        {
            Verdict::Unsubscribe
        }
        _ => return Ok(Vec::new()),
    };
    let event = Event {
        source: Source::Postmark,
        id: format!(
            "{} {} {}",
            text(&record, "RecordType"),
            text(&record, "ID"),
            text(&record, "MessageID")
        ),
        verdict,
        is_final: true,
        email: match text(&record, "Email") {
            email if email.is_empty() => text(&record, "Recipient"),
            email => email,
        },
        message_id: None,
        mail_from: None,
        status: String::new(),
        detail: words(&record),
    };
    Ok(event.report().into_iter().collect())
}

/// What the other side said. It may be a whole letter, and quote our subject,
/// which says nothing of the recipient.
fn words(record: &Value) -> String {
    let details = text(record, "Details");
    let subject = text(record, "Subject");
    match subject.trim() {
        "" => report_in(&details),
        subject => report_in(&details.replace(subject, " ")),
    }
}
