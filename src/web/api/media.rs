//! Files: bringing one and dropping one.

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::bearer::Caller;
use super::request::Id;
use crate::account;
use crate::content::media;
use crate::store::media::{Caption, Medium};
use crate::web::{Failure, Web, upload};

/// A file as programs see it.
pub fn body(web: &Web, medium: &Medium) -> Value {
    serde_json::json!({
        "id": medium.id,
        "file_name": medium.file_name,
        "url": format!("{}/media/{}", web.cx.config.public_url(), medium.file_name),
        "kind": medium.kind,
        "media_type": medium.media_type,
        "size": medium.size,
        "width": medium.width,
        "height": medium.height,
        "captions": medium.captions,
    })
}

/// Bring a file: a part `file`, and `title-LANGUAGE` and `alt-LANGUAGE` for what pages say of it.
#[utoipa::path(post, path = "/media", tag = "content", security(("bearer" = [])),
    request_body(content = Vec<u8>, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file"), (status = 413), (status = 415)))]
pub async fn upload(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<(StatusCode, Json<Value>), Failure> {
    DefaultBodyLimit::max(upload::BODY_LIMIT).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let parts = parts.map_err(|error| Failure::BadRequest(error.body_text()))?;
    let (mut files, fields) = upload::read(parts).await?;
    if files.len() != 1 {
        return Err(Failure::Unprocessable("send one part called file".into()));
    }
    let mut file = files.remove(0);
    for language in crate::text::locale::Language::ALL {
        let field = |kind: &str| {
            let name = format!("{kind}-{language}");
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let caption = Caption {
            title: field("title"),
            alt: field("alt"),
        };
        if caption != Caption::default() {
            file.captions.insert(language.tag().to_owned(), caption);
        }
    }
    let medium = media::keep_beside(&web.cx, file).await?;
    account::audit(&web.cx, caller.name(), "media.upload", &medium.file_name).await?;
    Ok((StatusCode::CREATED, Json(body(&web, &medium))))
}

/// Drop a file.
#[utoipa::path(delete, path = "/media/{file_name}", tag = "content", security(("bearer" = [])),
    params(("file_name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    Id(file_name): Id<String>,
) -> Result<StatusCode, Failure> {
    let found = media::by_name(&web.cx, &file_name).await?;
    let medium = found.ok_or(Failure::NotFound)?;
    media::delete(&web.cx, medium.id).await?;
    account::audit(&web.cx, caller.name(), "media.delete", &file_name).await?;
    Ok(StatusCode::NO_CONTENT)
}
