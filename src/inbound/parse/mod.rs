//! Parses one inbound email: what it says, and about which message.
//!
//! A pure function of any bytes. The order of the checks matters: a standard report says what
//! it is; reports that follow no standard are recognised by their texts; only what is neither
//! can be an automatic reply, and only what is not that a reply by a person.

use mail_parser::PartType;

use crate::address::EmailAddress;
use crate::model::feedback::{Party, Verdict};
use crate::text::characters;

mod automatic;
mod bounds;
mod complaint;
mod dsn;
mod fields;
mod mail;
mod phrases;
mod reply_phrases;
mod sns;
mod text_bounce;

pub use crate::mail::rejection::{Diagnosis, ServerReply, classify, diagnose};
pub(super) use bounds::SIZE as READ_LIMIT;
use mail::{Mail, is_kind};
pub(super) use text_bounce::report_in;

/// The length at which a reply of another server is cut.
const DETAIL_LIMIT: usize = 500;
/// Bytes of stack for reading. The MIME parser drops messages in messages
/// recursively, and what is nested inside an encoded part is only bounded by
/// [`bounds::SIZE`]: some 30,000 levels.
const STACK: usize = 128 * 1024 * 1024;

/// The meaning of an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The verdict.
    pub verdict: Verdict,
    /// Whom a rejection is about; [`Party::Unclear`] for others.
    pub party: Party,
    /// Whether the message was given up; `false` for a delay.
    pub is_final: bool,
    /// The enhanced status code (RFC 3463), such as `5.1.1`; may be empty.
    pub status: String,
    /// The reason, in plain words.
    pub reason: String,
    /// The reply of the other server; may be empty.
    pub detail: String,
    /// The message that it is about.
    pub original: Original,
    /// Whether only its sender, a mail server, says what it is, and nothing marks it as an
    /// automatic reply. At an address that only our messages carry, such an email is a bounce.
    pub is_unexplained: bool,
}

/// What an email says about the message that it answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Its envelope sender.
    pub mail_from: Option<String>,
    /// The signed token of its unsubscribe link.
    pub token: Option<String>,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Its recipient.
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
            is_unexplained: false,
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
            is_unexplained: false,
        }
    }
}

/// A parsed email, and what is forwarded of a reply.
#[derive(Debug, Clone)]
pub struct Read {
    /// What it says.
    pub reading: Reading,
    /// The addresses in its header.
    pub mail_to: Vec<String>,
    /// Its author, as a mailbox; empty if it names none.
    pub from: String,
    /// One line.
    pub subject: String,
    /// The text as a person would read it.
    pub text: String,
}

/// Why an email could not be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No thread could be started.
    #[error("there is no thread to read it on")]
    NoThread,
    /// A defect of a parser.
    #[error("the reader of returned mail failed on it")]
    Failed,
}

/// Parses an email. `mail_to` is the address that it was sent to, if known.
pub fn read(bytes: &[u8], mail_to: Option<&str>) -> Reading {
    let read = read_all(bytes, mail_to).ok();
    read.map_or_else(unreadable, |read| read.reading)
}

/// Parses an email, with what is forwarded of a reply.
///
/// Whatever the bytes are, this takes well under a second, and a panic of the MIME parser costs
/// only the email that causes it.
///
/// # Errors
/// [`Unreadable`]; nothing is known of the email.
pub fn read_all(bytes: &[u8], mail_to: Option<&str>) -> Result<Read, Unreadable> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name("read-mail".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || read_bounded(bytes, mail_to));
        let reader = reader.map_err(|_| Unreadable::NoThread)?;
        let read = reader.join().map_err(|_| Unreadable::Failed)?;
        Ok(read.unwrap_or_else(|| Read {
            reading: unreadable(),
            mail_to: Vec::new(),
            from: String::new(),
            subject: String::new(),
            text: String::new(),
        }))
    })
}

fn unreadable() -> Reading {
    Reading::new(Verdict::Unknown, "the mail cannot be read")
}

/// Parses an email on this thread, whose stack must be large; `None` if it has no header.
pub fn read_bounded(bytes: &[u8], mail_to: Option<&str>) -> Option<Read> {
    let bytes = bounds::bounded(bytes);
    Mail::parse(&bytes).map(|mail| read_mail(&mail, mail_to))
}

