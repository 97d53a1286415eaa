//! Posts: articles in several languages.

use super::post_draft::full_of;
pub use super::post_draft::{Article, BODY_LIMIT, FullPost, PostDraft, variant};
use super::translation::{self, Outdated};
use super::{ContentError, Result, copy, html, mailed_post, revision};
use crate::account::{Author, audit, campaign_changes};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::{MediaKind, TrashKind};
use crate::model::list::Slug;
use crate::model::{MediaId, PostId};
use crate::store::campaign_changes::Changed;
use crate::store::posts::{self, Post, PostFields, PostFilter, PostRow, Variant};
use crate::store::{Db, StoreError, campaigns, media, post_variants, trash};
use crate::text::line::Title;
use crate::text::locale::Language;

/// How the editor saves a post.
#[derive(Debug, Clone)]
pub struct Saving<'a> {
    /// A known post, and when it was last changed as its editor found it; `None` for a new one.
    pub known: Option<(PostId, Timestamp)>,
    /// What the pressed button does.
    pub action: AuditAction,
    /// Languages whose text is up to date though it has not changed.
    pub up_to_date: &'a [Language],
    /// Campaigns that are scheduled or approved may change with it.
    pub is_confirmed: bool,
}

/// Makes a version from a post's history the current one, as a new revision. Whether the post is
/// published does not change.
///
/// # Errors
/// As [`save`].
pub async fn restore(
    cx: &Context,
    by: Author<'_>,
    current: &FullPost,
    former: PostDraft,
    is_confirmed: bool,
) -> Result<PostId> {
    let pictures = super::media::picture_names(cx).await?;
    let edition = PostDraft {
        published_at: current.post.published_at,
        // A picture that is gone since cannot come back with the text.
        picture: former.picture.filter(|id| pictures.contains_key(id)),
        ..former
    };
    let saving = Saving {
        known: Some((current.post.id, current.post.updated_at)),
        action: AuditAction::PostSave,
        up_to_date: &[],
        is_confirmed,
    };
    save(cx, saving, &edition, by).await
}

/// Creates a post, or changes one that is still as its editor found it.
///
/// # Errors
/// [`ContentError::Exists`] for the slug of another post,
/// [`ContentError::Overtaken`] where another user has changed the post since,
/// [`ContentError::Unconfirmed`] where a campaign would change with it.
pub async fn save(
    cx: &Context,
    saving: Saving<'_>,
    edition: &PostDraft,
    author: Author<'_>,
) -> Result<PostId> {
    let id = saving.known;
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
        None => {
            let today = cx.config().time_zone.day(now);
            free_slug(&mut db, id.map(|(id, _)| id), &edition.variants, &today).await?
        }
    };
    let fields = PostFields {
        slug,
        category: edition.category.to_string(),
        author: edition.author.to_string(),
        picture_id: edition.picture,
        published_at: edition.published_at,
    };
    let taken = |error| match error {
        StoreError::Exists => ContentError::Exists("a post with this slug"),
        other => other.into(),
    };
    let typed_at = id.map_or(revision::NEW_POST, |(id, _)| id);
    check_picture(&mut db, fields.picture_id).await?;
    let id = match id {
        None => posts::insert(&mut db, &fields, now).await.map_err(taken)?,
        Some((id, seen)) => {
            let current = posts::by_id(&mut db, id).await?;
            let Some(current) = current.filter(|post| post.updated_at == seen) else {
                return Err(ContentError::Overtaken);
            };
            let current = full_of(&mut db, current).await?;
            if current.post.published_at.is_some() && edition.published_at.is_none() {
                refuse_where_scheduled(&mut db, id).await?;
            }
            mailed_post::refuse_unconfirmed(cx, &mut db, Changed::Post(id), saving.is_confirmed)
                .await?;
            revision::keep_before(&mut db, &current).await?;
            posts::update(&mut db, id, &fields, now)
                .await
                .map_err(taken)?;
            id
        }
    };
    for (variant, html) in edition.variants.iter().zip(&rendered) {
        posts::set_variant(&mut db, id, variant, now).await?;
        html::keep(&mut db, id, variant, html).await?;
    }
    for language in saving.up_to_date {
        post_variants::touch(&mut db, id, *language, now).await?;
    }
    let kept: Vec<Language> = edition.variants.iter().map(|one| one.language).collect();
    posts::keep_variants(&mut db, id, &kept).await?;
    let saved = PostDraft {
        slug: Some(fields.slug),
        ..edition.clone()
    };
    revision::keep(&mut db, id, typed_at, &saved, author, now).await?;
    let by = Actor::User(author.email.clone());
    campaign_changes::note(&mut db, &by, Changed::Post(id), now).await?;
    audit::record(&mut db, &by, saving.action, id, now).await?;
    db.commit().await?;
    Ok(id)
}

