//! Complaints: the abuse reporting format (RFC 5965).

use mail_parser::{Message, MimeHeaders};

use super::{Reading, address_in, fields, is_kind};
use crate::model::feedback::Verdict;

/// Reads a feedback report.
pub fn read(message: &Message<'_>) -> Option<Reading> {
    let part = message
        .parts
        .iter()
        .find(|part| is_kind(part, "message", &["feedback-report"]));
    let Some(part) = part else {
        return read_receipt(message);
    };
    let groups = fields::groups(part.contents());
    let report = groups.first()?;
    let kind = report
        .get("feedback-type")
        .unwrap_or("abuse")
        .to_ascii_lowercase();
    let mut reading = match kind.as_str() {
        // RFC 5965 §7.3 and RFC 6430.
        "not-spam" => Reading::new(Verdict::AutoReply, "the recipient says that it is no spam"),
        "opt-out" | "opt-out-list" => Reading::new(
            Verdict::Unsubscribe,
            "the recipient asks to leave by their provider",
        ),
        // RFC 6591: a report on a signature, not on what was sent.
        "auth-failure" | "dmarc" => {
            Reading::new(Verdict::Unknown, "a report on a failed check of the sender")
        }
        _ => Reading::new(Verdict::Complaint, "the recipient called the message spam"),
    };
    reading.detail = super::one_line(report.get("user-agent").unwrap_or_default());
    let original = &mut reading.original;
    original.mail_from = report
        .get("original-mail-from")
        .map(|address| address.trim_matches(['<', '>', ' ']).to_owned());
    // Providers that hide the recipient put a stand-in here, which is no
    // address of ours and finds nobody.
    original.recipient = report
        .get("original-rcpt-to")
        .or(report.get("removal-recipient"))
        .and_then(address_in);
    Some(reading)
}

/// A receipt that a mail was read (RFC 8098) is an automatic answer.
fn read_receipt(message: &Message<'_>) -> Option<Reading> {
    let is_receipt = message
        .parts
        .iter()
        .any(|part| part.is_content_type("message", "disposition-notification"));
    is_receipt.then(|| {
        Reading::new(
            Verdict::AutoReply,
            "a receipt: the message was shown or deleted",
        )
    })
}
