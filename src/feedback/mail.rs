//! A mail that came back, from its octets to a report.

use mail_parser::{HeaderName, MessageParser};
use sha2::{Digest, Sha256};

use super::reading::{read, text_of};
use super::report::{Letter, Proof, Report};
use super::{Result, Taken, take};
use crate::context::Context;
use crate::model::feedback::{Source, Verdict};

/// A mail as a way in hands it over.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The way in.
    pub source: Source,
    /// The envelope's recipient, where the way in knows it.
    pub mail_to: Option<&'a str>,
    /// The mail as received.
    pub octets: &'a [u8],
}

/// Reads a mail and acts on it.
///
/// # Errors
/// Where the database fails: then nothing was done, and the mail must be kept
/// and handed over again.
pub async fn take_mail(cx: &Context, arrival: Arrival<'_>) -> Result<Taken> {
    take(cx, &report(arrival)).await
}

fn report(arrival: Arrival<'_>) -> Report {
    let reading = read(arrival.octets, arrival.mail_to);
    let parsed = MessageParser::default().parse(arrival.octets);
    let mut mail_to: Vec<String> = arrival.mail_to.map(str::to_owned).into_iter().collect();
    let mut letter = None;
    if let Some(message) = &parsed {
        // What a mailbox or a pipe keeps of the envelope, then the header.
        for name in [
            "Delivered-To",
            "X-Original-To",
            "Envelope-To",
            "X-Delivered-To",
        ] {
            let value = message.header_raw(HeaderName::Other(name.into()));
            mail_to.extend(value.map(|value| value.trim().trim_matches(['<', '>']).to_owned()));
        }
        let named = message.to().into_iter().flat_map(|to| to.iter());
        mail_to.extend(named.filter_map(|to| to.address().map(str::to_owned)));
        if matches!(reading.verdict, Verdict::Reply | Verdict::Unsubscribe) {
            letter = message
                .from()
                .and_then(|from| from.first())
                .map(|from| Letter {
                    from: match from.name() {
                        Some(name) => format!("{name} <{}>", from.address().unwrap_or_default()),
                        None => from.address().unwrap_or_default().to_owned(),
                    },
                    subject: message.subject().unwrap_or_default().to_owned(),
                    text: text_of(message),
                });
        }
    }
    Report {
        source: arrival.source,
        digest: digest(arrival.octets),
        proof: Proof::None,
        mail_to,
        reading,
        letter,
    }
}

/// What makes a mail the same mail by every way in: its body and the header
/// fields that no server on the way adds to.
fn digest(octets: &[u8]) -> [u8; 32] {
    let text = String::from_utf8_lossy(octets);
    let (header, body) = text
        .split_once("\r\n\r\n")
        .or_else(|| text.split_once("\n\n"))
        .unwrap_or((&text, ""));
    let mut digest = Sha256::new();
    let mut is_kept = false;
    for line in header.lines() {
        if !line.starts_with([' ', '\t']) {
            let name = line
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            is_kept = ["message-id", "date", "from", "subject"].contains(&name.as_str());
        }
        if is_kept {
            digest.update(line.trim().as_bytes());
        }
    }
    // Ways in differ in their line ends, and in those at the very end.
    for line in body.trim_end().lines() {
        digest.update(line.trim_end().as_bytes());
        digest.update(b"\n");
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_mail_by_two_ways_is_one_report() {
        let by_listener =
            b"Received: from a\r\nFrom: x@y.kz\r\nMessage-ID: <1@y.kz>\r\n\r\nGone.\r\nBye\r\n";
        let by_mailbox = b"Delivered-To: b\nReceived: from b\n by c\nFrom: x@y.kz\nMessage-ID: <1@y.kz>\n\nGone.\nBye\n\n";
        assert_eq!(digest(by_listener), digest(by_mailbox));
        assert_ne!(
            digest(by_listener),
            digest(b"From: x@y.kz\r\nMessage-ID: <2@y.kz>\r\n\r\nGone.\r\nBye\r\n")
        );
    }
}
