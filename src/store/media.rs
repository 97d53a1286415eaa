//! Queries on uploaded files. The bytes rest in the database, so that every
//! process of a site serves them and one backup holds everything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::connect::Connection;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::model::tag::Tag;
use crate::text::locale::Preference;

/// What a page says of a file, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Caption {
    /// The line under it.
    #[serde(default)]
    pub title: String,
    /// The text in its place for those who cannot see or hear it.
    #[serde(default)]
    pub alt: String,
}

/// A file without its bytes.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Medium {
    /// Its id.
    pub id: MediaId,
    /// Its name under `/media/`.
    pub file_name: String,
    /// How a page shows it.
    pub kind: MediaKind,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Points across; [`Medium::dimensions`].
    pub width: Option<i64>,
    /// Points down.
    pub height: Option<i64>,
    /// SHA-256 in hexadecimal; also its entity tag.
    pub digest: String,
    /// What pages say of it, by language tag.
    #[sqlx(json)]
    pub captions: BTreeMap<String, Caption>,
    /// Whether it is on the public media page.
    pub is_shown: bool,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

impl Medium {
    /// Points across and down, of a picture that we could look into.
    pub fn dimensions(&self) -> Option<(i64, i64)> {
        self.width.zip(self.height)
    }

    /// The caption that a reader gets.
    pub fn caption(&self, reader: Preference) -> Caption {
        let found = reader.pick_tagged(&self.captions);
        found.cloned().unwrap_or_default()
    }
}

/// A file to be kept.
#[derive(Debug, Clone)]
pub struct NewMedium {
    /// Its name under `/media/`.
    pub file_name: String,
    /// How a page shows it.
    pub kind: MediaKind,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 in hexadecimal.
    pub digest: String,
    /// Points across and down, of a picture that we could look into.
    pub dimensions: Option<(u32, u32)>,
    /// What pages say of it.
    pub captions: BTreeMap<String, Caption>,
    /// Whether it is on the public media page.
    pub is_shown: bool,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Smaller ones of a picture: points across, and bytes.
    pub sizes: Vec<(u32, Vec<u8>)>,
}

/// Files without their bytes.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, file_name, kind, media_type, size, width, height, digest, captions,
                    is_shown, created_at
             FROM untrashed_media ",
            $rest
        )
    };
}

/// Keeps a file.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(db: &mut Db, new: &NewMedium, now: Timestamp) -> Result<Medium> {
    let medium: Medium = run!(db, c => sqlx::query_as(
        "INSERT INTO media
             (file_name, kind, media_type, size, digest, captions, created_at, width, height,
              is_shown)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         RETURNING id, file_name, kind, media_type, size, width, height, digest, captions,
                   is_shown, created_at",
    )
    .bind(&new.file_name)
    .bind(new.kind)
    .bind(&new.media_type)
    .bind(new.content.len() as i64)
    .bind(&new.digest)
    .bind(Json(&new.captions))
    .bind(now)
    .bind(new.dimensions.map(|(width, _)| i64::from(width)))
    .bind(new.dimensions.map(|(_, height)| i64::from(height)))
    .bind(new.is_shown)
    .fetch_one(c))?;
    execute!(
        db,
        sqlx::query("INSERT INTO media_contents (media_id, content) VALUES ($1, $2)")
            .bind(medium.id)
            .bind(new.content.as_slice())
    )?;
    for (width, content) in &new.sizes {
        execute!(
            db,
            sqlx::query("INSERT INTO media_sizes (media_id, width, content) VALUES ($1, $2, $3)")
                .bind(medium.id)
                .bind(i64::from(*width))
                .bind(content.as_slice())
        )?;
    }
    Ok(medium)
}

/// The oldest file with just these bytes, by their SHA-256 in hexadecimal.
pub async fn by_digest(db: &mut Db, digest: &str) -> Result<Option<Medium>> {
    run!(db, c => sqlx::query_as(select!("WHERE digest = $1 ORDER BY id LIMIT 1"))
    .bind(digest)
    .fetch_optional(c))
}

/// The widths in which there are smaller ones of pictures, with their files'
/// names.
pub async fn widths(db: &mut Db) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT m.file_name, s.width FROM media_sizes s JOIN untrashed_media m ON m.id = s.media_id
         ORDER BY m.id, s.width",
    )
    .fetch_all(c))
}

/// The widths in which there are smaller ones of a picture.
pub async fn widths_of(db: &mut Db, id: MediaId) -> Result<Vec<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT width FROM media_sizes WHERE media_id = $1 ORDER BY width",
    )
    .bind(id)
    .fetch_all(c))
}

/// The bytes of a smaller picture.
pub async fn smaller(db: &mut Db, id: MediaId, width: i64) -> Result<Option<Vec<u8>>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT content FROM media_sizes WHERE media_id = $1 AND width = $2",
    )
    .bind(id)
    .bind(width)
    .fetch_optional(c))
}

/// The bytes of a picture in a width that it may have, or in its own, counted but not read.
pub async fn size_in(db: &mut Db, medium: &Medium, width: Option<i64>) -> Result<Option<i64>> {
    match width {
        Some(width) => smaller_size(db, medium.id, width).await,
        None => Ok(Some(medium.size)),
    }
}

