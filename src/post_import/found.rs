//! What a file has, before it is turned into posts.

use std::collections::BTreeMap;

use super::{PostImportError, Result, UNPACKED_LIMIT};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};

/// The posts of a file.
#[derive(Debug)]
pub struct Found {
    /// The system that wrote it.
    pub system: PostSystem,
    /// The posts, in the order of the file.
    pub posts: Vec<FoundPost>,
    /// What is no post, such as threads: how many of each kind.
    pub passed_over: BTreeMap<String, u64>,
    /// Bytes of their texts.
    size: u64,
}

impl Found {
    /// Nothing yet.
    pub fn new(system: PostSystem) -> Self {
        Self {
            system,
            posts: Vec::new(),
            passed_over: BTreeMap::new(),
            size: 0,
        }
    }

    /// Adds a post.
    ///
    /// # Errors
    /// [`PostImportError::UnpacksToTooMuch`] where the texts become too much: several posts may
    /// name one file.
    pub(super) fn push(&mut self, post: FoundPost) -> Result<()> {
        self.size += post.body.size() as u64;
        if self.size > UNPACKED_LIMIT {
            return Err(PostImportError::UnpacksToTooMuch);
        }
        self.posts.push(post);
        Ok(())
    }

    /// Counts something that is no post.
    pub fn pass_over(&mut self, kind: &str) {
        let kind: String = kind.chars().take(40).collect();
        let kinds = self.passed_over.len();
        match self.passed_over.get_mut(&kind) {
            Some(count) => *count += 1,
            None if kinds < 50 => {
                self.passed_over.insert(kind, 1);
            }
            None => *self.passed_over.entry("other".to_owned()).or_default() += 1,
        }
    }
}

/// A post of a file.
#[derive(Debug, Default)]
pub struct FoundPost {
    /// Its id in the other system.
    pub id: String,
    /// The headline; may be empty.
    pub title: String,
    /// Its name in addresses; may be empty.
    pub slug: String,
    /// The standfirst; may be empty.
    pub summary: String,
    /// The text, or why there is none.
    pub body: Body,
    /// Whether it could be read there.
    pub state: FoundState,
    /// When it was published or sent.
    pub published_at: Option<Timestamp>,
    /// Its tags, the first of which is its category.
    pub tags: Vec<String>,
    /// Who signed it; may be empty.
    pub author: String,
    /// A picture above the text: address and description.
    pub picture: Option<(String, String)>,
    /// Whether it is a page and no post.
    pub is_page: bool,
    /// The paths that it had.
    pub paths: Vec<String>,
}

/// The text of a post.
#[derive(Debug)]
pub enum Body {
    /// HTML.
    Html(String),
    /// HTML with the tags of a template language.
    HtmlTemplate(String),
    /// Markdown with the tags of a template language.
    MarkdownTemplate(String),
    /// Plain text with the tags of a template language.
    PlainTemplate(String),
    /// JSON of Ghost's editor.
    Lexical(String),
    /// JSON of Ghost's editor before that.
    Mobiledoc(String),
    /// Why it cannot be read.
    Unreadable(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Html(String::new())
    }
}

impl Body {
    /// Its bytes.
    pub fn size(&self) -> usize {
        match self {
            Self::Html(text)
            | Self::HtmlTemplate(text)
            | Self::MarkdownTemplate(text)
            | Self::PlainTemplate(text)
            | Self::Lexical(text)
            | Self::Mobiledoc(text) => text.len(),
            Self::Unreadable(_) => 0,
        }
    }
}

/// Whether a post could be read in the other system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FoundState {
    /// By everybody.
    Public,
    /// It was not published.
    #[default]
    Draft,
    /// It was, but not by everybody.
    Limited(DraftReason),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_that_all_name_one_long_file_are_too_much() {
        let mut found = Found::new(PostSystem::Substack);
        let post = || FoundPost {
            body: Body::Html("a text".to_owned()),
            ..FoundPost::default()
        };
        found.push(post()).unwrap();
        found.size = UNPACKED_LIMIT - 1;
        let error = found.push(post()).unwrap_err();
        assert!(matches!(error, PostImportError::UnpacksToTooMuch));
        assert_eq!(found.posts.len(), 1);
    }
}
