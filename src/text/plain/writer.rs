//! Walks HTML and writes its blocks.

use std::collections::HashMap;

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::columns::Alignment;
use super::{Links, WIDTH, indent, pad, underline, width_of, wrap};
use crate::text::html;

/// Elements within elements that are told apart; what is deeper is text.
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
    /// The blocks of a node: what stands between them is an empty line.
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
        let one = |text: String| match text.is_empty() {
            true => Vec::new(),
            false => vec![text],
        };
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let text = wrap(&self.blocks(node, width, depth).join(" "), width);
                let rule = if element.name() == "h1" { "=" } else { "-" };
                match text.is_empty() {
                    true => Vec::new(),
                    false => vec![format!("{text}\n{}", underline(&text, rule))],
                }
            }
            "blockquote" => {
                let inner = self
                    .blocks(node, width.saturating_sub(2), depth)
                    .join("\n\n");
                one(indent(&inner, "> ", "> "))
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
        match items.is_empty() {
            true => Vec::new(),
            false => vec![items.join(if is_loose { "\n\n" } else { "\n" })],
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
            // The way back from a footnote leads nowhere in a text.
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

    /// A table whose columns line up, or, where the lines would not fit, one
    /// entry after the other.
    fn table(&mut self, rows: &[Row<'_>], width: usize, depth: usize) -> String {
        let texts: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter();
                cells
                    .map(|cell| self.inlines(cell.node, depth).replace('\n', " "))
                    .collect()
            })
            .collect();
        let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = texts.iter().filter_map(|row| row.get(column));
                cells.map(|cell| width_of(cell)).max().unwrap_or(0)
            })
            .collect();
        let has_head = rows.first().is_some_and(|row| row.is_head);
        if widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) > width {
            return table_entries(&texts, has_head, width);
        }
        let mut lines: Vec<String> = Vec::with_capacity(rows.len() + 1);
        for (row, texts) in rows.iter().zip(&texts) {
            let cells: Vec<String> = texts
                .iter()
                .zip(&widths)
                .zip(&row.cells)
                .map(|((text, width), cell)| pad(text, *width, cell.alignment))
                .collect();
            lines.push(cells.join("  ").trim_end_matches(' ').to_owned());
        }
        if has_head && lines.len() > 1 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            lines.insert(1, rules.join("  "));
        }
        lines.join("\n").trim_matches('\n').to_owned()
    }
}

fn table_entries(rows: &[Vec<String>], has_head: bool, width: usize) -> String {
    let (head, body) = match rows.split_first() {
        Some((head, body)) if has_head && !body.is_empty() => (head.as_slice(), body),
        _ => (&[][..], rows),
    };
    body.iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(at, cell)| {
                let name = head.get(at).filter(|name| !name.is_empty());
                let text = name.map_or_else(|| cell.clone(), |name| format!("{name}: {cell}"));
                wrap(&text, width)
            });
            cells.collect::<Vec<_>>().join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn close(line: &mut Line, width: usize, blocks: &mut Vec<String>) {
    let text = line.take();
    if !text.is_empty() {
        blocks.push(wrap(&text, width));
    }
}

struct Row<'a> {
    cells: Vec<Cell<'a>>,
    is_head: bool,
}

struct Cell<'a> {
    node: NodeRef<'a, Node>,
    alignment: Alignment,
}

/// The rows of a table of data; `None` for one that a design is made of.
fn rows_of_data<'a>(node: NodeRef<'a, Node>, table: &Element) -> Option<Vec<Row<'a>>> {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return None;
    }
    let mut rows = Vec::new();
    let mut parents = vec![node];
    while let Some(parent) = parents.pop() {
        let mut groups = Vec::new();
        for child in parent.children() {
            let Some(element) = child.value().as_element() else {
                continue;
            };
            match element.name() {
                "tr" => rows.push(row(child)?),
                "thead" | "tbody" | "tfoot" => groups.push(child),
                _ => {}
            }
        }
        parents.extend(groups.into_iter().rev());
    }
    Some(rows)
}

