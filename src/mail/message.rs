//! Writes one message as MIME text, by RFC 5322 and RFC 2045–2047.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox as LettreMailbox, Message, MultiPart, SinglePart};

use super::attachment::Attachments;
use super::icalendar::CalendarParts;
use super::quoted::Encoder;
use super::structure::{Structure, push};
use super::{Mailbox, header_text};
use crate::clock::Timestamp;
use crate::model::calendar::CalendarPart;
use crate::model::transactional::TestList;
use crate::text::characters;
use crate::text::locale::Language;

#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// The sender.
    pub from: &'a Mailbox,
    /// The recipient.
    pub to: &'a Mailbox,
    /// Where answers go, where not to the sender.
    pub reply_to: Option<&'a Mailbox>,
    /// One line.
    pub subject: &'a str,
    /// When it was made.
    pub date: Timestamp,
    /// With its angle brackets.
    pub message_id: &'a str,
    /// The language of its text.
    pub language: Language,
    /// The HTML part.
    pub html: &'a str,
    /// The plain text part.
    pub text: &'a str,
    /// For mail of a list; none for mail to one person.
    pub list: Option<ListHeaders<'a>>,
    /// The files that it carries.
    pub attachments: &'a Attachments,
    /// What it brings to the recipient's calendar.
    pub calendar: Option<&'a CalendarPart>,
}

/// The header fields of a mailing list.
#[derive(Debug, Clone)]
pub struct ListHeaders<'a> {
    /// `List-Id` (RFC 2919): a phrase and, in angle brackets, the identifier.
    pub list_name: &'a str,
    /// The identifier: the list's slug below the sender's domain.
    pub list_id: &'a str,
    /// Takes the one-click POST of RFC 8058.
    pub unsubscribe_url: &'a str,
    /// Takes the mail that RFC 2369 allows instead.
    pub unsubscribe_address: &'a str,
    /// Where the list's past mail is.
    pub archive_url: Option<&'a str>,
    /// Tells campaigns apart in feedback of mailbox providers.
    pub feedback_id: &'a str,
}

/// The lines of a list's header that name the sender's domain, for a test or a preview.
#[derive(Debug)]
pub struct ListLines<'a> {
    list: &'a TestList,
    list_id: String,
    unsubscribe_address: String,
    feedback_id: String,
}

impl<'a> ListLines<'a> {
    /// `bounces` is the domain that takes unsubscribe mail; `purpose` tells a test and a campaign
    /// apart in feedback.
    pub fn new(list: &'a TestList, domain: &str, bounces: &str, purpose: &str) -> Self {
        Self {
            list,
            list_id: format!("{}.{domain}", list.slug),
            unsubscribe_address: format!(
                "unsubscribe@{bounces}?subject={}",
                list.unsubscribe_token
            ),
            feedback_id: format!("{}:{}:{purpose}:{domain}", list.campaign, list.slug),
        }
    }

