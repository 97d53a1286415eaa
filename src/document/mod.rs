//! A text as a tree of blocks, for an editor that shows what will be read.
//!
//! The stored form is Markdown. [`read`] makes a tree of it and [`write()`] makes
//! Markdown of a tree; what Markdown has no words for are directives
//! ([`crate::text::blocks`]). A tree's JSON is that of ProseMirror.
//!
//! What is read and written again renders as before: [`read`] compares both, and
//! keeps word for word what would not. [`compare`] and [`merge`](mod@merge) work on versions of
//! a text, block by block. Knows neither database nor web.

pub mod compare;
pub mod merge;
mod model;
mod normal;
pub mod pieces;
mod read;
pub mod shown;
pub mod sides;
mod tags;
mod write;

pub use model::*;
pub use read::read;
pub use write::write;

use crate::text::bounds::TooComplex;

/// Bytes of a document's JSON.
pub const LIMIT: usize = 4 * 1024 * 1024;
/// Nodes of one document.
const NODES: usize = 100_000;

/// A document that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It goes beyond a bound.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// Its JSON is not that of a document.
    #[error("this is no document: {0}")]
    Json(String),
}

impl Document {
    /// Reads what an editor sends.
    ///
    /// # Errors
    /// [`DocumentError`] where it is too large, too deep, or no document.
    pub fn from_json(json: &str) -> Result<Self, DocumentError> {
        if json.len() > LIMIT {
            return Err(DocumentError::Json("it is longer than 4 MiB".to_owned()));
        }
        // serde_json itself ends at 128 brackets within each other.
        let document: Self =
            serde_json::from_str(json).map_err(|error| DocumentError::Json(error.to_string()))?;
        if json.matches("\"type\"").count() > NODES {
            return Err(DocumentError::Json(format!(
                "it has more than {NODES} nodes"
            )));
        }
        Ok(document.normal())
    }
}

impl Document {
    /// Puts what `change` gives in the place of a block, wherever it stands; where it gives
    /// nothing, the block stays, and what it holds is looked at.
    pub fn replace(&mut self, change: &mut impl FnMut(&Block) -> Option<Vec<Block>>) {
        replace_in(&mut self.content, change);
    }
}

fn replace_in(blocks: &mut Vec<Block>, change: &mut impl FnMut(&Block) -> Option<Vec<Block>>) {
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if let Some(changed) = change(&block) {
            out.extend(changed);
            continue;
        }
        match &mut block {
            Block::Blockquote { content }
            | Block::Callout { content, .. }
            | Block::Social { content } => replace_in(content, change),
            Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
                for Item::ListItem { content } in content {
                    replace_in(content, change);
                }
            }
            Block::Columns { content, .. } => {
                for Column::Column { content } in content {
                    replace_in(content, change);
                }
            }
            Block::If { content, .. } => {
                for branch in content {
                    let (Branch::Then { content } | Branch::Else { content }) = branch;
                    replace_in(content, change);
                }
            }
            _ => {}
        }
        out.push(block);
    }
    *blocks = out;
}

#[cfg(test)]
mod tests;
