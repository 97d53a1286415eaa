//! Walks HTML and writes its blocks.

use std::collections::HashMap;

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::elements::{
    holds_blocks, is_block, is_hidden, is_note, is_note_reference, is_paragraphs, is_said,
};
use super::table::{Cell, Row, aligned, rows_of_data};
use super::{Links, WIDTH, indent, underline, wrap};
use crate::text::characters::is_blank;
use crate::text::html;

/// The maximum depth of elements; deeper content is text.
const DEEPEST: usize = 120;

pub(super) fn write(source: &str, links: Links<'_>) -> String {
    let parsed = html::parse(source);
    let mut writer = Writer {
        is_inline: matches!(links, Links::Inline),
        ..Writer::default()
    };
    let mut text = writer.blocks(parsed.tree.root(), WIDTH, 0).join("\n\n");
    if let Links::Listed(label) = links
        && !writer.links.is_empty()
    {
        text.push_str(&format!("\n\n{label}\n"));
        for (number, url) in writer.links.iter().enumerate() {
            text.push_str(&format!("[{}] {url}\n", number + 1));
        }
    }
    let text = text.trim_start_matches('\n').trim_end_matches(['\n', ' ']);
    text.to_owned() + "\n"
}

#[derive(Default)]
struct Writer {
    is_inline: bool,
    links: Vec<String>,
    numbers: HashMap<String, usize>,
    /// The numbers of footnotes, by their anchors.
    notes: HashMap<String, usize>,
}

/// What a run of text and inline elements says, and the white space that it
/// still owes.
#[derive(Default)]
struct Line {
    text: String,
    owes_space: bool,
}

impl Line {
    /// Adds text whose white space is collapsed, as browsers do; no-break spaces
    /// are none.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.owes_space = true,
                // Where a long word may be broken, and nothing to be read.
                '\u{ad}' | '\u{200b}' => {}
                c => self.push_char(c),
            }
        }
    }

    fn push_char(&mut self, c: char) {
        let is_start = self.text.is_empty() || self.text.ends_with('\n');
        if self.owes_space && !is_start {
            self.text.push(' ');
        }
        self.owes_space = false;
        self.text.push(c);
    }

    fn push_word(&mut self, word: &str) {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            self.push_char(first);
            self.text.push_str(chars.as_str());
        }
    }

    fn break_line(&mut self) {
        self.owes_space = false;
        self.text.push('\n');
    }

    fn take(&mut self) -> String {
        self.owes_space = false;
        std::mem::take(&mut self.text)
            .trim_matches([' ', '\n'])
            .to_owned()
    }
}

impl Writer {
    /// The blocks of a node, separated by an empty line.
    fn blocks(&mut self, parent: NodeRef<'_, Node>, width: usize, depth: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut line = Line::default();
        self.flow(parent, width, depth, &mut line, &mut blocks);
        close(&mut line, width, &mut blocks);
        blocks
    }

    fn flow(
        &mut self,
        parent: NodeRef<'_, Node>,
        width: usize,
        depth: usize,
        line: &mut Line,
        blocks: &mut Vec<String>,
    ) {
        for node in parent.children() {
            match node.value() {
                Node::Text(text) => line.push(text),
                Node::Element(element) if is_hidden(element) => {}
                Node::Element(_) if depth > DEEPEST => {
                    for text in node.descendants().filter_map(|one| one.value().as_text()) {
                        line.push(text);
                    }
                }
                Node::Element(element) if is_block(element.name()) => {
                    close(line, width, blocks);
                    blocks.extend(self.block(node, element, width, depth + 1));
                }
                // An inline element that holds blocks is none to a reader.
                Node::Element(element) if holds_blocks(node) => {
                    self.flow(node, width, depth + 1, line, blocks);
                    self.after_inline(element, line);
                }
                Node::Element(element) => self.inline(node, element, depth + 1, line),
                _ => {}
            }
        }
    }

