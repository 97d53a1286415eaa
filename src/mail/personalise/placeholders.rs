//! Lifting personal parts out of an author's text, and putting them back.

use std::ops::Range;

use super::blocks::Structure;
use super::{BLOCK, EXPRESSION, TemplateError, check, url_values};
use crate::text::links::STAND_IN;
use crate::text::markup;

/// Private use characters that delimit what is put back.
const RESERVED: [char; 6] = [
    '\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}', '\u{E004}', '\u{E005}',
];

/// Expressions lifted out of a text.
#[derive(Debug, Clone, Default)]
pub struct Placeholders {
    all: Vec<Placeholder>,
}

/// What was lifted out.
#[derive(Debug, Clone)]
pub(super) struct Placeholder {
    /// What is put back.
    restored: String,
    /// As its author wrote it, with its braces.
    source: String,
    pub(super) kind: PlaceholderKind,
    /// The line of the author's text; none for what Jarshy puts in.
    pub(super) line: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceholderKind {
    Expression,
    Block,
    /// Braces that are to be read as such.
    Literal,
}

/// A stand-in within a text.
#[derive(Debug, Clone)]
pub struct FoundPlaceholder<'h> {
    /// Where it stands.
    pub range: Range<usize>,
    pub(super) number: usize,
    placeholder: &'h Placeholder,
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

