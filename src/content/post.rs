//! Posts: articles in several languages.

pub use super::post_draft::{Article, BODY_LIMIT, FullPost, PostDraft, variant};
use super::{ContentError, Result, html, revision};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::PostId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::Slug;
use crate::store::accounts::User;
use crate::store::posts::{self, Post, PostFields, PostFilter, PostRow, Variant};
use crate::store::{Db, StoreError, campaigns};
use crate::text::line::Title;
use crate::text::locale::Language;

/// Creates a post (`id` is `None`), or changes one that is still as its editor
/// found it at `seen`.
///
/// # Errors
/// [`ContentError::Exists`] for the slug of another post,
/// [`ContentError::Overtaken`] where another user has changed the post since.
pub async fn save(
    cx: &Context,
    id: Option<(PostId, Timestamp)>,
    edition: &PostDraft,
    author: &User,
    action: AuditAction,
) -> Result<PostId> {
    if edition.variants.is_empty() {
        return Err(ContentError::Text("a post needs a title in some language"));
    }
    let mut rendered = Vec::new();
    for variant in &edition.variants {
        rendered.push(html::of_article(&variant.body_markdown).await?);
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let slug = match &edition.slug {
        Some(slug) => slug.clone(),
        None => free_slug(&mut db, id.map(|(id, _)| id), &edition.variants, now).await?,
    };
    let fields = PostFields {
        slug,
        category: edition.category.to_string(),
        author: edition.author.to_string(),
        published_at: edition.published_at,
    };
    let taken = |error| match error {
        StoreError::Exists => ContentError::Exists("a post with this slug"),
        other => other.into(),
    };
    let typed_at = id.map_or(revision::NEW_POST, |(id, _)| id);
    let id = match id {
        None => posts::insert(&mut db, &fields, now).await.map_err(taken)?,
        Some((id, seen)) => {
            let current = posts::by_id(&mut db, id).await?;
            let Some(current) = current.filter(|post| post.updated_at == seen) else {
                return Err(ContentError::Overtaken);
            };
            let current = full(&mut db, current).await?;
            if current.post.published_at.is_some() && edition.published_at.is_none() {
                refuse_where_scheduled(&mut db, id).await?;
            }
            revision::keep_before(&mut db, &current).await?;
            posts::update(&mut db, id, &fields, now)
                .await
                .map_err(taken)?;
            id
        }
    };
    for (variant, html) in edition.variants.iter().zip(&rendered) {
        posts::set_variant(&mut db, id, variant).await?;
        html::keep(&mut db, id, variant, html).await?;
    }
    let kept: Vec<Language> = edition.variants.iter().map(|one| one.language).collect();
    posts::keep_variants(&mut db, id, &kept).await?;
    let saved = PostDraft {
        slug: Some(fields.slug),
        ..edition.clone()
    };
    revision::keep(&mut db, id, typed_at, &saved, author, now).await?;
    let by = Actor::User(author.email.clone());
    audit::record(&mut db, &by, action, id, now).await?;
    db.commit().await?;
    Ok(id)
}

/// A free slug: from the English title, another title, or the
/// day.
async fn free_slug(
    db: &mut Db,
    own: Option<PostId>,
    variants: &[Variant],
    now: Timestamp,
) -> Result<Slug> {
    let english = variants.iter().filter(|v| v.language == Language::EN);
    let stem = english
        .chain(variants)
        .find_map(|variant| Slug::from_title(&variant.title))
        .map_or_else(
            || format!("post-{}", now.to_jiff().strftime("%Y-%m-%d")),
            String::from,
        );
    for number in 1..1000 {
        let name = match number {
            1 => stem.clone(),
            number => format!(
                "{}-{number}",
                stem.get(..55).unwrap_or(&stem).trim_end_matches('-')
            ),
        };
        let Ok(slug) = name.parse::<Slug>() else {
            break;
        };
        let holder = posts::by_slug(db, &slug).await?.map(|post| post.id);
        if holder.is_none() || holder == own {
            return Ok(slug);
        }
    }
    Err(ContentError::Exists("a post with this slug"))
}

/// Creates a post, or adds a language to the post with this slug.
///
/// # Errors
/// [`ContentError::Exists`] where the post has this language already.
pub async fn create(cx: &Context, by: &Actor, article: &Article) -> Result<PostId> {
    let variant = article.variant()?;
    let rendered = html::of_article(&variant.body_markdown).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = match posts::by_slug(&mut db, &article.slug).await? {
        Some(post) => {
            let current = full(&mut db, post).await?;
            let mut held = current.variants.iter();
            if held.any(|other| other.language == article.language) {
                return Err(ContentError::Exists(
                    "a post with this slug in this language",
                ));
            }
            revision::keep_before(&mut db, &current).await?;
            current.post.id
        }
        None => posts::insert(&mut db, &article.fields(), now).await?,
    };
    posts::set_variant(&mut db, id, &variant).await?;
    html::keep(&mut db, id, &variant, &rendered).await?;
    revision::keep_current(&mut db, id, by.as_str(), now).await?;
    audit::record(&mut db, by, AuditAction::PostCreate, &article.slug, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Changes of a post; `None` leaves a field.
#[derive(Debug, Clone, Default)]
pub struct PostChange {
    /// Its name in URLs.
    pub slug: Option<Slug>,
    /// Its category, as shown.
    pub category: Option<Title>,
    /// Its byline.
    pub author: Option<Title>,
    /// When it is published; `Some(None)` makes it a draft.
    pub published_at: Option<Option<Timestamp>>,
    /// The language of the fields below.
    pub language: Language,
    /// The headline.
    pub title: Option<Title>,
    /// The standfirst.
    pub summary: Option<String>,
    /// The article, in Markdown.
    pub body_markdown: Option<String>,
    /// The `updated_at` of the post that the change was made from.
    pub seen: Option<Timestamp>,
}

impl PostChange {
    /// The text in its language, where it changes that.
    fn variant(&self, current: &FullPost) -> Result<Option<Variant>> {
        if self.title.is_none() && self.summary.is_none() && self.body_markdown.is_none() {
            return Ok(None);
        }
        let mut held = current.variants.iter();
        let before = held.find(|variant| variant.language == self.language);
        let title = match (&self.title, before) {
            (Some(title), _) => title.clone(),
            (None, Some(before)) => {
                let stored = Title::parse(&before.title);
                stored.map_err(|error| ContentError::Line {
                    field: "title",
                    error,
                })?
            }
            (None, None) => {
                let what = "a post in a new language needs a title";
                return Err(ContentError::Text(what));
            }
        };
        let text = |new: &Option<String>, before: Option<&String>| {
            new.clone().or(before.cloned()).unwrap_or_default()
        };
        variant(
            self.language,
            &title,
            &text(&self.summary, before.map(|before| &before.summary)),
            &text(
                &self.body_markdown,
                before.map(|before| &before.body_markdown),
            ),
        )
        .map(Some)
    }
}

/// Changes a post, or its text in one language.
///
/// # Errors
/// [`ContentError::Exists`] for the slug of another post,
/// [`ContentError::Overtaken`] where the post was deleted or changed since it
/// was read.
pub async fn change(cx: &Context, by: &Actor, id: PostId, change: PostChange) -> Result<()> {
    let now = cx.clock.now();
    // Rendered before the write transaction: it may take seconds.
    let seen = posts::by_id(&mut cx.store.read().await?, id).await?;
    let seen = seen.ok_or(ContentError::Overtaken)?;
    let before = full(&mut cx.store.read().await?, seen).await?;
    let variant = change.variant(&before)?;
    let rendered = match &variant {
        Some(variant) => Some(html::of_article(&variant.body_markdown).await?),
        None => None,
    };
    let mut db = cx.store.write().await?;
    let current = posts::by_id(&mut db, id).await?;
    let is_seen = |post: &Post| {
        post.updated_at == before.post.updated_at
            && change.seen.is_none_or(|seen| seen == post.updated_at)
    };
    let Some(current) = current.filter(is_seen) else {
        return Err(ContentError::Overtaken);
    };
    let current = full(&mut db, current).await?;
    revision::keep_before(&mut db, &current).await?;
    let published_at = current.post.published_at;
    let fields = PostFields {
        slug: change.slug.unwrap_or(current.post.slug),
        category: change.category.map_or(current.post.category, String::from),
        author: change.author.map_or(current.post.author, String::from),
        published_at: change.published_at.unwrap_or(published_at),
    };
    if fields.published_at.is_none() {
        refuse_where_scheduled(&mut db, id).await?;
    }
    let updated = posts::update(&mut db, id, &fields, now).await;
    updated.map_err(|error| match error {
        StoreError::Exists => ContentError::Exists("a post with this slug"),
        other => other.into(),
    })?;
    if let (Some(variant), Some(rendered)) = (variant, rendered) {
        posts::set_variant(&mut db, id, &variant).await?;
        html::keep(&mut db, id, &variant, &rendered).await?;
    }
    revision::keep_current(&mut db, id, by.as_str(), now).await?;
    audit::record(&mut db, by, AuditAction::PostChange, &fields.slug, now).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a post; campaigns made from it keep what they sent.
///
/// # Errors
/// [`ContentError::InUse`] where a scheduled campaign mails it.
pub async fn delete(cx: &Context, by: &Actor, id: PostId) -> Result<()> {
    let mut db = cx.store.write().await?;
    refuse_where_scheduled(&mut db, id).await?;
    let post = posts::by_id(&mut db, id).await?;
    let slug = post.map_or_else(String::new, |post| post.slug.to_string());
    posts::delete(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::PostDelete, &slug, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

async fn refuse_where_scheduled(db: &mut Db, id: PostId) -> Result<()> {
    match campaigns::scheduled_with_post(db, id).await? {
        Some(subject) => Err(ContentError::InUse(subject)),
        None => Ok(()),
    }
}

/// The post of this slug.
pub async fn by_slug(cx: &Context, slug: &Slug) -> Result<Option<FullPost>> {
    let mut db = cx.store.read().await?;
    match posts::by_slug(&mut db, slug).await? {
        Some(post) => Ok(Some(full(&mut db, post).await?)),
        None => Ok(None),
    }
}

/// The post in this row.
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

/// Posts as the admin lists them.
pub async fn for_admin(cx: &Context, selection: PostFilter<'_>) -> Result<Vec<PostRow>> {
    Ok(posts::for_admin(&mut cx.store.read().await?, selection).await?)
}

/// Every category that a post has.
pub async fn all_categories(cx: &Context) -> Result<Vec<String>> {
    Ok(posts::all_categories(&mut cx.store.read().await?).await?)
}