    fn block(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        width: usize,
        depth: usize,
    ) -> Vec<String> {
        let one = |text: String| {
            if text.is_empty() {
                Vec::new()
            } else {
                vec![text]
            }
        };
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let text = wrap(&self.blocks(node, width, depth).join(" "), width);
                let rule = if element.name() == "h1" { "=" } else { "-" };
                if text.is_empty() {
                    Vec::new()
                } else {
                    vec![format!("{text}\n{}", underline(&text, rule))]
                }
            }
            "blockquote" => {
                let inner = self
                    .blocks(node, width.saturating_sub(2), depth)
                    .join("\n\n");
                one(indent(&inner, "> ", "> "))
            }
            "aside"
                if element
                    .attr("class")
                    .is_some_and(|one| one.starts_with("block-callout")) =>
            {
                let inner = self
                    .blocks(node, width.saturating_sub(2), depth)
                    .join("\n\n");
                one(indent(&inner, "| ", "| "))
            }
            "ul" | "ol" | "menu" | "dir" => self.list(node, element, width, depth),
            "dd" => {
                let inner = self
                    .blocks(node, width.saturating_sub(2), depth)
                    .join("\n\n");
                one(indent(&inner, "  ", "  "))
            }
            "pre" => {
                let text: String = node
                    .descendants()
                    .filter_map(|one| one.value().as_text())
                    .map(|text| text.to_string())
                    .collect();
                let code = text.trim_end().trim_start_matches('\n');
                one(indent(code, "    ", "    "))
            }
            "hr" => vec!["-".repeat(width.min(20))],
            "table" => match rows_of_data(node, element) {
                Some(rows) => one(self.table(&rows, width, depth)),
                None => self.blocks(node, width, depth),
            },
            _ => self.blocks(node, width, depth),
        }
    }

    fn list(
        &mut self,
        node: NodeRef<'_, Node>,
        list: &Element,
        width: usize,
        depth: usize,
    ) -> Vec<String> {
        let is_ordered = list.name() == "ol";
        let start = list.attr("start").and_then(|start| start.parse().ok());
        let mut number: i64 = start.unwrap_or(1);
        let mut items = Vec::new();
        let mut is_loose = false;
        for child in node.children() {
            let Some(element) = child.value().as_element() else {
                let stray = child.value().as_text().map(|text| text.trim().to_owned());
                items.extend(stray.filter(|text| !text.is_empty()));
                continue;
            };
            if element.name() != "li" {
                items.extend(self.block(child, element, width, depth));
                continue;
            }
            let note = element.attr("id").filter(|id| is_note(id));
            let mark = match note {
                Some(id) => format!("[^{}] ", self.note(id)),
                None if is_ordered => format!("{number}. "),
                None => "- ".to_owned(),
            };
            number = number.saturating_add(1);
            is_loose |= note.is_some();
            let inner = self.blocks(child, width.saturating_sub(mark.len()), depth);
            // A list within an item follows its line at once.
            let separator = if inner.len() > 2 { "\n\n" } else { "\n" };
            let separator = if is_paragraphs(child) {
                "\n\n"
            } else {
                separator
            };
            items.push(indent(
                &inner.join(separator),
                &mark,
                &" ".repeat(mark.len()),
            ));
        }
        if items.is_empty() {
            Vec::new()
        } else {
            vec![items.join(if is_loose { "\n\n" } else { "\n" })]
        }
    }

    fn inline(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        depth: usize,
        line: &mut Line,
    ) {
        match element.name() {
            "br" => line.break_line(),
            "wbr" => {}
            "img" => {
                let alt = element.attr("alt").unwrap_or_default();
                let alt = alt.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                if !alt.is_empty() {
                    line.push_word(&format!("[{alt}]"));
                }
            }
            "del" | "s" | "strike" => {
                let text = self.inlines(node, depth);
                if !text.is_empty() {
                    line.push_word(&format!("~~{text}~~"));
                }
            }
            "q" => {
                let text = self.inlines(node, depth);
                line.push_word(&format!("“{text}”"));
            }
            "a" => self.link(node, element, depth, line),
            "option" | "textarea" | "select" | "button" | "label" => {
                line.push(" ");
                self.walk(node, depth, line);
                line.push(" ");
            }
            _ => self.walk(node, depth, line),
        }
    }

    fn walk(&mut self, parent: NodeRef<'_, Node>, depth: usize, line: &mut Line) {
        let mut blocks = Vec::new();
        self.flow(parent, WIDTH, depth, line, &mut blocks);
    }

    /// The text of inline elements, on one line but for their own line breaks.
    fn inlines(&mut self, parent: NodeRef<'_, Node>, depth: usize) -> String {
        let mut line = Line::default();
        self.walk(parent, depth, &mut line);
        line.take()
    }

    fn link(&mut self, node: NodeRef<'_, Node>, element: &Element, depth: usize, line: &mut Line) {
        let href = element.attr("href").unwrap_or_default().trim();
        match href.strip_prefix('#') {
            // The back link of a footnote is useless in plain text.
            Some(anchor) if is_note_reference(anchor) => {}
            Some(anchor) if is_note(anchor) => {
                let number = self.note(anchor);
                line.push_word(&format!("[^{number}]"));
            }
            Some(_) => self.walk(node, depth, line),
            None => {
                let before = line.text.len();
                self.walk(node, depth, line);
                let said = line
                    .text
                    .get(before..)
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                self.footnote(href, &said, line);
            }
        }
    }

    /// A link around blocks: its number follows the last of them.
    fn after_inline(&mut self, element: &Element, line: &mut Line) {
        let href = element.attr("href").unwrap_or_default().trim();
        if element.name() == "a" && !href.starts_with('#') {
            self.footnote(href, "", line);
        }
    }

    /// Adds a link's number, unless the address is what it says.
    fn footnote(&mut self, href: &str, said: &str, line: &mut Line) {
        if href.is_empty() || is_said(href, said) {
            return;
        }
        line.owes_space = true;
        if self.is_inline {
            line.push_word(&format!("<{href}>"));
            return;
        }
        let next = self.links.len() + 1;
        let number = *self.numbers.entry(href.to_owned()).or_insert_with(|| {
            self.links.push(href.to_owned());
            next
        });
        line.push_word(&format!("[{number}]"));
    }

    fn note(&mut self, anchor: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(anchor.to_owned()).or_insert(next)
    }

    fn table(&mut self, rows: &[Row<'_>], width: usize, depth: usize) -> String {
        let texts: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter();
                let text = |cell: &Cell<'_>| self.inlines(cell.node, depth).replace('\n', " ");
                cells.map(text).collect()
            })
            .collect();
        aligned(rows, &texts, width)
    }
}

fn close(line: &mut Line, width: usize, blocks: &mut Vec<String>) {
    let text = line.take();
    // Designs keep space free by spaces without a width.
    if !is_blank(&text) {
        blocks.push(wrap(&text, width));
    }
}

#[cfg(test)]
mod tests;
