//! The infos of fences, lifted out of a text before comrak reads it.
//!
//! For comrak an info has no colon, and its escapes are those of Markdown: neither
//! fits an address.

use std::borrow::Cow;

use comrak::nodes::{AstNode, NodeValue};

use super::FENCE;

/// The infos of a text's fences.
#[derive(Debug, Clone, Default)]
pub struct Fences {
    /// Stands before the number of each; a character that is in no text (Unicode
    /// keeps these for programs).
    mark: Option<char>,
    infos: Vec<String>,
}

impl Fences {
    /// A text with its infos lifted out. It keeps its lines.
    pub fn lift(text: &str) -> (Cow<'_, str>, Self) {
        let mut fences = Self::default();
        if !text.contains(FENCE) {
            return (Cow::Borrowed(text), fences);
        }
        fences.mark = ('\u{FDD0}'..='\u{FDEF}').find(|mark| !text.contains(*mark));
        let Some(mark) = fences.mark else {
            return (Cow::Borrowed(text), fences);
        };
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive(['\n', '\r']) {
            match info_start(line) {
                Some(start) => {
                    let end = line.trim_end_matches(['\n', '\r']).len();
                    out.push_str(&line[..start]);
                    out.push_str(&format!("{mark}{}", fences.infos.len()));
                    out.push_str(&line[end..]);
                    fences.infos.push(line[start..end].to_owned());
                }
                None => out.push_str(line),
            }
        }
        (Cow::Owned(out), fences)
    }

    /// Whether the text may have blocks at all.
    pub fn has_blocks(&self) -> bool {
        self.mark.is_some()
    }

    /// The info of a fence as it was written.
    pub fn info<'f>(&'f self, lifted: &'f str) -> &'f str {
        let number = self
            .mark
            .and_then(|mark| lifted.trim().strip_prefix(mark))
            .and_then(|number| number.parse::<usize>().ok());
        let info = number.and_then(|number| self.infos.get(number));
        info.map_or(lifted, String::as_str)
    }

    /// Puts infos back where a line turned out to be no fence: in code and HTML.
    pub fn restore_in<'a>(&self, root: &'a AstNode<'a>) {
        if self.infos.is_empty() {
            return;
        }
        for node in root.descendants() {
            match &mut node.data.borrow_mut().value {
                NodeValue::Text(text) => {
                    if let Some(restored) = self.restored(text) {
                        *text = restored.into();
                    }
                }
                NodeValue::Code(code) => self.restore(&mut code.literal),
                NodeValue::CodeBlock(code) => self.restore(&mut code.literal),
                NodeValue::HtmlBlock(html) => self.restore(&mut html.literal),
                NodeValue::HtmlInline(html) => self.restore(html),
                NodeValue::Link(link) | NodeValue::Image(link) => {
                    self.restore(&mut link.url);
                    self.restore(&mut link.title);
                }
                _ => {}
            }
        }
    }

    fn restore(&self, text: &mut String) {
        if let Some(restored) = self.restored(text) {
            *text = restored;
        }
    }

    fn restored(&self, text: &str) -> Option<String> {
        let mark = self.mark.filter(|mark| text.contains(*mark))?;
        let mut parts = text.split(mark);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = part.split_at(digits);
            let number = number.parse::<usize>().ok();
            if let Some(info) = number.and_then(|number| self.infos.get(number)) {
                out.push_str(info);
            }
            out.push_str(rest);
        }
        Some(out)
    }
}

/// Where the info begins in a line that may open a block. Quotes and lists may
/// stand before it.
fn info_start(line: &str) -> Option<usize> {
    let colons = line.find(FENCE)?;
    let before = &line[..colons];
    let is_mark =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')');
    if !before.chars().all(is_mark) {
        return None;
    }
    let after = line[colons..].trim_start_matches(':');
    let info = after.trim_start_matches([' ', '\t']);
    let is_name = info.starts_with(|c: char| c.is_alphabetic());
    is_name.then_some(line.len() - info.len())
}