fn row(node: NodeRef<'_, Node>) -> Option<Row<'_>> {
    let mut cells = Vec::new();
    let mut is_head = true;
    for child in node.children() {
        let Some(element) = child.value().as_element() else {
            continue;
        };
        if !matches!(element.name(), "td" | "th") {
            continue;
        }
        if holds_blocks(child) {
            return None;
        }
        is_head &= element.name() == "th";
        cells.push(Cell {
            node: child,
            alignment: match element.attr("align") {
                Some("right") => Alignment::Right,
                Some("center") => Alignment::Center,
                _ => Alignment::Left,
            },
        });
    }
    Some(Row {
        is_head: is_head && !cells.is_empty(),
        cells,
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

fn holds_blocks(node: NodeRef<'_, Node>) -> bool {
    let mut elements = node
        .descendants()
        .skip(1)
        .filter_map(|one| one.value().as_element());
    elements.any(|element| is_block(element.name()))
}

fn is_paragraphs(item: NodeRef<'_, Node>) -> bool {
    let elements = item.children().filter_map(|one| one.value().as_element());
    elements.filter(|element| element.name() == "p").count() > 1
}

/// What no reader sees.
fn is_hidden(element: &Element) -> bool {
    let is_unseen = matches!(
        element.name(),
        "head"
            | "style"
            | "script"
            | "template"
            | "title"
            | "noscript"
            | "iframe"
            | "object"
            | "svg"
            | "math"
    );
    let style = element.attr("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    is_unseen
        || element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Footnotes have anchors such as `text-fn-a`, their references `text-fnref-a`.
fn is_note(anchor: &str) -> bool {
    anchor
        .split_once('-')
        .is_some_and(|(_, name)| name.starts_with("fn-"))
}

fn is_note_reference(anchor: &str) -> bool {
    anchor
        .split_once('-')
        .is_some_and(|(_, name)| name.starts_with("fnref-"))
}

/// Whether a link says its own address.
fn is_said(href: &str, said: &str) -> bool {
    fn bare(address: &str) -> &str {
        let address = ["mailto:", "tel:", "https://", "http://"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme))
            .unwrap_or(address);
        address.trim_end_matches('/')
    }
    !said.is_empty() && bare(href) == bare(said)
}

#[cfg(test)]
mod tests {
    use super::super::from_html;
    use super::*;
    use crate::text::links::Base;
    use crate::text::markdown;

    fn from_markdown(markdown: &str, site_url: &str, links_label: &str) -> String {
        let html = markdown::to_html(markdown).unwrap();
        from_html(
            &Base::new(site_url).resolve_all(&html),
            Links::Listed(links_label),
        )
        .unwrap()
    }

    #[test]
    fn links_are_footnoted_once_each() {
        let text = from_markdown(
            "See [the programme](/events) and [again](/events), or <https://example.org/x>.",
            "https://example.kz",
            "Links",
        );
        assert_eq!(
            text,
            "See the programme [1] and again [1], or https://example.org/x.\n\nLinks\n[1] https://example.kz/events\n"
        );
    }

    #[test]
    fn html_in_markdown_loses_nothing() {
        let text = from_markdown(
            "<div><p>In a block with <a href=\"https://example.org/html\">a link</a>.</p></div>\n\nLine one<br>line two, <a href=\"https://example.org/inline\">an inline link</a>, <img src=\"https://example.org/x.png\" alt=\"a described picture\">. Price ~~100~~ 80.",
            "https://example.kz",
            "Links",
        );
        assert_eq!(
            text,
            "In a block with a link [1].\n\nLine one\nline two, an inline link [2], [a described picture]. Price ~~100~~ 80.\n\nLinks\n[1] https://example.org/html\n[2] https://example.org/inline\n"
        );
    }

    #[test]
    fn footnotes_are_told_one_after_the_other() {
        let text = from_markdown(
            "Text.[^a] More.[^b]\n\n[^a]: The first note, with [a link](https://example.org/a).\n[^b]: https://example.org/source\n",
            "https://example.kz",
            "Links",
        );
        assert_eq!(
            text,
            "Text.[^1] More.[^2]\n\n[^1] The first note, with a link [1].\n\n[^2] https://example.org/source\n\nLinks\n[1] https://example.org/a\n"
        );
    }

    #[test]
    fn tables_line_up_and_numbers_stand_right() {
        let text = from_markdown(
            "| Party | Votes |\n|---|--:|\n| Nur Otan | 5,174,169 |\n| Auyl | 93,023 |",
            "",
            "",
        );
        assert_eq!(
            text,
            "Party         Votes\n--------  ---------\nNur Otan  5,174,169\nAuyl         93,023\n"
        );
        let wide = from_markdown("| 日本語 | 1 |\n|---|---|\n| ab | 2 |", "", "");
        assert_eq!(wide, "日本語  1\n------  -\nab      2\n");
    }

    #[test]
    fn a_table_too_wide_for_a_line_is_told_entry_by_entry() {
        let long = "word ".repeat(20);
        let text = from_markdown(&format!("| A | B |\n|---|---|\n| {long} | 1 |"), "", "");
        assert!(text.starts_with("A: word word"), "{text}");
        assert!(text.ends_with("B: 1\n"), "{text}");
    }

    #[test]
    fn quotes_lists_and_headings_keep_their_shape() {
        for (markdown, text) in [
            (
                "## Views\n\n> One\n> two\n\n1. a\n2. b\n\n- c",
                "Views\n-----\n\n> One two\n\n1. a\n2. b\n\n- c\n",
            ),
            ("3. a\n   - b\n   - c\n4. d", "3. a\n   - b\n   - c\n4. d\n"),
            ("- a\n\n  b\n\n- c", "- a\n\n  b\n- c\n"),
            (
                "Above\n\n---\n\nBelow",
                "Above\n\n--------------------\n\nBelow\n",
            ),
            ("```\na  b\n  c\n```", "    a  b\n      c\n"),
            ("One  \ntwo\nthree", "One\ntwo three\n"),
            (
                "10&nbsp;km and &lt;b&gt; &amp; more",
                "10\u{a0}km and <b> & more\n",
            ),
            (
                "<details><summary>More</summary>Hidden</details>",
                "More\n\nHidden\n",
            ),
            ("a <!-- b --> c", "a c\n"),
            ("<b>bold</b><i>italic</i>", "bolditalic\n"),
            (
                "[![alt](/p.png)](/x)",
                "[alt] [1]\n\nLinks\n[1] https://a.kz/x\n",
            ),
            ("write to <a@b.kz>", "write to a@b.kz\n"),
        ] {
            assert_eq!(
                from_markdown(markdown, "https://a.kz", "Links"),
                text,
                "{markdown}"
            );
        }
    }

    #[test]
    fn addresses_follow_their_links_where_some_are_not_for_all() {
        let html = "<p>See <a href=\"https://a.kz/x\">this</a>.</p>";
        assert_eq!(write(html, Links::Inline), "See this <https://a.kz/x>.\n");
    }

    #[test]
    fn designs_are_read_as_blocks() {
        let html = "<!doctype html><html><head><title>no</title><style>p{}</style></head><body>\
            <div style=\"display: none\">preheader</div><!--[if mso]><p>no</p><![endif]-->\
            <table role=\"presentation\"><tr><td><table><tr><td><h1>Head</h1></td></tr></table></td>\
            <td><p>One</p><p>Two <a href=\"https://a.kz\">three</a></p></td></tr></table></body></html>";
        assert_eq!(
            write(html, Links::Listed("Links")),
            "Head\n====\n\nOne\n\nTwo three [1]\n\nLinks\n[1] https://a.kz\n"
        );
    }

    #[test]
    fn depth_costs_no_stack() {
        let text = write(&format!("{}deep", "<div>".repeat(3_000)), Links::Inline);
        assert_eq!(text, "deep\n");
        let text = write(&format!("{}deep", "<span>".repeat(3_000)), Links::Inline);
        assert_eq!(text, "deep\n");
    }
}