    /// What a message says of its list.
    pub fn headers(&self) -> ListHeaders<'_> {
        ListHeaders {
            list_name: &self.list.name,
            list_id: &self.list_id,
            unsubscribe_url: &self.list.unsubscribe_url,
            unsubscribe_address: &self.unsubscribe_address,
            archive_url: self.list.archive_url.as_deref(),
            feedback_id: &self.feedback_id,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A value that would end its header line and begin another.
    #[error("the header {0} holds a line break")]
    HeaderInjection(&'static str),
    /// An address that the library refuses.
    #[error("the address {0} cannot stand in a header")]
    Address(String),
    /// Anything else that the library refuses.
    #[error("the message cannot be written: {0}")]
    Library(#[from] lettre::error::Error),
}

/// Writes the message: `multipart/alternative`, plain text before HTML.
///
/// # Errors
/// [`ComposeError`] names the part that cannot be written.
pub fn compose(draft: &Draft<'_>) -> Result<Vec<u8>, ComposeError> {
    let date =
        SystemTime::UNIX_EPOCH + Duration::from_millis(draft.date.millis().try_into().unwrap_or(0));
    if draft.subject.chars().any(char::is_control) {
        return Err(ComposeError::HeaderInjection("Subject"));
    }
    let mut builder = Message::builder()
        .from(header_mailbox(draft.from)?)
        .to(header_mailbox(draft.to)?)
        .raw_header(header_value("From", draft.from)?)
        .raw_header(header_value("To", draft.to)?)
        .raw_header(HeaderValue::dangerous_new_pre_encoded(
            HeaderName::new_from_ascii_str("Subject"),
            draft.subject.to_owned(),
            header_text::unstructured(draft.subject, "Subject: ".len()),
        ))
        .date(date)
        .message_id(Some(draft.message_id.to_owned()))
        .raw_header(raw("Auto-Submitted", "auto-generated".into())?)
        .raw_header(raw("Content-Language", draft.language.tag().into())?);
    if let Some(reply_to) = draft.reply_to {
        builder = builder.raw_header(header_value("Reply-To", reply_to)?);
    }
    if let Some(list) = &draft.list {
        let list_id = list_id(list.list_name, list.list_id);
        builder = builder
            .raw_header(raw("List-Id", list_id)?)
            .raw_header(raw(
                "List-Unsubscribe",
                format!(
                    "<{}>,\r\n <mailto:{}>",
                    list.unsubscribe_url, list.unsubscribe_address
                ),
            )?)
            .raw_header(raw(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".into(),
            )?)
            .raw_header(raw("Feedback-ID", list.feedback_id.into())?)
            .raw_header(raw("Precedence", "bulk".into())?);
        if let Some(archive) = list.archive_url {
            builder = builder.raw_header(raw("List-Archive", format!("<{archive}>"))?);
        }
    }
    let text = part(ContentType::TEXT_PLAIN, draft.text);
    let html = part(ContentType::TEXT_HTML, draft.html);
    if draft.attachments.is_empty() && draft.calendar.is_none() {
        let parts = MultiPart::alternative().singlepart(text).singlepart(html);
        return Ok(builder.multipart(parts)?.formatted());
    }
    let parts = [text.formatted(), html.formatted()];
    let message = builder.multipart(MultiPart::alternative().build())?;
    let calendar = draft.calendar;
    let calendar = calendar.map(|part| CalendarParts::of(part, draft.from, draft.to, draft.date));
    Ok(with_files(
        &message,
        parts,
        draft.attachments,
        calendar.as_ref(),
    ))
}

/// The message with files around its texts. They are written as they were encoded, which the
/// library cannot do.
fn with_files(
    message: &Message,
    [text, html]: [Vec<u8>; 2],
    files: &Attachments,
    calendar: Option<&CalendarParts>,
) -> Vec<u8> {
    let structure = Structure::new(files.clone(), calendar.is_some());
    let mut out = message.headers().to_string().into_bytes();
    push(&mut out, &[&structure.content_type(), "\r\n"]);
    structure.begin_text(&mut out);
    out.extend_from_slice(&text);
    structure.begin_html(&mut out);
    out.extend_from_slice(&html);
    structure.end(calendar, &mut out);
    out
}

/// The value of `List-Id` (RFC 2919): the name of the list and its identifier.
pub(super) fn list_id(name: &str, id: &str) -> String {
    match name.trim() {
        "" => format!("<{id}>"),
        name => header_text::list_id(name, id, "List-Id: ".len()),
    }
}

fn header_value(name: &'static str, mailbox: &Mailbox) -> Result<HeaderValue, ComposeError> {
    let read = header_mailbox(mailbox)?.to_string();
    let written = mailbox_line(mailbox, name.len() + 2)?;
    let name = HeaderName::new_from_ascii_str(name);
    Ok(HeaderValue::dangerous_new_pre_encoded(name, read, written))
}

/// A mailbox in a field, on a line whose first `used` columns are taken. An address that is not
/// ASCII stays unchanged (RFC 6532).
pub(super) fn mailbox_line(mailbox: &Mailbox, used: usize) -> Result<String, ComposeError> {
    header_mailbox(mailbox)?;
    let (name, address) = (mailbox.name.as_str(), mailbox.address.as_str());
    Ok(header_text::mailbox(name, address, used))
}

/// A mailbox as lettre writes it.
pub(super) fn header_mailbox(mailbox: &Mailbox) -> Result<LettreMailbox, ComposeError> {
    let address = mailbox
        .address
        .as_str()
        .parse()
        .map_err(|_| ComposeError::Address(mailbox.address.to_string()))?;
    let name = mailbox.name.as_str();
    Ok(LettreMailbox::new(
        (!name.is_empty()).then(|| name.to_owned()),
        address,
    ))
}

/// A field whose value is written unchanged: a URL must not be folded or encoded.
pub(super) fn raw(name: &'static str, value: String) -> Result<HeaderValue, ComposeError> {
    let folded = value.replace("\r\n ", " ");
    if folded.chars().any(char::is_control) || !folded.is_ascii() {
        return Err(ComposeError::HeaderInjection(name));
    }
    let name = HeaderName::new_from_ascii_str(name);
    Ok(HeaderValue::dangerous_new_pre_encoded(name, folded, value))
}

/// Quoted-printable keeps text readable in the source and lines short; texts that are mostly
/// not ASCII are shorter in base64.
fn part(kind: ContentType, text: &str) -> SinglePart {
    let text = &*characters::scrub(text);
    let foreign = text.bytes().filter(|byte| !byte.is_ascii()).count();
    let encoding = if foreign * 4 > text.len() {
        ContentTransferEncoding::Base64
    } else {
        ContentTransferEncoding::QuotedPrintable
    };
    if encoding == ContentTransferEncoding::QuotedPrintable {
        let mut bytes = Vec::with_capacity(text.len());
        Encoder::new(&mut bytes, 0).write(text);
        let body = Body::dangerous_pre_encoded(bytes, encoding);
        return SinglePart::builder().header(kind).body(body);
    }
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let body = Body::new_with_encoding(crlf.clone(), encoding)
        // Both encodings can carry every text.
        .unwrap_or_else(|_| Body::new(crlf));
    SinglePart::builder().header(kind).body(body)
}

/// The HTML size in bytes from which Gmail clips a message.
pub const CLIP_LIMIT: usize = 102 * 1024;

/// Whether Gmail would clip this HTML, and hide its unsubscribe link.
pub fn would_be_clipped(html: &str) -> bool {
    html.len() >= CLIP_LIMIT
}

#[cfg(test)]
mod tests {
    use super::super::attachment::EncodedFile;
    use super::*;

    fn none() -> &'static Attachments {
        static NONE: Attachments = Attachments {
            inline: Vec::new(),
            attached: Vec::new(),
        };
        &NONE
    }

    fn draft<'a>(from: &'a Mailbox, to: &'a Mailbox, subject: &'a str) -> Draft<'a> {
        Draft {
            from,
            to,
            reply_to: None,
            subject,
            date: Timestamp::from_millis(1_187_427_600_000),
            message_id: "<1.c@example.kz>",
            language: Language::KK,
            html: "<p>Сайлау &amp; жаңалық</p>",
            text: "Сайлау\nжаңалық",
            attachments: none(),
            calendar: None,
            list: Some(ListHeaders {
                list_name: "News",
                list_id: "news.example.kz",
                unsubscribe_url: "https://example.kz/unsubscribe/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                unsubscribe_address: "unsubscribe+AAAA@example.kz",
                archive_url: Some("https://example.kz/archive/1"),
                feedback_id: "1:news:jarshy",
            }),
        }
    }

