//! Replaces the merge tags of an author's text by stand-ins: words that pass through every
//! parser.

use std::ops::Range;

use super::check;
use super::delimiters::{BLOCK, EXPRESSION, RESERVED};
use super::error::TemplateError;
use super::fields::Names;
use super::placeholder::{Placeholder, PlaceholderKind, between, keyword};
use super::scan::{Openings, decoded, end_of_expression};
use super::structure::Structure;
use crate::text::links::STAND_IN;
use crate::text::markup;

/// The merge tags that were replaced.
#[derive(Debug, Clone, Default)]
pub struct Placeholders {
    all: Vec<Placeholder>,
    names: Names,
}

/// A stand-in in a text.
#[derive(Debug, Clone)]
pub struct FoundPlaceholder<'h> {
    /// Its range.
    pub range: Range<usize>,
    pub(super) number: usize,
    pub(super) placeholder: &'h Placeholder,
}

impl FoundPlaceholder<'_> {
    /// Whether it stands for a `{% … %}`.
    pub fn is_block(&self) -> bool {
        self.placeholder.kind == PlaceholderKind::Block
    }

    /// As its author wrote it.
    pub fn shown(&self) -> &str {
        &self.placeholder.source
    }
}

impl Placeholders {
    /// For texts whose merge tags use these names.
    pub fn with_names(names: Names) -> Self {
        Self {
            all: Vec::new(),
            names,
        }
    }

    /// A stand-in for the expression `source`, such as `unsubscribe_url`.
    pub fn expression(&mut self, source: &str) -> String {
        let placeholder = Placeholder {
            restored: between(EXPRESSION, source),
            source: format!("{{{{ {} }}}}", source.trim()),
            kind: PlaceholderKind::Expression,
            line: None,
        };
        self.add(placeholder)
    }

    /// A stand-in for the statement `source`, such as `endif`.
    pub fn block(&mut self, source: &str) -> String {
        let placeholder = Placeholder {
            restored: between(BLOCK, source),
            source: format!("{{% {} %}}", source.trim()),
            kind: PlaceholderKind::Block,
            line: None,
        };
        self.add(placeholder)
    }

    fn add(&mut self, placeholder: Placeholder) -> String {
        self.all.push(placeholder);
        format!("{STAND_IN}{}x", self.all.len() - 1)
    }

    /// Replaces every `{{ … }}` and `{% … %}` of a text, after checking that each can be
    /// filled.
    ///
    /// # Errors
    /// [`TemplateError`] with line and expression.
    pub fn protect(&mut self, text: &str) -> Result<String, TemplateError> {
        if text.contains(RESERVED) || text.contains(STAND_IN) {
            return Err(TemplateError::Reserved);
        }
        let first = self.all.len();
        let mut out = String::with_capacity(text.len());
        // What is checked: the merge tags alone, each on its own line.
        let mut skeleton = String::new();
        let mut is_raw = false;
        let mut at = 0;
        let mut openings = Openings::of(text);
        let (mut line, mut counted) = (1, 0);
        while let Some(found) = openings.next(at) {
            let before = &text[at..found];
            out.push_str(before);
            skeleton.extend(before.matches('\n'));
            line += text[counted..found].matches('\n').count();
            counted = found;
            if text[found..].starts_with("{#") {
                // A comment of the author, which is not sent.
                let length = if is_raw {
                    None
                } else {
                    text[found + 2..].find("#}").map(|length| length + 4)
                };
                let remark = &text[found..found + length.unwrap_or(2)];
                match length {
                    Some(_) => out.extend(remark.matches('\n')),
                    None => out.push_str(remark),
                }
                skeleton.extend(remark.matches('\n'));
                at = found + remark.len();
                continue;
            }
            let is_block = text[found..].starts_with("{%");
            let closing = if is_block { "%}" } else { "}}" };
            let inner = &text[found + 2..];
            let length = match is_raw {
                true if is_block && keyword(inner) == "endraw" => inner.find(closing),
                true => None,
                false => end_of_expression(inner, closing),
            };
            let Some(length) = length else {
                if is_raw {
                    out.push_str(&self.literal(&text[found..found + 2]));
                    at = found + 2;
                    continue;
                }
                let opening = text[found..].chars().take(30).collect();
                return Err(TemplateError::Unclosed { line, opening });
            };
            let source = &inner[..length];
            let whole = &text[found..found + length + 4];
            at = found + whole.len();
            match (is_block, keyword(source)) {
                (true, "raw") if !is_raw => is_raw = true,
                (true, "endraw") if is_raw => is_raw = false,
                _ => {
                    let delimiters = if is_block { BLOCK } else { EXPRESSION };
                    let restored = between(delimiters, &decoded(source));
                    skeleton.push_str(&restored);
                    let kind = if is_block {
                        PlaceholderKind::Block
                    } else {
                        PlaceholderKind::Expression
                    };
                    let stand_in = self.add(Placeholder {
                        restored,
                        source: whole.to_owned(),
                        kind,
                        line: Some(line),
                    });
                    out.push_str(&stand_in);
                    continue;
                }
            }
            skeleton.extend(text[found..at].matches('\n'));
        }
        if is_raw {
            return Err(TemplateError::Unclosed {
                line: text.matches('\n').count() + 1,
                opening: "{% raw %}".to_owned(),
            });
        }
        out.push_str(&text[at..]);
        Structure::of(&self.all, first..self.all.len())?;
        let checked = check::check(&skeleton, self.names, |line| self.on_line(first, line));
        checked.map_err(|error| match error {
            TemplateError::UnknownName { name, .. } => self.unknown_name_error(first, name),
            error => error,
        })?;
        Ok(out)
    }

