//! Complaints: the abuse reporting format (RFC 5965), and Microsoft's older way
//! of sending the message back; and receipts (RFC 8098), whose shape is alike.

use mail_parser::PartType;

use super::fields::{self, Fields};
use super::mail::{Mail, is_kind};
use super::{Reading, address_in, text_bounce};
use crate::model::feedback::Verdict;

/// Reads a feedback report.
pub fn read(mail: &Mail<'_>) -> Option<Reading> {
    let is_report = |kind: &str| {
        let mut parts = mail.parts().iter();
        parts.find(|part| is_kind(part, "message", &[kind]))
    };
    if let Some(part) = is_report("feedback-report") {
        let groups = fields::groups(part.contents());
        return Some(of_report(groups.first()?));
    }
    if let Some(part) = is_report("disposition-notification") {
        let groups = fields::groups(part.contents());
        return Some(of_receipt(
            mail,
            &groups.into_iter().next().unwrap_or_default(),
        ));
    }
    of_microsoft(mail)
}

fn of_report(report: &Fields) -> Reading {
    let kind = report.get("feedback-type").unwrap_or("abuse");
    let mut reading = match kind.to_ascii_lowercase().as_str() {
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
        _ => Reading::new(Verdict::Complaint, CALLED_SPAM),
    };
    reading.detail = super::one_line(report.get("user-agent").unwrap_or_default());
    let original = &mut reading.original;
    original.mail_from = report
        .get("original-mail-from")
        .map(|address| address.trim_matches(['<', '>', ' ']).to_owned());
    // Providers that hide the recipient put a placeholder here, which matches no address of
    // ours.
    original.recipient = report
        .get("original-rcpt-to")
        .or(report.get("removal-recipient"))
        .and_then(address_in);
    reading
}

/// The reason that the admin pages show.
pub(super) const CALLED_SPAM: &str = "the recipient called the message spam";

/// The Junk Mail Reporting Program sends the message back in a mail of
/// `staff@hotmail.com`, with the recipient in a field of its own.
fn of_microsoft(mail: &Mail<'_>) -> Option<Reading> {
    const FIELD: &str = "x-hmxmroriginalrecipient";
    let inside = mail.parts().iter().find_map(|part| match &part.body {
        PartType::Message(inner) => {
            let header = fields::header_of(inner.raw_message());
            header.get(FIELD).map(str::to_owned)
        }
        _ => None,
    });
    let recipient = inside.or_else(|| mail.header.get(FIELD).map(str::to_owned))?;
    let mut reading = Reading::new(Verdict::Complaint, CALLED_SPAM);
    reading.original.recipient = address_in(&recipient);
    Some(reading)
}

/// A receipt that a mail was shown or deleted is an automatic answer. Sieve and
/// delivery agents refuse a message in the same shape (RFC 5429 §2.1.2).
fn of_receipt(mail: &Mail<'_>, receipt: &Fields) -> Reading {
    let disposition = receipt.get("disposition").unwrap_or_default();
    let disposition = disposition.to_ascii_lowercase();
    let is_by_machine = disposition.starts_with("automatic-action");
    let says_rejected = |text: &str| {
        let text = text.to_lowercase();
        ["rejected", "refused", "abgelehnt", "отклонено", "отклонён"]
            .iter()
            .any(|word| text.contains(word))
    };
    let is_rejection = is_by_machine
        && !disposition.ends_with("displayed")
        && (says_rejected(&mail.subject)
            || says_rejected(mail.header.get("auto-submitted").unwrap_or_default())
            || says_rejected(&mail.text));
    if !is_rejection {
        return Reading::new(
            Verdict::AutoReply,
            "a receipt: the message was shown or deleted",
        );
    }
    let recipient = receipt.get("final-recipient").and_then(address_in);
    let diagnosis = text_bounce::diagnose(None, &mail.text, recipient.as_ref());
    let mut reading = Reading::diagnosed(diagnosis, "");
    // A rule of the recipient, or a quota: neither means that the address does not exist.
    reading.verdict = Verdict::Soft;
    reading.detail = super::one_line(&mail.text);
    reading.original.recipient = recipient;
    reading.original.message_id = receipt
        .get("original-message-id")
        .map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
    reading
}
