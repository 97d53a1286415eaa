//! Posts.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::content::post::{self, Article, FullPost, PostChange};
use crate::content::{ContentError, media, public_posts};
use crate::model::MediaId;
use crate::model::list::Slug;
use crate::store::posts::{PostInLanguage, Selection};
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field, given, moment, offered_or_usual};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// A post in all its languages.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PostBody {
    slug: Slug,
    category: String,
    author: String,
    /// The file name of its picture; `null`: the first picture of its text.
    picture: Option<String>,
    /// RFC 3339; `null` for a draft.
    published_at: Option<String>,
    /// Changes with each change of the post; send it with a change to detect
    /// conflicts.
    version: i64,
    variants: Vec<PostTextBody>,
}

/// The text of a post in one language.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PostTextBody {
    language: Language,
    title: String,
    summary: String,
    body_markdown: String,
}

impl From<FullPost> for PostBody {
    fn from(full: FullPost) -> Self {
        Self {
            published_at: full.post.published_at.map(Timestamp::rfc3339),
            version: full.post.updated_at.millis(),
            slug: full.post.slug,
            category: full.post.category,
            author: full.post.author,
            picture: full.post.picture,
            variants: full
                .variants
                .into_iter()
                .map(|variant| PostTextBody {
                    language: variant.language,
                    title: variant.title,
                    summary: variant.summary,
                    body_markdown: variant.body_markdown,
                })
                .collect(),
        }
    }
}

/// A post in a list: in the language of the request, or the next best.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PostSummaryBody {
    slug: Slug,
    category: String,
    author: String,
    /// RFC 3339; `null` for a draft.
    published_at: Option<String>,
    language: Language,
    title: String,
    summary: String,
}

impl From<PostInLanguage> for PostSummaryBody {
    fn from(row: PostInLanguage) -> Self {
        Self {
            published_at: row.post.published_at.map(Timestamp::rfc3339),
            slug: row.post.slug,
            category: row.post.category,
            author: row.post.author,
            language: row.variant.language,
            title: row.variant.title,
            summary: row.variant.summary,
        }
    }
}

/// A new post, or another language of an existing one.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewPost {
    slug: Slug,
    title: Title,
    #[serde(default)]
    summary: String,
    category: Option<Title>,
    author: Option<Title>,
    /// The file name of a picture among the media, for cards and above the article. Default: the
    /// first picture of the text.
    picture: Option<String>,
    body_markdown: String,
    language: Option<Language>,
    /// Whether to publish it now. Default: draft.
    #[serde(default)]
    published: bool,
    /// When it is published, RFC 3339. Default: now, if `published` is true.
    published_at: Option<String>,
}

/// List posts, newest first, including drafts
#[utoipa::path(get, path = "/posts", tag = "content", security(("bearer" = [])), params(Paging),
    responses((status = 200, body = Page<PostSummaryBody>)))]
pub async fn index(
    _caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<PostSummaryBody>>, HttpError> {
    let offset = paging.after::<u32>()?.map_or(0, i64::from);
    let selection = Selection {
        reader: web.cx.reader(visitor.language),
        category: None,
        public_at: None,
        offset,
        limit: paging.limit(),
    };
    let rows = public_posts::page(&web.cx, selection).await?;
    let next = offset + rows.len() as i64;
    let page = Page::new(rows, &paging, |_| next);
    Ok(Json(page.map(PostSummaryBody::from)))
}

/// Get a post
#[utoipa::path(get, path = "/posts/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 200, body = PostBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<Json<PostBody>, HttpError> {
    Ok(Json(find(&web, &slug).await?.into()))
}

async fn find(web: &Web, slug: &Slug) -> Result<FullPost, HttpError> {
    let found = post::by_slug(&web.cx, slug).await?;
    found.ok_or(HttpError::NotFound)
}

pub(super) async fn picture(web: &Web, name: &str) -> Result<MediaId, HttpError> {
    match media::picture_named(&web.cx, name).await {
        Err(error @ ContentError::NoPicture) => Err(HttpError::field("picture", &error)),
        other => Ok(other?),
    }
}

