//! Files in a `multipart/form-data` body (RFC 7578), for admin pages and API.

use std::io::Write as _;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use tokio::io::AsyncWriteExt as _;

use crate::content::ContentError;
use crate::content::media::{SIZE_LIMIT, Upload};
use crate::import::upload::SIZE_LIMIT as SIZE_LIMIT_OF_IMPORTS;
use crate::import::{self, ImportError};
use crate::model::ImportId;
use crate::model::audit::Actor;
use crate::model::import::System;
use crate::model::list::ListSlug;
use crate::post_import::PostImportError;
use crate::tabular::ReadError;
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
                is_shown: false,
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

/// A body with one file of at most `limit` bytes, held in memory, and its other fields. The
/// file is `None` where none was chosen.
pub async fn read_one(
    mut parts: Multipart,
    limit: usize,
) -> Result<(Option<NamedFile>, Vec<(String, String)>), HttpError> {
    let (mut file, mut fields) = (None, Vec::new());
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name != "file" {
            let value = part.text().await.map_err(broken)?;
            let clean =
                characters::clean(&value).map_err(|error| HttpError::field(&name, &error))?;
            fields.push((name, clean.into_owned()));
            continue;
        }
        let file_name = import_name(&part, "");
        let mut content = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            if content.len() + chunk.len() > limit {
                return Err(PostImportError::TooLarge.into());
            }
            content.extend_from_slice(&chunk);
        }
        if !content.is_empty() || !file_name.is_empty() {
            file = Some(NamedFile { file_name, content });
        }
    }
    Ok((file, fields))
}

/// A file in memory.
#[derive(Debug)]
pub struct NamedFile {
    pub file_name: String,
    pub content: Vec<u8>,
}

/// A body as a file that can be read more than once.
pub fn spooled(content: &[u8]) -> std::io::Result<std::fs::File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(content)?;
    Ok(file)
}

/// The shown name of an import's file: one line, at most 200 characters.
/// `otherwise` if the part has none.
pub fn import_name(part: &Field<'_>, otherwise: &str) -> String {
    let name = characters::scrub(part.file_name().unwrap_or(otherwise));
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Reads the file of an import. It is kept on disk while it comes in.
pub async fn read_import(
    web: &Web,
    actor: &Actor,
    list: &ListSlug,
    name: &str,
    system: Option<System>,
    mut part: Field<'_>,
) -> Result<ImportId, HttpError> {
    let spool = tempfile::tempfile().map_err(ImportError::Spool)?;
    let mut spool = tokio::fs::File::from_std(spool);
    let mut size = 0;
    while let Some(bytes) = part.chunk().await.map_err(broken)? {
        size += bytes.len() as u64;
        if size > SIZE_LIMIT_OF_IMPORTS {
            return Err(ImportError::File(ReadError::TooLarge {
                limit: SIZE_LIMIT_OF_IMPORTS,
            })
            .into());
        }
        spool.write_all(&bytes).await.map_err(ImportError::Spool)?;
    }
    spool.flush().await.map_err(ImportError::Spool)?;
    let file = spool.into_std().await;
    Ok(import::upload::read(&web.cx, actor, list, name, file, system).await?)
}

/// The error for a body that cannot be read.
pub fn broken(error: MultipartError) -> HttpError {
    HttpError::Other(error.status().as_u16(), error.body_text())
}
