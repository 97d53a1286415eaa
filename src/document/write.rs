//! A document as Markdown.

use super::model::{
    Align, Block, Branch, ButtonKind, Cell, CellAlign, Column, Document, Inline, Item, Picture,
    PictureAttrs, Row, Width,
};
use super::normal::needs_lines;
use super::tags::Tags;
use crate::text::blocks::{FENCE, escaped};

mod inline;

use inline::{Place, destination, text_line};

/// Writes a document. [`read`](super::read()) reads the same from it.
pub fn write(document: &Document) -> String {
    let mut writer = Writer {
        tags: Tags::default(),
    };
    let document = document.clone().normal();
    let text = writer.blocks(&document.content, false);
    let text = writer.tags.restore(&text);
    if text.is_empty() { text } else { text + "\n" }
}

struct Writer {
    tags: Tags,
}

impl Writer {
    /// Blocks with a line between them, or without where `tight`.
    fn blocks(&mut self, blocks: &[Block], tight: bool) -> String {
        let mut out = String::new();
        // Lists that follow each other differ in their marks.
        let mut is_other = false;
        let mut last: Option<&Block> = None;
        for block in blocks {
            let is_same = matches!(
                (last, block),
                (Some(Block::BulletList { .. }), Block::BulletList { .. })
                    | (Some(Block::OrderedList { .. }), Block::OrderedList { .. })
            );
            is_other = is_same && !is_other;
            if last.is_some() {
                out.push_str(if tight { "\n" } else { "\n\n" });
            }
            out.push_str(&self.block(block, is_other));
            last = Some(block);
        }
        out
    }

    fn block(&mut self, block: &Block, is_other: bool) -> String {
        match block {
            Block::Paragraph { content } => text_line(&mut self.tags, content, Place::Paragraph),
            Block::Heading { attrs, content } => {
                let marks = "#".repeat(usize::from(attrs.level));
                let text = text_line(&mut self.tags, content, Place::Heading);
                format!("{marks} {text}").trim_end_matches(' ').to_owned()
            }
            Block::Blockquote { content } => indent(&self.blocks(content, false), "> ", "> "),
            Block::CodeBlock { attrs, content } => code(&attrs.language, content),
            Block::Divider => "---".to_owned(),
            Block::BulletList { attrs, content } => {
                let mark = if is_other { "* " } else { "- " };
                self.list(content, attrs.loose, |_| mark.to_owned())
            }
            Block::OrderedList { attrs, content } => {
                let (start, end) = (attrs.start, if is_other { ')' } else { '.' });
                self.list(content, attrs.loose, |at| {
                    let number = usize::try_from(start).unwrap_or_default() + at;
                    format!("{number}{end} ")
                })
            }
            Block::Table { content } => self.table(content),
            Block::Picture { attrs, content } => self.picture(attrs, content),
            Block::Gallery { content } => {
                let pictures: Vec<String> = content
                    .iter()
                    .map(|Picture::Picture { attrs, content }| self.picture(attrs, content))
                    .collect();
                directive("gallery", &[], &pictures.join("\n\n"))
            }
            Block::Button { attrs, content } => {
                let align = Some(attrs.align).filter(|align| *align != Align::default());
                let kind = Some(attrs.kind).filter(|kind| *kind != ButtonKind::default());
                let values = [
                    ("href", attrs.href.as_str()),
                    ("align", align.map_or("", Align::as_str)),
                    ("kind", kind.map_or("", ButtonKind::as_str)),
                ];
                let text = text_line(&mut self.tags, content, Place::Paragraph);
                directive("button", &values, &text)
            }
            Block::Spacer { attrs } => directive("spacer", &[("size", attrs.size.as_str())], ""),
            Block::Columns { attrs, content } => {
                let columns: Vec<String> = content
                    .iter()
                    .map(|Column::Column { content }| {
                        directive("column", &[], &self.blocks(content, false))
                    })
                    .collect();
                let values = [("split", attrs.split.as_str())];
                directive("columns", &values, &columns.join("\n\n"))
            }
            Block::Callout { attrs, content } => {
                let values = [("kind", attrs.kind.as_str())];
                directive("callout", &values, &self.blocks(content, false))
            }
            Block::File { attrs } => {
                let name = self.words(&attrs.name);
                directive("file", &[("href", attrs.href.as_str())], &name)
            }
            Block::Audio { attrs } => {
                let title = self.words(&attrs.title);
                directive("audio", &[("href", attrs.href.as_str())], &title)
            }
            Block::Video { attrs } => {
                let title = self.words(&attrs.title);
                let values = [
                    ("href", attrs.href.as_str()),
                    ("poster", attrs.poster.as_str()),
                ];
                directive("video", &values, &title)
            }
            Block::Embed { attrs } => {
                let description = self.words(&attrs.description);
                let values = [
                    ("href", attrs.href.as_str()),
                    ("title", attrs.title.as_str()),
                    ("picture", attrs.picture.as_str()),
                ];
                directive("embed", &values, &description)
            }
            Block::Event { attrs } => directive("event", &[("slug", attrs.slug.as_str())], ""),
            Block::Post { attrs } => directive("post", &[("slug", attrs.slug.as_str())], ""),
            Block::Snippet { attrs } => directive("snippet", &[("name", attrs.name.as_str())], ""),
            Block::Events { attrs } => {
                directive("events", &[("count", &attrs.count.to_string())], "")
            }
            Block::Posts { attrs } => {
                directive("posts", &[("count", &attrs.count.to_string())], "")
            }
            Block::Feed { attrs } => {
                let count = attrs.count.to_string();
                let values = [("name", attrs.name.as_str()), ("count", count.as_str())];
                directive("feed", &values, "")
            }
            Block::Social { content } => directive("social", &[], &self.blocks(content, false)),
            Block::If { attrs, content } => {
                let mut out = format!("{{% if {} %}}", attrs.condition);
                for branch in content {
                    let inside = match branch {
                        Branch::Then { content } => content,
                        Branch::Else { content } => {
                            out.push_str("\n\n{% else %}");
                            content
                        }
                    };
                    let inside = self.blocks(inside, false);
                    if !inside.is_empty() {
                        out.push_str(&format!("\n\n{inside}"));
                    }
                }
                out + "\n\n{% endif %}"
            }
            Block::Html { attrs } => attrs.html.clone(),
            Block::Markdown { attrs } => attrs.text.clone(),
        }
    }

