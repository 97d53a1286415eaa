//! Delivery status notifications: RFC 3464 in the wrapping of RFC 6522, and
//! their international form (RFC 6533).

use mail_parser::Message;

use super::fields::{self, Fields};
use super::{Reading, Said, address_in, classify, is_kind, text_of};
use crate::address::EmailAddress;
use crate::model::feedback::Verdict;

/// Reads a mail that holds a delivery status.
pub fn read(message: &Message<'_>) -> Option<Reading> {
    let part = message.parts.iter().find(|part| {
        is_kind(
            part,
            "message",
            &["delivery-status", "global-delivery-status"],
        )
    })?;
    let groups = fields::groups(part.contents());
    let about_recipients: Vec<&Fields> = groups
        .iter()
        .filter(|group| {
            group
                .get("final-recipient")
                .or(group.get("action"))
                .is_some()
        })
        .collect();
    // Our messages have one recipient; where a relay put several into one
    // report, the failure is what matters.
    let group = about_recipients
        .iter()
        .find(|group| action(group) == "failed")
        .or(about_recipients.first())?;
    let recipient = ["original-recipient", "final-recipient"]
        .iter()
        .find_map(|name| group.get(name).and_then(address_in));
    let mut reading = judge(group, message, recipient.as_ref());
    reading.original.recipient = recipient;
    Some(reading)
}

fn action(group: &Fields) -> String {
    let action = group.get("action").unwrap_or_default();
    action
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn judge(group: &Fields, message: &Message<'_>, recipient: Option<&EmailAddress>) -> Reading {
    let code = group.get("diagnostic-code").unwrap_or_default();
    let code = code.split_once(';').map_or(code, |(_, words)| words).trim();
    let status = group
        .get("status")
        .and_then(|status| status.split_whitespace().next());
    let diagnose = |text: &str| {
        classify(&Said {
            text,
            status,
            stage: None,
            recipient,
        })
    };
    match action(group).as_str() {
        "delayed" => {
            let mut reading = Reading::diagnosed(diagnose(code), code);
            reading.verdict = Verdict::Soft;
            reading.is_final = false;
            reading
        }
        "delivered" | "relayed" | "expanded" => {
            Reading::new(Verdict::AutoReply, "a receipt: the message was delivered")
        }
        // RFC 3464 §2.3.3 makes the action a must; some leave it out.
        _ if code.is_empty() => {
            // Exchange writes its words into the first part alone.
            let text = text_of(message);
            let mut reading = Reading::diagnosed(diagnose(&text), "");
            reading.detail = group.get("x-display-name").unwrap_or_default().to_owned();
            reading
        }
        _ => Reading::diagnosed(diagnose(code), code),
    }
}
