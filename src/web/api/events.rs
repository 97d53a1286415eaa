//! Events of the calendar.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::content::event::{self, EventDraft, EventInLanguage};
use crate::model::content::Repetition;
use crate::model::list::Slug;
use crate::store::events::{Event, EventFields, EventSelection, EventVariant, Recurrence};
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::posts::picture;
use crate::web::api::request::{Body, Params, field, given, moment, offered_or_usual};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// An event in the language of the request, or the next best.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EventBody {
    slug: Slug,
    /// RFC 3339.
    starts_at: String,
    /// RFC 3339.
    ends_at: String,
    all_day: bool,
    /// How often it repeats; `null` if it does not.
    repeats: Option<Repetition>,
    repeat_every: i64,
    /// RFC 3339.
    repeat_until: Option<String>,
    /// Whether visitors see it; otherwise it is a draft.
    published: bool,
    /// The file name of its picture.
    picture: Option<String>,
    language: Language,
    title: String,
    place: String,
    description: String,
    /// Its texts in every language; only for a single event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    variants: Vec<EventTextBody>,
}

/// The text of an event in one language.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EventTextBody {
    language: Language,
    title: String,
    place: String,
    description: String,
}

impl From<Event> for EventBody {
    fn from(event: Event) -> Self {
        let until = event.recurrence.repeat_until;
        Self {
            slug: event.slug,
            starts_at: event.starts_at.rfc3339(),
            ends_at: event.ends_at.rfc3339(),
            all_day: event.all_day,
            repeats: event.recurrence.frequency(),
            repeat_every: event.recurrence.repeat_every,
            repeat_until: until.map(Timestamp::rfc3339),
            published: event.is_published,
            picture: event.picture,
            language: event.language,
            title: event.title,
            place: event.place,
            description: event.description,
            variants: Vec::new(),
        }
    }
}

impl From<(Event, Vec<EventVariant>)> for EventBody {
    fn from((event, variants): (Event, Vec<EventVariant>)) -> Self {
        let text = |variant: EventVariant| EventTextBody {
            language: variant.language,
            title: variant.title,
            place: variant.place,
            description: variant.description,
        };
        Self {
            variants: variants.into_iter().map(text).collect(),
            ..event.into()
        }
    }
}

/// A new event, or another language of an existing one.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewEvent {
    slug: Slug,
    /// RFC 3339.
    starts_at: String,
    /// RFC 3339.
    ends_at: String,
    #[serde(default)]
    all_day: bool,
    /// How often it repeats. Default: it does not.
    repeats: Option<Repetition>,
    /// Every time (1), every second time (2), … up to 99.
    #[schema(minimum = 1, maximum = 99)]
    repeat_every: Option<i64>,
    /// The last occurrence starts by this time. RFC 3339.
    repeat_until: Option<String>,
    /// Whether visitors see it. Default: `true`, or for an existing event as it is.
    published: Option<bool>,
    /// The file name of a picture among the media. Default: none, or for an existing event its
    /// own.
    picture: Option<String>,
    language: Option<Language>,
    title: Title,
    #[serde(default)]
    place: String,
    #[serde(default)]
    description: String,
}

/// List upcoming events, next first, including drafts
#[utoipa::path(get, path = "/events", tag = "content", security(("bearer" = [])), params(Paging),
    responses((status = 200, body = Page<EventBody>)))]
pub async fn index(
    _caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<EventBody>>, HttpError> {
    let offset = paging.after::<u32>()?.map_or(0, i64::from);
    let selection = EventSelection {
        reader: web.cx.reader(visitor.language),
        with_drafts: true,
        limit: offset + paging.limit(),
    };
    let all = event::upcoming(&web.cx, selection).await?;
    let rest: Vec<Event> = all.into_iter().skip(offset as usize).collect();
    let next = offset + rest.len() as i64;
    let page = Page::new(rest, &paging, |_| next);
    Ok(Json(page.map(EventBody::from)))
}

/// Get an event in all its languages
#[utoipa::path(get, path = "/events/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 200, body = EventBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<Json<EventBody>, HttpError> {
    Ok(Json(find(&web, &slug).await?.into()))
}

async fn find(web: &Web, slug: &Slug) -> Result<(Event, Vec<EventVariant>), HttpError> {
    let found = event::full(&web.cx, slug).await?;
    found.ok_or(HttpError::NotFound)
}

fn every(count: i64) -> Result<i64, HttpError> {
    match count {
        1..=99 => Ok(count),
        _ => Err(field("repeat_every")(&"must be 1 to 99")),
    }
}

