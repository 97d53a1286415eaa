//! The lines between the items of a list.

use crate::document::model::{Block, Item};

/// Whether a list is loose, which is seen of paragraphs only. Where blocks of an item need a line
/// between them it is, and where there is no place for a line it is not. The rest is comrak's:
/// a line behind a divider does not count, and behind a directive that holds nothing each counts
/// as one.
pub(super) fn is_loose(wanted: bool, items: &[Item]) -> bool {
    let contents = items.iter().map(|Item::ListItem { content }| content);
    let has_paragraph = |content: &Vec<Block>| {
        let is_paragraph = |block: &Block| matches!(block, Block::Paragraph { .. });
        content.iter().any(is_paragraph)
    };
    if !contents.clone().any(has_paragraph) {
        return false;
    }
    // What stands before another block or item.
    let followed = contents.enumerate().flat_map(|(at, content)| {
        let is_last = at + 1 == items.len();
        let count = content.len().saturating_sub(usize::from(is_last));
        content.iter().take(count).map(tail)
    });
    let has_lines = wanted || needs_lines(items);
    let mut followed = followed.map(|block| match block {
        Block::Divider => false,
        block => has_lines || is_empty_directive(block),
    });
    followed.any(|counts| counts)
}

/// What a block ends with, in lists.
fn tail(block: &Block) -> &Block {
    let (Block::BulletList { content, .. } | Block::OrderedList { content, .. }) = block else {
        return block;
    };
    let last = content.last();
    let last = last.and_then(|Item::ListItem { content }| content.last());
    last.map_or(block, tail)
}

/// Whether a block is written as a directive with nothing in it.
fn is_empty_directive(block: &Block) -> bool {
    match block {
        Block::Spacer { .. }
        | Block::Event { .. }
        | Block::Post { .. }
        | Block::Snippet { .. }
        | Block::Events { .. }
        | Block::Feed { .. }
        | Block::Posts { .. } => true,
        Block::Button { content, .. } => content.is_empty(),
        Block::Gallery { content } => content.is_empty(),
        Block::Columns { content, .. } => content.is_empty(),
        Block::Callout { content, .. } | Block::Social { content } => {
            matches!(content.as_slice(), [Block::Paragraph { content }] if content.is_empty())
        }
        Block::File { attrs } => attrs.name.is_empty(),
        Block::Audio { attrs } => attrs.title.is_empty(),
        Block::Video { attrs } => attrs.title.is_empty(),
        Block::Embed { attrs } => attrs.description.is_empty(),
        _ => false,
    }
}

/// Whether blocks of an item must have a line between them.
pub(in crate::document) fn needs_lines(items: &[Item]) -> bool {
    let needs = |Item::ListItem { content }: &Item| {
        let mut pairs = content.windows(2);
        pairs.any(|pair| !matches!(pair, [first, second] if fits_tightly(first, second)))
    };
    items.iter().any(needs)
}

/// Whether a block of an item may follow another with no line between them.
fn fits_tightly(first: &Block, second: &Block) -> bool {
    let begins_full = |items: &[Item]| {
        items.first().is_some_and(|Item::ListItem { content }| {
            !matches!(content.first(), Some(Block::Paragraph { content }) if content.is_empty())
        })
    };
    matches!(first, Block::Paragraph { .. })
        && match second {
            Block::BulletList { content, .. } => begins_full(content),
            Block::OrderedList { attrs, content } => attrs.start == 1 && begins_full(content),
            _ => false,
        }
}
