//! Replaces stand-ins by their merge tags again.

use super::delimiters::EXPRESSION;
use super::placeholder::{PlaceholderKind, between};
use super::placeholders::{FoundPlaceholder, Placeholders};
use super::url_values;
use crate::text::markup;

impl Placeholders {
    /// Restores the merge tags in plain text, between private delimiters. In URLs their values
    /// will be percent-encoded.
    pub fn restore(&self, text: &str) -> String {
        let text = self.without_lines_of_blocks(text);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut words = WordBefore::of(&text);
        for found in self.within(&text) {
            out.push_str(&text[at..found.range.start]);
            at = found.range.end;
            // The line breaks of a text part are not the author's: white space control keeps
            // them, or words would run together.
            let (trims_before, trims_after) = found.placeholder.controls();
            if trims_before {
                out.truncate(out.trim_end_matches([' ', '\t']).len());
            }
            if trims_after {
                at = text.len() - text[at..].trim_start_matches([' ', '\t']).len();
            }
            let placeholder = found.placeholder.without_controls();
            let (word, is_address) = words.at(found.range.start);
            let is_bracketed = out.ends_with('<') && text[at..].starts_with('>');
            let inner = placeholder.inner().trim();
            let restored = match placeholder.kind {
                PlaceholderKind::Expression if is_address => placeholder.in_address(word),
                PlaceholderKind::Expression if is_bracketed && !url_values::is_own(inner) => {
                    out.pop();
                    at += 1;
                    between(EXPRESSION, &format!("({inner}) | bracketed"))
                }
                _ => placeholder.restored,
            };
            out.push_str(&restored);
        }
        out.push_str(&text[at..]);
        out
    }

    /// A block alone on a line of plain text leaves no empty line.
    fn without_lines_of_blocks(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            if !self.is_block_alone(line) {
                out.push_str(line);
                continue;
            }
            out.push_str(line.trim());
            if lines.peek().is_some_and(|next| next.trim().is_empty()) {
                lines.next();
            }
        }
        out
    }

    /// Restores the merge tags in HTML, between private delimiters. In URLs (`href`, `src` and
    /// the like) their values will be percent-encoded.
    pub fn restore_html(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        for token in markup::tokens(html) {
            match &token.kind {
                markup::Kind::Comment(inner) => match self.block_alone(inner) {
                    Some(found) => out.push_str(&found.placeholder.restored),
                    None => out.push_str(&self.in_comment(token.raw)),
                },
                markup::Kind::Open(tag) => out.push_str(&self.in_tag(&token, tag)),
                _ => out.push_str(&self.plainly(token.raw)),
            }
        }
        out
    }

    /// The block that a comment was made of.
    fn block_alone(&self, comment: &str) -> Option<FoundPlaceholder<'_>> {
        let found = self.within(comment).next()?;
        (found.is_block() && found.range == (0..comment.len())).then_some(found)
    }

    /// The content of a conditional comment for Outlook is HTML too.
    fn in_comment(&self, raw: &str) -> String {
        let inner = raw.strip_prefix("<!--[if").and_then(|rest| {
            let start = raw.len() - rest.len() + rest.find("]>")? + 2;
            let end = raw.len() - "<![endif]-->".len();
            (raw.ends_with("<![endif]-->") && start <= end).then_some(start..end)
        });
        match inner {
            Some(inner) => format!(
                "{}{}{}",
                &raw[..inner.start],
                self.restore_html(&raw[inner.clone()]),
                &raw[inner.end..]
            ),
            None => self.plainly(raw),
        }
    }

    fn in_tag(&self, token: &markup::Token<'_>, tag: &markup::Tag<'_>) -> String {
        const ADDRESSES: [&str; 6] = ["href", "src", "action", "background", "cite", "poster"];
        let mut out = String::with_capacity(token.raw.len());
        let mut at = 0;
        for attribute in &tag.attributes {
            let name = attribute.name.to_ascii_lowercase();
            let Some(value) = attribute
                .value
                .filter(|_| ADDRESSES.contains(&name.as_str()))
            else {
                continue;
            };
            let start = attribute.value_at - token.at;
            out.push_str(&self.plainly(&token.raw[at..start]));
            at = start + value.len();
            out.push_str(
                &self.replaced(value, |found, before| match found.placeholder.kind {
                    PlaceholderKind::Expression => found.placeholder.in_address(before),
                    _ => found.placeholder.restored.clone(),
                }),
            );
        }
        out.push_str(&self.plainly(&token.raw[at..]));
        out
    }

    fn plainly(&self, text: &str) -> String {
        self.replaced(text, |found, _| found.placeholder.restored.clone())
    }
}

/// Finds the word before each of several positions, which come in order: text without space,
/// brackets or quotes.
struct WordBefore<'t> {
    text: &'t str,
    start: usize,
    seen: usize,
    is_address: bool,
}

impl<'t> WordBefore<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            start: 0,
            seen: 0,
            is_address: false,
        }
    }

    /// The word before `at`, and whether it is part of a URL.
    fn at(&mut self, at: usize) -> (&'t str, bool) {
        let is_end = |c: char| c.is_whitespace() || "<>()\"".contains(c);
        let new = &self.text[self.seen..at];
        if let Some(end) = new.rfind(is_end) {
            let length = new[end..].chars().next().map_or(1, char::len_utf8);
            self.start = self.seen + end + length;
            self.is_address = false;
        }
        // The mark may have begun in what was seen.
        let from = self.start.max(self.seen.saturating_sub("://".len()));
        let from = self.text.ceil_char_boundary(from);
        let word = &self.text[self.start..at];
        self.is_address |= self.text[from..at].contains("://") || word.starts_with("mailto:");
        self.seen = at;
        (word, self.is_address)
    }
}
