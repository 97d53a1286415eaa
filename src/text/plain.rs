//! Markdown to plain text for readers: footnoted links, aligned tables, lines
//! that fit a terminal.

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options};

use super::bounds::{self, TooComplex};

/// Columns that a line may have.
pub const WIDTH: usize = 72;

/// Writes Markdown as plain text. Links become `text [1]`, their addresses
/// stand at the end under `links_label`; paths are made absolute by `site_url`.
///
/// # Errors
/// [`TooComplex`] where the text goes beyond the bounds of [`bounds`].
pub fn from_markdown(
    markdown: &str,
    site_url: &str,
    links_label: &str,
) -> Result<String, TooComplex> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    let arena = Arena::new();
    let mut writer = Writer {
        site_url,
        links: Vec::new(),
    };
    let root = super::markdown::parse(&arena, markdown, &options)?;
    let mut text = writer.blocks(root, WIDTH).join("\n\n");
    if !writer.links.is_empty() {
        text.push_str(&format!("\n\n{links_label}\n"));
        for (number, url) in writer.links.iter().enumerate() {
            text.push_str(&format!("[{}] {url}\n", number + 1));
        }
    }
    Ok(text.trim_end().to_owned() + "\n")
}

/// Writes a mail's HTML as plain text. Links become `[text][1]`, their addresses
/// stand at the end.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::html`].
pub fn from_html(html: &str) -> Result<String, TooComplex> {
    bounds::html::measure(html, &bounds::html::MAIL)?;
    let text = html2text::config::plain()
        .raw_mode(true)
        .no_link_wrapping()
        .allow_width_overflow()
        .string_from_read(html.as_bytes(), WIDTH);
    let text = text.unwrap_or_default();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        // Designs are made of nested tables, which leave gaps.
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    Ok(lines.join("\n").trim_end().to_owned() + "\n")
}

struct Writer<'a> {
    site_url: &'a str,
    links: Vec<String>,
}

impl Writer<'_> {
    fn blocks<'a>(&mut self, parent: &'a AstNode<'a>, width: usize) -> Vec<String> {
        parent
            .children()
            .map(|node| self.block(node, width))
            .filter(|block| !block.is_empty())
            .collect()
    }

    fn block<'a>(&mut self, node: &'a AstNode<'a>, width: usize) -> String {
        match &node.data.borrow().value {
            NodeValue::Heading(heading) => {
                let text = self.inlines(node);
                let rule = if heading.level <= 1 { "=" } else { "-" };
                let underline = rule.repeat(text.chars().count().min(width));
                format!("{}\n{underline}", wrap(&text, width))
            }
            NodeValue::Paragraph => wrap(&self.inlines(node), width),
            NodeValue::BlockQuote => {
                let inner = self.blocks(node, width.saturating_sub(2)).join("\n\n");
                indent(&inner, "> ", "> ")
            }
            NodeValue::List(list) => {
                let mut number = list.start;
                let items: Vec<String> = node
                    .children()
                    .map(|item| {
                        let mark = match list.list_type {
                            ListType::Bullet => "- ".to_owned(),
                            ListType::Ordered => format!("{number}. "),
                        };
                        number += 1;
                        let inner = self
                            .blocks(item, width.saturating_sub(mark.len()))
                            .join("\n\n");
                        indent(&inner, &mark, &" ".repeat(mark.len()))
                    })
                    .collect();
                items.join("\n")
            }
            NodeValue::CodeBlock(code) => indent(code.literal.trim_end(), "    ", "    "),
            NodeValue::ThematicBreak => "-".repeat(width.min(20)),
            NodeValue::Table(table) => {
                let rows = node
                    .children()
                    .map(|row| row.children().map(|cell| self.inlines(cell)).collect())
                    .collect();
                table_text(rows, &table.alignments, width)
            }
            _ => self.blocks(node, width).join("\n\n"),
        }
    }

    fn inlines<'a>(&mut self, parent: &'a AstNode<'a>) -> String {
        let mut out = String::new();
        for node in parent.children() {
            match &node.data.borrow().value {
                NodeValue::Text(text) => out.push_str(text),
                NodeValue::Code(code) => out.push_str(&code.literal),
                NodeValue::SoftBreak => out.push(' '),
                NodeValue::LineBreak => out.push('\n'),
                NodeValue::Link(link) => {
                    let text = self.inlines(node);
                    out.push_str(&text);
                    let url = self.absolute(&link.url);
                    if url.trim_start_matches("mailto:") != text {
                        out.push_str(&format!(" [{}]", self.footnote(url)));
                    }
                }
                NodeValue::Image(_) => {
                    let alt = self.inlines(node);
                    if !alt.is_empty() {
                        out.push_str(&format!("[{alt}]"));
                    }
                }
                NodeValue::HtmlInline(_) => {}
                _ => out.push_str(&self.inlines(node)),
            }
        }
        out
    }

    fn absolute(&self, url: &str) -> String {
        match url.starts_with('/') {
            true => format!("{}{url}", self.site_url),
            false => url.to_owned(),
        }
    }

    /// The number of an address among the footnotes; the same for the same one.
    fn footnote(&mut self, url: String) -> usize {
        match self.links.iter().position(|known| *known == url) {
            Some(index) => index + 1,
            None => {
                self.links.push(url);
                self.links.len()
            }
        }
    }
}

/// Breaks lines at white space; a word longer than a line stays whole.
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph.split_whitespace() {
            let word_length = word.chars().count();
            if length > 0 && length + 1 + word_length > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word_length;
        }
        lines.push(line);
    }
    lines.join("\n")
}

fn indent(text: &str, first: &str, rest: &str) -> String {
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            let prefix = if number == 0 { first } else { rest };
            format!("{prefix}{line}").trim_end().to_owned()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// A table whose columns line up, or, where the lines would not fit, one entry
/// after the other.
fn table_text(rows: Vec<Vec<String>>, alignments: &[TableAlignment], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    if widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) > width {
        return table_entries(&rows);
    }
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .zip(alignments)
                .map(|((cell, width), alignment)| match alignment {
                    TableAlignment::Right => format!("{cell:>width$}"),
                    TableAlignment::Center => format!("{cell:^width$}"),
                    _ => format!("{cell:<width$}"),
                })
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect();
    if lines.len() > 1 {
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        lines.insert(1, rules.join("  "));
    }
    lines.join("\n")
}

fn table_entries(rows: &[Vec<String>]) -> String {
    let Some((head, body)) = rows.split_first() else {
        return String::new();
    };
    body.iter()
        .map(|row| {
            let cells = head
                .iter()
                .zip(row)
                .map(|(name, cell)| format!("{name}: {cell}"));
            cells.collect::<Vec<_>>().join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_markdown(markdown: &str, site_url: &str, links_label: &str) -> String {
        super::from_markdown(markdown, site_url, links_label).unwrap()
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
        let text = from_markdown("## Views\n\n> One\n> two\n\n1. a\n2. b\n\n- c", "", "");
        assert_eq!(text, "Views\n-----\n\n> One two\n\n1. a\n2. b\n\n- c\n");
    }

    #[test]
    fn lines_fit() {
        let text = from_markdown(&"слово ".repeat(100), "", "");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
    }
}
