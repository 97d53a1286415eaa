//! Files in a `multipart/form-data` body (RFC 7578), for admin pages and API.

use axum::extract::multipart::{Field, Multipart, MultipartError};

use crate::audience::import_job::{self, PIECE};
use crate::content::ContentError;
use crate::content::media::{SIZE_LIMIT, Upload};
use crate::model::ImportId;
use crate::model::audit::Actor;
use crate::model::list::ListSlug;
use crate::text::characters;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Bytes of a body with files.
pub const BODY_LIMIT: usize = 100 * 1024 * 1024;

/// Every file of a body, and its other fields.
pub async fn read(mut parts: Multipart) -> Result<(Vec<Upload>, Vec<(String, String)>), HttpError> {
    let (mut files, mut fields) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A form without a chosen file sends one with an empty name.
            Some(file_name) if file_name.is_empty() => {}
            Some(file_name) => files.push(Upload {
                file_name: characters::scrub(&file_name).replace(['\n', '\t'], " "),
                captions: Default::default(),
                content: content(part).await?,
            }),
            None => {
                let value = part.text().await.map_err(broken)?;
                let clean =
                    characters::clean(&value).map_err(|error| HttpError::field(&name, &error))?;
                fields.push((name, clean.into_owned()));
            }
        }
    }
    Ok((files, fields))
}

async fn content(mut part: Field<'_>) -> Result<Vec<u8>, HttpError> {
    let mut content = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        if content.len() + chunk.len() > SIZE_LIMIT {
            return Err(ContentError::Size.into());
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

/// The shown name of an import's file: one line, at most 200 characters.
/// `otherwise` if the part has none.
pub fn import_name(part: &Field<'_>, otherwise: &str) -> String {
    let name = characters::scrub(part.file_name().unwrap_or(otherwise));
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Stores the file of an import, chunk by chunk as it arrives.
pub async fn keep_import(
    web: &Web,
    actor: &Actor,
    list: &ListSlug,
    name: &str,
    mut part: Field<'_>,
) -> Result<ImportId, HttpError> {
    let id = import_job::begin(&web.cx, actor, list, name).await?;
    let mut piece = Vec::with_capacity(PIECE);
    let mut number = 0;
    while let Some(bytes) = part.chunk().await.map_err(broken)? {
        piece.extend_from_slice(&bytes);
        if piece.len() >= PIECE {
            import_job::append(&web.cx, id, number, &piece).await?;
            piece.clear();
            number += 1;
        }
    }
    if !piece.is_empty() {
        import_job::append(&web.cx, id, number, &piece).await?;
    }
    Ok(id)
}

/// The error for a body that cannot be read.
pub fn broken(error: MultipartError) -> HttpError {
    HttpError::Other(error.status().as_u16(), error.body_text())
}
