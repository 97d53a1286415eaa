//! Media: files that pages show, play or offer for download.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::picture::{self, PictureError};
use super::{ContentError, Result};
use crate::account::audit;
use crate::context::Context;
use crate::model::MediaId;
use crate::model::attachment;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::{MediaKind, TrashKind};
use crate::model::tag::Tag;
use crate::store::media::{self, Caption, Medium, NewMedium, SizedPicture};
use crate::store::{StoreError, trash};

/// The maximum size of a file in bytes.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;

/// A file as it is uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its original name.
    pub file_name: String,
    /// Its caption, by language tag.
    pub captions: BTreeMap<String, Caption>,
    /// Whether it is on the public media page from the start.
    pub is_shown: bool,
    /// Its content.
    pub content: Vec<u8>,
}

/// One picture at a time is processed, since it takes memory.
static TURN: Semaphore = Semaphore::const_new(1);

/// Stores a file under a name that is safe in URLs.
///
/// # Errors
/// [`ContentError::Kind`], [`ContentError::Size`] or [`ContentError::Picture`]
/// for files that the site does not accept, [`ContentError::Exists`] for a name
/// that is taken.
pub async fn keep(cx: &Context, by: &Actor, upload: Upload) -> Result<Medium> {
    insert(cx, by, &ready(upload).await?).await
}

/// [`keep`] for files named by a camera: an identical file is
/// the existing one, and another with the same name gets a new name.
///
/// # Errors
/// [`ContentError::Kind`], [`ContentError::Size`] or [`ContentError::Picture`]
/// for files that the site does not accept.
pub async fn keep_beside(cx: &Context, by: &Actor, upload: Upload) -> Result<Medium> {
    let mut new = ready(upload).await?;
    match insert(cx, by, &new).await {
        Err(ContentError::Exists(_)) => {}
        kept => return kept,
    }
    let there = media::by_name(&mut cx.store.read().await?, &new.file_name).await?;
    if let Some(there) = there.filter(|there| there.digest == new.digest) {
        return Ok(there);
    }
    new.file_name = beside(&new);
    insert(cx, by, &new).await
}

/// Stores a picture that comes from elsewhere under any name; one that is there already is
/// that file.
///
/// # Errors
/// [`ContentError::Kind`] for what is no picture, [`ContentError::Size`] or
/// [`ContentError::Picture`] for pictures that the site does not accept.
pub async fn keep_picture(cx: &Context, by: &Actor, upload: Upload) -> Result<Medium> {
    let mut new = ready(upload).await?;
    if new.kind != MediaKind::Picture {
        return Err(ContentError::Kind);
    }
    let there = media::by_digest(&mut cx.store.read().await?, &new.digest).await?;
    if let Some(there) = there {
        return Ok(there);
    }
    match insert(cx, by, &new).await {
        Err(ContentError::Exists(_)) => {}
        kept => return kept,
    }
    new.file_name = beside(&new);
    insert(cx, by, &new).await
}

/// Another name for a file whose name is taken.
fn beside(new: &NewMedium) -> String {
    let name = new.file_name.as_str();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{ending}", &new.digest[..8])
}

/// The file as it is stored.
async fn ready(upload: Upload) -> Result<NewMedium> {
    if upload.content.len() > SIZE_LIMIT {
        return Err(ContentError::Size);
    }
    let media_type = sniff(&upload.content).ok_or(ContentError::Kind)?;
    let kind = MediaKind::of(media_type).ok_or(ContentError::Kind)?;
    let (content, dimensions, sizes) = match kind {
        MediaKind::Picture => ready_picture(media_type, upload.content).await?,
        _ => (upload.content, None, Vec::new()),
    };
    Ok(NewMedium {
        file_name: safe_name(&upload.file_name, media_type),
        kind,
        media_type: media_type.to_owned(),
        digest: HEXLOWER.encode(&Sha256::digest(&content)),
        dimensions,
        captions: upload.captions,
        is_shown: upload.is_shown,
        content,
        sizes,
    })
}

type ReadyPicture = (Vec<u8>, Option<(u32, u32)>, Vec<(u32, Vec<u8>)>);

