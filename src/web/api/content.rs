//! Posts, events and media.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::paging::Paging;
use super::request::{Body, Id, field};
use crate::account;
use crate::clock::Timestamp;
use crate::content::event::Announcement;
use crate::content::post::{self, Article, FullPost};
use crate::content::{event, media as media_service};
use crate::model::content::Frequency;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::events::Recurrence;
use crate::store::posts::Selection;
use crate::text::locale::Language;
use crate::web::{Failure, Visitor, Web};

/// A post in all its languages.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PostBody {
    slug: Slug,
    category: String,
    author: String,
    published_at: Option<String>,
    variants: Vec<VariantBody>,
}

/// A post's words in one language.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VariantBody {
    language: Language,
    title: String,
    summary: String,
    body_markdown: String,
}

impl From<FullPost> for PostBody {
    fn from(full: FullPost) -> Self {
        Self {
            published_at: full.post.published_at().map(Timestamp::rfc3339),
            slug: full.post.slug,
            category: full.post.category,
            author: full.post.author,
            variants: full
                .variants
                .into_iter()
                .map(|variant| VariantBody {
                    language: variant.language,
                    title: variant.title,
                    summary: variant.summary,
                    body_markdown: variant.body_markdown,
                })
                .collect(),
        }
    }
}

/// A post to be made, or another language of one that is there.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewPost {
    slug: Slug,
    title: Title,
    #[serde(default)]
    summary: String,
    category: Option<Title>,
    author: Option<Title>,
    body_markdown: String,
    language: Option<Language>,
    /// Public at once; otherwise a draft.
    #[serde(default)]
    published: bool,
    /// When it goes public, RFC 3339; now where only `published` is given.
    published_at: Option<String>,
}

/// A page of posts, newest first, drafts among them.
#[utoipa::path(get, path = "/posts", tag = "content", security(("bearer" = [])), params(Paging),
    responses((status = 200, description = "`{items, next_cursor}`")))]
pub async fn posts(
    _caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Query(paging): Query<Paging>,
) -> Result<Json<serde_json::Value>, Failure> {
    let offset = paging.after().unwrap_or(0).max(0);
    let selection = Selection {
        language: visitor.language,
        category: None,
        public_at: None,
        offset,
        limit: paging.limit(),
    };
    let rows = post::page(&web.cx, selection).await?;
    let is_full = rows.len() as i64 == paging.limit();
    let next = is_full.then(|| (offset + rows.len() as i64).to_string());
    let items: Vec<_> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "slug": row.post.slug,
                "category": row.post.category,
                "author": row.post.author,
                "published_at": row.post.published_at().map(Timestamp::rfc3339),
                "language": row.variant.language,
                "title": row.variant.title,
                "summary": row.variant.summary,
            })
        })
        .collect();
    Ok(Json(
        serde_json::json!({ "items": items, "next_cursor": next }),
    ))
}

/// One post.
#[utoipa::path(get, path = "/posts/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 200, body = PostBody), (status = 404)))]
pub async fn post(
    _caller: Caller,
    State(web): State<Web>,
    Id(slug): Id<Slug>,
) -> Result<Json<PostBody>, Failure> {
    Ok(Json(
        post::by_slug(&web.cx, &slug)
            .await?
            .ok_or(Failure::NotFound)?
            .into(),
    ))
}

/// Make a post.
#[utoipa::path(post, path = "/posts", tag = "content", security(("bearer" = [])),
    request_body = NewPost,
    responses((status = 201, body = PostBody), (status = 409, description = "It is there already")))]
