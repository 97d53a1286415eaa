//! What the site publishes: posts, events, media, snippets, and the site's own texts.
//!
//! Knows neither HTTP nor email. Pages and campaigns read from here.

use crate::render::RenderError;
use crate::store::StoreError;
use crate::text::bounds::TooComplex;
use crate::text::line::LineError;
use crate::text::locale::Language;

pub mod calendar;
mod cards;
mod copy;
pub mod event;
pub mod feed;
pub mod feeds;
pub mod filled;
pub mod html;
pub mod imported_post;
pub mod mailed_post;
pub mod media;
pub mod media_library;
pub mod media_uses;
pub mod phrases;
pub mod picture;
pub mod post;
pub mod post_draft;
pub mod post_merge;
pub mod public_posts;
pub mod recurrence;
pub mod revision;
mod sample_tags;
pub mod site;
pub mod site_change;
pub mod snippets;
pub mod text_overrides;
pub mod translation;
pub mod translation_sides;
pub mod trash;

/// Why content could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A slug or file name in use.
    #[error("{0} already exists")]
    Exists(&'static str),
    /// An invalid line of text.
    #[error("{field} {error}")]
    Line {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        error: LineError,
    },
    /// Text that is missing or too long.
    #[error("{0}")]
    Text(&'static str),
    /// Another user has changed it since it was read.
    #[error("someone else has changed this in the meantime")]
    Overtaken,
    /// A file of a kind that the site does not accept.
    #[error(
        "a file of this kind cannot be kept; pictures (JPEG, PNG, GIF, WebP, AVIF), audio (MP3, Ogg, M4A, WAV), PDF and plain text can"
    )]
    Kind,
    /// A file that is too large.
    #[error("the file is larger than {} MiB", media::SIZE_LIMIT / 1024 / 1024)]
    Size,
    /// A picture that cannot be processed.
    #[error(transparent)]
    Picture(#[from] picture::PictureError),
    /// A picture that is not among the media.
    #[error("there is no such picture")]
    NoPicture,
    /// A scheduled campaign mails it.
    #[error(
        "the campaign “{0}” is scheduled and mails it; unschedule or change the campaign first"
    )]
    InUse(String),
    /// A campaign that is scheduled or approved would mail another text.
    #[error("the campaign “{0}” is scheduled or approved and mails this; confirm that it changes")]
    Unconfirmed(String),
    /// A snippet in a language in which it cannot be one.
    #[error("{}: {fault}", .language.endonym())]
    Snippet {
        language: Language,
        fault: snippets::SnippetFault,
    },
    /// A text that exceeds the bounds of rendering.
    #[error("the text cannot be shown: {0}")]
    TooComplex(#[from] TooComplex),
    /// A rendering that failed.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ContentError {
    /// Whether the same call may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Render(error) => error.is_temporary(),
            _ => false,
        }
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ContentError>;
