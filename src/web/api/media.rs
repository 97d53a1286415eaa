//! Media files.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::content::media::{self, MediaChange};
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::model::tag::{self, Tag};
use crate::store::media::{Caption, Medium};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::http::upload;
use crate::web::state::Web;

/// A file.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MediumBody {
    id: MediaId,
    file_name: String,
    url: String,
    kind: MediaKind,
    media_type: String,
    /// Bytes.
    size: i64,
    width: Option<i64>,
    height: Option<i64>,
    /// Captions by language.
    captions: BTreeMap<String, Caption>,
    /// Whether it is on the public media page.
    shown: bool,
}

/// A file as JSON.
pub fn body(web: &Web, medium: &Medium) -> MediumBody {
    MediumBody {
        id: medium.id,
        url: format!(
            "{}/media/{}",
            web.cx.config().public_url(),
            medium.file_name
        ),
        file_name: medium.file_name.clone(),
        kind: medium.kind,
        media_type: medium.media_type.clone(),
        size: medium.size,
        width: medium.width,
        height: medium.height,
        captions: medium.captions.clone(),
        shown: medium.is_shown,
    }
}

/// List files
#[utoipa::path(get, path = "/media", tag = "content", security(("bearer" = [])),
    responses((status = 200, body = Page<MediumBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<MediumBody>>, HttpError> {
    let all = media::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(|medium| body(&web, &medium))))
}

/// The parts of the body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct Upload {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    #[schema(rename = "title-kk")]
    title_kk: Option<String>,
    #[schema(rename = "title-ru")]
    title_ru: Option<String>,
    #[schema(rename = "title-en")]
    title_en: Option<String>,
    #[schema(rename = "alt-kk")]
    alt_kk: Option<String>,
    #[schema(rename = "alt-ru")]
    alt_ru: Option<String>,
    #[schema(rename = "alt-en")]
    alt_en: Option<String>,
    /// `true`: on the public media page. Default: the file is only seen where it is used.
    shown: Option<bool>,
}

/// Upload a file
///
/// Send a part `file`, and optionally `title-LANGUAGE`, `alt-LANGUAGE` and `shown`.
#[utoipa::path(post, path = "/media", tag = "content", security(("bearer" = [])),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = MediumBody), (status = 413), (status = 415)))]
pub async fn upload(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<(StatusCode, Json<MediumBody>), HttpError> {
    DefaultBodyLimit::max(upload::BODY_LIMIT).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
    let (mut files, mut fields) = upload::read(parts).await?;
    if files.len() != 1 {
        return Err(HttpError::Unprocessable("send one part called file".into()));
    }
    let mut file = files.remove(0);
    if let Some(at) = fields.iter().position(|(name, _)| name == "shown") {
        let (_, value) = fields.remove(at);
        let shown = value.trim().parse::<bool>();
        file.is_shown = shown.map_err(|_| field("shown")(&"must be true or false"))?;
    }
    let languages = web.languages();
    for (name, _) in &fields {
        let language = name.strip_prefix("title-").or(name.strip_prefix("alt-"));
        let is_known = language.is_some_and(|tag| languages.iter().any(|l| l.tag() == tag));
        if !is_known {
            return Err(field(&name.escape_debug().to_string())(
                &"is not known here",
            ));
        }
    }
    for language in languages.iter() {
        let text = |kind: &str| {
            let name = format!("{kind}-{language}");
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let caption = Caption {
            title: text("title"),
            alt: text("alt"),
        };
        if caption != Caption::default() {
            file.captions.insert(language.tag().to_owned(), caption);
        }
    }
    let medium = media::keep_beside(&web.cx, &caller.actor(), file).await?;
    Ok((StatusCode::CREATED, Json(body(&web, &medium))))
}

/// Changes to a file; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeMedium {
    /// Captions by language, in place of those it has.
    #[schema(value_type = Option<BTreeMap<String, Caption>>)]
    captions: Option<BTreeMap<Language, Caption>>,
    /// Tags, in place of those it has.
    tags: Option<Vec<Tag>>,
    /// Whether it is on the public media page.
    shown: Option<bool>,
}

/// Change a file's captions, tags, or whether the media page shows it
#[utoipa::path(patch, path = "/media/{file_name}", tag = "content", security(("bearer" = [])),
    params(("file_name" = String, Path)), request_body = ChangeMedium,
    responses((status = 200, body = MediumBody), (status = 404)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(file_name): PathParam<String>,
    Body(change): Body<ChangeMedium>,
) -> Result<Json<MediumBody>, HttpError> {
    let medium = find(&web, &file_name).await?;
    let captions = change.captions.map(|captions| {
        let captions = captions.into_iter();
        let by_tag = captions.map(|(language, caption)| (language.to_string(), caption));
        by_tag.collect()
    });
    let change = MediaChange {
        captions,
        tags: change.tags.map(tag::once),
        is_shown: change.shown,
    };
    media::change(&web.cx, &caller.actor(), &medium, change).await?;
    Ok(Json(body(&web, &find(&web, &file_name).await?)))
}

async fn find(web: &Web, file_name: &str) -> Result<Medium, HttpError> {
    let found = media::by_name(&web.cx, file_name).await?;
    found.ok_or(HttpError::NotFound)
}

/// Delete a file
///
/// It can be restored from the trash for 30 days; until then its address answers 404.
#[utoipa::path(delete, path = "/media/{file_name}", tag = "content", security(("bearer" = [])),
    params(("file_name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(file_name): PathParam<String>,
) -> Result<StatusCode, HttpError> {
    let medium = find(&web, &file_name).await?;
    media::delete(&web.cx, &caller.actor(), &medium).await?;
    Ok(StatusCode::NO_CONTENT)
}
