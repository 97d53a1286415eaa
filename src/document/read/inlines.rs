//! What stands in the lines of a block.

use comrak::nodes::{AstNode, NodeValue};

use super::Reader;
use crate::document::model::{ImageAttrs, Inline, LinkAttrs, Mark, MarkdownAttrs, TagAttrs};
use crate::document::tags::{Part, Tag};

impl Reader<'_> {
    pub(super) fn inlines<'a>(&self, parent: &'a AstNode<'a>) -> Option<Vec<Inline>> {
        let mut out = Vec::new();
        self.inlines_of(parent, &[], &mut out)?;
        Some(out)
    }

    /// What a node holds; marks that are HTML are marks too.
    fn inlines_of<'a>(
        &self,
        parent: &'a AstNode<'a>,
        marks: &[Mark],
        out: &mut Vec<Inline>,
    ) -> Option<()> {
        let mut marks = marks.to_vec();
        let mut open: Vec<&str> = Vec::new();
        for node in parent.children() {
            match html_mark(node) {
                Some(HtmlMark::Open(element, mark)) if is_closed(node, element) => {
                    open.push(element);
                    marks.push(mark);
                }
                Some(HtmlMark::Close(element)) if open.last() == Some(&element) => {
                    open.pop();
                    marks.pop();
                }
                _ => self.inline(node, &marks, out)?,
            }
        }
        Some(())
    }

    fn inline<'a>(
        &self,
        node: &'a AstNode<'a>,
        marks: &[Mark],
        out: &mut Vec<Inline>,
    ) -> Option<()> {
        let with = |mark: Mark| {
            let mut marks = marks.to_vec();
            marks.push(mark);
            marks
        };
        let value = node.data.borrow().value.clone();
        let inside = match value {
            NodeValue::Text(text) => return self.text(&text, marks, out),
            NodeValue::SoftBreak => return self.text("\n", marks, out),
            NodeValue::LineBreak => {
                out.push(Inline::HardBreak {
                    marks: marks.to_vec(),
                });
                return Some(());
            }
            NodeValue::Code(code) => return self.text(&code.literal, &with(Mark::Code), out),
            NodeValue::HtmlInline(html) => {
                out.push(raw(self.tags.restore(&html), marks));
                return Some(());
            }
            NodeValue::FootnoteReference(note) => {
                out.push(raw(format!("[^{}]", self.tags.restore(&note.name)), marks));
                return Some(());
            }
            NodeValue::Image(image) => {
                out.push(Inline::Image {
                    attrs: ImageAttrs {
                        src: self.tags.restore(&image.url),
                        alt: self.tags.restore(&text_of(node)),
                        title: self.tags.restore(&image.title),
                    },
                    marks: marks.to_vec(),
                });
                return Some(());
            }
            NodeValue::Strong => with(Mark::Strong),
            NodeValue::Emph => with(Mark::Em),
            NodeValue::Strikethrough => with(Mark::Strike),
            NodeValue::Link(link) => with(Mark::Link {
                attrs: LinkAttrs {
                    href: self.tags.restore(&link.url),
                    title: self.tags.restore(&link.title),
                },
            }),
            _ => return None,
        };
        self.inlines_of(node, &inside, out)
    }

    fn text(&self, text: &str, marks: &[Mark], out: &mut Vec<Inline>) -> Option<()> {
        for part in self.tags.parts(text) {
            out.push(match part {
                Part::Text(text) => Inline::Text {
                    text: text.to_owned(),
                    marks: marks.to_vec(),
                },
                Part::Tag(_, Tag::Value(tag)) => Inline::MergeTag {
                    attrs: TagAttrs {
                        tag: tag.to_owned(),
                    },
                    marks: marks.to_vec(),
                },
                Part::Tag(word, _) => raw(self.tags.restore(word), marks),
            });
        }
        Some(())
    }
}

/// HTML that says what a mark says.
enum HtmlMark {
    Open(&'static str, Mark),
    Close(&'static str),
}

/// The elements that marks are rendered as.
fn html_mark<'a>(node: &'a AstNode<'a>) -> Option<HtmlMark> {
    let NodeValue::HtmlInline(html) = &node.data.borrow().value else {
        return None;
    };
    Some(match html.as_str() {
        "<strong>" => HtmlMark::Open("strong", Mark::Strong),
        "<em>" => HtmlMark::Open("em", Mark::Em),
        "<del>" => HtmlMark::Open("del", Mark::Strike),
        "</strong>" => HtmlMark::Close("strong"),
        "</em>" => HtmlMark::Close("em"),
        "</del>" => HtmlMark::Close("del"),
        _ => return None,
    })
}

/// Whether an element that opens at a node is closed beside it, as are those within.
fn is_closed<'a>(node: &'a AstNode<'a>, element: &str) -> bool {
    let mut open = vec![element];
    for next in node.following_siblings().skip(1) {
        match html_mark(next) {
            Some(HtmlMark::Open(inner, _)) => open.push(inner),
            Some(HtmlMark::Close(inner)) => {
                if open.pop() != Some(inner) {
                    return false;
                }
                if open.is_empty() {
                    return true;
                }
            }
            None => {}
        }
    }
    false
}

fn raw(text: String, marks: &[Mark]) -> Inline {
    Inline::Raw {
        attrs: MarkdownAttrs { text },
        marks: marks.to_vec(),
    }
}

/// The text in a node, as comrak writes it for `alt`.
pub(super) fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for inner in node.descendants().skip(1) {
        match &inner.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out
}
