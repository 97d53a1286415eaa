//! The messages of one campaign in one language: what all recipients share is encoded once.
//!
//! [`super::message`] writes single messages through lettre; it also writes the header lines
//! here that need more care than plain ASCII.

use std::time::{Duration, SystemTime};

use data_encoding::BASE64_MIME;
use lettre::message::header::{Date, Header, Headers};

use super::attachment::Attachments;
use super::icalendar::CalendarParts;
use super::message::{ComposeError, list_id, mailbox_line, raw};
use super::personalise::{Body, Fields, MessageTemplate, Segment, TemplateError, field, is_markup};
use super::quoted::Encoder;
use super::structure::{Structure, push};
use super::{Mailbox, header_text};
use crate::clock::Timestamp;
use crate::model::calendar::CalendarPart;
use crate::text::escape::push_escaped;
use crate::text::locale::Language;

#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// A personal part.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A header.
    #[error(transparent)]
    Compose(#[from] ComposeError),
}

/// What differs between recipients outside the texts.
#[derive(Debug, Clone)]
pub struct PerRecipient<'a> {
    /// The recipient.
    pub to: &'a Mailbox,
    /// When it was made.
    pub date: Timestamp,
    /// With its angle brackets.
    pub message_id: &'a str,
    /// The phrase before the list's identifier.
    pub list_name: &'a str,
    /// The list's identifier: its slug below the sender's domain.
    pub list_id: &'a str,
    /// Takes the one-click POST of RFC 8058.
    pub unsubscribe_url: &'a str,
    /// Takes the mail that RFC 2369 allows instead.
    pub unsubscribe_address: &'a str,
    /// Tells campaigns apart in feedback of mailbox providers.
    pub feedback_id: &'a str,
}

/// The message of a campaign in one language.
pub struct BulkMessage {
    template: MessageTemplate,
    /// Lines that are the same in every message.
    fixed_headers: Vec<u8>,
    structure: Structure,
    from: Mailbox,
    /// What it brings to each recipient's calendar.
    calendar: Option<CalendarPart>,
    text: Encoded,
    html: Encoded,
}

/// A body, encoded as far as possible without its recipient.
enum Encoded {
    /// Quoted-printable, in pieces.
    Segments(Vec<EncodedSegment>),
    /// Quoted-printable of a text that a template must be run for.
    QuotedPrintable,
    /// Base64, which packs texts that are mostly not ASCII more tightly.
    Base64,
}

enum EncodedSegment {
    /// Encoded octets and the column where they end.
    Fixed(Vec<u8>, usize),
    Value(&'static str),
}

impl BulkMessage {
    /// Encodes what all recipients share.
    ///
    /// # Errors
    /// [`ComposeError`] where the sender is not valid in a header.
    pub fn new(
        from: &Mailbox,
        language: Language,
        archive_url: Option<&str>,
        template: MessageTemplate,
        attachments: Attachments,
        calendar: Option<CalendarPart>,
    ) -> Result<Self, ComposeError> {
        let mut fixed = format!("From: {}\r\n", mailbox_line(from, "From: ".len())?);
        for (name, value) in [
            ("MIME-Version", "1.0"),
            ("Auto-Submitted", "auto-generated"),
            ("Precedence", "bulk"),
            ("Content-Language", language.tag()),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ] {
            fixed.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(url) = archive_url {
            raw("List-Archive", url.to_owned())?;
            fixed.push_str(&format!("List-Archive: <{url}>\r\n"));
        }
        let structure = Structure::new(attachments, calendar.is_some());
        fixed.push_str(&structure.content_type());
        Ok(Self {
            text: Encoded::of(&template, Body::Text)?,
            html: Encoded::of(&template, Body::Html)?,
            template,
            fixed_headers: fixed.into_bytes(),
            structure,
            from: from.clone(),
            calendar,
        })
    }

    /// Writes one recipient's message.
    ///
    /// # Errors
    /// [`BulkError`] where a personal part or a header fails.
    pub fn write(
        &self,
        per_recipient: &PerRecipient<'_>,
        fields: &Fields<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), BulkError> {
        push_to(out, per_recipient.to)?;
        push_subject(out, &self.template.fill_subject(fields)?);
        push_date(out, per_recipient.date);
        out.extend_from_slice(&self.fixed_headers);
        let list_id = list_id(per_recipient.list_name, per_recipient.list_id);
        let leave = format!(
            "<{}>,\r\n <mailto:{}>",
            per_recipient.unsubscribe_url, per_recipient.unsubscribe_address
        );
        for (name, value) in [
            ("Message-ID", per_recipient.message_id),
            ("List-Id", &list_id),
            ("List-Unsubscribe", &leave),
            ("Feedback-ID", per_recipient.feedback_id),
        ] {
            push_raw(out, name, value)?;
        }
        out.extend_from_slice(b"\r\n");
        self.structure.begin_text(out);
        self.write_body("text/plain", Body::Text, &self.text, fields, out)?;
        self.structure.begin_html(out);
        self.write_body("text/html", Body::Html, &self.html, fields, out)?;
        let calendar = self.calendar.as_ref();
        let calendar = calendar
            .map(|part| CalendarParts::of(part, &self.from, per_recipient.to, per_recipient.date));
        self.structure.end(calendar.as_ref(), out);
        Ok(())
    }

    fn write_body(
        &self,
        kind: &str,
        body: Body,
        encoded: &Encoded,
        fields: &Fields<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), BulkError> {
        push(out, &["Content-Type: ", kind]);
        push(out, &["; charset=utf-8\r\nContent-Transfer-Encoding: "]);
        out.extend_from_slice(encoded.name());
        push(out, &["\r\n\r\n"]);
        encoded.write(&self.template, body, fields, out)?;
        push(out, &["\r\n"]);
        Ok(())
    }
}

impl Encoded {
    fn of(template: &MessageTemplate, body: Body) -> Result<Self, ComposeError> {
        let Some(segments) = template.segments(body) else {
            return Ok(Encoded::QuotedPrintable);
        };
        let texts = segments.iter().filter_map(|segment| match segment {
            Segment::Text(text) => Some(text.as_str()),
            Segment::Name(_) => None,
        });
        if is_mostly_non_ascii(texts) {
            return Ok(Encoded::Base64);
        }
        let mut encoded = Vec::new();
        for segment in segments {
            match segment {
                Segment::Text(text) => {
                    let mut bytes = Vec::new();
                    let mut encoder = Encoder::new(&mut bytes, 0);
                    encoder.write(text);
                    let column = encoder.column();
                    encoded.push(EncodedSegment::Fixed(bytes, column));
                }
                Segment::Name(name) => encoded.push(EncodedSegment::Value(name)),
            }
        }
        Ok(Encoded::Segments(encoded))
    }