    /// Lifts every `{{ … }}` and `{% … %}` out of an author's text, once each
    /// can be filled.
    ///
    /// # Errors
    /// [`TemplateError`] with line and expression.
    pub fn protect(&mut self, text: &str) -> Result<String, TemplateError> {
        if text.contains(RESERVED) || text.contains(STAND_IN) {
            return Err(TemplateError::Reserved);
        }
        let first = self.all.len();
        let mut out = String::with_capacity(text.len());
        // What is checked: the personal parts alone, each on its own line.
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
                // A remark of the author, of which nothing is sent.
                let length = match is_raw {
                    true => None,
                    false => text[found + 2..].find("#}").map(|length| length + 4),
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
                    let kind = match is_block {
                        true => PlaceholderKind::Block,
                        false => PlaceholderKind::Expression,
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
        Structure::of(self, first..self.all.len())?;
        check::check(&skeleton, |line| self.on_line(first, line)).map_err(|error| match error {
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

    /// Where a name is used that nothing in front of it gives.
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
        }
    }

    /// The expressions of a line, as their author wrote them.
    fn on_line(&self, first: usize, line: usize) -> Vec<String> {
        let all = self.all[first..].iter();
        let here = all.filter(|placeholder| {
            placeholder.line.is_some_and(|start| {
                (start..=start + placeholder.source.matches('\n').count()).contains(&line)
            })
        });
        here.map(|placeholder| placeholder.source.clone()).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, number: usize) -> Option<&Placeholder> {
        self.all.get(number)
    }

    /// The stand-ins of a text, in their order.
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

    /// The line and column of a place in a text whose personal parts were lifted
    /// out, as its author counts them.
    pub fn position(&self, text: &str, at: usize) -> (usize, usize) {
        let before = &text[..text.floor_char_boundary(at)];
        markup::line_and_column(&self.as_written(before), usize::MAX)
    }

    /// A text with its personal parts as their author wrote them.
    pub fn as_written(&self, text: &str) -> String {
        self.replaced(text, |found, _| found.shown().to_owned())
    }

    /// A text with something else for each stand-in; `with` sees what stands in
    /// front of it.
    fn replaced(
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

    /// Markdown in which an expression between angle brackets, such as
    /// `<{{ unsubscribe_url }}>`, is the link that its author means: a stand-in
    /// there would be read as a tag.
    pub fn with_autolinks(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len());
        let mut at = 0;
        for found in self.within(markdown).filter(|found| !found.is_block()) {
            let before = markdown[at..found.range.start].strip_suffix('<');
            let is_closed = markdown[found.range.end..].starts_with('>');
            if let (Some(before), true) = (before, is_closed) {
                let address = &markdown[found.range.clone()];
                out.push_str(&format!("{before}[{address}]({address})"));
                at = found.range.end + 1;
            }
        }
        out.push_str(&markdown[at..]);
        out
    }

    /// Markdown in which each line of blocks alone is a paragraph of its own, so
    /// that what stands beside it ends or begins there: without that, the line
    /// belongs to the paragraph or the list item in front of it.
    pub fn with_blocks_apart(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len() + 16);
        let mut fence: Option<&str> = None;
        let mut last = "";
        for line in markdown.split_inclusive('\n') {
            let start = line.trim_start();
            let mark = ["```", "~~~"]
                .into_iter()
                .find(|mark| start.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            // A row of a table ends with its line; there is no place between two.
            let is_apart =
                fence.is_none() && !last.trim_start().starts_with('|') && self.is_block_alone(line);
            match is_apart {
                true => out.push_str(&format!("\n{}\n\n", line.trim_end())),
                false => out.push_str(line),
            }
            last = line;
        }
        out
    }

    /// HTML in which a list goes on behind the blocks that stand between two.
    pub fn with_lists_joined(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut at = 0;
        let found: Vec<_> = self
            .within(html)
            .filter(FoundPlaceholder::is_block)
            .collect();
        // Blocks in a row, with nothing between them.
        let rows =
            found.chunk_by(|one, next| html[one.range.end..next.range.start].trim().is_empty());
        for row in rows {
            let (Some(one), Some(last)) = (row.first(), row.last()) else {
                continue;
            };
            let before = html[at..one.range.start].trim_end();
            let end = last.range.end;
            let after = html[end..].trim_start();
            let ended = ["ul", "ol"].into_iter().find_map(|name| {
                let before = before.strip_suffix(&format!("</{name}>"))?;
                let tag = after.strip_prefix(&format!("<{name}"))?;
                let tag = tag
                    .split_once('>')
                    .filter(|(inside, _)| !inside.contains('<'))?;
                Some((before, tag.1))
            });
            if let Some((before, after)) = ended {
                out.push_str(before);
                out.push_str(&html[one.range.start..end]);
                at = html.len() - after.len();
            }
        }
        out.push_str(&html[at..]);
        out
    }

    /// HTML in which a paragraph that holds nothing but the stand-in of a
    /// `{% … %}` is no paragraph: it would leave a gap in the mail.
    pub fn unwrap_blocks(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut at = 0;
        for found in self.within(html).filter(FoundPlaceholder::is_block) {
            let before = &html[at..found.range.start];
            let after = &html[found.range.end..];
            let paragraph = (before.strip_suffix("<p>"), after.strip_prefix("</p>\n"));
            match paragraph {
                (Some(before), Some(_)) => {
                    out.push_str(before);
                    out.push_str(&html[found.range.clone()]);
                    at = found.range.end + "</p>\n".len();
                }
                _ => {
                    out.push_str(&html[at..found.range.end]);
                    at = found.range.end;
                }
            }
        }
        out.push_str(&html[at..]);
        out
    }

    /// Puts the expressions back into plain text, between their private
    /// delimiters. In web addresses their values will be percent-encoded.
    pub fn restore(&self, text: &str) -> String {
        let text = self.without_lines_of_blocks(text);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut words = WordBefore::of(&text);
        for found in self.within(&text) {
            out.push_str(&text[at..found.range.start]);
            at = found.range.end;
            // The line breaks of a text part are none that its author wrote: white
            // space control leaves them, or words would run together.
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

    fn is_block_alone(&self, line: &str) -> bool {
        let found: Vec<_> = self.within(line).collect();
        let length: usize = found.iter().map(|one| one.range.len()).sum();
        let is_any = !found.is_empty() && found.iter().all(FoundPlaceholder::is_block);
        let space = line.chars().filter(|c| c.is_whitespace());
        is_any && length + space.map(char::len_utf8).sum::<usize>() == line.len()
    }

    /// A block that has a line of plain text to itself leaves no empty line.
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

    /// Puts the expressions back into HTML, between their private delimiters. In
    /// addresses (`href`, `src` and their like) their values will be
    /// percent-encoded.
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

    /// What stands in a comment for Outlook is HTML as well.
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

impl Placeholder {
    /// What is put back within an address, of which `before` stands in front.
    fn in_address(&self, before: &str) -> String {
        let inner = self.restored.trim_matches(RESERVED).trim();
        url_values::encoded(inner, before).map_or_else(
            || self.restored.clone(),
            |source| between(EXPRESSION, &source),
        )
    }

    fn inner(&self) -> &str {
        self.restored.trim_matches(RESERVED)
    }

    /// Whether white space in front of it is to be taken away, and behind it.
    fn controls(&self) -> (bool, bool) {
        match self.kind {
            PlaceholderKind::Literal => (false, false),
            _ => (self.inner().starts_with('-'), self.inner().ends_with('-')),
        }
    }

    /// The same without white space control.
    fn without_controls(&self) -> Self {
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
fn between((start, end): (char, char), source: &str) -> String {
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

fn keyword(statement: &str) -> &str {
    let statement = statement.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
    statement
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default()
}

/// Where personal parts and remarks begin in a text, found in one pass over it.
struct Openings<'t> {
    text: &'t str,
    /// The next `{{`, `{%` and remark from the last place asked for; `None` where
    /// there is none.
    next: [Option<usize>; 3],
}

impl<'t> Openings<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            next: Self::SEARCHES.map(|search| search(text)),
        }
    }

    const SEARCHES: [fn(&str) -> Option<usize>; 3] = [
        |text: &str| text.find("{{"),
        |text: &str| text.find("{%"),
        next_remark,
    ];

    /// The first at `at` or behind it; `at` never goes back.
    fn next(&mut self, at: usize) -> Option<usize> {
        for (next, search) in self.next.iter_mut().zip(Self::SEARCHES) {
            if next.is_some_and(|next| next < at) {
                *next = search(&self.text[at..]).map(|found| at + found);
            }
        }
        self.next.into_iter().flatten().min()
    }
}

/// Where `{# … #}` begins. One that is not closed before the next is none:
/// `{#name}` names anchors elsewhere.
fn next_remark(text: &str) -> Option<usize> {
    let mut from = 0;
    for (end, closing) in text.match_indices("#}") {
        if let Some(start) = text[from..end].rfind("{#") {
            return Some(from + start);
        }
        from = end + closing.len();
    }
    None
}

/// The word in front of each of some places of a text, which come in order: what
/// stands there without space, brackets or quotes in it.
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

    /// The word in front of `at`, and whether it is within an address.
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

/// Where an expression ends, not counting what stands between quotes.
fn end_of_expression(text: &str, closing: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(closing) => return Some(at),
            None if c == '"' || c == '\'' => quote = Some(c),
            None => {}
        }
    }
    // A quote that is never closed is no reason to look no further.
    text.find(closing)
}

/// Editors of HTML write quotes and signs within expressions as references.
fn decoded(source: &str) -> String {
    if !source.contains('&') {
        return source.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(source.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn many_placeholders_cost_no_more_than_their_number() {
        let most = 10_000;
        let raw = |inner: &str| format!("{{% raw %}}{}{{% endraw %}}", inner.repeat(200_000));
        for (shape, text) in [
            ("glued", "{{name}}".repeat(most)),
            ("lines", "{{name}}\n".repeat(most)),
            (
                "an address",
                format!("https://a.kz/{}", "{{name}}".repeat(most)),
            ),
            (
                "an attribute",
                format!("<a href=\"https://a.kz/{}\">", "{{name}}".repeat(most)),
            ),
            ("blocks", "{% set a = 1 %}".repeat(most)),
            ("raw expressions", raw("{{")),
            ("raw blocks", raw("{%")),
            (
                "closings",
                "#}".repeat(200_000) + "{{name}}".repeat(most).as_str(),
            ),
            (
                "openings",
                "{#".repeat(200_000) + "{{name}}".repeat(most).as_str(),
            ),
        ] {
            let began = std::time::Instant::now();
            let mut placeholders = Placeholders::default();
            let lifted = placeholders.protect(&text).unwrap();
            let restored = placeholders.restore(&lifted);
            assert!(restored.len() > most, "{shape}");
            placeholders.restore_html(&placeholders.with_lists_joined(&lifted));
            // Each took minutes.
            let took = began.elapsed();
            assert!(
                took < std::time::Duration::from_secs(10),
                "{shape}: {took:?}"
            );
        }
    }

    #[test]
    fn a_block_alone_in_a_paragraph_is_none() {
        let mut placeholders = Placeholders::default();
        let text = placeholders
            .protect("{% if name %}{{ name }}{% endif %}")
            .unwrap();
        let parts: Vec<_> = placeholders
            .within(&text)
            .map(|one| text[one.range].to_owned())
            .collect();
        let html = format!(
            "<p>{}</p>\n<p>a{}</p>\n<p>{}</p>\n",
            parts[0], parts[1], parts[2]
        );
        assert_eq!(
            placeholders.unwrap_blocks(&html),
            format!("{}<p>a{}</p>\n{}", parts[0], parts[1], parts[2])
        );
    }

    #[test]
    fn an_expression_between_angle_brackets_is_a_link() {
        let mut placeholders = Placeholders::default();
        let text = placeholders
            .protect("Leave: <{{ unsubscribe_url }}>, 1 < {{ name }} > 0")
            .unwrap();
        assert_eq!(
            placeholders.as_written(&placeholders.with_autolinks(&text)),
            "Leave: [{{ unsubscribe_url }}]({{ unsubscribe_url }}), 1 < {{ name }} > 0"
        );
    }

    #[test]
    fn remarks_are_left_out_and_keep_their_lines() {
        let mut placeholders = Placeholders::default();
        let text = placeholders
            .protect("a {# to\ndo #}b {#anchor} {# {{ x }} #}{{ name }}")
            .unwrap();
        assert_eq!(placeholders.as_written(&text), "a \nb {#anchor} {{ name }}");
        let text = placeholders
            .protect("{% raw %}{# shown #}{% endraw %}")
            .unwrap();
        assert_eq!(placeholders.restore(&text), "{# shown #}");
        let error = placeholders.protect("{# a\n#}\n{{ nmae }}").unwrap_err();
        assert!(error.to_string().starts_with("line 3"), "{error}");
    }

    #[test]
    fn white_space_control_keeps_the_lines_of_a_text_part() {
        let restored = |source: &str| {
            let mut placeholders = Placeholders::default();
            let text = placeholders.protect(source).unwrap();
            let restored = placeholders.restore(&text);
            restored
                .replace(['\u{E000}', '\u{E002}'], "<")
                .replace(['\u{E001}', '\u{E003}'], ">")
        };
        assert_eq!(
            restored("Hi {%- if name -%} {{ name }} {%- endif %}\n\n{{- email -}}\nEnd"),
            "Hi< if name >< name >< endif >\n\n< email >\nEnd"
        );
        assert_eq!(
            restored("a <{{ attributes.site }}>"),
            "a < (attributes.site) | bracketed >"
        );
        assert_eq!(
            restored("a <{{ unsubscribe_url }}>"),
            "a << unsubscribe_url >>"
        );
    }

    #[test]
    fn blocks_between_the_items_of_a_list_stand_in_it() {
        let mut placeholders = Placeholders::default();
        let source = "- a\n{% for tag in attributes.tags %}\n- b\n{% endfor %}\n- c\n\n```\n{% if name %}\n{% endif %}\n```\n";
        let text = placeholders.protect(source).unwrap();
        let apart = placeholders.with_blocks_apart(&text);
        assert_eq!(
            placeholders.as_written(&apart),
            "- a\n\n{% for tag in attributes.tags %}\n\n- b\n\n{% endfor %}\n\n- c\n\n```\n{% if name %}\n{% endif %}\n```\n"
        );
        let html = crate::text::markdown::to_html(&apart).unwrap();
        let joined = placeholders.with_lists_joined(&placeholders.unwrap_blocks(&html));
        let list = joined.split("<pre>").next().unwrap();
        assert_eq!(list.matches("<ul>").count(), 1, "{list}");
        assert_eq!(list.matches("<li>").count(), 3, "{list}");
        super::super::nested(&placeholders, &joined).unwrap();
    }

    #[test]
    fn places_are_those_of_the_author() {
        let mut placeholders = Placeholders::default();
        let source = "a {{ name\n}} b\n{% if name %}!{% endif %}";
        let text = placeholders.protect(source).unwrap();
        assert_eq!(placeholders.as_written(&text), source);
        let at = text.find('!').unwrap();
        assert_eq!(placeholders.position(&text, at), (3, 14));
    }

    #[test]
    fn braces_between_quotes_and_references_are_read_as_meant() {
        let mut placeholders = Placeholders::default();
        for (source, restored) in [
            (
                "{{ name | default(\"}}\") }}",
                "\u{E000} name | default(\"}}\") \u{E001}",
            ),
            (
                "{{ name | default(&quot;x&quot;) }}",
                "\u{E000} name | default(\"x\") \u{E001}",
            ),
            ("{{- name -}}", "\u{E000} name \u{E001}"),
            ("{% raw %}{{ x }}{% if %}{% endraw %}!", "{{ x }}{% if %}!"),
            ("{% raw %}{{ x{% endraw %}", "{{ x"),
        ] {
            let text = placeholders.protect(source).unwrap();
            assert_eq!(placeholders.restore(&text), restored, "{source}");
        }
    }

    proptest! {
        #[test]
        fn protecting_and_restoring_loses_nothing(text in "[a-z{}% <>\"]{0,60}") {
            let mut placeholders = Placeholders::default();
            if let Ok(protected) = placeholders.protect(&text) {
                let is_clean = !protected.contains("{{") && !protected.contains("{%");
                prop_assert!(is_clean);
                prop_assert_eq!(placeholders.as_written(&protected), text);
            }
        }
    }
}
