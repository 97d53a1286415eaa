//! Delivery status notifications: RFC 3464 inside RFC 6522, and the international form (RFC
//! 6533).

use super::fields::{self, Fields};
use super::mail::Mail;
use super::{Reading, ServerReply, address_in, classify, phrases, reply_phrases, text_bounce};
use crate::address::EmailAddress;
use crate::mail::rejection::status::reply_code;
use crate::mail::rejection::step_after;
use crate::model::feedback::Verdict;
use crate::text::encoded_words;

/// Parses an email that contains a delivery status.
pub fn read(mail: &Mail<'_>) -> Option<Reading> {
    let groups = groups(mail);
    // Our messages have one recipient; where a relay reports several at once, the failure
    // counts.
    let group = groups
        .iter()
        .find(|group| action(group) == "failed")
        .or(groups.first())?;
    let recipient = ["original-recipient", "final-recipient"]
        .iter()
        .find_map(|name| group.get(name).and_then(address_in));
    let mut reading = judge(group, mail, recipient.as_ref());
    reading.original.recipient = recipient;
    Some(reading)
}

/// What the report says about each recipient. Some gateways wrap a report into an email of
/// their own, and some put its fields into the text.
fn groups(mail: &Mail<'_>) -> Vec<Fields> {
    let is_status = ["delivery-status", "global-delivery-status"];
    let parts = if mail.is_from_system() {
        mail.all_parts("message", &is_status)
    } else {
        // A person may send a report along with a question.
        mail.parts()
            .iter()
            .filter(|part| super::is_kind(part, "message", &is_status))
            .collect()
    };
    let of_parts = parts
        .iter()
        .flat_map(|part| fields::groups(part.contents()));
    let found: Vec<Fields> = of_parts.filter(is_about_recipient).collect();
    if !found.is_empty() || !mail.is_from_system() {
        return found;
    }
    fields::groups(mail.text.as_bytes())
        .into_iter()
        .filter(|group| {
            group
                .get("final-recipient")
                .and(group.get("action"))
                .is_some()
        })
        .collect()
}

fn is_about_recipient(group: &Fields) -> bool {
    let names = ["final-recipient", "original-recipient", "action"];
    names.iter().any(|name| group.get(name).is_some())
}

fn action(group: &Fields) -> String {
    let action = group.get("action").unwrap_or_default();
    let word = action.split(|c: char| !c.is_ascii_alphabetic());
    word.map(str::to_ascii_lowercase)
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

fn judge(group: &Fields, mail: &Mail<'_>, recipient: Option<&EmailAddress>) -> Reading {
    let code = group.get("diagnostic-code").unwrap_or_default();
    // `smtp; 550 …`, but some omit the type and have a `;` further on.
    let code = match code.split_once(';') {
        Some((kind, words)) if !kind.trim().contains(' ') => words,
        _ => code,
    };
    let mut code = encoded_words::decoded(code.trim());
    // Postfix gives the stage of a reply in its text only.
    let flat = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    if let Some(step) = step_after(&flat(&mail.text), &flat(&code)) {
        code = format!("{code} {step}");
    }
    let status = group
        .get("status")
        .and_then(|status| status.split_whitespace().next());
    let is_success =
        status.is_some_and(|status| status.starts_with("2.")) && reply_code(&code).is_none();
    let diagnose = |text: &str| {
        classify(&ServerReply {
            text,
            status,
            stage: None,
            recipient,
        })
    };
    match action(group).as_str() {
        "delayed" => {
            let mut reading = Reading::diagnosed(diagnose(&code), &code);
            reading.verdict = Verdict::Soft;
            reading.is_final = false;
            reading
        }
        "delivered" | "relayed" | "expanded" | "deliverable" => {
            Reading::new(Verdict::AutoReply, "a receipt: the message was delivered")
        }
        _ if is_success => Reading::new(Verdict::AutoReply, "a receipt: the message was delivered"),
        _ if is_challenge(&code, mail) => Reading::new(Verdict::AutoReply, "an automatic answer"),
        // RFC 3464 §2.3.3 requires the action; some omit it.
        _ if code.is_empty() => {
            // Exchange gives its reason in the first part only.
            let mut reading =
                Reading::diagnosed(text_bounce::diagnose(status, &mail.text, recipient), "");
            reading.detail = group.get("x-display-name").unwrap_or_default().to_owned();
            reading
        }
        _ => Reading::diagnosed(diagnose(&code), &code),
    }
}

/// Services that ask strangers to prove that they are human send the question as a failure, so
/// that no machine answers it.
fn is_challenge(code: &str, mail: &Mail<'_>) -> bool {
    phrases::says(&code.to_lowercase(), reply_phrases::CHALLENGES)
        || (mail.text.contains("://")
            && phrases::says(&mail.text.to_lowercase(), reply_phrases::CHALLENGES))
}
