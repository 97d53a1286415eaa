//! Reading one mail that came back: what it says, and about which message.
//!
//! Pure: octets in, a [`Reading`] out, whatever the octets are. The order of
//! the questions matters. A report by the standards says what it is; what
//! servers send that follows none is known by its words; only what is neither
//! can be an automatic answer, and only what is not that a person's.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::address::EmailAddress;
use crate::model::feedback::{Party, Verdict};

mod automatic;
mod complaint;
mod dsn;
mod fields;
mod plain;

pub use crate::mail::refusal::{Diagnosis, Said, classify, diagnose};

/// Characters that are kept of another side's words.
const DETAIL_LIMIT: usize = 500;
/// Characters of a mail's text that are looked at: the words of a bounce stand
/// at its head, and a large attachment must cost no work.
const TEXT_LIMIT: usize = 64 * 1024;

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its meaning.
    pub verdict: Verdict,
    /// Whom a refusal is about; [`Party::Unclear`] of what is none.
    pub party: Party,
    /// Whether the message it speaks of has been given up; `false` for a delay.
    pub is_final: bool,
    /// The enhanced status code (RFC 3463), such as `5.1.1`; may be empty.
    pub status: String,
    /// Why, in plain words.
    pub reason: String,
    /// The other side's own words; may be empty.
    pub detail: String,
    /// Which message it speaks of.
    pub original: Original,
}

/// What a mail tells of the message that it answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// The envelope sender it was sent with.
    pub mail_from: Option<String>,
    /// The signed token of its way to unsubscribe.
    pub token: Option<String>,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// To whom it was sent.
    pub recipient: Option<EmailAddress>,
}

impl Reading {
    fn new(verdict: Verdict, reason: &str) -> Self {
        Self {
            verdict,
            party: Party::Unclear,
            is_final: true,
            status: String::new(),
            reason: reason.to_owned(),
            detail: String::new(),
            original: Original::default(),
        }
    }

    fn diagnosed(diagnosis: Diagnosis, detail: &str) -> Self {
        Self {
            verdict: diagnosis.verdict,
            party: diagnosis.party,
            is_final: true,
            status: diagnosis.status,
            reason: diagnosis.reason.to_owned(),
            detail: one_line(detail),
            original: Original::default(),
        }
    }
}

/// Reads a mail. `mail_to` is the address it came to, where the way in knows it.
pub fn read(octets: &[u8], mail_to: Option<&str>) -> Reading {
    let Some(message) = MessageParser::default().parse(octets) else {
        return Reading::new(Verdict::Unknown, "the mail cannot be read");
    };
    let text = text_of(&message);
    let mut reading = dsn::read(&message)
        .or_else(|| complaint::read(&message))
        .or_else(|| automatic::unsubscribe(&message, mail_to))
        .or_else(|| plain::read(&message, &text))
        .or_else(|| automatic::read(&message, &text))
        .or_else(|| automatic::leaving_words(&message, &text))
        .unwrap_or_else(|| match is_from_somebody(&message) {
            true => Reading::new(Verdict::Reply, "a person answered"),
            false => Reading::new(Verdict::Unknown, "nothing could be made of the mail"),
        });
    complete(&mut reading.original, &message, &text);
    reading
}

fn is_from_somebody(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first());
    from.is_some_and(|one| one.address().is_some_and(|address| address.contains('@')))
}

/// The text of a mail as a person would read it.
pub fn text_of(message: &Message<'_>) -> String {
    let text = message
        .body_text(0)
        .or_else(|| message.body_html(0))
        .unwrap_or_default();
    text.chars().take(TEXT_LIMIT).collect()
}

/// Fills in what the returned part tells of the original message.
fn complete(original: &mut Original, message: &Message<'_>, text: &str) {
    for part in message.parts.iter().skip(1) {
        if let PartType::Message(inner) = &part.body {
            original.learn(&fields::header_of(inner.raw_message()));
        } else if is_kind(part, "text", &["rfc822-headers"])
            || is_kind(part, "message", &["global-headers"])
        {
            original.learn(&fields::header_of(part.contents()));
        }
    }
    if let Some(copy) = plain::returned_copy(text) {
        original.learn(&fields::header_of(copy.as_bytes()));
    }
    // An answer names what it answers.
    if original.message_id.is_none() {
        original.message_id = message.in_reply_to().as_text().map(str::to_owned);
    }
}