pub async fn create_post(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewPost>,
) -> Result<(StatusCode, Json<PostBody>), Failure> {
    let title = |text: &str| Title::parse(text).map_err(|error| field("post")(&error));
    let published_at = match (&new.published_at, new.published) {
        (Some(text), _) => Some(moment("published_at", text)?),
        (None, true) => Some(web.cx.clock.now()),
        (None, false) => None,
    };
    let article = Article {
        category: new.category.map_or_else(|| title("General"), Ok)?,
        author: new
            .author
            .map_or_else(|| title(caller.0.email.local_part()), Ok)?,
        published_at,
        language: new.language.unwrap_or(web.cx.config.language),
        title: new.title,
        summary: new.summary,
        body_markdown: new.body_markdown,
        slug: new.slug,
    };
    post::create(&web.cx, &article).await?;
    account::audit(&web.cx, caller.name(), "post.create", article.slug.as_str()).await?;
    let made = post::by_slug(&web.cx, &article.slug)
        .await?
        .ok_or(Failure::NotFound)?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

fn moment(name: &str, text: &str) -> Result<Timestamp, Failure> {
    Timestamp::parse_rfc3339(text).map_err(|error| field(name)(&error))
}

/// An event to be made, or another language of one that is there.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewEvent {
    slug: Slug,
    /// RFC 3339.
    starts_at: String,
    /// RFC 3339.
    ends_at: String,
    #[serde(default)]
    all_day: bool,
    /// `daily`, `weekly`, `monthly` or `yearly`; once where it is left out.
    repeats: Option<Frequency>,
    /// Each time, each second time, …
    repeat_every: Option<i64>,
    /// None begins after this moment. RFC 3339.
    repeat_until: Option<String>,
    language: Option<Language>,
    title: Title,
    #[serde(default)]
    place: String,
    #[serde(default)]
    description: String,
}

fn event_body(event: &crate::store::events::Event) -> serde_json::Value {
    serde_json::json!({
        "slug": event.slug,
        "starts_at": event.starts_at.rfc3339(),
        "ends_at": event.ends_at.rfc3339(),
        "all_day": event.all_day,
        "language": event.language,
        "title": event.title,
        "place": event.place,
        "description": event.description,
    })
}

/// The events that are not over.
#[utoipa::path(get, path = "/events", tag = "content", security(("bearer" = [])), params(Paging),
    responses((status = 200, description = "`{items, next_cursor}`")))]
pub async fn events(
    _caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Query(paging): Query<Paging>,
) -> Result<Json<serde_json::Value>, Failure> {
    let events = event::upcoming(&web.cx, visitor.language, paging.limit()).await?;
    let items: Vec<_> = events.iter().map(event_body).collect();
    Ok(Json(
        serde_json::json!({ "items": items, "next_cursor": null }),
    ))
}

/// Make an event.
#[utoipa::path(post, path = "/events", tag = "content", security(("bearer" = [])),
    request_body = NewEvent, responses((status = 201, description = "The event")))]
pub async fn create_event(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewEvent>,
) -> Result<(StatusCode, Json<serde_json::Value>), Failure> {
    let language = new.language.unwrap_or(web.cx.config.language);
    let announcement = Announcement {
        starts_at: moment("starts_at", &new.starts_at)?,
        ends_at: moment("ends_at", &new.ends_at)?,
        all_day: new.all_day,
        recurrence: Recurrence {
            repeats: new
                .repeats
                .map_or_else(String::new, |repeats| repeats.to_string()),
            repeat_every: new.repeat_every.unwrap_or(1).clamp(1, 99),
            repeat_until: match &new.repeat_until {
                Some(until) => Some(moment("repeat_until", until)?.millis()),
                None => None,
            },
        },
        language,
        title: new.title,
        place: new.place,
        description: new.description,
        slug: new.slug,
    };
    event::save(&web.cx, &announcement).await?;
    account::audit(
        &web.cx,
        caller.name(),
        "event.save",
        announcement.slug.as_str(),
    )
    .await?;
    let made = event::by_slug(&web.cx, &announcement.slug, language).await?;
    Ok((
        StatusCode::CREATED,
        Json(event_body(&made.ok_or(Failure::NotFound)?)),
    ))
}

/// Every file.
#[utoipa::path(get, path = "/media", tag = "content", security(("bearer" = [])),
    responses((status = 200, description = "`{items, next_cursor}`")))]
pub async fn media(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<serde_json::Value>, Failure> {
    let url = web.cx.config.public_url();
    let items: Vec<_> = media_service::all(&web.cx)
        .await?
        .iter()
        .map(|medium| {
            serde_json::json!({
                "file_name": medium.file_name,
                "url": format!("{url}/media/{}", medium.file_name),
                "kind": medium.kind,
                "media_type": medium.media_type,
                "size": medium.size,
                "captions": medium.captions,
            })
        })
        .collect();
    Ok(Json(
        serde_json::json!({ "items": items, "next_cursor": null }),
    ))
}
