//! Queries on posts and their language variants.

use serde::{Deserialize, Serialize};

use super::{Db, Result, escape_like, execute, run, variants};
use crate::clock::Timestamp;
use crate::model::list::Slug;
use crate::model::{MediaId, PostId};
use crate::text::locale::{Language, Preference};

/// A post without its words.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its category, as shown.
    pub category: String,
    /// Who signs it.
    pub author: String,
    /// Its picture; without one, the first of its text.
    pub picture_id: Option<MediaId>,
    /// The file name of its picture, unless that is in the trash.
    pub picture: Option<String>,
    /// When it went public; `None` for a draft.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Post {
    /// Whether visitors may see it.
    pub fn is_public(&self, now: Timestamp) -> bool {
        self.published_at.is_some_and(|at| at <= now)
    }

    /// Its page in a language, below the site's address.
    pub fn path_in(&self, language: Language) -> String {
        format!("/posts/{}?language={language}", self.slug)
    }
}

/// A post's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Variant {
    /// The language.
    pub language: Language,
    /// The headline.
    pub title: String,
    /// The standfirst.
    pub summary: String,
    /// The article, in Markdown.
    pub body_markdown: String,
}

/// A post with the words of one language, for lists of posts.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PostInLanguage {
    /// The post.
    #[sqlx(flatten)]
    pub post: Post,
    /// Its words.
    #[sqlx(flatten)]
    pub variant: Variant,
    /// The file name of the first picture of its text; empty without one.
    pub first_picture: String,
}

/// What a page of posts shows.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// Whom it is for; a post that lacks their language comes in another.
    pub reader: Preference,
    /// Only this category.
    pub category: Option<&'a str>,
    /// Only those public at this moment; `None` for drafts too.
    pub public_at: Option<Timestamp>,
    /// How many to pass over.
    pub offset: i64,
    /// How many to give.
    pub limit: i64,
}

/// Posts, newest first.
pub async fn page(db: &mut Db, selection: Selection<'_>) -> Result<Vec<PostInLanguage>> {
    // A variant's rank: as `Preference::pick` has it.
    run!(db, c => sqlx::query_as(
        "SELECT p.id, p.slug, p.category, p.author, p.picture_id, p.published_at, p.updated_at,
                (SELECT m.file_name FROM untrashed_media m WHERE m.id = p.picture_id) AS picture,
                v.language, v.title, v.summary, v.body_markdown, v.first_picture
         FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
         WHERE ($1 = '' OR p.category = $1)
           AND ($2 = 0 OR p.published_at <= $2)
           AND v.language = (
               SELECT w.language FROM post_variants w WHERE w.post_id = p.id
               ORDER BY CASE w.language WHEN $3 THEN 0 WHEN $6 THEN 1 WHEN $7 THEN 2
                                        WHEN 'en' THEN 3 ELSE 4 END, w.language
               LIMIT 1)
         ORDER BY COALESCE(p.published_at, p.updated_at) DESC, p.id DESC
         LIMIT $4 OFFSET $5",
    )
    .bind(selection.category.unwrap_or_default())
    .bind(selection.public_at.unwrap_or_default())
    .bind(selection.reader.reader)
    .bind(selection.limit)
    .bind(selection.offset)
    .bind(selection.reader.wider())
    .bind(selection.reader.site)
    .fetch_all(c))
}

/// A post as the admin lists it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PostRow {
    /// The post.
    #[sqlx(flatten)]
    pub post: Post,
    /// Its title in the next best language.
    pub title: String,
    /// The tags of its languages, comma-separated.
    languages: String,
}

impl PostRow {
    /// The languages that it has a text in, in the order of their tags.
    pub fn languages(&self) -> Vec<Language> {
        let tags = self.languages.split(',');
        let mut languages: Vec<Language> = tags.filter_map(|tag| tag.parse().ok()).collect();
        languages.sort();
        languages
    }
}

/// Which posts the admin lists.
#[derive(Debug, Clone, Copy, Default)]
pub struct PostFilter<'a> {
    /// Part of a title or slug; empty for all.
    pub search: &'a str,
    /// `Some(true)` for drafts alone, `Some(false)` for the others.
    pub is_draft: Option<bool>,
    /// How many to pass over.
    pub offset: i64,
    /// How many to give.
    pub limit: i64,
}