/// Whether a change of what campaigns are about to mail is meant.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Confirm {
    /// `true`: campaigns that are scheduled or approved may mail what is changed. Without it,
    /// such a change is answered by 409.
    #[serde(default)]
    pub(super) confirm: bool,
}

/// Create a post
#[utoipa::path(post, path = "/posts", tag = "content", security(("bearer" = [])),
    params(Confirm), request_body = NewPost,
    responses((status = 201, body = PostBody),
              (status = 409, description = "It is there already, or a campaign that is scheduled or approved would get another language")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Params(Confirm { confirm }): Params<Confirm>,
    Body(new): Body<NewPost>,
) -> Result<(StatusCode, Json<PostBody>), HttpError> {
    let title = |name: &str, text: &str| Title::parse(text).map_err(|error| field(name)(&error));
    let published_at = match (&new.published_at, new.published) {
        (Some(text), _) => Some(moment("published_at", text)?),
        (None, true) => Some(web.cx.clock.now()),
        (None, false) => None,
    };
    let article = Article {
        category: new
            .category
            .map_or_else(|| title("category", "General"), Ok)?,
        author: new
            .author
            .map_or_else(|| title("author", caller.0.email.local_part()), Ok)?,
        picture: match new.picture.as_deref() {
            Some(name) => Some(picture(&web, name).await?),
            None => None,
        },
        published_at,
        language: offered_or_usual(&web, new.language)?,
        title: new.title,
        summary: new.summary,
        body_markdown: new.body_markdown,
        slug: new.slug,
    };
    post::create(&web.cx, &caller.actor(), &article, confirm).await?;
    let made = find(&web, &article.slug).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes to a post; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangePost {
    slug: Option<Slug>,
    category: Option<Title>,
    author: Option<Title>,
    /// The file name of a picture among the media; `null`: the first picture of the text.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    picture: Option<Option<String>>,
    /// When it is published, RFC 3339; `null` makes it a draft again.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    published_at: Option<Option<String>>,
    /// The language of title, summary and text. Default: the site's.
    language: Option<Language>,
    title: Option<Title>,
    summary: Option<String>,
    body_markdown: Option<String>,
    /// The version that the change is based on: 409 if the post has changed
    /// since.
    version: Option<i64>,
}

/// Change a post, or its text in one language
#[utoipa::path(patch, path = "/posts/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path), Confirm), request_body = ChangePost,
    responses((status = 200, body = PostBody), (status = 404),
              (status = 409, description = "The slug is taken, somebody else has changed the post, or a campaign that is scheduled or approved would change")))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
    Params(Confirm { confirm }): Params<Confirm>,
    Body(change): Body<ChangePost>,
) -> Result<Json<PostBody>, HttpError> {
    let found = find(&web, &slug).await?;
    let published_at = match change.published_at {
        None => None,
        Some(None) => Some(None),
        Some(Some(text)) => Some(Some(moment("published_at", &text)?)),
    };
    let change = PostChange {
        slug: change.slug,
        category: change.category,
        author: change.author,
        picture: match change.picture {
            None => None,
            Some(None) => Some(None),
            Some(Some(name)) => Some(Some(picture(&web, &name).await?)),
        },
        published_at,
        language: offered_or_usual(&web, change.language)?,
        title: change.title,
        summary: change.summary,
        body_markdown: change.body_markdown,
        seen: change.version.map(Timestamp::from_millis),
        is_confirmed: confirm,
    };
    let id = found.post.id;
    post::change(&web.cx, &caller.actor(), id, change).await?;
    let changed = post::by_id(&web.cx, id).await?;
    Ok(Json(changed.ok_or(HttpError::NotFound)?.into()))
}

/// Delete a post in every language
///
/// It can be restored from the trash for 30 days. Emails already sent do not change.
#[utoipa::path(delete, path = "/posts/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)),
    responses((status = 204), (status = 404),
              (status = 409, description = "A campaign that is still to start needs it")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<StatusCode, HttpError> {
    let found = find(&web, &slug).await?;
    post::delete(&web.cx, &caller.actor(), found.post.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