async fn smaller_size(db: &mut Db, id: MediaId, width: i64) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT CAST(LENGTH(content) AS BIGINT) FROM media_sizes
         WHERE media_id = $1 AND width = $2",
    )
    .bind(id)
    .bind(width)
    .fetch_optional(c))
}

/// Every file, newest first.
pub async fn all(db: &mut Db) -> Result<Vec<Medium>> {
    run!(db, c => sqlx::query_as(select!("ORDER BY id DESC"))
    .fetch_all(c))
}

/// The file of this name.
pub async fn by_name(db: &mut Db, file_name: &str) -> Result<Option<Medium>> {
    run!(db, c => sqlx::query_as(select!("WHERE file_name = $1"))
    .bind(file_name)
    .fetch_optional(c))
}

/// A file's bytes.
pub async fn content(db: &mut Db, id: MediaId) -> Result<Vec<u8>> {
    run!(db, c => sqlx::query_scalar("SELECT content FROM media_contents WHERE media_id = $1")
        .bind(id)
        .fetch_one(c))
}

/// `length` of a file's bytes from `offset` on, for players that skip.
pub async fn slice(db: &mut Db, id: MediaId, offset: i64, length: i64) -> Result<Vec<u8>> {
    // SQL counts bytes from 1.
    run!(db, c => sqlx::query_scalar(
        "SELECT SUBSTR(content, CAST($2 AS INTEGER), CAST($3 AS INTEGER))
         FROM media_contents WHERE media_id = $1",
    )
    .bind(id)
    .bind(offset + 1)
    .bind(length)
    .fetch_one(c))
}

/// The file in this row.
pub async fn by_id(db: &mut Db, id: MediaId) -> Result<Option<Medium>> {
    run!(db, c => sqlx::query_as(select!("WHERE id = $1"))
    .bind(id)
    .fetch_optional(c))
}

/// Sets what pages say of a file.
pub async fn set_captions(
    db: &mut Db,
    id: MediaId,
    captions: &BTreeMap<String, Caption>,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE media SET captions = $2 WHERE id = $1")
            .bind(id)
            .bind(Json(captions))
    )?;
    Ok(())
}

/// Shows a file on the public media page, or takes it off.
pub async fn set_shown(db: &mut Db, id: MediaId, is_shown: bool) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE media SET is_shown = $2 WHERE id = $1")
            .bind(id)
            .bind(is_shown)
    )?;
    Ok(())
}

/// The tags of all files, in their alphabetical order.
pub async fn tags(db: &mut Db) -> Result<Vec<(MediaId, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT t.media_id, t.tag FROM media_tags t JOIN untrashed_media m ON m.id = t.media_id
         ORDER BY t.tag_key, t.media_id",
    )
    .fetch_all(c))
}

/// The tags of a file, in their alphabetical order.
pub async fn tags_of(db: &mut Db, id: MediaId) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT tag FROM media_tags WHERE media_id = $1 ORDER BY tag_key",
    )
    .bind(id)
    .fetch_all(c))
}

/// Sets the tags of a file, in place of those it had.
pub async fn set_tags(db: &mut Db, id: MediaId, tags: &[Tag]) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM media_tags WHERE media_id = $1").bind(id)
    )?;
    for tag in tags {
        execute!(
            db,
            sqlx::query("INSERT INTO media_tags (media_id, tag_key, tag) VALUES ($1, $2, $3)")
                .bind(id)
                .bind(tag.key())
                .bind(tag.as_str())
        )?;
    }
    Ok(())
}

/// A picture with the widths of its smaller copies.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SizedPicture {
    /// The file.
    #[sqlx(flatten)]
    pub medium: Medium,
    /// Comma-separated.
    widths: String,
}

impl SizedPicture {
    /// The widths of its smaller copies, the smallest first.
    pub fn widths(&self) -> Vec<i64> {
        let mut widths: Vec<i64> = self.widths.split(',').flat_map(str::parse).collect();
        widths.sort_unstable();
        widths
    }
}

/// The pictures with one of these ids or file names.
pub async fn pictures(
    db: &mut Db,
    ids: &[MediaId],
    file_names: &[String],
) -> Result<Vec<SizedPicture>> {
    macro_rules! pictures {
        ($which:literal) => {
            concat!(
                "SELECT m.id, m.file_name, m.kind, m.media_type, m.size, m.width, m.height,
                        m.digest, m.captions, m.is_shown, m.created_at,
                        COALESCE((SELECT string_agg(CAST(s.width AS TEXT), ',')
                                  FROM media_sizes s WHERE s.media_id = m.id), '') AS widths
                 FROM untrashed_media m WHERE m.kind = 'picture' AND ",
                $which
            )
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(pictures!(
                "(m.id IN (SELECT value FROM json_each($1))
                  OR m.file_name IN (SELECT value FROM json_each($2)))"
            ))
            .bind(Json(ids))
            .bind(Json(file_names))
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_as(pictures!("(m.id = ANY($1) OR m.file_name = ANY($2))"))
                .bind(ids)
                .bind(file_names)
                .fetch_all(c)
                .await?
        }
    })
}