/// Posts for admins, drafts among them: the last changed or published first.
pub async fn for_admin(db: &mut Db, selection: PostFilter<'_>) -> Result<Vec<PostRow>> {
    // SQLite folds the case of ASCII alone, so that the search tries the ways
    // in which a word may be written.
    let typed = escape_like(selection.search.trim());
    let mut letters = typed.chars();
    let capital: String = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    let pattern = |text: &str| format!("%{text}%");
    run!(db, c => sqlx::query_as(
        r"SELECT p.id, p.slug, p.category, p.author, p.picture_id, p.published_at, p.updated_at,
                (SELECT m.file_name FROM untrashed_media m WHERE m.id = p.picture_id) AS picture, v.title,
                 (SELECT string_agg(w.language, ',') FROM post_variants w
                  WHERE w.post_id = p.id) AS languages
          FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
          WHERE v.language = (
                    SELECT w.language FROM post_variants w WHERE w.post_id = p.id
                    ORDER BY CASE w.language WHEN 'en' THEN 1 ELSE 2 END, w.language LIMIT 1)
            AND ($1 = '' OR ($1 = 'draft') = (p.published_at IS NULL))
            AND ($2 = '%%' OR p.slug LIKE $3 ESCAPE '\' OR EXISTS (
                    SELECT 1 FROM post_variants w WHERE w.post_id = p.id
                      AND (LOWER(w.title) LIKE $3 ESCAPE '\' OR w.title LIKE $2 ESCAPE '\'
                           OR w.title LIKE $3 ESCAPE '\' OR w.title LIKE $4 ESCAPE '\')))
          ORDER BY COALESCE(p.published_at, p.updated_at) DESC, p.id DESC
          LIMIT $5 OFFSET $6",
    )
    .bind(match selection.is_draft {
        None => "",
        Some(true) => "draft",
        Some(false) => "published",
    })
    .bind(pattern(&typed))
    .bind(pattern(&typed.to_lowercase()))
    .bind(pattern(&capital))
    .bind(selection.limit)
    .bind(selection.offset)
    .fetch_all(c))
}

/// Every category that a post has, in the order of the alphabet.
pub async fn all_categories(db: &mut Db) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar("SELECT DISTINCT category FROM untrashed_posts ORDER BY category")
        .fetch_all(c))
}

/// A post in one language, for a list of addresses.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PostAddress {
    /// Its name in addresses.
    pub slug: Slug,
    /// A language that it has.
    pub language: Language,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Public posts in each of their languages, newest first.
pub async fn addresses(db: &mut Db, now: Timestamp, limit: i64) -> Result<Vec<PostAddress>> {
    run!(db, c => sqlx::query_as(
        "SELECT p.slug, v.language, p.updated_at
         FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
         WHERE p.published_at <= $1
         ORDER BY p.published_at DESC, p.id DESC, v.language LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(c))
}

/// The categories of public posts, in the order of the alphabet.
pub async fn categories(db: &mut Db, now: Timestamp) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT category FROM untrashed_posts WHERE published_at <= $1 ORDER BY category",
    )
    .bind(now)
    .fetch_all(c))
}

/// The post with this slug.
pub async fn by_slug(db: &mut Db, slug: &Slug) -> Result<Option<Post>> {
    run!(db, c => sqlx::query_as(
        "SELECT p.id, p.slug, p.category, p.author, p.picture_id, p.published_at, p.updated_at,
                (SELECT m.file_name FROM untrashed_media m WHERE m.id = p.picture_id) AS picture
         FROM untrashed_posts p WHERE p.slug = $1",
    )
    .bind(slug)
    .fetch_optional(c))
}

