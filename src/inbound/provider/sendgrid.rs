//! SendGrid, whose event webhook signs with ECDSA over P-256.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use data_encoding::BASE64;
use serde_json::Value;

use super::{Call, CallError, Event, text};
use crate::inbound::report::Report;
use crate::model::feedback::{Source, Verdict};

/// Octets of a P-256 point at the end of its SubjectPublicKeyInfo.
const POINT: usize = 65;

/// Checks a call and reads its events.
pub fn open(key: &str, call: &Call<'_>) -> Result<Vec<Report>, CallError> {
    check(key, call).ok_or(CallError::Forged)?;
    let events: Vec<Value> = serde_json::from_slice(call.body)?;
    Ok(events
        .iter()
        .filter_map(read)
        .filter_map(Event::report)
        .collect())
}

fn check(key: &str, call: &Call<'_>) -> Option<()> {
    let signature = (call.header)("x-twilio-email-event-webhook-signature")?;
    let timestamp = (call.header)("x-twilio-email-event-webhook-timestamp")?;
    let signature = BASE64.decode(signature.as_bytes()).ok()?;
    let key = BASE64.decode(key.trim().as_bytes()).ok()?;
    let point = &key[key.len().checked_sub(POINT)?..];
    let signed = [timestamp.as_bytes(), call.body].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
        .verify(&signed, &signature)
        .ok()
}

fn read(event: &Value) -> Option<Event> {
    let reason = text(event, "reason");
    let (verdict, is_final) = match event["event"].as_str()? {
        "bounce" if event["type"] == "blocked" => (Verdict::Soft, true),
        "bounce" => (Verdict::Hard, true),
        "deferred" => (Verdict::Soft, false),
        "dropped" if reason.starts_with("Bounced") || reason.starts_with("Invalid") => {
            (Verdict::Hard, true)
        }
        "dropped" if reason.starts_with("Spam Reporting") => (Verdict::Complaint, true),
        "spamreport" => (Verdict::Complaint, true),
        "unsubscribe" | "group_unsubscribe" => (Verdict::Unsubscribe, true),
        _ => return None,
    };
    Some(Event {
        source: Source::Sendgrid,
        id: text(event, "sg_event_id"),
        verdict,
        is_final,
        email: text(event, "email"),
        message_id: event["smtp-id"].as_str().map(str::to_owned),
        mail_from: None,
        status: text(event, "status"),
        detail: if reason.is_empty() {
            text(event, "response")
        } else {
            reason
        },
    })
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    #[test]
    fn signed_events_are_read_and_others_refused() {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref()).unwrap();
        // The point behind a SubjectPublicKeyInfo's head, as SendGrid shows it.
        let key = BASE64.encode(&[[0x30; 26].as_slice(), pair.public_key().as_ref()].concat());
        let body = br#"[
            {"event":"delivered","email":"a@example.kz","sg_event_id":"0"},
            {"event":"bounce","type":"bounce","email":"a@example.kz","sg_event_id":"1","status":"5.1.1","reason":"550 unknown user","smtp-id":"<41.7.18a@embassy.example>"},
            {"event":"bounce","type":"blocked","email":"b@example.kz","sg_event_id":"2","reason":"554 blocked"},
            {"event":"spamreport","email":"c@example.kz","sg_event_id":"3"}
        ]"#;
        let signature = pair
            .sign(&random, &[b"1187427600".as_slice(), body].concat())
            .unwrap();
        let signature = BASE64.encode(signature.as_ref());
        let header = |name: &str| match name {
            "x-twilio-email-event-webhook-signature" => Some(signature.clone()),
            "x-twilio-email-event-webhook-timestamp" => Some("1187427600".to_owned()),
            _ => None,
        };
        let reports = open(
            &key,
            &Call {
                header: &header,
                body,
            },
        )
        .unwrap();
        let verdicts: Vec<Verdict> = reports
            .iter()
            .map(|report| report.reading.verdict)
            .collect();
        assert_eq!(verdicts, [Verdict::Hard, Verdict::Soft, Verdict::Complaint]);
        assert!(matches!(
            open(
                &key,
                &Call {
                    header: &header,
                    body: b"[]"
                }
            ),
            Err(CallError::Forged)
        ));
        assert!(matches!(
            open(
                "",
                &Call {
                    header: &header,
                    body
                }
            ),
            Err(CallError::Forged)
        ));
        assert!(matches!(
            open(
                &key,
                &Call {
                    header: &|_| None,
                    body
                }
            ),
            Err(CallError::Forged)
        ));
    }
}
