//! One merge tag of an author's text.

use super::delimiters::{BLOCK, EXPRESSION, RESERVED};
use super::url_values;

/// A merge tag that was replaced by a stand-in.
#[derive(Debug, Clone)]
pub(super) struct Placeholder {
    /// What replaces the stand-in again.
    pub(super) restored: String,
    /// As its author wrote it, with its braces.
    pub(super) source: String,
    pub(super) kind: PlaceholderKind,
    /// The line in the author's text; `None` for what Jarshy adds.
    pub(super) line: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceholderKind {
    Expression,
    Block,
    /// Braces that are to be read as such.
    Literal,
}

impl Placeholder {
    /// What is put back within an address, of which `before` stands in front.
    pub(super) fn in_address(&self, before: &str) -> String {
        let inner = self.restored.trim_matches(RESERVED).trim();
        url_values::encoded(inner, before).map_or_else(
            || self.restored.clone(),
            |source| between(EXPRESSION, &source),
        )
    }

    pub(super) fn inner(&self) -> &str {
        self.restored.trim_matches(RESERVED)
    }

    /// Whether white space in front of it is to be taken away, and behind it.
    pub(super) fn controls(&self) -> (bool, bool) {
        match self.kind {
            PlaceholderKind::Literal => (false, false),
            _ => (self.inner().starts_with('-'), self.inner().ends_with('-')),
        }
    }

    /// The same without white space control.
    pub(super) fn without_controls(&self) -> Self {
        let mut placeholder = self.clone();
        let delimiters = match self.kind {
            PlaceholderKind::Literal => return placeholder,
            PlaceholderKind::Block => BLOCK,
            PlaceholderKind::Expression => EXPRESSION,
        };
        let inner = self.inner();
        let inner = inner.strip_prefix(['-', '+']).unwrap_or(inner);
        let inner = inner.strip_suffix(['-', '+']).unwrap_or(inner);
        placeholder.restored = between(delimiters, &format!(" {} ", inner.trim()));
        placeholder
    }

    /// What begins a statement, such as `if`.
    pub(super) fn keyword(&self) -> &str {
        keyword(self.restored.trim_matches(RESERVED))
    }

    pub(super) fn statement(&self) -> &str {
        self.restored.trim_matches(RESERVED)
    }

    pub(super) fn shown(&self) -> &str {
        &self.source
    }
}

/// A source between delimiters. White space control (`-`, `+`) must touch them.
pub(super) fn between((start, end): (char, char), source: &str) -> String {
    let is_control = |c: Option<char>| c.is_some_and(|c| c == '-' || c == '+');
    let (mut before, mut after, mut inner) = ("", "", source);
    if is_control(inner.chars().next()) {
        (before, inner) = inner.split_at(1);
    }
    if is_control(inner.chars().next_back()) {
        (inner, after) = inner.split_at(inner.len() - 1);
    }
    format!("{start}{before} {} {after}{end}", inner.trim())
}

pub(super) fn keyword(statement: &str) -> &str {
    let statement = statement.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
    statement
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default()
}
