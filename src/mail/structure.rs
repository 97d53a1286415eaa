//! The lines between the parts of a message (RFC 2046 §5.1).

use std::sync::Arc;

use super::attachment::{Attachments, EncodedFile};
use super::icalendar::CalendarParts;

/// How the parts of a message stand in one another:
/// `mixed [ alternative [ text, related [ html, pictures ], invitation ], files ]`, where each pair
/// of brackets is left out that would hold one part.
pub(super) struct Structure {
    alternative: String,
    /// Where the HTML shows pictures of the message itself.
    related: Option<String>,
    /// Where files are attached.
    mixed: Option<String>,
    attachments: Attachments,
}

impl Structure {
    /// With boundaries of its own; `has_calendar` where each message ends with calendar parts.
    pub(super) fn new(attachments: Attachments, has_calendar: bool) -> Self {
        // No encoded body holds `=_`, so none of its lines can be a boundary.
        let boundary = || format!("=_{:032x}", rand::random::<u128>());
        Self {
            alternative: boundary(),
            related: (!attachments.inline.is_empty()).then(boundary),
            mixed: (has_calendar || !attachments.attached.is_empty()).then(boundary),
            attachments,
        }
    }

    /// The header line of the whole message.
    pub(super) fn content_type(&self) -> String {
        let (kind, boundary) = match &self.mixed {
            Some(mixed) => ("mixed", mixed),
            None => ("alternative", &self.alternative),
        };
        multipart(kind, boundary)
    }

    /// What stands in front of the plain text part.
    pub(super) fn begin_text(&self, out: &mut Vec<u8>) {
        if let Some(mixed) = &self.mixed {
            let inner = multipart("alternative", &self.alternative);
            push(out, &["--", mixed, "\r\n", &inner, "\r\n"]);
        }
        push(out, &["--", &self.alternative, "\r\n"]);
    }

    /// What stands between the two texts.
    pub(super) fn begin_html(&self, out: &mut Vec<u8>) {
        push(out, &["--", &self.alternative, "\r\n"]);
        if let Some(related) = &self.related {
            // RFC 2387 §3.1: the type of the part that shows the others.
            let inner = multipart("related; type=\"text/html\"", related);
            push(out, &[&inner, "\r\n--", related, "\r\n"]);
        }
    }

    /// What stands behind the HTML part.
    pub(super) fn end(&self, calendar: Option<&CalendarParts>, out: &mut Vec<u8>) {
        if let Some(related) = &self.related {
            push_files(out, related, &self.attachments.inline);
        }
        if let Some(invitation) = calendar.and_then(|parts| parts.alternative.as_deref()) {
            push_part(out, &self.alternative, invitation);
        }
        push(out, &["--", &self.alternative, "--\r\n"]);
        if let Some(mixed) = &self.mixed {
            if let Some(parts) = calendar {
                push_part(out, mixed, &parts.attached);
            }
            push_files(out, mixed, &self.attachments.attached);
        }
    }
}

/// The header line of a part that has parts.
fn multipart(kind: &str, boundary: &str) -> String {
    format!("Content-Type: multipart/{kind};\r\n boundary=\"{boundary}\"\r\n")
}

/// Files, each behind its line, and the line that ends them. Only their octets are copied: they
/// were encoded with the first message.
fn push_files(out: &mut Vec<u8>, boundary: &str, files: &[Arc<EncodedFile>]) {
    for file in files {
        push_part(out, boundary, file.as_bytes());
    }
    push(out, &["--", boundary, "--\r\n"]);
}

fn push_part(out: &mut Vec<u8>, boundary: &str, part: &[u8]) {
    push(out, &["--", boundary, "\r\n"]);
    out.extend_from_slice(part);
}

/// Appends texts.
pub(super) fn push(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}
