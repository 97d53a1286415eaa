//! The one form of documents that say the same: what Markdown cannot tell apart is
//! made alike.

use super::model::{
    AlignAttrs, AudioAttrs, Block, Branch, ButtonAttrs, Cell, CellAlign, CodeAttrs, Column,
    Document, EmbedAttrs, FeedAttrs, FileAttrs, HeadingAttrs, HtmlAttrs, IfAttrs, Inline, Item,
    ListAttrs, Mark, MarkdownAttrs, NameAttrs, Picture, PictureAttrs, Row, SlugAttrs, VideoAttrs,
};

mod lists;

use lists::is_loose;

pub(super) use lists::needs_lines;

impl Document {
    /// The document as it is read again after it was written.
    #[must_use]
    pub fn normal(self) -> Self {
        Self {
            content: filled(blocks(self.content)),
        }
    }
}

/// A container holds at least an empty paragraph, and no other empty ones.
fn filled(mut content: Vec<Block>) -> Vec<Block> {
    if content.is_empty() {
        content.push(Block::Paragraph {
            content: Vec::new(),
        });
    }
    content
}

fn blocks(content: Vec<Block>) -> Vec<Block> {
    let is_empty =
        |block: &Block| matches!(block, Block::Paragraph { content } if content.is_empty());
    let content = content.into_iter().filter_map(block);
    content.filter(|block| !is_empty(block)).collect()
}

fn inside(content: Vec<Block>) -> Vec<Block> {
    filled(blocks(content))
}

/// A block; `None` for one that holds nothing and could not be written.
fn block(block: Block) -> Option<Block> {
    Some(match block {
        Block::Paragraph { content } => Block::Paragraph {
            content: line(content),
        },
        Block::Heading { attrs, content } => Block::Heading {
            attrs: HeadingAttrs {
                level: attrs.level.clamp(1, 6),
            },
            content: one_line(content),
        },
        Block::Blockquote { content } => Block::Blockquote {
            content: inside(content),
        },
        Block::CodeBlock { attrs, content } => {
            let text = content.into_iter().filter_map(|one| match one {
                Inline::Text { text, .. } => {
                    Some(text.replace("\r\n", "\n").replace(['\r', '\0'], "\n"))
                }
                _ => None,
            });
            let text: String = text.collect();
            let language = attrs.language.replace(char::is_control, " ");
            Block::CodeBlock {
                attrs: CodeAttrs {
                    language: language.trim().to_owned(),
                },
                content: some_text(text),
            }
        }
        Block::BulletList { attrs, content } => {
            let content = items(content)?;
            let loose = is_loose(attrs.loose, &content);
            let attrs = ListAttrs { start: 0, loose };
            Block::BulletList { attrs, content }
        }
        Block::OrderedList { attrs, content } => {
            let content = items(content)?;
            let loose = is_loose(attrs.loose, &content);
            let start = attrs.start.min(99_999_999);
            let attrs = ListAttrs { start, loose };
            Block::OrderedList { attrs, content }
        }
        Block::Table { content } => table(content)?,
        Block::Picture { attrs, content } => Block::Picture {
            attrs: picture(attrs),
            content: line(content),
        },
        Block::Gallery { content } => Block::Gallery {
            content: content
                .into_iter()
                .map(|Picture::Picture { attrs, content }| Picture::Picture {
                    attrs: picture(attrs),
                    content: line(content),
                })
                .collect(),
        },
        Block::Button { attrs, content } => Block::Button {
            attrs: ButtonAttrs {
                href: value(&attrs.href),
                ..attrs
            },
            content: line(content),
        },
        Block::Columns { attrs, content } => Block::Columns {
            attrs,
            content: content
                .into_iter()
                .map(|Column::Column { content }| Column::Column {
                    content: inside(content),
                })
                .collect(),
        },
        Block::Callout { attrs, content } => Block::Callout {
            attrs,
            content: inside(content),
        },
        Block::File { attrs } => Block::File {
            attrs: FileAttrs {
                href: value(&attrs.href),
                name: words(&attrs.name),
            },
        },
        Block::Audio { attrs } => Block::Audio {
            attrs: AudioAttrs {
                href: value(&attrs.href),
                title: words(&attrs.title),
            },
        },
        Block::Video { attrs } => Block::Video {
            attrs: VideoAttrs {
                href: value(&attrs.href),
                poster: value(&attrs.poster),
                title: words(&attrs.title),
            },
        },
        Block::Embed { attrs } => Block::Embed {
            attrs: EmbedAttrs {
                href: value(&attrs.href),
                title: value(&attrs.title),
                description: words(&attrs.description),
                picture: value(&attrs.picture),
            },
        },
        Block::Event { attrs } => Block::Event {
            attrs: SlugAttrs {
                slug: value(&attrs.slug),
            },
        },
        Block::Post { attrs } => Block::Post {
            attrs: SlugAttrs {
                slug: value(&attrs.slug),
            },
        },
        Block::Snippet { attrs } => Block::Snippet {
            attrs: NameAttrs {
                name: value(&attrs.name),
            },
        },
        Block::Feed { attrs } => Block::Feed {
            attrs: FeedAttrs {
                name: value(&attrs.name),
                count: attrs.count,
            },
        },
        Block::Social { content } => Block::Social {
            content: inside(content),
        },
        Block::If { attrs, content } => {
            let branch = |branch| match branch {
                Branch::Then { content } => Branch::Then {
                    content: inside(content),
                },
                Branch::Else { content } => Branch::Else {
                    content: inside(content),
                },
            };
            Block::If {
                attrs: IfAttrs {
                    condition: value(&attrs.condition).trim().to_owned(),
                },
                content: content.into_iter().map(branch).collect(),
            }
        }
        Block::Html { attrs } => {
            let html = attrs.html.trim_matches('\n').to_owned();
            if html.trim().is_empty() {
                return None;
            }
            Block::Html {
                attrs: HtmlAttrs { html },
            }
        }
        Block::Markdown { attrs } => {
            let text = attrs.text.trim_matches('\n').to_owned();
            if text.trim().is_empty() {
                return None;
            }
            Block::Markdown {
                attrs: MarkdownAttrs { text },
            }
        }
        other @ (Block::Divider
        | Block::Spacer { .. }
        | Block::Events { .. }
        | Block::Posts { .. }) => other,
    })
}

