//! Posts that come from another system, with their dates, their origin and the paths that
//! they had there.
//!
//! Nobody is told of them: a post is only mailed by a campaign that a person makes.

use std::collections::HashSet;

use super::{ContentError, Result, html, revision};
use crate::clock::Timestamp;
use crate::content::post_draft::{FullPost, variant};
use crate::context::Context;
use crate::model::PostId;
use crate::model::audit::Actor;
use crate::model::list::Slug;
use crate::model::post_import::PostSystem;
use crate::store::post_origins::{self, PostOrigin};
use crate::store::posts::{self, PostFields};
use crate::store::{Db, StoreError, former_paths};
use crate::text::line::Title;
use crate::text::locale::Language;

/// A post as an import brings it.
#[derive(Debug, Clone)]
pub struct ImportedPost {
    /// The system that it comes from.
    pub system: PostSystem,
    /// Its id there.
    pub former_id: String,
    /// The slug that it should have.
    pub slug: Slug,
    /// Its category, as shown.
    pub category: Title,
    /// Its byline.
    pub author: Title,
    /// When it was published; `None` for a draft.
    pub published_at: Option<Timestamp>,
    /// The language of the fields below.
    pub language: Language,
    /// The headline.
    pub title: Title,
    /// The standfirst.
    pub summary: String,
    /// The article, in Markdown.
    pub body_markdown: String,
    /// The paths that it had.
    pub paths: Vec<String>,
}

impl ImportedPost {
    fn fields(&self, slug: Slug) -> PostFields {
        PostFields {
            slug,
            category: self.category.to_string(),
            author: self.author.to_string(),
            picture_id: None,
            published_at: self.published_at,
        }
    }
}

/// Where a post comes from, if it is known already.
pub async fn origin(
    cx: &Context,
    system: PostSystem,
    former_id: &str,
) -> Result<Option<PostOrigin>> {
    let mut db = cx.store.read().await?;
    Ok(post_origins::by_former_id(&mut db, system, former_id).await?)
}

/// Where a post comes from, and the paths that lead to it; `None` for one that was written
/// here.
pub async fn origin_of(cx: &Context, id: PostId) -> Result<Option<(PostOrigin, Vec<String>)>> {
    let mut db = cx.store.read().await?;
    let Some(origin) = post_origins::of_post(&mut db, id).await? else {
        return Ok(None);
    };
    let paths = former_paths::of_post(&mut db, id).await?;
    Ok(Some((origin, paths)))
}

/// The newest imported posts.
pub async fn newest(cx: &Context, limit: i64) -> Result<HashSet<PostId>> {
    let mut db = cx.store.read().await?;
    let ids = post_origins::newest(&mut db, limit).await?;
    Ok(ids.into_iter().collect())
}

/// The public post that had this path in another system.
pub async fn by_former_path(cx: &Context, path: &str) -> Result<Option<Slug>> {
    let mut db = cx.store.read().await?;
    Ok(former_paths::target(&mut db, path, cx.clock.now()).await?)
}

/// Whether a post was edited since an import wrote it.
pub async fn is_edited(cx: &Context, origin: &PostOrigin) -> Result<bool> {
    let post = posts::by_id(&mut cx.store.read().await?, origin.post_id).await?;
    Ok(post.is_none_or(|post| post.updated_at != origin.version))
}

/// Whether an import would change a post that it wrote before.
///
/// # Errors
/// [`ContentError::Text`] where it is on the site and would be a draft.
pub fn changes(current: &FullPost, imported: &ImportedPost) -> Result<bool> {
    if current.post.published_at.is_some() && imported.published_at.is_none() {
        // Its new text may be for those who paid.
        let what = "it is on the site, and by this import it would be a draft; change it by hand";
        return Err(ContentError::Text(what));
    }
    let text = variant(
        imported.language,
        &imported.title,
        &imported.summary,
        &imported.body_markdown,
    );
    let is_same = current.post.category == imported.category.as_str()
        && current.post.author == imported.author.as_str()
        && current.post.published_at == imported.published_at
        && text.is_ok_and(|text| current.variants.contains(&text));
    Ok(!is_same)
}

/// Whether no post has this slug.
pub async fn is_free(cx: &Context, slug: &Slug) -> Result<bool> {
    let post = posts::by_slug(&mut cx.store.read().await?, slug).await?;
    Ok(post.is_none())
}

/// Creates a post. Its times are those that it had, so that feeds and lists have it where it
/// belongs.
///
/// # Errors
/// [`ContentError::Exists`] where the post was imported meanwhile.
pub async fn create(cx: &Context, by: &Actor, post: &ImportedPost) -> Result<PostId> {
    let text = variant(
        post.language,
        &post.title,
        &post.summary,
        &post.body_markdown,
    )?;
    let rendered = html::of_article(&text.body_markdown).await?;
    let now = cx.clock.now();
    let dated = post.published_at.unwrap_or(now);
    let mut db = cx.store.write().await?;
    let slug = free(&mut db, &post.slug).await?;
    let id = posts::insert(&mut db, &post.fields(slug), dated).await?;
    posts::set_variant(&mut db, id, &text, now).await?;
    html::keep(&mut db, id, &text, &rendered).await?;
    let origin = PostOrigin {
        system: post.system,
        former_id: post.former_id.clone(),
        post_id: id,
        imported_at: now,
        written_at: now,
        version: dated,
    };
    let kept = post_origins::insert(&mut db, &origin).await;
    kept.map_err(|error| match error {
        StoreError::Exists => ContentError::Exists("a post with this id of the other system"),
        other => other.into(),
    })?;
    for path in &post.paths {
        former_paths::insert(&mut db, path, id).await?;
    }
    revision::keep_current(&mut db, id, by.as_str(), now).await?;
    db.commit().await?;
    Ok(id)
}

/// Writes a post again that nobody has edited since an import wrote it; its slug stays.
/// `false` where the text is the same.
///
/// # Errors
/// [`ContentError::Overtaken`] where somebody has edited or deleted it,
/// [`ContentError::Text`] where it is on the site and would be a draft.
pub async fn update(
    cx: &Context,
    by: &Actor,
    origin: &PostOrigin,
    post: &ImportedPost,
) -> Result<bool> {
    let text = variant(
        post.language,
        &post.title,
        &post.summary,
        &post.body_markdown,
    )?;
    let rendered = html::of_article(&text.body_markdown).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let current = posts::by_id(&mut db, origin.post_id).await?;
    let current = current.filter(|current| current.updated_at == origin.version);
    let current = current.ok_or(ContentError::Overtaken)?;
    let fields = post.fields(current.slug.clone());
    let variants = posts::variants(&mut db, origin.post_id).await?;
    let before = FullPost {
        post: current,
        variants,
    };
    if !changes(&before, post)? {
        return Ok(false);
    }
    revision::keep_before(&mut db, &before).await?;
    posts::update(&mut db, origin.post_id, &fields, now).await?;
    posts::set_variant(&mut db, origin.post_id, &text, now).await?;
    html::keep(&mut db, origin.post_id, &text, &rendered).await?;
    for path in &post.paths {
        former_paths::insert(&mut db, path, origin.post_id).await?;
    }
    post_origins::set_written(&mut db, origin, now).await?;
    revision::keep_current(&mut db, origin.post_id, by.as_str(), now).await?;
    db.commit().await?;
    Ok(true)
}

/// A free slug: this, or this with a number.
async fn free(db: &mut Db, wanted: &Slug) -> Result<Slug> {
    for number in 1..10_000 {
        let slug = wanted.numbered(number);
        if posts::by_slug(db, &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(ContentError::Exists("a post with this slug"))
}