impl Original {
    fn learn(&mut self, header: &fields::Fields) {
        let inside = |text: &str| text.trim().trim_matches(['<', '>']).to_owned();
        let or = |known: &mut Option<String>, name: &str| {
            if known.is_none() {
                *known = header
                    .get(name)
                    .map(inside)
                    .filter(|value| !value.is_empty());
            }
        };
        or(&mut self.mail_from, "return-path");
        or(&mut self.message_id, "message-id");
        if self.token.is_none() {
            self.token = header.get("list-unsubscribe").and_then(unsubscribe_token);
        }
        if self.recipient.is_none() {
            self.recipient = header.get("to").and_then(address_in);
        }
    }
}

/// The token in the https URI of `List-Unsubscribe`.
fn unsubscribe_token(header: &str) -> Option<String> {
    let (_, rest) = header.split_once("/unsubscribe/")?;
    let end = rest.find(|c: char| !is_token_char(c)).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// Whether a character may stand in a token (base64url).
fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The address in a header's value or in an address field of a report:
/// `rfc822; a@b.kz`, `Name <a@b.kz>`, `a@b.kz`.
fn address_in(value: &str) -> Option<EmailAddress> {
    let value = value.rsplit_once(';').map_or(value, |(_, address)| address);
    let value = match value.rsplit_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => value,
    };
    let trimmed = value.trim().trim_matches(['"', '\'', ',', ':']);
    EmailAddress::parse(trimmed).ok()
}

fn is_kind(part: &MessagePart<'_>, kind: &str, subkinds: &[&str]) -> bool {
    subkinds.iter().any(|sub| part.is_content_type(kind, sub))
}

/// A text as one line of at most so many characters.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(DETAIL_LIMIT).collect();
    line.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of which every kind of mail here is made, to be cut and mixed.
    const PIECES: [&str; 14] = [
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n",
        "Content-Type: message/delivery-status\r\n",
        "Content-Type: message/rfc822\r\n",
        "\r\n",
        "--b\r\n",
        "--b--\r\n",
        "Final-Recipient: rfc822; a@b.kz\r\n",
        "Action: failed\r\nStatus: 5.1.1\r\n",
        "Diagnostic-Code: smtp; 550 5.1.1 \u{442} nobody\r\n",
        "Feedback-Type: abuse\r\n",
        "Content-Type: message/feedback-report\r\n",
        "From: MAILER-DAEMON@b.kz\r\nSubject: failure notice\r\n",
        "<a@b.kz>:\r\n 550 5.",
        "List-Unsubscribe: <https://b.kz/unsubscribe/",
    ];

    proptest! {
        #[test]
        fn no_octets_make_it_panic(octets in prop::collection::vec(any::<u8>(), 0..2000)) {
            read(&octets, None);
        }

        #[test]
        fn no_mixture_of_what_mails_are_made_of_makes_it_panic(
            order in prop::collection::vec(0..PIECES.len(), 0..30),
            cut in any::<prop::sample::Index>(),
            noise in "\\PC{0,20}",
        ) {
            let mail: String = order.iter().map(|n| PIECES[*n]).collect::<String>() + &noise;
            let octets = mail.as_bytes();
            let reading = read(&octets[cut.index(octets.len() + 1).min(octets.len())..], Some("b-x@b.kz"));
            prop_assert!(reading.detail.chars().count() <= DETAIL_LIMIT);
            read(octets, None);
        }
    }

    #[test]
    fn addresses_are_found_in_the_fields_of_reports() {
        for value in [
            "rfc822; A@b.kz",
            "rfc822;<a@b.kz>",
            "Aigul <a@b.kz>",
            " a@b.kz ",
            "utf-8; a@b.kz",
        ] {
            assert_eq!(
                address_in(value).unwrap().as_str().to_lowercase(),
                "a@b.kz",
                "{value}"
            );
        }
        assert_eq!(address_in("x400; /C=KZ"), None);
    }
}