/// A value of an attribute stands in one line.
fn value(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
        .trim()
        .to_owned()
}

fn words(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>();
    words.join(" ").replace(char::is_control, "")
}

fn picture(attrs: PictureAttrs) -> PictureAttrs {
    PictureAttrs {
        src: address(&attrs.src),
        alt: words(&attrs.alt),
        href: value(&attrs.href),
        ..attrs
    }
}

fn address(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

fn some_text(text: String) -> Vec<Inline> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Inline::Text {
        text,
        marks: Vec::new(),
    }]
}

fn items(content: Vec<Item>) -> Option<Vec<Item>> {
    let item = |Item::ListItem { content }| Item::ListItem {
        content: inside(content),
    };
    let items: Vec<Item> = content.into_iter().map(item).collect();
    (!items.is_empty()).then_some(items)
}

fn table(rows: Vec<Row>) -> Option<Block> {
    let cells = |cells: Vec<Cell>| -> Vec<(CellAlign, Vec<Inline>)> {
        let cell = |cell| match cell {
            Cell::TableHeader { attrs, content } | Cell::TableCell { attrs, content } => {
                (attrs.align, in_cell(one_line(content)))
            }
        };
        cells.into_iter().map(cell).collect()
    };
    let mut rows = rows
        .into_iter()
        .map(|Row::TableRow { content }| cells(content));
    let head = rows.next().filter(|head| !head.is_empty())?;
    let aligns: Vec<CellAlign> = head.iter().map(|(align, _)| *align).collect();
    let mut content = vec![Row::TableRow {
        content: head
            .into_iter()
            .map(|(align, content)| Cell::TableHeader {
                attrs: AlignAttrs { align },
                content,
            })
            .collect(),
    }];
    for row in rows {
        let mut row = row.into_iter();
        let cell = |align: &CellAlign| Cell::TableCell {
            attrs: AlignAttrs { align: *align },
            content: row.next().map(|(_, content)| content).unwrap_or_default(),
        };
        content.push(Row::TableRow {
            content: aligns.iter().map(cell).collect(),
        });
    }
    Some(Block::Table { content })
}

/// Inlines of a table's cell: code has no way to say `\|` there.
fn in_cell(mut content: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut content {
        if let Inline::Text { text, marks } = inline
            && text.contains("\\|")
        {
            marks.retain(|mark| *mark != Mark::Code);
        }
    }
    inlines(content)
}

/// Inlines of a block that has but one line: a break in it is HTML.
fn one_line(content: Vec<Inline>) -> Vec<Inline> {
    let content = line(content).into_iter().map(|one| match one {
        Inline::HardBreak { marks } => Inline::Raw {
            attrs: MarkdownAttrs {
                text: "<br>".to_owned(),
            },
            marks,
        },
        other => other,
    });
    inlines(content.collect())
}

/// Inlines of a paragraph: without a break at its end.
fn line(content: Vec<Inline>) -> Vec<Inline> {
    let mut content = inlines(content);
    while let Some(Inline::HardBreak { .. }) = content.last() {
        content.pop();
    }
    content
}

/// Inlines with their marks in order, and text of the same marks in one piece.
pub(super) fn inlines(content: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for mut inline in content {
        let marks = inline.marks_mut();
        marks.sort();
        marks.dedup_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b));
        let is_code = marks.contains(&Mark::Code);
        for mark in marks {
            if let Mark::Link { attrs } = mark {
                attrs.href = address(&attrs.href);
                attrs.title = words(&attrs.title);
            }
        }
        match &mut inline {
            Inline::Text { text, .. } => {
                *text = text.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
                if is_code {
                    *text = text.replace('\n', " ");
                }
                if text.is_empty() {
                    continue;
                }
            }
            Inline::Image { attrs, .. } => {
                attrs.src = address(&attrs.src);
                attrs.alt = words(&attrs.alt);
                attrs.title = words(&attrs.title);
            }
            Inline::MergeTag { attrs, .. } => {
                attrs.tag = value(&attrs.tag);
            }
            Inline::Raw { attrs, .. } if attrs.text.is_empty() => continue,
            _ => {}
        }
        if let (
            Some(Inline::Text { text, marks }),
            Inline::Text {
                text: more,
                marks: same,
            },
        ) = (out.last_mut(), &inline)
            && marks == same
        {
            text.push_str(more);
            continue;
        }
        out.push(inline);
    }
    out
}
