//! A caught message, parsed for display.

use mail_parser::{MessageParser, MimeHeaders};

/// What the mailbox page shows of a message.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Header names and values in their order, as written.
    pub headers: Vec<(String, String)>,
    /// The HTML part, if there is one.
    pub html: Option<String>,
    /// The plain text part, if there is one.
    pub text: Option<String>,
    /// Names of attachments.
    pub attachments: Vec<String>,
}

/// Parses a message; what is broken is left out.
pub fn view(raw: &[u8]) -> View {
    let Some(message) = MessageParser::default().parse(raw) else {
        return View::default();
    };
    let has = |kind: &str| {
        message.parts.iter().any(|part| {
            part.content_type()
                .is_some_and(|ct| ct.subtype() == Some(kind))
        })
    };
    View {
        headers: message
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect(),
        // Where a part is missing the parser would make it from the other.
        html: has("html")
            .then(|| message.body_html(0).map(|html| html.into_owned()))
            .flatten(),
        text: (has("plain") || !has("html"))
            .then(|| message.body_text(0).map(|text| text.into_owned()))
            .flatten(),
        attachments: message
            .attachments()
            .filter_map(|part| part.attachment_name().map(str::to_owned))
            .collect(),
    }
}
