//! An email as the parsers of reports see it.

use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MessagePart, PartType};

use super::fields::{self, Fields};
use super::phrases::{self, says};

/// Characters of text that are looked at: a bounce says so at its beginning, and a large
/// attachment must cost no work.
const TEXT_LIMIT: usize = 64 * 1024;
/// The depth of messages inside messages that are searched for a report.
const DEPTH: usize = 3;

/// An email within its bounds.
pub struct Mail<'a> {
    message: Message<'a>,
    /// The fields of its header, undecoded.
    pub header: Fields,
    /// Decoded, one line.
    pub subject: String,
    /// The address of its author; may be empty.
    pub from: String,
    /// The name with that address.
    pub from_name: String,
    /// As a person would read it.
    pub text: String,
}

impl<'a> Mail<'a> {
    /// Parses bytes that [`super::bounds::bounded`] returned.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        // What is not needed costs nothing: addresses are parsed one by one.
        let message = MessageParser::new()
            .default_header_ignore()
            .header_text(HeaderName::Subject)
            .header_text(HeaderName::ContentTransferEncoding)
            .header_content_type(HeaderName::ContentType)
            .header_content_type(HeaderName::ContentDisposition)
            .parse(bytes)?;
        let header = fields::header_of(bytes);
        let (from_name, from) = header.get("from").map(address_of).unwrap_or_default();
        Some(Self {
            subject: message.subject().unwrap_or_default().trim().to_owned(),
            text: text_of(&message),
            from,
            from_name,
            header,
            message,
        })
    }

    /// A field of the header, in lower case.
    pub fn field(&self, name: &str) -> Option<String> {
        self.header.get(name).map(str::to_lowercase)
    }

    /// The header's media type with its parameters, in lower case.
    pub fn media_type(&self) -> String {
        self.field("content-type").unwrap_or_default()
    }

    /// The parts of the email itself.
    pub fn parts(&self) -> &[MessagePart<'a>] {
        &self.message.parts
    }

    /// Every part of the kind, also of messages inside, those of the email first.
    pub fn all_parts(&self, kind: &str, subkinds: &[&str]) -> Vec<&MessagePart<'a>> {
        let mut found = Vec::new();
        let mut messages = vec![&self.message];
        for _ in 0..=DEPTH {
            let parts = || messages.iter().flat_map(|message| message.parts.iter());
            found.extend(parts().filter(|part| is_kind(part, kind, subkinds)));
            messages = parts()
                .filter_map(|part| match &part.body {
                    PartType::Message(inner) => Some(inner),
                    _ => None,
                })
                .collect();
        }
        found
    }

    /// Whether only a mail server can have sent it, by its header. RFC 5321 §4.5.5 reserves the
    /// null sender for such emails and for automatic replies.
    pub fn is_from_system(&self) -> bool {
        self.has_null_sender() || self.names_system() || self.is_report()
    }

    /// Whether its envelope sender was null, as far as recorded.
    pub fn has_null_sender(&self) -> bool {
        let path = self.header.get("return-path").map(str::trim);
        path == Some("<>") || path == Some("")
    }

    /// Whether its type is that of a delivery report (RFC 6522).
    pub fn is_report(&self) -> bool {
        let kind = self.media_type();
        kind.starts_with("multipart/report")
            && !kind.contains("disposition-notification")
            && !kind.contains("feedback-report")
    }

    /// Whether its author is a mail server by name.
    pub fn names_system(&self) -> bool {
        let return_path = self.field("return-path").unwrap_or_default();
        let local = local_part(&self.from);
        phrases::SYSTEM_SENDERS.contains(&local.as_str())
            || [
                "microsoftexchange",
                "postmaster@",
                "postmaster\\",
                "mailer-daemon",
            ]
            .iter()
            .any(|start| local.starts_with(start))
            || self.has_no_author()
            || says(&self.from_name.to_lowercase(), phrases::SYSTEM_NAMES)
            || local_part(return_path.trim_matches(['<', '>', ' '])) == "mailer-daemon"
    }

    /// Whether its author has a name and no address, as with some gateways. An email that lost
    /// its author on the way is not from a server for that.
    fn has_no_author(&self) -> bool {
        let is_named = self.header.get("from").is_some();
        let subject = self.subject.to_lowercase();
        is_named && !self.from.contains('@') && says(&subject, phrases::OPENINGS)
    }

    /// Whether a mail server may be its author, if its text agrees.
    pub fn perhaps_names_system(&self) -> bool {
        let local = local_part(&self.from);
        phrases::PERHAPS_SENDERS
            .iter()
            .any(|known| local.ends_with(known))
    }
}

/// The name and the address of the first mailbox in a header field's value.
pub fn address_of(value: &str) -> (String, String) {
    let bytes = format!("{value}\r\n");
    let mut stream = mail_parser::parsers::MessageStream::new(bytes.as_bytes());
    let parsed = match stream.parse_address() {
        HeaderValue::Address(address) => address.into_owned(),
        _ => return Default::default(),
    };
    let Some(first) = parsed.first() else {
        return Default::default();
    };
    (
        first.name().unwrap_or_default().to_owned(),
        first.address().unwrap_or_default().to_owned(),
    )
}

fn local_part(address: &str) -> String {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    local.trim_matches('"').to_ascii_lowercase()
}

/// The text: the first text part that is not empty, by the order of MIME, or any if that is
/// broken.
fn text_of(message: &Message<'_>) -> String {
    let of_part = |part: &MessagePart<'_>| match &part.body {
        PartType::Text(text) => text.to_string(),
        PartType::Html(html) => mail_parser::decoders::html::html_to_text(html),
        // A multipart whose boundary is lost.
        PartType::Binary(bytes) if is_multipart(part) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => String::new(),
    };
    let by_mime = message.text_body.iter().chain(&message.html_body).take(16);
    let by_mime = by_mime.filter_map(|at| message.parts.get(*at as usize));
    let text = by_mime
        .chain(message.parts.iter().take(16))
        .map(of_part)
        .find(|text| !text.trim().is_empty());
    text.unwrap_or_default().chars().take(TEXT_LIMIT).collect()
}

fn is_multipart(part: &MessagePart<'_>) -> bool {
    use mail_parser::MimeHeaders;
    part.content_type()
        .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart"))
}

/// Whether a part is of one of the kinds.
pub fn is_kind(part: &MessagePart<'_>, kind: &str, subkinds: &[&str]) -> bool {
    use mail_parser::MimeHeaders;
    subkinds.iter().any(|sub| part.is_content_type(kind, sub))
}
