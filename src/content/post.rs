//! Posts: articles in several languages.

use super::{ContentError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::PostId;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::posts::{
    self, Post, PostAddress, PostFields, PostInLanguage, PostLink, Selection, Variant,
};
use crate::store::{Db, StoreError};
use crate::text::locale::Language;

/// Octets of Markdown that a post may have.
pub const BODY_LIMIT: usize = 256 * 1024;
const SUMMARY_LIMIT: usize = 1000;

/// A post with its words in every language.
#[derive(Debug, Clone)]
pub struct FullPost {
    /// The post.
    pub post: Post,
    /// Its words; at least one language.
    pub variants: Vec<Variant>,
}

impl FullPost {
    /// The words in `language`, or in English, or in any.
    pub fn variant(&self, language: Language) -> Option<&Variant> {
        let of = |wanted| {
            self.variants
                .iter()
                .find(|variant| variant.language == wanted)
        };
        of(language)
            .or_else(|| of(Language::En))
            .or_else(|| self.variants.first())
    }
}

/// What an author writes: a post in one language.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its category, as shown.
    pub category: Title,
    /// Who signs it.
    pub author: Title,
    /// When it goes public; `None` for a draft.
    pub published_at: Option<Timestamp>,
    /// The language of what follows.
    pub language: Language,
    /// The headline.
    pub title: Title,
    /// The standfirst.
    pub summary: String,
    /// The article, in Markdown.
    pub body_markdown: String,
}

impl Article {
    /// The post as it would stand if this were saved, in this language alone.
    ///
    /// # Errors
    /// [`ContentError::Text`] where a text is too long.
    pub fn as_post(&self, now: Timestamp) -> Result<FullPost> {
        let post = Post {
            id: PostId(0),
            slug: self.slug.clone(),
            category: self.category.to_string(),
            author: self.author.to_string(),
            published_at: self.published_at.map(Timestamp::millis),
            updated_at: now,
        };
        Ok(FullPost {
            post,
            variants: vec![self.variant()?],
        })
    }

    fn fields(&self) -> PostFields {
        PostFields {
            slug: self.slug.clone(),
            category: self.category.to_string(),
            author: self.author.to_string(),
            published_at: self.published_at,
        }
    }

    fn variant(&self) -> Result<Variant> {
        if self.body_markdown.len() > BODY_LIMIT {
            return Err(ContentError::Text("the text is longer than 256 KiB"));
        }
        if self.summary.chars().count() > SUMMARY_LIMIT {
            return Err(ContentError::Text(
                "the summary has more than 1000 characters",
            ));
        }
        Ok(Variant {
            language: self.language,
            title: self.title.to_string(),
            summary: self
                .summary
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            body_markdown: self.body_markdown.replace("\r\n", "\n"),
        })
    }
}

/// Makes a post, or adds a language to the post of this slug.
///
/// # Errors
/// [`ContentError::Exists`] where the post has this language already.
pub async fn create(cx: &Context, article: &Article) -> Result<PostId> {
    let variant = article.variant()?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = match posts::by_slug(&mut db, &article.slug).await? {
        Some(post) => {
            let held = posts::variants(&mut db, post.id).await?;
            if held.iter().any(|other| other.language == article.language) {
                return Err(ContentError::Exists(
                    "a post with this slug in this language",
                ));
            }
            post.id
        }
        None => posts::insert(&mut db, &article.fields(), now).await?,
    };
    posts::set_variant(&mut db, id, &variant).await?;
    db.commit().await?;
    Ok(id)
}

/// Changes a post, and its words in one language.
///
/// # Errors
/// [`ContentError::Exists`] where the new slug is another post's.
pub async fn change(cx: &Context, id: PostId, article: &Article) -> Result<()> {
    let variant = article.variant()?;
    let mut db = cx.store.write().await?;
    posts::update(&mut db, id, &article.fields(), cx.clock.now())
        .await
        .map_err(|error| match error {
            StoreError::Exists => ContentError::Exists("a post with this slug"),
            other => other.into(),
        })?;
    posts::set_variant(&mut db, id, &variant).await?;
    db.commit().await?;
    Ok(())
}

/// Drops a post; campaigns made from it keep what they sent.
///
/// # Errors
/// Where the database fails.
pub async fn delete(cx: &Context, id: PostId) -> Result<()> {
    let mut db = cx.store.write().await?;
    posts::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// The post of this slug.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(cx: &Context, slug: &Slug) -> Result<Option<FullPost>> {
    let mut db = cx.store.read().await?;
    match posts::by_slug(&mut db, slug).await? {
        Some(post) => Ok(Some(full(&mut db, post).await?)),
        None => Ok(None),
    }
}

/// The post in this row.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(cx: &Context, id: PostId) -> Result<Option<FullPost>> {
    let mut db = cx.store.read().await?;
    match posts::by_id(&mut db, id).await? {
        Some(post) => Ok(Some(full(&mut db, post).await?)),
        None => Ok(None),
    }
}

async fn full(db: &mut Db, post: Post) -> Result<FullPost> {
    let variants = posts::variants(db, post.id).await?;
    Ok(FullPost { post, variants })
}

/// Posts, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn page(cx: &Context, selection: Selection<'_>) -> Result<Vec<PostInLanguage>> {
    Ok(posts::page(&mut cx.store.read().await?, selection).await?)
}

/// The languages of the posts that [`page`] gives for drafts and all.
///
/// # Errors
/// Where the database fails.
pub async fn languages(cx: &Context, offset: i64, limit: i64) -> Result<Vec<(PostId, Language)>> {
    Ok(posts::languages(&mut cx.store.read().await?, offset, limit).await?)
}

/// Up to `limit` public posts in each language they have, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn addresses(cx: &Context, limit: i64) -> Result<Vec<PostAddress>> {
    let mut db = cx.store.read().await?;
    Ok(posts::addresses(&mut db, cx.clock.now(), limit).await?)
}

/// The categories of public posts.
///
/// # Errors
/// Where the database fails.
pub async fn categories(cx: &Context) -> Result<Vec<String>> {
    Ok(posts::categories(&mut cx.store.read().await?, cx.clock.now()).await?)
}

/// The public posts just before and after one: (older, newer).
///
/// # Errors
/// Where the database fails.
pub async fn neighbours(
    cx: &Context,
    post: &Post,
    language: Language,
) -> Result<(Option<PostLink>, Option<PostLink>)> {
    let mut db = cx.store.read().await?;
    Ok(posts::neighbours(&mut db, post, language, cx.clock.now()).await?)
}
