//! Media files.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use crate::content::media;
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::store::media::{Caption, Medium};
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::field;
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
}

/// Upload a file
///
/// Send a part `file`, and optionally `title-LANGUAGE` and `alt-LANGUAGE`.
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
    let (mut files, fields) = upload::read(parts).await?;
    if files.len() != 1 {
        return Err(HttpError::Unprocessable("send one part called file".into()));
    }
    let mut file = files.remove(0);
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

/// Delete a file.
#[utoipa::path(delete, path = "/media/{file_name}", tag = "content", security(("bearer" = [])),
    params(("file_name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(file_name): PathParam<String>,
) -> Result<StatusCode, HttpError> {
    let found = media::by_name(&web.cx, &file_name).await?;
    let medium = found.ok_or(HttpError::NotFound)?;
    media::delete(&web.cx, &caller.actor(), &medium).await?;
    Ok(StatusCode::NO_CONTENT)
}
