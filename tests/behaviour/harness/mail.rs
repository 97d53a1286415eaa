//! A mail as its reader gets it, taken apart by a parser that is not ours.

use jarshy::catcher::mailbox::Summary;
use mail_parser::MessageParser;

#[derive(Clone)]
pub struct Mail {
    pub envelope_from: String,
    pub raw: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Mail {
    pub fn new(summary: Summary, raw: Vec<u8>) -> Self {
        let parsed = MessageParser::default()
            .parse(&raw)
            .expect("a mail that can be parsed");
        Self {
            envelope_from: summary.mail_from,
            subject: parsed.subject().unwrap_or_default().to_owned(),
            text: parsed.body_text(0).unwrap_or_default().into_owned(),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
            raw: String::from_utf8_lossy(&raw).into_owned(),
        }
    }

    /// A header's value, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let parsed = MessageParser::default().parse(self.raw.as_bytes())?;
        let (_, value) = parsed
            .headers_raw()
            .find(|(one, _)| one.eq_ignore_ascii_case(name))?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The first link in the text whose path starts so.
    pub fn link(&self, path: &str) -> String {
        self.text
            .split_whitespace()
            .find(|word| word.starts_with("http") && word.contains(path))
            .unwrap_or_else(|| panic!("no link to {path} in:\n{}", self.text))
            .to_owned()
    }

    /// The URL of `List-Unsubscribe`.
    pub fn one_click_url(&self) -> String {
        let header = self.header("List-Unsubscribe").expect("List-Unsubscribe");
        let url = header
            .split(['<', '>'])
            .find(|part| part.starts_with("http"));
        url.expect("an http URL").to_owned()
    }
}