    fn list(&mut self, items: &[Item], loose: bool, mark: impl Fn(usize) -> String) -> String {
        let loose = loose || needs_lines(items);
        let mut out = Vec::new();
        for (at, Item::ListItem { content }) in items.iter().enumerate() {
            let mark = mark(at);
            let inside = match content.first() {
                // With hyphens it would be one line of them.
                Some(Block::Divider) => {
                    let rest = self.blocks(&content[1..], !loose);
                    format!("___\n\n{rest}").trim_end().to_owned()
                }
                _ => self.blocks(content, !loose),
            };
            let inside = indent(&inside, &mark, &" ".repeat(mark.len()));
            out.push(if inside.is_empty() {
                mark.trim_end().to_owned()
            } else {
                inside
            });
        }
        out.join(if loose { "\n\n" } else { "\n" })
    }

    fn table(&mut self, rows: &[Row]) -> String {
        let mut out = String::new();
        for (at, Row::TableRow { content }) in rows.iter().enumerate() {
            let mut rule = String::new();
            for cell in content {
                let (attrs, content) = match cell {
                    Cell::TableHeader { attrs, content } | Cell::TableCell { attrs, content } => {
                        (attrs, content)
                    }
                };
                let text = text_line(&mut self.tags, content, Place::Cell);
                out.push_str(&format!("| {text} "));
                rule.push_str(match attrs.align {
                    CellAlign::None => "| --- ",
                    CellAlign::Left => "| :-- ",
                    CellAlign::Center => "| :-: ",
                    CellAlign::Right => "| --: ",
                });
            }
            out.push_str("|\n");
            if at == 0 {
                out.push_str(&format!("{rule}|\n"));
            }
        }
        out.trim_end().to_owned()
    }

    fn picture(&mut self, attrs: &PictureAttrs, caption: &[Inline]) -> String {
        let alt = self.words(&attrs.alt);
        let image = format!("![{alt}]({})", destination(&mut self.tags, &attrs.src));
        let is_plain = attrs.width == Width::Own && attrs.href.is_empty() && caption.is_empty();
        if is_plain {
            return image;
        }
        let caption = text_line(&mut self.tags, caption, Place::Paragraph);
        let inside = if caption.is_empty() {
            image
        } else {
            format!("{image}\n\n{caption}")
        };
        let values = [
            ("width", attrs.width.as_str()),
            ("href", attrs.href.as_str()),
        ];
        directive("figure", &values, &inside)
    }

    /// Words without marks.
    fn words(&mut self, words: &str) -> String {
        let protected = self.tags.protect(words);
        let text = Inline::Text {
            text: protected,
            marks: Vec::new(),
        };
        text_line(&mut self.tags, &[text], Place::Heading)
    }
}

fn directive(name: &str, values: &[(&str, &str)], inside: &str) -> String {
    let fence = ":".repeat(longest_fence(inside) + 1);
    let mut out = format!("{fence}{name}");
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    out.push('\n');
    if !inside.is_empty() {
        out.push_str(inside);
        out.push('\n');
    }
    out + &fence
}

/// The colons of the longest line of them, or two.
fn longest_fence(text: &str) -> usize {
    let colons = |line: &str| {
        let line = line
            .trim_start_matches([' ', '\t', '>', '-', '*', '.', ')', '+'])
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches([' ', '.', ')']);
        line.len() - line.trim_start_matches(':').len()
    };
    let longest = text.lines().map(colons).max().unwrap_or(0);
    longest.max(FENCE.len() - 1)
}

fn code(language: &str, content: &[Inline]) -> String {
    let text: String = content
        .iter()
        .filter_map(|one| match one {
            Inline::Text { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let mark = if language.contains('`') { '~' } else { '`' };
    let longest = text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
    let fence = String::from(mark).repeat(longest.max(2) + 1);
    let language = language.replace('\\', "\\\\").replace('&', "&amp;");
    if text.is_empty() {
        return format!("{fence}{language}\n{fence}");
    }
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A text behind a mark.
fn indent(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mark = if at == 0 { first } else { rest };
        out.push_str(if line.is_empty() {
            mark.trim_end()
        } else {
            mark
        });
        out.push_str(line);
    }
    out
}