/// A free slug: from the English title, another title, or the
/// day.
async fn free_slug(
    db: &mut Db,
    own: Option<PostId>,
    variants: &[Variant],
    day: &str,
) -> Result<Slug> {
    let english = variants.iter().filter(|v| v.language == Language::EN);
    let stem = english
        .chain(variants)
        .find_map(|variant| Slug::from_title_in(&variant.title, variant.language))
        .map_or_else(|| format!("post-{day}"), String::from);
    let taken = ContentError::Exists("a post with this slug");
    let Ok(stem) = stem.parse::<Slug>() else {
        return Err(taken);
    };
    for number in 1..1000 {
        let slug = stem.numbered(number);
        let holder = posts::by_slug(db, &slug).await?.map(|post| post.id);
        if holder.is_none() || holder == own {
            return Ok(slug);
        }
    }
    Err(taken)
}

/// Copies a post as a draft, under a slug with a number.
///
/// # Errors
/// [`ContentError::Overtaken`] where it was deleted.
pub async fn duplicate(cx: &Context, by: &Actor, id: PostId) -> Result<PostId> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let original = posts::by_id(&mut db, id).await?;
    let original = full_of(&mut db, original.ok_or(ContentError::Overtaken)?).await?;
    let mut slug = original.post.slug.numbered(2);
    for number in 3..1000 {
        if posts::by_slug(&mut db, &slug).await?.is_none() {
            break;
        }
        slug = original.post.slug.numbered(number);
    }
    let fields = PostFields {
        slug,
        category: original.post.category,
        author: original.post.author,
        picture_id: original.post.picture_id,
        published_at: None,
    };
    let made = posts::insert(&mut db, &fields, now).await;
    let made = made.map_err(|error| match error {
        StoreError::Exists => ContentError::Exists("a post with this slug"),
        other => other.into(),
    })?;
    post_variants::copy(&mut db, id, made).await?;
    for variant in &original.variants {
        let title = copy::title(variant.language, &variant.title);
        post_variants::set_title(&mut db, made, variant.language, &title).await?;
    }
    revision::keep_current(&mut db, made, by.as_str(), now).await?;
    audit::record(&mut db, by, AuditAction::PostDuplicate, &fields.slug, now).await?;
    db.commit().await?;
    Ok(made)
}

/// The translations of a post that are older than its text in its first language.
pub async fn outdated(cx: &Context, id: PostId) -> Result<Option<Outdated>> {
    let times = post_variants::times(&mut cx.store.read().await?, id).await?;
    Ok(translation::outdated(&times, &cx.config().site_languages()))
}

