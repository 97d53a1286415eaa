//! What can go wrong with a feed.

use crate::render::RenderError;
use crate::store::StoreError;

/// Why something with a feed failed.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    #[error("there is no such feed")]
    NotFound,
    #[error("a feed with this name already exists")]
    Exists,
    #[error("the address {0}")]
    Url(&'static str),
    /// What its server or the feed itself gets wrong.
    #[error("{0}")]
    Fetch(String),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, FeedError>;
