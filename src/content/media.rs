//! Media: files that pages show, play or offer.

use std::collections::BTreeMap;
use std::ops::Range;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{ContentError, Result};
use crate::context::Context;
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::store::StoreError;
use crate::store::media::{self, Caption, Medium, NewMedium};

/// Octets that a file may have.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;

/// A file as it is uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name it had where it came from.
    pub file_name: String,
    /// What pages say of it, by language tag.
    pub captions: BTreeMap<String, Caption>,
    /// Its octets.
    pub content: Vec<u8>,
}

/// Keeps a file under a name that is safe in addresses.
///
/// # Errors
/// [`ContentError::Kind`] or [`ContentError::Size`] for files that the site
/// does not take, [`ContentError::Exists`] for a name that is taken.
pub async fn keep(cx: &Context, upload: Upload) -> Result<Medium> {
    if upload.content.len() > SIZE_LIMIT {
        return Err(ContentError::Size);
    }
    let media_type = sniff(&upload.content).ok_or(ContentError::Kind)?;
    let kind = MediaKind::of(media_type).ok_or(ContentError::Kind)?;
    let new = NewMedium {
        file_name: safe_name(&upload.file_name, media_type),
        kind,
        media_type: media_type.to_owned(),
        digest: HEXLOWER.encode(&Sha256::digest(&upload.content)),
        captions: upload.captions,
        content: upload.content,
    };
    let mut db = cx.store.write().await?;
    let medium =
        media::insert(&mut db, &new, cx.clock.now())
            .await
            .map_err(|error| match error {
                StoreError::Exists => ContentError::Exists("a file with this name"),
                other => other.into(),
            })?;
    db.commit().await?;
    Ok(medium)
}

/// Every file, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn all(cx: &Context) -> Result<Vec<Medium>> {
    Ok(media::all(&mut cx.store.read().await?).await?)
}

/// The file of this name, without its octets.
///
/// # Errors
/// Where the database fails.
pub async fn by_name(cx: &Context, file_name: &str) -> Result<Option<Medium>> {
    Ok(media::by_name(&mut cx.store.read().await?, file_name).await?)
}

/// The octets of a file that lie in `range`.
///
/// # Errors
/// Where the database fails.
pub async fn octets(cx: &Context, medium: &Medium, range: Range<i64>) -> Result<Vec<u8>> {
    let mut db = cx.store.read().await?;
    let length = range.end - range.start;
    Ok(match length == medium.size {
        true => media::content(&mut db, medium.id).await?,
        false => media::slice(&mut db, medium.id, range.start, length).await?,
    })
}

/// Drops a file.
///
/// # Errors
/// Where the database fails.
pub async fn delete(cx: &Context, id: MediaId) -> Result<()> {
    let mut db = cx.store.write().await?;
    media::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// The media type by a file's first octets: its name proves nothing.
fn sniff(content: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| content.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| {
        content
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(magic))
    };
    match () {
        () if starts(b"\xff\xd8\xff") => Some("image/jpeg"),
        () if starts(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        () if starts(b"GIF87a") || starts(b"GIF89a") => Some("image/gif"),
        () if starts(b"RIFF") && at(8, b"WEBP") => Some("image/webp"),
        () if starts(b"RIFF") && at(8, b"WAVE") => Some("audio/wav"),
        () if at(4, b"ftypavif") => Some("image/avif"),
        () if at(4, b"ftypM4A") => Some("audio/mp4"),
        () if starts(b"ID3") => Some("audio/mpeg"),
        () if content.len() > 2 && content[0] == 0xff && content[1] & 0xe6 == 0xe2 => {
            Some("audio/mpeg")
        }
        () if starts(b"OggS") => Some("audio/ogg"),
        () if starts(b"%PDF-") => Some("application/pdf"),
        () if !content.is_empty()
            && std::str::from_utf8(content)
                .is_ok_and(|text| !text.contains('\0') && !text.trim_start().starts_with('<')) =>
        {
            Some("text/plain")
        }
        () => None,
    }
}

/// A file name of lower-case letters, digits, hyphens and the ending that its
/// content has.
fn safe_name(name: &str, media_type: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
    let stem = crate::model::list::Slug::from_title(stem)
        .map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), String::from);
    let ending = match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "audio/mp4" => "m4a",
        "audio/wav" => "wav",
        "application/pdf" => "pdf",
        _ => "txt",
    };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_octets_say() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0rest"), Some("image/jpeg"));
        assert_eq!(sniff(b"\xff\xfb\x90rest"), Some("audio/mpeg"));
        assert_eq!(sniff(b"ID3\x04rest"), Some("audio/mpeg"));
        assert_eq!(sniff(b"<svg onload=alert(1)>"), None);
        assert_eq!(sniff(b"  <html>"), None);
        assert_eq!(sniff(b"MZ\x90\0"), None);
        assert_eq!(sniff(b""), None);
    }

    #[test]
    fn names_cannot_leave_their_folder() {
        assert_eq!(safe_name("../../etc/passwd.png", "image/png"), "passwd.png");
        assert_eq!(safe_name("My Photo.JPEG", "image/jpeg"), "my-photo.jpg");
        assert!(safe_name("фото.png", "image/png").ends_with(".png"));
    }
}
