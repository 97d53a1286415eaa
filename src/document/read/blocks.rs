//! Blocks of Markdown.

use comrak::nodes::{AstNode, ListType, NodeList, NodeValue, TableAlignment};

use super::Reader;
use super::inlines::text_of;
use crate::document::model::{
    AlignAttrs, Block, Cell, CellAlign, CodeAttrs, HeadingAttrs, HtmlAttrs, Inline, Item,
    ListAttrs, PictureAttrs, Row,
};
use crate::text::blocks::Directive;

impl Reader<'_> {
    pub(super) fn blocks<'a>(&self, parent: &'a AstNode<'a>) -> Option<Vec<Block>> {
        parent.children().map(|node| self.block(node)).collect()
    }

    /// A block; `None` for what the model does not have.
    pub(super) fn block<'a>(&self, node: &'a AstNode<'a>) -> Option<Block> {
        let value = node.data.borrow().value.clone();
        Some(match value {
            NodeValue::Paragraph => match self.picture(node) {
                Some(attrs) => Block::Picture {
                    attrs,
                    content: Vec::new(),
                },
                None => Block::Paragraph {
                    content: self.inlines(node)?,
                },
            },
            NodeValue::Heading(heading) => Block::Heading {
                attrs: HeadingAttrs {
                    level: heading.level,
                },
                content: self.inlines(node)?,
            },
            NodeValue::BlockQuote => Block::Blockquote {
                content: self.blocks(node)?,
            },
            NodeValue::CodeBlock(code) => {
                let text = code.literal.strip_suffix('\n').unwrap_or(&code.literal);
                Block::CodeBlock {
                    attrs: CodeAttrs {
                        language: self.tags.restore(&code.info),
                    },
                    content: vec![plain(self.tags.restore(text))],
                }
            }
            NodeValue::ThematicBreak => Block::Divider,
            NodeValue::List(list) => self.list(node, &list)?,
            NodeValue::Table(table) => self.table(node, &table.alignments)?,
            NodeValue::HtmlBlock(html) => Block::Html {
                attrs: HtmlAttrs {
                    html: self.tags.restore(html.literal.trim_end_matches('\n')),
                },
            },
            NodeValue::BlockDirective(directive) => {
                let directive = Directive::parse(self.fences.info(&directive.info));
                self.directive(node, &directive)?
            }
            _ => return None,
        })
    }

    fn list<'a>(&self, node: &'a AstNode<'a>, list: &NodeList) -> Option<Block> {
        let mut content = Vec::new();
        for item in node.children() {
            content.push(Item::ListItem {
                content: self.blocks(item)?,
            });
        }
        let is_ordered = list.list_type == ListType::Ordered;
        let attrs = ListAttrs {
            start: if is_ordered {
                u32::try_from(list.start).ok()?
            } else {
                0
            },
            loose: !list.tight,
        };
        Some(if is_ordered {
            Block::OrderedList { attrs, content }
        } else {
            Block::BulletList { attrs, content }
        })
    }

    fn table<'a>(&self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) -> Option<Block> {
        let mut rows = Vec::new();
        for row in node.children() {
            let is_header = matches!(row.data.borrow().value, NodeValue::TableRow(true));
            let mut cells = Vec::new();
            for (at, cell) in row.children().enumerate() {
                let align = match alignments.get(at) {
                    Some(TableAlignment::Left) => CellAlign::Left,
                    Some(TableAlignment::Center) => CellAlign::Center,
                    Some(TableAlignment::Right) => CellAlign::Right,
                    _ => CellAlign::None,
                };
                let attrs = AlignAttrs { align };
                let content = self.inlines(cell)?;
                cells.push(if is_header {
                    Cell::TableHeader { attrs, content }
                } else {
                    Cell::TableCell { attrs, content }
                });
            }
            rows.push(Row::TableRow { content: cells });
        }
        Some(Block::Table { content: rows })
    }

    /// The picture of a paragraph that holds nothing else.
    pub(super) fn picture<'a>(&self, node: &'a AstNode<'a>) -> Option<PictureAttrs> {
        let only = node
            .first_child()
            .filter(|one| one.next_sibling().is_none())?;
        let NodeValue::Image(image) = &only.data.borrow().value else {
            return None;
        };
        image.title.is_empty().then(|| PictureAttrs {
            src: self.tags.restore(&image.url),
            alt: self.tags.restore(&text_of(only)),
            ..PictureAttrs::default()
        })
    }
}

fn plain(text: String) -> Inline {
    Inline::Text {
        text,
        marks: Vec::new(),
    }
}