fn read_mail(mail: &Mail<'_>, mail_to: Option<&str>) -> Read {
    let mut reading = complaint::read(mail)
        .or_else(|| dsn::read(mail))
        .or_else(|| sns::read(mail))
        .or_else(|| automatic::unsubscribe(mail, mail_to))
        .or_else(|| text_bounce::read(mail))
        .or_else(|| automatic::leaving_by_program(mail))
        .or_else(|| automatic::read(mail))
        .or_else(|| unexplained(mail))
        .or_else(|| automatic::leaving_words(mail))
        .unwrap_or_else(|| {
            if mail.from.contains('@') {
                Reading::new(Verdict::Reply, "a person answered")
            } else {
                Reading::new(Verdict::Unknown, "nothing could be made of the mail")
            }
        });
    complete(&mut reading.original, mail);
    reading.status = one_line(&reading.status);
    reading.detail = one_line(&reading.detail);
    // Some marks are found in bounces too: an automatic reply has an author.
    reading.is_unexplained |= reading.verdict == Verdict::AutoReply
        && reading.reason == "an automatic answer"
        && mail.names_system();
    let address_fields = [
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-delivered-to",
        "to",
    ];
    Read {
        mail_to: address_fields
            .iter()
            .filter_map(|name| mail.header.get(name))
            .map(|value| mail::address_of(value).1)
            .filter(|address| !address.is_empty())
            .collect(),
        from: one_line(&if mail.from_name.is_empty() {
            mail.from.clone()
        } else {
            format!("{} <{}>", mail.from_name, mail.from)
        }),
        subject: one_line(&mail.subject),
        text: without_controls(&mail.text),
        reading,
    }
}

/// An email that only its sender identifies.
fn unexplained(mail: &Mail<'_>) -> Option<Reading> {
    let mut reading = match mail.has_null_sender() {
        // Automatic replies have a null sender as often as bounces.
        true => Reading::new(Verdict::AutoReply, "an automatic answer"),
        false if mail.names_system() && !mail.text.trim().is_empty() && is_machine(mail) => {
            Reading::new(Verdict::Unknown, "a mail system says something unknown")
        }
        false => return None,
    };
    reading.is_unexplained = true;
    Some(reading)
}

/// Whether the name of the author is one that no person uses: people reply as postmaster too.
fn is_machine(mail: &Mail<'_>) -> bool {
    let from = mail.from.to_ascii_lowercase();
    from.contains("daemon") || from.is_empty()
}

/// Adds what the returned part says about the original message.
fn complete(original: &mut Original, mail: &Mail<'_>) {
    for part in mail.parts().iter().skip(1) {
        if let PartType::Message(inner) = &part.body {
            original.learn(&fields::header_of(inner.raw_message()));
        } else if is_kind(part, "text", &["rfc822-headers", "rfc822-header"])
            || is_kind(part, "message", &["global-headers"])
        {
            original.learn(&fields::header_of(part.contents()));
        }
    }
    if let Some(copy) = text_bounce::returned_copy(&mail.text) {
        original.learn(&fields::header_of(copy.as_bytes()));
    }
    // A reply names the message that it answers.
    if original.message_id.is_none() {
        let answered = mail.header.get("in-reply-to").unwrap_or_default();
        original.message_id = answered
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'))
            .map(|(id, _)| id.trim().to_owned());
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

/// Whether a character is valid in a token (base64url).
fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The address in the value of a field: `rfc822; a@b.kz`, `Name <a@b.kz>`, `a@b.kz`.
fn address_in(value: &str) -> Option<EmailAddress> {
    let value = value.rsplit_once(';').map_or(value, |(_, address)| address);
    let value = match value.rsplit_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => value,
    };
    let trimmed = value.trim().trim_matches(['"', '\'', ',', ':']);
    EmailAddress::parse(trimmed).ok()
}

/// Removes control characters: PostgreSQL rejects NUL, and terminals interpret the others.
fn without_controls(text: &str) -> String {
    characters::scrub(text).into_owned()
}

/// Text as one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    let text = characters::scrub(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(DETAIL_LIMIT).collect()
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
        fn no_octets_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            read(&bytes, None);
        }

        #[test]
        fn no_mixture_of_what_mails_are_made_of_makes_it_panic(
            order in prop::collection::vec(0..PIECES.len(), 0..30),
            cut in any::<prop::sample::Index>(),
            noise in "\\PC{0,20}",
        ) {
            let mail: String = order.iter().map(|n| PIECES[*n]).collect::<String>() + noise.as_str();
            let bytes = mail.as_bytes();
            let reading = read(&bytes[cut.index(bytes.len() + 1).min(bytes.len())..], Some("b-x@b.kz"));
            prop_assert!(reading.detail.chars().count() <= DETAIL_LIMIT);
            read(bytes, None);
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