    fn name(&self) -> &'static [u8] {
        match self {
            Encoded::Segments(_) | Encoded::QuotedPrintable => b"quoted-printable",
            Encoded::Base64 => b"base64",
        }
    }

    fn write(
        &self,
        template: &MessageTemplate,
        body: Body,
        fields: &Fields<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), TemplateError> {
        match self {
            Encoded::Segments(encoded) => {
                let mut encoder = Encoder::new(out, 0);
                let mut escaped = String::new();
                for one in encoded {
                    match one {
                        EncodedSegment::Fixed(bytes, column) => {
                            // It was encoded from the start of a line.
                            if !bytes.starts_with(b"\r\n") && !bytes.is_empty() {
                                encoder.break_softly();
                            }
                            if !bytes.is_empty() {
                                encoder.append(bytes, *column);
                            }
                        }
                        EncodedSegment::Value(name) if body == Body::Html && !is_markup(name) => {
                            escaped.clear();
                            push_escaped(&mut escaped, field(fields, name));
                            encoder.write(&escaped);
                        }
                        EncodedSegment::Value(name) => encoder.write(field(fields, name)),
                    }
                }
            }
            Encoded::QuotedPrintable => {
                Encoder::new(out, 0).write(&template.fill_body(body, fields)?)
            }
            Encoded::Base64 => {
                let filled = template.fill_body(body, fields)?;
                let filled = filled.replace("\r\n", "\n").replace('\n', "\r\n");
                out.extend_from_slice(BASE64_MIME.encode(filled.as_bytes()).as_bytes());
            }
        }
        Ok(())
    }
}

/// Whether a quarter of the text or more is not ASCII.
fn is_mostly_non_ascii<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut non_ascii) = (0, 0);
    for text in texts {
        all += text.len();
        non_ascii += text.bytes().filter(|byte| !byte.is_ascii()).count();
    }
    non_ascii * 4 > all
}

fn push_to(out: &mut Vec<u8>, to: &Mailbox) -> Result<(), ComposeError> {
    let line = mailbox_line(to, "To: ".len())?;
    for part in ["To: ", &line, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    Ok(())
}

fn push_subject(out: &mut Vec<u8>, subject: &str) {
    let line = header_text::unstructured(subject, "Subject: ".len());
    for part in ["Subject: ", &line, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
}

fn push_date(out: &mut Vec<u8>, date: Timestamp) {
    let since_1970 = Duration::from_millis(date.millis().try_into().unwrap_or(0));
    push_header(out, Date::new(SystemTime::UNIX_EPOCH + since_1970));
}

fn push_header(out: &mut Vec<u8>, header: impl Header) {
    let mut headers = Headers::new();
    headers.set(header);
    out.extend_from_slice(headers.to_string().as_bytes());
}

/// A header whose value is written unchanged: a URL must not be folded.
fn push_raw(out: &mut Vec<u8>, name: &'static str, value: &str) -> Result<(), ComposeError> {
    let is_safe = |line: &str| line.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !value.split("\r\n ").all(is_safe) {
        return Err(ComposeError::HeaderInjection(name));
    }
    for part in [name, ": ", value, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