    fn literal(&mut self, braces: &str) -> String {
        let placeholder = Placeholder {
            restored: braces.to_owned(),
            source: braces.to_owned(),
            kind: PlaceholderKind::Literal,
            line: None,
        };
        self.add(placeholder)
    }

    /// Finds where an unknown name is used.
    fn unknown_name_error(&self, first: usize, name: String) -> TemplateError {
        let mut given: Vec<bool> = Vec::new();
        for placeholder in &self.all[first..] {
            let is_given = given.contains(&true);
            let keyword = placeholder.keyword();
            let gives = placeholder.kind == PlaceholderKind::Block
                && check::uses(check::given_by(placeholder.statement()), &name);
            if !is_given && !gives && check::uses(&placeholder.source, &name) {
                return TemplateError::UnknownName {
                    line: placeholder.line.unwrap_or(1),
                    expression: placeholder.source.clone(),
                    name,
                    known: self.names,
                };
            }
            match (placeholder.kind, keyword) {
                (PlaceholderKind::Block, "for" | "with") => given.push(gives),
                (PlaceholderKind::Block, "set") if gives => given.insert(0, true),
                (PlaceholderKind::Block, "endfor" | "endwith") => {
                    given.pop();
                }
                _ => {}
            }
        }
        TemplateError::UnknownName {
            line: 1,
            expression: name.clone(),
            name,
            known: self.names,
        }
    }

    /// The merge tags of a line, as their author wrote them.
    fn on_line(&self, first: usize, line: usize) -> Vec<String> {
        let all = self.all[first..].iter();
        let here = all.filter(|placeholder| {
            placeholder.line.is_some_and(|start| {
                (start..=start + placeholder.source.matches('\n').count()).contains(&line)
            })
        });
        here.map(|placeholder| placeholder.source.clone()).collect()
    }

    pub(super) fn all(&self) -> &[Placeholder] {
        &self.all
    }

    /// The stand-ins of a text, in order.
    pub fn within<'h>(&'h self, text: &str) -> impl Iterator<Item = FoundPlaceholder<'h>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(STAND_IN).map(|start| at + start) {
            let after = &text[start + STAND_IN.len()..];
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let number = after[..digits].parse().ok();
            let placeholder =
                number.and_then(|number: usize| Some((number, self.all.get(number)?)));
            at = start + STAND_IN.len() + digits;
            if let (Some((number, placeholder)), true) = (placeholder, text[at..].starts_with('x'))
            {
                at += 1;
                found.push(FoundPlaceholder {
                    range: start..at,
                    number,
                    placeholder,
                });
            }
        }
        found.into_iter()
    }

    /// The line and column of a position, as the author counts them.
    pub fn position(&self, text: &str, at: usize) -> (usize, usize) {
        let before = &text[..text.floor_char_boundary(at)];
        markup::line_and_column(&self.as_written(before), usize::MAX)
    }

    /// A text with its merge tags as their author wrote them.
    pub fn as_written(&self, text: &str) -> String {
        self.replaced(text, |found, _| found.shown().to_owned())
    }

    /// Replaces each stand-in; `with` sees the text before it.
    pub(super) fn replaced(
        &self,
        text: &str,
        mut with: impl FnMut(&FoundPlaceholder<'_>, &str) -> String,
    ) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for found in self.within(text) {
            out.push_str(&text[at..found.range.start]);
            out.push_str(&with(&found, &text[..found.range.start]));
            at = found.range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

#[cfg(test)]
mod tests;
