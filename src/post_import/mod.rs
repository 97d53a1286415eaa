//! Posts and past newsletters of other systems become posts here, with their dates, and their
//! old addresses lead to them.
//!
//! A file is recognised and read ([`read`]), each of its posts is turned into Markdown
//! ([`convert`]), and then created or passed over ([`run`]), within bounds of size, depth and
//! number. A dry run does all but write. The admin pages ([`job`]), the API and the command
//! line go the same way. One post that cannot be imported stops none of the others, and
//! nothing is mailed to anybody.

use crate::content::ContentError;
use crate::model::post_import::PostSystem;
use crate::store::StoreError;
use crate::text::locale::NotOffered;

mod address;
mod archive;
pub mod balance;
mod beehiiv;
mod buttondown;
mod cards;
mod clean;
pub mod convert;
mod dates;
mod elements;
mod embeds;
pub mod found;
mod ghost;
pub mod job;
mod json;
mod lexical;
pub mod listmonk;
mod mobiledoc;
pub mod options;
pub mod pictures;
pub mod prepare;
pub mod read;
pub mod run;
mod substack;
mod table;
mod template_tags;

pub use balance::Balance;
pub use found::Found;
pub use options::Options;

/// The most bytes of a file.
pub const SIZE_LIMIT: usize = 50 * 1024 * 1024;
/// The most bytes that an archive may unpack to.
pub const UNPACKED_LIMIT: u64 = 200 * 1024 * 1024;
/// The most bytes of one post.
pub const POST_LIMIT: usize = 10 * 1024 * 1024;
/// The most posts of a file.
pub const POSTS_LIMIT: usize = 20_000;

/// Why posts cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum PostImportError {
    /// The file has none of the forms that are known.
    #[error(
        "this is no file of posts that Jarshy knows: it reads the JSON export of Ghost, the ZIP archive of Substack, the ZIP archive or table of emails of Buttondown, and the table of posts of beehiiv"
    )]
    Unknown,
    /// It is of another system than was said.
    #[error("this is a file of {}, not of {}", found.label(), given.label())]
    OtherSystem {
        /// Whose it seems to be.
        found: PostSystem,
        /// Whose it should be.
        given: PostSystem,
    },
    /// listmonk exports no file of campaigns.
    #[error(
        "listmonk has no file of campaigns: import them from its database by `jarshy import-listmonk --posts`"
    )]
    ListmonkFile,
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Broken(String),
    /// One of its posts cannot be one here.
    #[error("{0}")]
    Post(String),
    /// The site has no such language.
    #[error(transparent)]
    Language(#[from] NotOffered),
    /// It is too large.
    #[error("the file is larger than {} MiB", SIZE_LIMIT / 1024 / 1024)]
    TooLarge,
    /// It unpacks to too much.
    #[error("the archive unpacks to more than {} MiB", UNPACKED_LIMIT / 1024 / 1024)]
    UnpacksToTooMuch,
    /// It has too many posts.
    #[error("the file has more than {POSTS_LIMIT} posts")]
    TooMany,
    /// A part of the archive is missing.
    #[error("{0}")]
    Incomplete(&'static str),
    /// The import is in another state.
    #[error("the import has changed in the meantime; reload its page")]
    Moved,
    /// The client that fetches pictures.
    #[error("pictures cannot be fetched: {0}")]
    Client(String),
    /// The site's own content.
    #[error(transparent)]
    Content(ContentError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ContentError> for PostImportError {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Store(error) => error.into(),
            error => Self::Content(error),
        }
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, PostImportError>;
