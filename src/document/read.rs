//! Markdown as a document.

use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};

use super::model::{Block, Branch, Document, IfAttrs, MarkdownAttrs};
use super::tags::{Part, Tag, Tags};
use super::write::write;
use crate::text::blocks::Fences;
use crate::text::bounds::TooComplex;
use crate::text::links::STAND_IN;
use crate::text::markdown as html;

mod blocks;
mod directives;
mod inlines;

/// Reads a text. What is written of the document renders as the text does: a part
/// that would not is kept word for word.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of a text.
pub fn read(markdown: &str) -> Result<Document, TooComplex> {
    let mut markdown = markdown.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    // As it is written: code that is not closed ends with the text.
    if !markdown.is_empty() && !markdown.ends_with('\n') {
        markdown.push('\n');
    }
    if markdown.contains(STAND_IN) {
        return Ok(verbatim(markdown.trim_matches('\n')));
    }
    let mut tags = Tags::default();
    let protected = tags.protect(&markdown);
    let wanted = html::to_html(&protected)?;
    let mut pieces = pieces(&protected, &tags)?;
    let is_same = |blocks: &[Piece], tags: &mut Tags| {
        let document = assembled(blocks, tags);
        let again = tags.protect(&write(&document));
        html::to_html(&again).is_ok_and(|html| html == wanted)
    };
    if is_same(&pieces, &mut tags) {
        return Ok(assembled(&pieces, &tags));
    }
    for piece in &mut pieces {
        let Some(block) = &piece.block else {
            continue;
        };
        let one = Document {
            content: vec![block.clone()],
        };
        let again = tags.protect(&write(&one.normal()));
        if html::to_html(&again)? != html::to_html(&piece.source)? {
            piece.block = None;
        }
    }
    if is_same(&pieces, &mut tags) {
        return Ok(assembled(&pieces, &tags));
    }
    Ok(verbatim(markdown.trim_matches('\n')))
}

fn verbatim(text: &str) -> Document {
    let text = text.to_owned();
    let content = vec![Block::Markdown {
        attrs: MarkdownAttrs { text },
    }];
    Document { content }.normal()
}

/// A block of the text's first level.
struct Piece {
    /// With words for its merge tags.
    source: String,
    /// `None` for what is kept word for word.
    block: Option<Block>,
    /// The statement that it is, alone.
    statement: Option<String>,
}

/// The document of all pieces, conditions and what they hold put together.
fn assembled(pieces: &[Piece], tags: &Tags) -> Document {
    let mut open: Vec<(String, Vec<Block>, Option<Vec<Block>>)> = Vec::new();
    let mut content: Vec<Block> = Vec::new();
    let kept = |statement: &str| Block::Markdown {
        attrs: MarkdownAttrs {
            text: format!("{{% {statement} %}}"),
        },
    };
    let whole = conditions(pieces);
    for (at, piece) in pieces.iter().enumerate() {
        let block = match (&piece.statement, whole.contains(&at)) {
            (Some(statement), true) if statement == "else" => {
                if let Some((.., then)) = open.last_mut() {
                    *then = Some(std::mem::take(&mut content));
                }
                continue;
            }
            (Some(statement), true) if statement == "endif" => {
                let Some((condition, before, then)) = open.pop() else {
                    continue;
                };
                let inside = std::mem::replace(&mut content, before);
                let branches = match then {
                    Some(then) => vec![
                        Branch::Then { content: then },
                        Branch::Else { content: inside },
                    ],
                    None => vec![Branch::Then { content: inside }],
                };
                Block::If {
                    attrs: IfAttrs { condition },
                    content: branches,
                }
            }
            (Some(statement), true) => {
                let condition = statement.strip_prefix("if").unwrap_or(statement).trim();
                open.push((condition.to_owned(), std::mem::take(&mut content), None));
                continue;
            }
            (Some(statement), false) => kept(statement),
            (None, _) => match &piece.block {
                Some(block) => block.clone(),
                None => Block::Markdown {
                    attrs: MarkdownAttrs {
                        text: tags.restore(&piece.source),
                    },
                },
            },
        };
        content.push(block);
    }
    Document { content }.normal()
}

/// The pieces that are the `if`, `else` and `endif` of conditions with nothing else.
fn conditions(pieces: &[Piece]) -> Vec<usize> {
    let mut whole = Vec::new();
    // The pieces of each that is open, and whether it is one of the model.
    let mut open: Vec<(Vec<usize>, bool)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some(statement) = piece.statement.as_deref() else {
            continue;
        };
        let word = statement.split_whitespace().next().unwrap_or_default();
        match word {
            "if" => open.push((vec![at], true)),
            "else" if statement == "else" => match open.last_mut() {
                Some((parts, is_plain)) => {
                    *is_plain &= parts.len() == 1;
                    parts.push(at);
                }
                None => return Vec::new(),
            },
            "endif" if statement == "endif" => match open.pop() {
                Some((parts, true)) => {
                    whole.extend(parts);
                    whole.push(at);
                }
                Some(_) => {}
                None => return Vec::new(),
            },
            "elif" => {
                if let Some((_, is_plain)) = open.last_mut() {
                    *is_plain = false;
                }
            }
            _ => return Vec::new(),
        }
    }
    // What is not closed leaves all as it is.
    if open.is_empty() { whole } else { Vec::new() }
}

fn pieces(protected: &str, tags: &Tags) -> Result<Vec<Piece>, TooComplex> {
    let arena = Arena::new();
    let (root, fences) = html::read(&arena, protected)?;
    let lines: Vec<&str> = protected.split('\n').collect();
    let source = |from: usize, to: usize| {
        let lines = lines.get(from..to.min(lines.len())).unwrap_or_default();
        lines.join("\n")
    };
    let reader = Reader {
        tags,
        fences: &fences,
    };
    let mut nodes: Vec<_> = root
        .children()
        .filter(|node| !matches!(node.data.borrow().value, NodeValue::FootnoteDefinition(_)))
        .collect();
    nodes.sort_by_key(|node| node.data.borrow().sourcepos.start.line);
    let mut pieces = Vec::new();
    let mut at = 0;
    let gap = |pieces: &mut Vec<Piece>, from: usize, to: usize| {
        // Definitions of links and footnotes: they are no nodes of the tree.
        let text = source(from, to);
        let text = text.trim_matches('\n');
        if !text.trim().is_empty() {
            pieces.push(Piece {
                source: text.to_owned(),
                block: None,
                statement: None,
            });
        }
    };
    for node in nodes {
        let place = node.data.borrow().sourcepos;
        let start = place.start.line.saturating_sub(1).max(at);
        let end = place.end.line.max(start);
        gap(&mut pieces, at, start);
        pieces.push(Piece {
            source: source(start, end),
            statement: reader.statement(node),
            block: reader.block(node),
        });
        at = end;
    }
    gap(&mut pieces, at, lines.len());
    Ok(pieces)
}

struct Reader<'r> {
    tags: &'r Tags,
    fences: &'r Fences,
}

impl Reader<'_> {
    /// The statement of a paragraph that holds nothing else.
    fn statement<'a>(&self, node: &'a AstNode<'a>) -> Option<String> {
        if !matches!(node.data.borrow().value, NodeValue::Paragraph) {
            return None;
        }
        let only = node
            .first_child()
            .filter(|one| one.next_sibling().is_none())?;
        let NodeValue::Text(text) = &only.data.borrow().value else {
            return None;
        };
        match self.tags.parts(text).as_slice() {
            [Part::Tag(_, Tag::Statement(statement))] => Some((*statement).to_owned()),
            _ => None,
        }
    }
}
