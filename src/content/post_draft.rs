//! A post as it is stored, written in one language, and edited in all.

use serde::{Deserialize, Serialize};

use super::{ContentError, Result};
use crate::clock::Timestamp;
use crate::model::list::Slug;
use crate::model::{MediaId, PostId};
use crate::store::Db;
use crate::store::posts::{self, Post, PostFields, Variant};
use crate::store::revisions::Revision;
use crate::text::line::Title;
use crate::text::locale::{Language, Preference};

/// Bytes of Markdown that a post may have.
pub const BODY_LIMIT: usize = 256 * 1024;
const SUMMARY_LIMIT: usize = 1000;

/// A post with its texts in every language.
#[derive(Debug, Clone)]
pub struct FullPost {
    /// The post.
    pub post: Post,
    /// Its texts, in at least one language.
    pub variants: Vec<Variant>,
}

impl FullPost {
    /// The text that a reader gets.
    pub fn variant(&self, reader: Preference) -> Option<&Variant> {
        reader.pick(&self.variants, |variant| variant.language)
    }
}

/// A post with its texts.
pub(super) async fn full_of(db: &mut Db, post: Post) -> Result<FullPost> {
    let variants = posts::variants(db, post.id).await?;
    Ok(FullPost { post, variants })
}

/// A post in one language.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its name in URLs.
    pub slug: Slug,
    /// Its category, as shown.
    pub category: Title,
    /// Its byline.
    pub author: Title,
    /// Its picture; without one, the first of its text.
    pub picture: Option<MediaId>,
    /// When it is published; `None` for a draft.
    pub published_at: Option<Timestamp>,
    /// The language of the fields below.
    pub language: Language,
    /// The headline.
    pub title: Title,
    /// The standfirst.
    pub summary: String,
    /// The article, in Markdown.
    pub body_markdown: String,
}

impl Article {
    /// The post as it would be saved, in this language alone.
    ///
    /// # Errors
    /// [`ContentError::Text`] where a text is too long.
    pub fn as_post(&self, now: Timestamp) -> Result<FullPost> {
        let post = Post {
            id: PostId(0),
            slug: self.slug.clone(),
            category: self.category.to_string(),
            author: self.author.to_string(),
            picture_id: self.picture,
            picture: None,
            published_at: self.published_at,
            updated_at: now,
        };
        Ok(FullPost {
            post,
            variants: vec![self.variant()?],
        })
    }

    pub(super) fn fields(&self) -> PostFields {
        PostFields {
            slug: self.slug.clone(),
            category: self.category.to_string(),
            author: self.author.to_string(),
            picture_id: self.picture,
            published_at: self.published_at,
        }
    }

    pub(super) fn variant(&self) -> Result<Variant> {
        variant(
            self.language,
            &self.title,
            &self.summary,
            &self.body_markdown,
        )
    }
}

/// Checks and cleans up a post's text in one language.
///
/// # Errors
/// [`ContentError::Text`] for what is too long.
pub fn variant(language: Language, title: &Title, summary: &str, body: &str) -> Result<Variant> {
    if body.len() > BODY_LIMIT {
        return Err(ContentError::Text("the text is longer than 256 KiB"));
    }
    if summary.chars().count() > SUMMARY_LIMIT {
        return Err(ContentError::Text(
            "the summary has more than 1000 characters",
        ));
    }
    Ok(Variant {
        language,
        title: title.to_string(),
        summary: summary.split_whitespace().collect::<Vec<_>>().join(" "),
        body_markdown: body.replace("\r\n", "\n"),
    })
}

/// A post as the editor has it: with its texts in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDraft {
    /// Its name in URLs; made from a title if missing.
    pub slug: Option<Slug>,
    /// Its category, as shown.
    pub category: Title,
    /// Its byline.
    pub author: Title,
    /// Its picture; without one, the first of its text.
    #[serde(default)]
    pub picture: Option<MediaId>,
    /// When it is published; `None` for a draft.
    pub published_at: Option<Timestamp>,
    /// Its texts; other languages are deleted.
    pub variants: Vec<Variant>,
}

impl PostDraft {
    /// A stored post as a draft.
    pub(super) fn of(full: &FullPost) -> Option<Self> {
        let mut variants = full.variants.clone();
        variants.sort_by_key(|variant| variant.language);
        Some(Self {
            slug: Some(full.post.slug.clone()),
            category: Title::parse(&full.post.category).ok()?,
            author: Title::parse(&full.post.author).ok()?,
            picture: full.post.picture_id,
            published_at: full.post.published_at,
            variants,
        })
    }

    /// As JSON for a revision.
    pub(super) fn to_revision(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The draft in a revision.
    pub fn of_revision(revision: &Revision) -> Option<Self> {
        serde_json::from_str(&revision.edition).ok()
    }
}
