//! Files in an email, encoded once however many recipients get them.
//!
//! Attached files stand behind the text (`multipart/mixed`), pictures that the HTML shows beside
//! it (`multipart/related`, RFC 2387).

use std::sync::Arc;

use data_encoding::BASE64_MIME;

use crate::model::attachment::AttachmentName;

/// Columns of a header's line.
const WIDTH: usize = 76;

/// A file as a part of an email (RFC 2045), without the lines between parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedFile(Vec<u8>);

/// The files of an email.
#[derive(Debug, Clone, Default)]
pub struct Attachments {
    /// Pictures that its HTML shows by `cid:`.
    pub inline: Vec<Arc<EncodedFile>>,
    /// Files for the recipient to open.
    pub attached: Vec<Arc<EncodedFile>>,
}

impl EncodedFile {
    /// A file for the recipient to open.
    pub fn attached(name: &AttachmentName, media_type: &str, content: &[u8]) -> Self {
        let disposition = format!("attachment;{}", file_name(name.as_str()));
        Self::new(name, media_type, &disposition, content)
    }

    /// A picture that the HTML shows as `cid:CONTENT_ID`. The id is written between angle
    /// brackets and must be one that [`is_content_id`] knows.
    pub fn inline(
        name: &AttachmentName,
        media_type: &str,
        content_id: &str,
        content: &[u8],
    ) -> Self {
        let disposition = format!(
            "inline;{}\r\nContent-ID: <{content_id}>",
            file_name(name.as_str())
        );
        Self::new(name, media_type, &disposition, content)
    }

    fn new(name: &AttachmentName, media_type: &str, disposition: &str, content: &[u8]) -> Self {
        // Old clients read the name here, and only ASCII (RFC 2047 §5 forbids encoded words).
        let head = format!(
            "Content-Type: {media_type};\r\n name=\"{}\"\r\nContent-Disposition: {disposition}\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n",
            ascii_name(name)
        );
        let mut part = head;
        // Each line ends with CRLF, the last one too.
        BASE64_MIME.encode_append(content, &mut part);
        Self(part.into_bytes())
    }

    /// The part: header, empty line, content.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Attachments {
    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.inline.is_empty() && self.attached.is_empty()
    }
}

/// Whether a text can be the id of a picture: letters, digits and `.-_`, with one `@`
/// (RFC 2392 and RFC 5322 §3.6.4), and short.
pub fn is_content_id(text: &str) -> bool {
    let is_atom = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    };
    text.len() <= 100
        && match text.split_once('@') {
            Some((left, right)) => is_atom(left) && is_atom(right),
            None => is_atom(text),
        }
}

/// The parameter `filename`: as it is, or by RFC 2231, in pieces of a line each.
fn file_name(name: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && !b"\"\\".contains(&byte);
    let plain = format!("\r\n filename=\"{name}\"");
    if name.bytes().all(is_plain) && plain.len() <= WIDTH + 2 && !name.contains("=?") {
        return plain;
    }
    let mut pieces = vec!["utf-8''".to_owned()];
    for c in name.chars() {
        let encoded = encoded(c);
        // ` filename*10*=`, the piece and `;`.
        match pieces
            .last_mut()
            .filter(|last| last.len() + encoded.len() <= WIDTH - 16)
        {
            Some(last) => last.push_str(&encoded),
            None => pieces.push(encoded),
        }
    }
    if let [only] = &pieces[..] {
        return format!("\r\n filename*={only}");
    }
    let numbered = pieces.iter().enumerate();
    let lines: Vec<String> = numbered
        .map(|(number, piece)| format!("\r\n filename*{number}*={piece}"))
        .collect();
    lines.join(";")
}

/// A character of an extended value (RFC 2231 §7): only `attribute-char` as it is.
fn encoded(c: char) -> String {
    if c.is_ascii_alphanumeric() || "!#$&+-.^_`{|}~".contains(c) {
        return c.to_string();
    }
    let mut octets = [0; 4];
    let octets = c.encode_utf8(&mut octets).bytes();
    octets.map(|byte| format!("%{byte:02X}")).collect()
}

/// The name in ASCII: transliterated, where it is not.
fn ascii_name(name: &AttachmentName) -> String {
    let text = name.as_str();
    if text.len() <= 60
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    {
        return text.to_owned();
    }
    let stem = text.rsplit_once('.').map_or(text, |(stem, _)| stem);
    let stem =
        crate::model::list::Slug::from_title(stem).map_or_else(|| "file".to_owned(), String::from);
    let stem: String = stem.chars().take(50).collect();
    let ending: String = name
        .ending()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    match ending.as_str() {
        "" => stem,
        ending => format!("{stem}.{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders as _};

    use super::*;

    #[test]
    fn another_parser_reads_names_in_any_script_and_the_content() {
        let content: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        for text in [
            "plan.pdf",
            "My plan (final).pdf",
            "Наурыз мейрамының бағдарламасы мен орналасу сызбасы — соңғы нұсқа, 2026.pdf",
            "100% 'sure'.pdf",
            "日本語.pdf",
            "=?utf-8?q?a?=.pdf",
        ] {
            let Ok(name) = AttachmentName::parse(text) else {
                continue;
            };
            let part = EncodedFile::attached(&name, "application/pdf", &content);
            let bytes = part.as_bytes();
            let message = MessageParser::default().parse(bytes).unwrap();
            let read = message.parts.first().unwrap();
            assert_eq!(read.attachment_name(), Some(text));
            assert_eq!(read.contents(), content);
            let head = String::from_utf8_lossy(bytes);
            assert!(head.is_ascii());
            assert!(head.lines().all(|line| line.len() <= WIDTH + 2), "{head}");
        }
    }

    #[test]
    fn a_picture_has_the_id_that_the_html_names() {
        let name = AttachmentName::parse("a.png").unwrap();
        let part = EncodedFile::inline(&name, "image/png", "a.1@x.kz", b"\x89PNG");
        let text = String::from_utf8_lossy(part.as_bytes()).into_owned();
        assert!(text.contains("Content-ID: <a.1@x.kz>\r\n"), "{text}");
        assert!(text.contains("Content-Disposition: inline;\r\n"), "{text}");
        assert!(is_content_id("logo") && is_content_id("a.1@x.kz"));
        for bad in ["", "a@", "a b", "a>\r\nX: y", "a@b@c"] {
            assert!(!is_content_id(bad), "{bad:?}");
        }
    }
}