/// The post in this row.
pub async fn by_id(db: &mut Db, id: PostId) -> Result<Option<Post>> {
    run!(db, c => sqlx::query_as(
        "SELECT p.id, p.slug, p.category, p.author, p.picture_id, p.published_at, p.updated_at,
                (SELECT m.file_name FROM untrashed_media m WHERE m.id = p.picture_id) AS picture
         FROM untrashed_posts p WHERE p.id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// A post's words, in every language it has.
pub async fn variants(db: &mut Db, id: PostId) -> Result<Vec<Variant>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, title, summary, body_markdown
         FROM post_variants WHERE post_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}

/// What a link to a post needs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PostLink {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its headline …
    pub title: String,
    /// … in this language.
    pub language: Language,
}

/// The public posts just before and after one, by time: (older, newer).
pub async fn neighbours(
    db: &mut Db,
    post: &Post,
    reader: Preference,
    now: Timestamp,
) -> Result<(Option<PostLink>, Option<PostLink>)> {
    let at = post
        .published_at
        .unwrap_or(Timestamp::from_millis(i64::MAX));
    let older = run!(db, c => sqlx::query_as(
        "SELECT p.slug, v.title, v.language FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
         WHERE (p.published_at < $1 OR (p.published_at = $1 AND p.id < $2)) AND p.published_at <= $3
         ORDER BY p.published_at DESC, p.id DESC,
                  CASE v.language WHEN $4 THEN 0 WHEN $5 THEN 1 WHEN $6 THEN 2
                                  WHEN 'en' THEN 3 ELSE 4 END, v.language LIMIT 1",
    )
    .bind(at)
    .bind(post.id)
    .bind(now)
    .bind(reader.reader)
    .bind(reader.wider())
    .bind(reader.site)
    .fetch_optional(c))?;
    let newer = run!(db, c => sqlx::query_as(
        "SELECT p.slug, v.title, v.language FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
         WHERE (p.published_at > $1 OR (p.published_at = $1 AND p.id > $2)) AND p.published_at <= $3
         ORDER BY p.published_at, p.id,
                  CASE v.language WHEN $4 THEN 0 WHEN $5 THEN 1 WHEN $6 THEN 2
                                  WHEN 'en' THEN 3 ELSE 4 END, v.language LIMIT 1",
    )
    .bind(at)
    .bind(post.id)
    .bind(now)
    .bind(reader.reader)
    .bind(reader.wider())
    .bind(reader.site)
    .fetch_optional(c))?;
    Ok((older, newer))
}

/// A post to be made or changed.
#[derive(Debug, Clone)]
pub struct PostFields {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its category, as shown.
    pub category: String,
    /// Who signs it.
    pub author: String,
    /// Its picture; without one, the first of its text.
    pub picture_id: Option<MediaId>,
    /// When it goes public; `None` for a draft.
    pub published_at: Option<Timestamp>,
}

/// Adds a post.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the slug is taken.
pub async fn insert(db: &mut Db, fields: &PostFields, now: Timestamp) -> Result<PostId> {
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO posts
             (slug, category, author, picture_id, published_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
    )
    .bind(&fields.slug)
    .bind(&fields.category)
    .bind(&fields.author)
    .bind(fields.picture_id)
    .bind(fields.published_at)
    .bind(now)
    .fetch_one(c))
}

/// Changes a post.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the new slug is taken.
pub async fn update(db: &mut Db, id: PostId, fields: &PostFields, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE posts SET slug = $2, category = $3, author = $4, picture_id = $5,
             published_at = $6, updated_at = $7
         WHERE id = $1",
        )
        .bind(id)
        .bind(&fields.slug)
        .bind(&fields.category)
        .bind(&fields.author)
        .bind(fields.picture_id)
        .bind(fields.published_at)
        .bind(now)
    )?;
    Ok(())
}

/// Sets a post's words in one language. Its time of change stays where they are the same.
pub async fn set_variant(db: &mut Db, id: PostId, variant: &Variant, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO post_variants AS v
                 (post_id, language, title, summary, body_markdown, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)
             ON CONFLICT (post_id, language) DO UPDATE
             SET title = excluded.title, summary = excluded.summary,
                 body_markdown = excluded.body_markdown, body_html = '', html_version = 0,
                 changed_at = CASE
                     WHEN v.title = excluded.title AND v.summary = excluded.summary
                          AND v.body_markdown = excluded.body_markdown
                     THEN v.changed_at ELSE excluded.changed_at END",
        )
        .bind(id)
        .bind(variant.language)
        .bind(&variant.title)
        .bind(&variant.summary)
        .bind(&variant.body_markdown)
        .bind(now)
    )?;
    Ok(())
}

/// Deletes a post's texts in other languages than these.
pub async fn keep_variants(db: &mut Db, id: PostId, kept: &[Language]) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM post_variants
             WHERE post_id = $1 AND $2 NOT LIKE '%,' || language || ',%'",
        )
        .bind(id)
        .bind(variants::among(kept))
    )?;
    Ok(())
}