/// Create an event
#[utoipa::path(post, path = "/events", tag = "content", security(("bearer" = [])),
    request_body = NewEvent, responses((status = 201, body = EventBody)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewEvent>,
) -> Result<(StatusCode, Json<EventBody>), HttpError> {
    let language = offered_or_usual(&web, new.language)?;
    let until = new.repeat_until.as_deref();
    let until = until.map(|until| moment("repeat_until", until));
    let announcement = EventInLanguage {
        starts_at: moment("starts_at", &new.starts_at)?,
        ends_at: moment("ends_at", &new.ends_at)?,
        all_day: new.all_day,
        recurrence: Recurrence {
            repeats: new
                .repeats
                .map_or_else(String::new, |repeats| repeats.to_string()),
            repeat_every: every(new.repeat_every.unwrap_or(1))?,
            repeat_until: until.transpose()?,
        },
        picture: match new.picture.as_deref() {
            Some(name) => Some(Some(picture(&web, name).await?)),
            None => None,
        },
        is_published: new.published,
        language,
        title: new.title,
        place: new.place,
        description: new.description,
        slug: new.slug,
    };
    event::save(&web.cx, &caller.actor(), &announcement).await?;
    let slug = announcement.slug;
    let made = find(&web, &slug).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes to an event; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeEvent {
    slug: Option<Slug>,
    /// RFC 3339.
    starts_at: Option<String>,
    /// RFC 3339.
    ends_at: Option<String>,
    all_day: Option<bool>,
    /// How often it repeats; `null`: not at all.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Repetition>)]
    repeats: Option<Option<Repetition>>,
    #[schema(minimum = 1, maximum = 99)]
    repeat_every: Option<i64>,
    /// The last occurrence starts by this time, RFC 3339; `null`: no end.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    repeat_until: Option<Option<String>>,
    /// Whether visitors see it; otherwise it is a draft.
    published: Option<bool>,
    /// The file name of a picture among the media; `null`: none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    picture: Option<Option<String>>,
    /// The language of title, place and description. Default: the site's.
    language: Option<Language>,
    title: Option<Title>,
    place: Option<String>,
    description: Option<String>,
}

/// Change an event, or its text in one language
#[utoipa::path(patch, path = "/events/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), request_body = ChangeEvent,
    responses((status = 200, body = EventBody), (status = 404),
              (status = 409, description = "The slug is taken")))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
    Body(change): Body<ChangeEvent>,
) -> Result<Json<EventBody>, HttpError> {
    let (event, mut variants) = find(&web, &slug).await?;
    let mut recurrence = event.recurrence;
    if let Some(repeats) = change.repeats {
        recurrence.repeats = repeats.map_or_else(String::new, |repeats| repeats.to_string());
    }
    if let Some(count) = change.repeat_every {
        recurrence.repeat_every = every(count)?;
    }
    if let Some(until) = change.repeat_until {
        let until = until
            .map(|until| moment("repeat_until", &until))
            .transpose()?;
        recurrence.repeat_until = until;
    }
    let time = |name, text: Option<String>, otherwise| match text {
        Some(text) => moment(name, &text),
        None => Ok(otherwise),
    };
    let fields = EventFields {
        slug: change.slug.unwrap_or(event.slug),
        starts_at: time("starts_at", change.starts_at, event.starts_at)?,
        ends_at: time("ends_at", change.ends_at, event.ends_at)?,
        all_day: change.all_day.unwrap_or(event.all_day),
        recurrence,
        picture_id: match change.picture {
            None => event.picture_id,
            Some(None) => None,
            Some(Some(name)) => Some(picture(&web, &name).await?),
        },
        is_published: change.published.unwrap_or(event.is_published),
    };
    let has_text = change.title.is_some() || change.place.is_some() || change.description.is_some();
    let language = offered_or_usual(&web, change.language)?;
    if has_text {
        let at = variants
            .iter()
            .position(|variant| variant.language == language);
        let before = at.map(|at| variants.swap_remove(at));
        let title = change.title.map(String::from);
        let title = title.or(before.as_ref().map(|before| before.title.clone()));
        let title = title.ok_or_else(|| field("title")(&"is missing in this language"))?;
        let before = |text: fn(&EventVariant) -> &String| before.as_ref().map(text).cloned();
        variants.push(EventVariant {
            language,
            title,
            place: change.place.or(before(|v| &v.place)).unwrap_or_default(),
            description: change
                .description
                .or(before(|v| &v.description))
                .unwrap_or_default(),
        });
    } else if change.language.is_some() {
        return Err(field("language")(
            &"give title, place or description with it",
        ));
    }
    let programme = EventDraft {
        fields,
        variants,
        up_to_date: Vec::new(),
    };
    event::save_all(&web.cx, &caller.actor(), Some(event.id), &programme).await?;
    Ok(Json(find(&web, &programme.fields.slug).await?.into()))
}

/// Delete an event in every language
///
/// It can be restored from the trash for 30 days.
#[utoipa::path(delete, path = "/events/{slug}", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<StatusCode, HttpError> {
    let (event, _) = find(&web, &slug).await?;
    event::delete(&web.cx, &caller.actor(), event.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