/// Creates a post, or adds a language to the post with this slug.
///
/// # Errors
/// [`ContentError::Exists`] where the post has this language already,
/// [`ContentError::Unconfirmed`] where a campaign would change with it.
pub async fn create(
    cx: &Context,
    by: &Actor,
    article: &Article,
    is_confirmed: bool,
) -> Result<PostId> {
    let variant = article.variant()?;
    let rendered = html::of_article(&variant.body_markdown).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = match posts::by_slug(&mut db, &article.slug).await? {
        Some(post) => {
            let current = full_of(&mut db, post).await?;
            let mut held = current.variants.iter();
            if held.any(|other| other.language == article.language) {
                return Err(ContentError::Exists(
                    "a post with this slug in this language",
                ));
            }
            let id = current.post.id;
            mailed_post::refuse_unconfirmed(cx, &mut db, Changed::Post(id), is_confirmed).await?;
            revision::keep_before(&mut db, &current).await?;
            id
        }
        None => {
            check_picture(&mut db, article.picture).await?;
            posts::insert(&mut db, &article.fields(), now).await?
        }
    };
    posts::set_variant(&mut db, id, &variant, now).await?;
    html::keep(&mut db, id, &variant, &rendered).await?;
    revision::keep_current(&mut db, id, by.as_str(), now).await?;
    campaign_changes::note(&mut db, by, Changed::Post(id), now).await?;
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
    /// Its picture; `Some(None)` for the first of its text.
    pub picture: Option<Option<MediaId>>,
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
    /// Campaigns that are scheduled or approved may change with it.
    pub is_confirmed: bool,
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
/// was read, [`ContentError::Unconfirmed`] where a campaign would change with it.
pub async fn change(cx: &Context, by: &Actor, id: PostId, change: PostChange) -> Result<()> {
    let now = cx.clock.now();
    // Rendered before the write transaction: it may take seconds.
    let seen = posts::by_id(&mut cx.store.read().await?, id).await?;
    let seen = seen.ok_or(ContentError::Overtaken)?;
    let before = full_of(&mut cx.store.read().await?, seen).await?;
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
    let current = full_of(&mut db, current).await?;
    revision::keep_before(&mut db, &current).await?;
    let published_at = current.post.published_at;
    let fields = PostFields {
        slug: change.slug.unwrap_or(current.post.slug),
        category: change.category.map_or(current.post.category, String::from),
        author: change.author.map_or(current.post.author, String::from),
        picture_id: change.picture.unwrap_or(current.post.picture_id),
        published_at: change.published_at.unwrap_or(published_at),
    };
    if fields.published_at.is_none() {
        refuse_where_scheduled(&mut db, id).await?;
    }
    mailed_post::refuse_unconfirmed(cx, &mut db, Changed::Post(id), change.is_confirmed).await?;
    if change.picture.is_some() {
        check_picture(&mut db, fields.picture_id).await?;
    }
    let updated = posts::update(&mut db, id, &fields, now).await;
    updated.map_err(|error| match error {
        StoreError::Exists => ContentError::Exists("a post with this slug"),
        other => other.into(),
    })?;
    if let (Some(variant), Some(rendered)) = (variant, rendered) {
        posts::set_variant(&mut db, id, &variant, now).await?;
        html::keep(&mut db, id, &variant, &rendered).await?;
    }
    revision::keep_current(&mut db, id, by.as_str(), now).await?;
    campaign_changes::note(&mut db, by, Changed::Post(id), now).await?;
    audit::record(&mut db, by, AuditAction::PostChange, &fields.slug, now).await?;
    db.commit().await?;
    Ok(())
}

/// Moves a post to the trash; campaigns made from it keep what they sent.
///
/// # Errors
/// [`ContentError::InUse`] where a scheduled campaign mails it.
pub async fn delete(cx: &Context, by: &Actor, id: PostId) -> Result<()> {
    let mut db = cx.store.write().await?;
    refuse_where_scheduled(&mut db, id).await?;
    let post = posts::by_id(&mut db, id).await?;
    let slug = post.map_or_else(String::new, |post| post.slug.to_string());
    let now = cx.clock.now();
    trash::insert(&mut db, TrashKind::Post, id.0, now).await?;
    campaign_changes::note(&mut db, by, Changed::Post(id), now).await?;
    audit::record(&mut db, by, AuditAction::PostDelete, &slug, now).await?;
    db.commit().await?;
    Ok(())
}

/// Whether a post may have this picture. That of a former version may be gone.
async fn check_picture(db: &mut Db, picture: Option<MediaId>) -> Result<()> {
    let Some(id) = picture else { return Ok(()) };
    match media::by_id(db, id).await? {
        Some(medium) if medium.kind == MediaKind::Picture => Ok(()),
        _ => Err(ContentError::NoPicture),
    }
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
        Some(post) => Ok(Some(full_of(&mut db, post).await?)),
        None => Ok(None),
    }
}

/// The post in this row.
pub async fn by_id(cx: &Context, id: PostId) -> Result<Option<FullPost>> {
    let mut db = cx.store.read().await?;
    match posts::by_id(&mut db, id).await? {
        Some(post) => Ok(Some(full_of(&mut db, post).await?)),
        None => Ok(None),
    }
}

/// Posts as the admin lists them.
pub async fn for_admin(cx: &Context, selection: PostFilter<'_>) -> Result<Vec<PostRow>> {
    Ok(posts::for_admin(&mut cx.store.read().await?, selection).await?)
}

/// Every category that a post has.
pub async fn all_categories(cx: &Context) -> Result<Vec<String>> {
    Ok(posts::all_categories(&mut cx.store.read().await?).await?)
}
