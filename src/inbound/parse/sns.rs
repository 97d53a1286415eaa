//! Amazon SES's notifications when they come by mail: JSON in the text, bare or
//! in the wrapping of SNS.
//!
//! Such a mail is not signed, so it counts as any other: by the envelope sender
//! or the Message-ID that it quotes.

use serde_json::Value;

use super::complaint::CALLED_SPAM;
use super::mail::Mail;
use super::{Reading, address_in, diagnose};
use crate::model::feedback::{Party, Verdict};

/// Reads a notification.
pub fn read(mail: &Mail<'_>) -> Option<Reading> {
    let text = mail.text.trim_start();
    if !text.starts_with('{') {
        return None;
    }
    // SNS puts words about itself behind the object.
    let outer: Value = first_object(text)?;
    let inner = outer["Message"].as_str().and_then(first_object);
    let notification = inner.unwrap_or(outer);
    let kind = notification["notificationType"]
        .as_str()
        .or(notification["eventType"].as_str())?;
    let mut reading = match kind {
        "Bounce" => bounce(&notification["bounce"]),
        "Complaint" => {
            let complaint = &notification["complaint"];
            let mut reading = if complaint["complaintFeedbackType"] == "not-spam" {
                Reading::new(Verdict::AutoReply, "the recipient says that it is no spam")
            } else {
                Reading::new(Verdict::Complaint, CALLED_SPAM)
            };
            reading.original.recipient = email(&complaint["complainedRecipients"][0]);
            reading
        }
        "Delivery" => Reading::new(Verdict::AutoReply, "a receipt: the message was delivered"),
        _ => return None,
    };
    let sent = &notification["mail"];
    reading.original.mail_from = sent["source"].as_str().map(str::to_owned);
    reading.original.message_id = sent["commonHeaders"]["messageId"]
        .as_str()
        .map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
    Some(reading)
}

fn first_object(text: &str) -> Option<Value> {
    // Long lines of a mail may have been folded.
    let text: String = text.replace("\r\n ", "").replace("\n ", "");
    let mut values = serde_json::Deserializer::from_str(&text).into_iter();
    values.next()?.ok()
}

fn bounce(bounce: &Value) -> Reading {
    let recipient = &bounce["bouncedRecipients"][0];
    let words = recipient["diagnosticCode"].as_str().unwrap_or_default();
    let words = words
        .split_once(';')
        .map_or(words, |(_, words)| words)
        .trim();
    let mut reading = Reading::diagnosed(diagnose(recipient["status"].as_str(), words), words);
    match bounce["bounceType"].as_str() {
        // Where the server's own words are missing, Amazon's verdict counts.
        Some("Permanent") if words.is_empty() => {
            reading.verdict = Verdict::Hard;
            reading.party = Party::Mailbox;
        }
        Some("Permanent") => {}
        _ => reading.verdict = Verdict::Soft,
    }
    reading.original.recipient = email(recipient);
    reading
}

fn email(recipient: &Value) -> Option<crate::address::EmailAddress> {
    recipient["emailAddress"].as_str().and_then(address_in)
}
