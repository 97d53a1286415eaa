//! Reading one mail that came back: what it says, and about which message.
//!
//! Pure: octets in, a [`Reading`] out, whatever the octets are. The order of
//! the questions matters. A report by the standards says what it is; what
//! servers send that follows none is known by its words; only what is neither
//! can be an automatic answer, and only what is not that a person's.

use mail_parser::PartType;

use crate::address::EmailAddress;
use crate::model::feedback::{Party, Verdict};
use crate::text::characters;

mod automatic;
mod bounds;
mod complaint;
mod dsn;
mod fields;
mod letter;
mod mail;
mod phrases;
mod sns;

pub use crate::mail::rejection::{Diagnosis, ServerReply, classify, diagnose};
pub(super) use bounds::SIZE as READ_LIMIT;
pub(super) use letter::report_in;
use mail::{Mail, is_kind};

/// Characters that are kept of another side's words.
const DETAIL_LIMIT: usize = 500;
/// Bytes of stack for reading. The MIME parser drops messages in messages
/// recursively, and what is nested inside an encoded part is only bounded by
/// [`bounds::SIZE`]: some 30,000 levels.
const STACK: usize = 128 * 1024 * 1024;

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
    /// Whether nothing but its sender tells what it is: a mail system, and no
    /// mark of an automatic answer. At an address that only our messages
    /// carry, such a mail is a bounce.
    pub is_unexplained: bool,
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

/// A mail that was read, and what is passed on of it to a person.
#[derive(Debug, Clone)]
pub struct Read {
    /// What it says.
    pub reading: Reading,
    /// The addresses that its header says it came to.
    pub mail_to: Vec<String>,
    /// Who wrote it, as a mailbox; empty where it does not say.
    pub from: String,
    /// One line.
    pub subject: String,
    /// As a person would read it.
    pub text: String,
}

/// A mail that could not be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The system gave no thread to read it on.
    #[error("there is no thread to read it on")]
    NoThread,
    /// A defect.
    #[error("the reader of returned mail failed on it")]
    Failed,
}

/// Reads a mail. `mail_to` is the address it came to, where the way in knows it.
pub fn read(bytes: &[u8], mail_to: Option<&str>) -> Reading {
    let read = read_all(bytes, mail_to).ok();
    read.map_or_else(unreadable, |read| read.reading)
}

/// Reads a mail, with what is passed on of it to a person.
///
/// Whatever the octets are, this takes well under a second, and a fault of the
/// MIME parser costs the one mail that has it.
///
/// # Errors
/// [`Unreadable`]; nothing is known of the mail.
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

/// Reads a mail on this thread, whose stack must be large; `None` for what has
/// no header.
pub fn read_bounded(bytes: &[u8], mail_to: Option<&str>) -> Option<Read> {
    let bytes = bounds::bounded(bytes);
    Mail::parse(&bytes).map(|mail| read_mail(&mail, mail_to))
}

fn read_mail(mail: &Mail<'_>, mail_to: Option<&str>) -> Read {
    let mut reading = complaint::read(mail)
        .or_else(|| dsn::read(mail))
        .or_else(|| sns::read(mail))
        .or_else(|| automatic::unsubscribe(mail, mail_to))
        .or_else(|| letter::read(mail))
        .or_else(|| automatic::leaving_by_program(mail))
        .or_else(|| automatic::read(mail))
        .or_else(|| unexplained(mail))
        .or_else(|| automatic::leaving_words(mail))
        .unwrap_or_else(|| match mail.from.contains('@') {
            true => Reading::new(Verdict::Reply, "a person answered"),
            false => Reading::new(Verdict::Unknown, "nothing could be made of the mail"),
        });
    complete(&mut reading.original, mail);
    reading.status = one_line(&reading.status);
    reading.detail = one_line(&reading.detail);
    // Of marks that bounces have too: an automatic answer has an author.
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
        from: one_line(&match mail.from_name.is_empty() {
            true => mail.from.clone(),
            false => format!("{} <{}>", mail.from_name, mail.from),
        }),
        subject: one_line(&mail.subject),
        text: without_controls(&mail.text),
        reading,
    }
}

/// A mail of which only its sender says something.
fn unexplained(mail: &Mail<'_>) -> Option<Reading> {
    let mut reading = match mail.has_null_sender() {
        // Automatic answers have a null sender as often as bounces.
        true => Reading::new(Verdict::AutoReply, "an automatic answer"),
        false if mail.names_system() && !mail.text.trim().is_empty() && is_machine(mail) => {
            Reading::new(Verdict::Unknown, "a mail system says something unknown")
        }
        false => return None,
    };
    reading.is_unexplained = true;
    Some(reading)
}

/// Whether the author's name is one that no person writes by: people answer as
/// postmaster too.
fn is_machine(mail: &Mail<'_>) -> bool {
    let from = mail.from.to_ascii_lowercase();
    from.contains("daemon") || from.is_empty()
}

/// Fills in what the returned part tells of the original message.
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
    if let Some(copy) = letter::returned_copy(&mail.text) {
        original.learn(&fields::header_of(copy.as_bytes()));
    }
    // An answer names what it answers.
    if original.message_id.is_none() {
        let answered = mail.header.get("in-reply-to").unwrap_or_default();
        original.message_id = answered
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'))
            .map(|(id, _)| id.trim().to_owned());
    }
}

/// A field's value with encoded words (RFC 2047) and the charsets of old mail
/// systems decoded.
fn decoded(value: &str) -> String {
    if value.contains('\x1b') {
        let decode = mail_parser::decoders::charsets::map::charset_decoder(b"iso-2022-jp");
        return decode.map_or_else(|| value.to_owned(), |decode| decode(value.as_bytes()));
    }
    let bytes = format!("{value}\r\n");
    let mut stream = mail_parser::parsers::MessageStream::new(bytes.as_bytes());
    match stream.parse_unstructured() {
        mail_parser::HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
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

/// A text without what no page, mail or database should hold: PostgreSQL takes
/// no NUL, and terminals obey the rest.
fn without_controls(text: &str) -> String {
    characters::scrub(text).into_owned()
}

/// A text as one line of at most so many characters.
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
