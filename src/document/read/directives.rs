//! Blocks that Markdown has no words for.

use comrak::nodes::{AstNode, NodeValue};

use super::Reader;
use crate::document::model::{
    Align, AudioAttrs, Block, ButtonAttrs, ButtonKind, CalloutAttrs, CalloutKind, Column,
    ColumnsAttrs, CountAttrs, EmbedAttrs, FeedAttrs, FileAttrs, Inline, NameAttrs, Picture,
    PictureAttrs, Size, SlugAttrs, SpacerAttrs, Split, VideoAttrs, Width, Word,
};
use crate::document::normal;
use crate::text::blocks::Directive;

impl Reader<'_> {
    /// A directive that the model has; `None` where anything is not understood.
    pub(super) fn directive<'a>(
        &self,
        node: &'a AstNode<'a>,
        directive: &Directive,
    ) -> Option<Block> {
        let get = |name: &str| self.tags.restore(directive.get(name));
        let only = |names: &[&str]| {
            let known = |name: &String| names.contains(&name.as_str());
            (directive.is_sound && directive.attributes.keys().all(known)).then_some(())
        };
        let is_empty = || node.first_child().is_none().then_some(());
        Some(match directive.name.as_str() {
            "button" => {
                only(&["href", "align", "kind"])?;
                Block::Button {
                    attrs: ButtonAttrs {
                        href: get("href"),
                        align: Align::parse(&get("align"))?,
                        kind: ButtonKind::parse(&get("kind"))?,
                    },
                    content: self.paragraph(node)?,
                }
            }
            "figure" => {
                let (attrs, content) = self.figure(node, directive)?;
                Block::Picture { attrs, content }
            }
            "gallery" => {
                only(&[])?;
                Block::Gallery {
                    content: node
                        .children()
                        .map(|one| self.in_gallery(one))
                        .collect::<Option<_>>()?,
                }
            }
            "spacer" => {
                only(&["size"])?;
                is_empty()?;
                Block::Spacer {
                    attrs: SpacerAttrs {
                        size: Size::parse(&get("size"))?,
                    },
                }
            }
            "columns" => {
                only(&["split"])?;
                Block::Columns {
                    attrs: ColumnsAttrs {
                        split: Split::parse(&get("split"))?,
                    },
                    content: node
                        .children()
                        .map(|one| self.column(one))
                        .collect::<Option<_>>()?,
                }
            }
            "callout" => {
                only(&["kind"])?;
                Block::Callout {
                    attrs: CalloutAttrs {
                        kind: CalloutKind::parse(&get("kind"))?,
                    },
                    content: self.blocks(node)?,
                }
            }
            "file" => {
                only(&["href"])?;
                Block::File {
                    attrs: FileAttrs {
                        href: get("href"),
                        name: self.words(node)?,
                    },
                }
            }
            "audio" => {
                only(&["href"])?;
                Block::Audio {
                    attrs: AudioAttrs {
                        href: get("href"),
                        title: self.words(node)?,
                    },
                }
            }
            "video" => {
                only(&["href", "poster"])?;
                Block::Video {
                    attrs: VideoAttrs {
                        href: get("href"),
                        poster: get("poster"),
                        title: self.words(node)?,
                    },
                }
            }
            "embed" => {
                only(&["href", "title", "picture"])?;
                Block::Embed {
                    attrs: EmbedAttrs {
                        href: get("href"),
                        title: get("title"),
                        picture: get("picture"),
                        description: self.words(node)?,
                    },
                }
            }
            name @ ("event" | "post") => {
                only(&["slug"])?;
                is_empty()?;
                let attrs = SlugAttrs { slug: get("slug") };
                match name {
                    "event" => Block::Event { attrs },
                    _ => Block::Post { attrs },
                }
            }
            "snippet" => {
                only(&["name"])?;
                is_empty()?;
                Block::Snippet {
                    attrs: NameAttrs { name: get("name") },
                }
            }
            name @ ("events" | "posts") => {
                only(&["count"])?;
                is_empty()?;
                let count = get("count").parse().ok()?;
                let attrs = CountAttrs { count };
                match name {
                    "events" => Block::Events { attrs },
                    _ => Block::Posts { attrs },
                }
            }
            "feed" => {
                only(&["name", "count"])?;
                is_empty()?;
                Block::Feed {
                    attrs: FeedAttrs {
                        name: get("name"),
                        count: get("count").parse().ok()?,
                    },
                }
            }
            "social" => {
                only(&[])?;
                Block::Social {
                    content: self.blocks(node)?,
                }
            }
            _ => return None,
        })
    }

    fn figure<'a>(
        &self,
        node: &'a AstNode<'a>,
        directive: &Directive,
    ) -> Option<(PictureAttrs, Vec<Inline>)> {
        let known = |name: &String| matches!(name.as_str(), "width" | "href");
        if !directive.is_sound || !directive.attributes.keys().all(known) {
            return None;
        }
        let mut children = node.children();
        let attrs = PictureAttrs {
            width: Width::parse(directive.get("width"))?,
            href: self.tags.restore(directive.get("href")),
            ..self.picture(children.next()?)?
        };
        let content = match children.next() {
            Some(caption) if matches!(caption.data.borrow().value, NodeValue::Paragraph) => {
                self.inlines(caption)?
            }
            Some(_) => return None,
            None => Vec::new(),
        };
        children.next().is_none().then_some((attrs, content))
    }

    fn in_gallery<'a>(&self, node: &'a AstNode<'a>) -> Option<Picture> {
        match self.block(node)? {
            Block::Picture { attrs, content } => Some(Picture::Picture { attrs, content }),
            _ => None,
        }
    }

    fn column<'a>(&self, node: &'a AstNode<'a>) -> Option<Column> {
        let NodeValue::BlockDirective(directive) = node.data.borrow().value.clone() else {
            return None;
        };
        let directive = Directive::parse(self.fences.info(&directive.info));
        let is_column =
            directive.name == "column" && directive.is_sound && directive.attributes.is_empty();
        is_column.then_some(())?;
        Some(Column::Column {
            content: self.blocks(node)?,
        })
    }

    /// The inlines of a block's only paragraph.
    fn paragraph<'a>(&self, node: &'a AstNode<'a>) -> Option<Vec<Inline>> {
        let Some(only) = node.first_child() else {
            return Some(Vec::new());
        };
        let is_one = only.next_sibling().is_none()
            && matches!(only.data.borrow().value, NodeValue::Paragraph);
        is_one.then_some(())?;
        self.inlines(only)
    }

    /// The same as words without marks.
    fn words<'a>(&self, node: &'a AstNode<'a>) -> Option<String> {
        let mut words = String::new();
        for inline in normal::inlines(self.paragraph(node)?) {
            match inline {
                Inline::Text { text, marks } if marks.is_empty() => words.push_str(&text),
                Inline::MergeTag { attrs, marks } if marks.is_empty() => {
                    words.push_str(&format!("{{{{ {} }}}}", attrs.tag));
                }
                _ => return None,
            }
        }
        Some(words)
    }
}