    #[test]
    fn an_independent_parser_reads_back_what_was_written() {
        let from: Mailbox = "Қазақстан елшілігі <news@example.kz>".parse().unwrap();
        let to: Mailbox = "Айгүл <aigul@example.kz>".parse().unwrap();
        let subject =
            "Жаңа Парламентке сайлау: партиялық тізім бойынша алғашқы нәтижелер жарияланды";
        let bytes = compose(&draft(&from, &to, subject)).unwrap();
        let parsed = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(parsed.subject(), Some(subject));
        assert_eq!(
            parsed.from().unwrap().first().unwrap().name(),
            Some("Қазақстан елшілігі")
        );
        assert_eq!(parsed.body_text(0).unwrap().trim(), "Сайлау\r\nжаңалық");
        assert_eq!(
            parsed.body_html(0).unwrap().trim(),
            "<p>Сайлау &amp; жаңалық</p>"
        );
        assert_eq!(parsed.message_id(), Some("1.c@example.kz"));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.lines().all(|line| line.len() <= 998));
        assert!(text.contains(
            "List-Unsubscribe: <https://example.kz/unsubscribe/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>,\r\n <mailto:unsubscribe+AAAA@example.kz>\r\n"
        ));
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        assert!(text.contains("List-Id: \"News\" <news.example.kz>\r\n"));
    }

    #[test]
    fn files_stand_around_the_texts() {
        use mail_parser::MimeHeaders as _;
        let mailbox: Mailbox = "a@example.kz".parse().unwrap();
        let name = crate::model::attachment::AttachmentName::parse("Шот.pdf").unwrap();
        let file = |bytes| EncodedFile::attached(&name, "application/pdf", bytes);
        let attachments = Attachments {
            inline: vec![EncodedFile::inline(&name, "image/png", "p1", b"\x89PNG").into()],
            attached: vec![file(b"%PDF-").into()],
        };
        let mut draft = draft(&mailbox, &mailbox, "Bill");
        draft.attachments = &attachments;
        let bytes = compose(&draft).unwrap();
        let parsed = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(parsed.subject(), Some("Bill"));
        assert_eq!(parsed.body_text(0).unwrap().trim(), "Сайлау\r\nжаңалық");
        let named = parsed
            .parts
            .iter()
            .filter(|part| part.attachment_name() == Some("Шот.pdf"));
        assert_eq!(named.count(), 2);
        let raw = String::from_utf8(bytes).unwrap();
        assert_eq!(raw.matches("MIME-Version").count(), 1, "{raw}");
        assert!(raw.contains("Content-Type: multipart/mixed;"), "{raw}");
    }

    #[test]
    fn no_value_can_begin_a_header_of_its_own() {
        let mailbox: Mailbox = "a@example.kz".parse().unwrap();
        let injected = compose(&draft(&mailbox, &mailbox, "Hello\r\nBcc: b@example.kz"));
        assert!(matches!(
            injected,
            Err(ComposeError::HeaderInjection("Subject"))
        ));
        let mut sneaky = draft(&mailbox, &mailbox, "Hello");
        if let Some(list) = &mut sneaky.list {
            list.feedback_id = "a\r\nBcc: b@example.kz";
        }
        assert!(matches!(
            compose(&sneaky),
            Err(ComposeError::HeaderInjection("Feedback-ID"))
        ));
    }
}