async fn ready_picture(media_type: &'static str, content: Vec<u8>) -> Result<ReadyPicture> {
    // The semaphore is never closed.
    let _turn = TURN.acquire().await;
    let work = move || match picture::ready(media_type, &content) {
        Ok(None) => Ok((content, None, Vec::new())),
        Ok(Some(made)) => Ok((made.content, Some((made.width, made.height)), made.sizes)),
        Err(error) => Err(error),
    };
    let made = tokio::task::spawn_blocking(work).await;
    let made = made.map_err(|error| PictureError::Broken(error.to_string()))?;
    Ok(made?)
}

async fn insert(cx: &Context, by: &Actor, new: &NewMedium) -> Result<Medium> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let medium = media::insert(&mut db, new, now)
        .await
        .map_err(|error| match error {
            StoreError::Exists => ContentError::Exists("a file with this name"),
            other => other.into(),
        })?;
    let (action, name) = (AuditAction::MediaUpload, &medium.file_name);
    audit::record(&mut db, by, action, name, now).await?;
    db.commit().await?;
    Ok(medium)
}

/// The widths of each picture's smaller copies, by file
/// name.
pub async fn widths(cx: &Context) -> Result<HashMap<String, Vec<i64>>> {
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    for (name, width) in media::widths(&mut cx.store.read().await?).await? {
        found.entry(name).or_default().push(width);
    }
    Ok(found)
}

/// The widths of a picture's smaller copies.
pub async fn widths_of(cx: &Context, medium: &Medium) -> Result<Vec<i64>> {
    Ok(media::widths_of(&mut cx.store.read().await?, medium.id).await?)
}

/// The smaller copy of a picture with this width, if there is one.
pub async fn smaller(cx: &Context, medium: &Medium, width: i64) -> Result<Option<Vec<u8>>> {
    Ok(media::smaller(&mut cx.store.read().await?, medium.id, width).await?)
}

/// The file with this id.
pub async fn by_id(cx: &Context, id: MediaId) -> Result<Option<Medium>> {
    Ok(media::by_id(&mut cx.store.read().await?, id).await?)
}

/// Changes of a file; `None` leaves a field.
#[derive(Debug, Clone, Default)]
pub struct MediaChange {
    /// Its caption, by language tag.
    pub captions: Option<BTreeMap<String, Caption>>,
    /// Its tags, in place of those it had.
    pub tags: Option<Vec<Tag>>,
    /// Whether it is on the public media page.
    pub is_shown: Option<bool>,
}

/// Changes a file.
pub async fn change(cx: &Context, by: &Actor, medium: &Medium, change: MediaChange) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if let Some(captions) = &change.captions {
        media::set_captions(&mut db, medium.id, captions).await?;
    }
    if let Some(tags) = &change.tags {
        media::set_tags(&mut db, medium.id, tags).await?;
    }
    if change.captions.is_some() || change.tags.is_some() {
        let (action, name) = (AuditAction::MediaCaption, &medium.file_name);
        audit::record(&mut db, by, action, name, now).await?;
    }
    if let Some(is_shown) = change.is_shown.filter(|shown| *shown != medium.is_shown) {
        media::set_shown(&mut db, medium.id, is_shown).await?;
        let what = if is_shown { "on" } else { "off" };
        let subject = format!("{} {what}", medium.file_name);
        audit::record(&mut db, by, AuditAction::MediaShow, subject, now).await?;
    }
    db.commit().await?;
    Ok(())
}

/// Every file, newest first.
pub async fn all(cx: &Context) -> Result<Vec<Medium>> {
    Ok(media::all(&mut cx.store.read().await?).await?)
}

/// The file with this name, without its content.
pub async fn by_name(cx: &Context, file_name: &str) -> Result<Option<Medium>> {
    Ok(media::by_name(&mut cx.store.read().await?, file_name).await?)
}

/// The names of all files, newest first.
pub async fn names(cx: &Context) -> Result<Vec<String>> {
    Ok(all(cx)
        .await?
        .into_iter()
        .map(|one| one.file_name)
        .collect())
}

/// The file names of all pictures, newest first.
pub async fn pictures(cx: &Context) -> Result<Vec<String>> {
    let all = all(cx).await?.into_iter();
    let pictures = all.filter(|medium| medium.kind == MediaKind::Picture);
    Ok(pictures.map(|medium| medium.file_name).collect())
}

