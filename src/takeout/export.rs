//! Writing a takeout.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use futures_util::stream::{self, Stream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::json;
use tokio::sync::mpsc;

use super::archive::{Archive, Piece};
use super::{
    FORMAT, MANIFEST, MEDIA, Manifest, README, Result, SETTINGS, SIZES, TakeoutError, VERSION,
    key_digest,
};
use crate::account::audit;
use crate::backup::file::{Unfinished, create_private};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAccess};
use crate::settings;
use crate::store::takeout::{self, FILES};
use crate::store::{Db, media};
use crate::text::datetime::Zone;

/// Pieces that wait for a slow reader.
const WAITING: usize = 4;

const ABOUT: &str = "This is a takeout of Jarshy, a newsletter manager: all that one installation \
    knows, without its secrets.\n\nEach .jsonl file has one JSON object in each line. media/ has \
    the uploaded files, manifest.json says what there is. The format is described in \
    docs/takeout.md of Jarshy.\n";

/// The archive as a stream, with an entry in the audit log. Everything in it is of the same
/// moment, whatever changes meanwhile, and memory stays flat however slowly it is read.
///
/// # Errors
/// [`TakeoutError`]; a later one ends the stream, and the archive is not complete.
pub async fn stream(cx: &Context, by: &Actor) -> Result<impl Stream<Item = Piece> + Send + use<>> {
    audit::record_access(cx, by, AuditAccess::Takeout, "").await?;
    let db = cx.store.snapshot().await?;
    let (to, from) = mpsc::channel(WAITING);
    let cx = cx.clone();
    tokio::spawn(async move {
        let archive = Archive::new(to.clone());
        if let Err(error) = write(&cx, db, archive).await {
            // Where nobody listens, nobody needs to know.
            let _ = to.send(Err(error)).await;
        }
    });
    let pieces = stream::unfold(from, |mut from| async move {
        let piece = from.recv().await?;
        Some((piece, from))
    });
    // Compression polls once more after the end.
    Ok(pieces.fuse())
}

/// Writes the archive to a file that does not exist yet and that only its owner can read;
/// gives its size. `progress` is called with the bytes so far.
///
/// # Errors
/// [`TakeoutError`]; then there is no file.
pub async fn to_file(
    cx: &Context,
    by: &Actor,
    target: &Path,
    mut progress: impl FnMut(u64),
) -> Result<u64> {
    if target.symlink_metadata().is_ok() {
        return Err(crate::backup::BackupError::Exists(target.to_owned()).into());
    }
    let copy = Unfinished::beside(target);
    let mut file = create_private(copy.path())?;
    let mut pieces = std::pin::pin!(stream(cx, by).await?);
    let mut size = 0;
    while let Some(piece) = pieces.try_next().await? {
        file.write_all(&piece).map_err(TakeoutError::Write)?;
        size += piece.len() as u64;
        progress(size);
    }
    drop(file);
    copy.keep(target)?;
    Ok(size)
}

/// `jarshy-takeout-2026-11-27.zip`.
pub fn file_name(zone: &Zone, now: Timestamp) -> String {
    format!("jarshy-takeout-{}.zip", zone.day(now))
}

async fn write(cx: &Context, mut db: Db, mut archive: Archive) -> Result<()> {
    let mut counts = BTreeMap::new();
    archive.begin(README)?;
    archive.add(ABOUT.as_bytes()).await?;
    for file in FILES {
        archive.begin(&format!("{}.jsonl", file.name))?;
        let mut count = 0;
        let mut lines = takeout::lines(&mut db, file);
        while let Some(line) = lines.try_next().await? {
            archive.add(&line).await?;
            count += 1;
        }
        counts.insert(file.name.to_owned(), count);
    }
    archive.begin(&format!("{SETTINGS}.jsonl"))?;
    let plain = settings::plain(cx, &mut db).await?;
    for (name, value) in &plain {
        let line = format!("{}\n", json!({ "name": name, "value": value }));
        archive.add(line.as_bytes()).await?;
    }
    counts.insert(SETTINGS.to_owned(), plain.len() as u64);
    let files = write_media(&mut db, &mut archive).await?;
    counts.insert("media_files".to_owned(), files);
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: cx.clock.now(),
        key_digest: key_digest(&cx.keys),
        counts,
        last_ids: takeout::last_ids(&mut db).await?.into_iter().collect(),
    };
    archive.begin(MANIFEST)?;
    let text = format!("{:#}\n", json!(manifest));
    archive.add(text.as_bytes()).await?;
    archive.finish().await
}

/// The files themselves, and their smaller pictures; gives how many there are.
async fn write_media(db: &mut Db, archive: &mut Archive) -> Result<u64> {
    let all = takeout::media(db).await?;
    for stored in &all {
        archive.begin(&format!("{MEDIA}{}", stored.path()))?;
        let content = media::content(db, stored.medium.id).await?;
        archive.add(&content).await?;
    }
    let sizes = takeout::picture_sizes(db).await?;
    let mut written = all.len() as u64;
    for (id, width) in sizes {
        let stored = all.iter().find(|stored| stored.medium.id.0 == id);
        let Some(stored) = stored else { continue };
        if let Some(content) = media::smaller(db, stored.medium.id, width).await? {
            archive.begin(&format!("{SIZES}{width}/{}", stored.path()))?;
            archive.add(&content).await?;
            written += 1;
        }
    }
    Ok(written)
}
