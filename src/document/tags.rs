//! Merge tags, which Markdown must not read: each is replaced by a word.

use std::collections::HashMap;

use crate::mail::personalise::{Openings, end_of_expression};
use crate::text::links::STAND_IN;

/// What was replaced, by number; what is the same has the same number.
#[derive(Debug, Default)]
pub(super) struct Tags {
    sources: Vec<String>,
    numbers: HashMap<String, usize>,
}

/// A merge tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'t> {
    /// `{{ … }}`: what stands between.
    Value(&'t str),
    /// `{% … %}`: what stands between.
    Statement(&'t str),
    /// Anything else, such as a remark.
    Other(&'t str),
}

impl Tags {
    /// A text in which words stand for the merge tags.
    pub(super) fn protect(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut openings = Openings::of(text);
        let mut at = 0;
        while let Some(found) = openings.next(at) {
            let inner = &text[found + 2..];
            let length = match &text[found..found + 2] {
                "{{" => end_of_expression(inner, "}}"),
                "{%" => end_of_expression(inner, "%}"),
                _ => inner.find("#}"),
            };
            let Some(length) = length else {
                break;
            };
            let mut end = found + 2 + length + 2;
            // Nothing is a merge tag up to the end of `raw`.
            if statement(&text[found..end]) == Some("raw") {
                let rest = &text[end..];
                let close = rest.match_indices("{%").find_map(|(at, _)| {
                    let length = rest[at..].find("%}")? + 2;
                    (statement(&rest[at..at + length]) == Some("endraw")).then_some(at + length)
                });
                end = close.map_or(text.len(), |close| end + close);
            }
            out.push_str(&text[at..found]);
            out.push_str(&self.word(&text[found..end]));
            at = end;
        }
        out.push_str(&text[at..]);
        self.with_autolinks(&out)
    }

    /// `<{{ url }}>` is a link, as it is in mail.
    fn with_autolinks(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut parts = self.parts(text).into_iter().peekable();
        let mut is_closing = false;
        while let Some(part) = parts.next() {
            match part {
                Part::Text(part) => {
                    out.push_str(if is_closing { &part[1..] } else { part });
                    is_closing = false;
                }
                Part::Tag(word, tag) => {
                    let is_closed =
                        matches!(parts.peek(), Some(Part::Text(next)) if next.starts_with('>'));
                    // In brackets it is an address already.
                    let is_open = out.ends_with('<') && !out.ends_with("](<");
                    is_closing = matches!(tag, Tag::Value(_)) && is_closed && is_open;
                    if is_closing {
                        out.pop();
                        out.push_str(&format!("[{word}]({word})"));
                    } else {
                        out.push_str(word);
                    }
                }
            }
        }
        out
    }

    /// The word for a merge tag.
    pub(super) fn word(&mut self, source: &str) -> String {
        let next = self.sources.len();
        let number = *self.numbers.entry(source.to_owned()).or_insert_with(|| {
            self.sources.push(source.to_owned());
            next
        });
        format!("{STAND_IN}{number}x")
    }

    /// A text with its merge tags again.
    pub(super) fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for part in self.parts(text) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Tag(word, _) => out.push_str(self.source(word).unwrap_or(word)),
            }
        }
        out
    }

    fn source(&self, word: &str) -> Option<&str> {
        let number = word.strip_prefix(STAND_IN)?.strip_suffix('x')?;
        let number: usize = number.parse().ok()?;
        self.sources.get(number).map(String::as_str)
    }

    /// A text in pieces.
    pub(super) fn parts<'t>(&'t self, text: &'t str) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        let (mut at, mut from) = (0, 0);
        while let Some(start) = text[from..].find(STAND_IN).map(|start| from + start) {
            let digits = text[start + STAND_IN.len()..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let end = start + STAND_IN.len() + digits;
            from = end;
            let Some(source) = text.get(start..end + 1).and_then(|word| self.source(word)) else {
                continue;
            };
            if start > at {
                parts.push(Part::Text(&text[at..start]));
            }
            parts.push(Part::Tag(&text[start..=end], Tag::of(source)));
            (at, from) = (end + 1, end + 1);
        }
        if at < text.len() {
            parts.push(Part::Text(&text[at..]));
        }
        parts
    }
}

/// A piece of a text.
pub(super) enum Part<'t> {
    Text(&'t str),
    /// The word, and what it stands for.
    Tag(&'t str, Tag<'t>),
}

impl<'t> Tag<'t> {
    pub(super) fn of(source: &'t str) -> Self {
        let between = |open: &str, close: &str| {
            let inner = source.strip_prefix(open)?.strip_suffix(close)?;
            let is_plain = !inner.starts_with(['-', '+']) && !inner.ends_with(['-', '+']);
            is_plain
                .then(|| inner.trim())
                .filter(|inner| !inner.is_empty())
        };
        match (between("{{", "}}"), between("{%", "%}")) {
            (Some(value), _) => Self::Value(value),
            (_, Some(statement)) if !statement.starts_with("raw") => Self::Statement(statement),
            _ => Self::Other(source),
        }
    }
}

/// The first word of a statement.
fn statement(source: &str) -> Option<&str> {
    let inner = source.strip_prefix("{%")?.strip_suffix("%}")?;
    let inner = inner.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
    inner.split_whitespace().next()
}