/// The file names of all pictures, by their ids.
pub async fn picture_names(cx: &Context) -> Result<BTreeMap<MediaId, String>> {
    let all = all(cx).await?.into_iter();
    let pictures = all.filter(|medium| medium.kind == MediaKind::Picture);
    Ok(pictures
        .map(|medium| (medium.id, medium.file_name))
        .collect())
}

/// The picture that somebody names: by its file name, or the address of that.
///
/// # Errors
/// [`ContentError::NoPicture`] where there is none.
pub async fn picture_named(cx: &Context, name: &str) -> Result<MediaId> {
    let name = name.trim().trim_start_matches("/media/");
    match by_name(cx, name).await? {
        Some(medium) if medium.kind == MediaKind::Picture => Ok(medium.id),
        _ => Err(ContentError::NoPicture),
    }
}

/// A picture with the widths of its smaller copies.
pub async fn sized_picture(cx: &Context, id: MediaId) -> Result<Option<SizedPicture>> {
    let found = media::pictures(&mut cx.store.read().await?, &[id], &[]).await?;
    Ok(found.into_iter().next())
}

/// The bytes of a file in `range`.
pub async fn bytes(cx: &Context, medium: &Medium, range: Range<i64>) -> Result<Vec<u8>> {
    let mut db = cx.store.read().await?;
    let length = range.end - range.start;
    Ok(if length == medium.size {
        media::content(&mut db, medium.id).await?
    } else {
        media::slice(&mut db, medium.id, range.start, length).await?
    })
}

/// The files on the public media page, newest first.
pub async fn shown(cx: &Context) -> Result<Vec<Medium>> {
    let mut files = all(cx).await?;
    files.retain(|medium| medium.is_shown);
    Ok(files)
}

/// Moves a file to the trash.
pub async fn delete(cx: &Context, by: &Actor, medium: &Medium) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    trash::insert(&mut db, TrashKind::Media, medium.id.0, now).await?;
    let (action, name) = (AuditAction::MediaDelete, &medium.file_name);
    audit::record(&mut db, by, action, name, now).await?;
    db.commit().await?;
    Ok(())
}

/// The media type by a file's first bytes: its name proves nothing.
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
        () if !content.is_empty() && attachment::is_text(content) => Some("text/plain"),
        () => None,
    }
}

/// Whether a file that was not uploaded here, such as one of another installation, is what it
/// says it is, so that it can be served like the others.
///
/// # Errors
/// What is wrong.
pub fn check_foreign(
    file_name: &str,
    media_type: &str,
    kind: &str,
    content: &[u8],
) -> std::result::Result<(), &'static str> {
    let ending = ending_of(media_type);
    let stem = file_name
        .strip_suffix(ending)
        .and_then(|stem| stem.strip_suffix('.'));
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if content.len() > SIZE_LIMIT {
        Err("is larger than files may be")
    } else if sniff(content) != Some(media_type) {
        Err("does not hold what its media type says")
    } else if MediaKind::of(media_type).is_none_or(|of_type| of_type.as_str() != kind) {
        Err("has another kind than its media type")
    } else if !stem
        .is_some_and(|stem| (1..=200).contains(&stem.len()) && stem.chars().all(is_plain))
    {
        Err("has a name that files cannot have")
    } else {
        Ok(())
    }
}

/// Whether these bytes are a picture.
pub fn is_picture(content: &[u8]) -> bool {
    sniff(content).and_then(MediaKind::of) == Some(MediaKind::Picture)
}

/// A file name of lower-case letters, digits, hyphens and the ending that its
/// content has.
fn safe_name(name: &str, media_type: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
    let stem = crate::model::list::Slug::from_title(stem)
        .map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), String::from);
    format!("{stem}.{}", ending_of(media_type))
}

fn ending_of(media_type: &str) -> &'static str {
    match media_type {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_comes_from_the_content() {
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
        assert_eq!(
            safe_name("Наурыз фотосы №2.png", "image/png"),
            "nauryz-fotosy-2.png"
        );
        assert!(safe_name("🌸.png", "image/png").ends_with(".png"));
    }
}
