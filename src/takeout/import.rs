//! Reading a takeout into an empty installation, in one transaction: all of it, or nothing.
//! Nothing in the archive is trusted.

use std::collections::HashMap;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::reading::Archive;
use super::{MEDIA, Manifest, Result, SETTINGS, SIZES, TakeoutError, key_digest};
use crate::account::audit;
use crate::audience::{join_fields, join_rules};
use crate::backup::hold::{self, Held};
use crate::campaign::weekly_digest;
use crate::content::media as media_rules;
use crate::content::site;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::settings;
use crate::store::media::Medium;
use crate::store::takeout::{self, FILES, Rows};
use crate::store::transfer::Progress;
use crate::store::{Db, StoreError, restored, settings as stored_settings};

/// What was read in.
#[derive(Debug)]
pub struct Imported {
    pub manifest: Manifest,
    /// Whether the secret key is another one than that of the takeout.
    pub is_other_key: bool,
    pub held: Held,
}

/// Reads a takeout in. Nothing is sent by it: what the other installation had begun to send or
/// had scheduled is held. `progress` is called with a file and its lines so far.
///
/// # Errors
/// [`TakeoutError`]; then nothing has changed.
pub async fn import(
    cx: &Context,
    by: &Actor,
    path: &Path,
    progress: Progress<'_>,
) -> Result<Imported> {
    let mut archive = Archive::open(path)?;
    let manifest = archive.manifest()?;
    archive.check_names()?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    takeout::be_patient(&mut db).await?;
    if let Some(table) = takeout::first_filled(&mut db).await? {
        return Err(TakeoutError::NotEmpty(table));
    }
    for file in FILES {
        let name = format!("{}.jsonl", file.name);
        let found = fill(&mut db, &mut archive, file, &name, progress).await?;
        compare(&manifest, file.name, &name, found)?;
    }
    let found = fill_settings(cx, &mut db, &mut archive).await?;
    compare(&manifest, SETTINGS, "settings.jsonl", found)?;
    let found = fill_media(&mut db, &mut archive, progress).await?;
    compare(&manifest, "media_files", "the archive", found)?;
    check_site_settings(&mut db).await?;
    for file in FILES.iter().filter(|file| takeout::has_ids(file.table)) {
        let last = manifest.last_ids.get(file.table).copied().unwrap_or(0);
        // Beyond, there would be no numbers left for new rows.
        if !(0..=1 << 53).contains(&last) {
            let problem = format!("the last number of {} is out of bounds", file.table);
            return Err(TakeoutError::Damaged(problem));
        }
        takeout::go_on_after(&mut db, file.table, last).await?;
    }
    let held = hold(&mut db, &manifest, now).await?;
    let subject = format!("of {}", manifest.made_at.rfc3339());
    audit::record(&mut db, by, AuditAction::TakeoutImport, subject, now).await?;
    db.commit().await?;
    settings::reload(cx).await?;
    cx.store.analyze().await?;
    Ok(Imported {
        is_other_key: manifest.key_digest != key_digest(&cx.keys),
        manifest,
        held,
    })
}

/// The other installation may go on sending.
async fn hold(db: &mut Db, manifest: &Manifest, now: crate::clock::Timestamp) -> Result<Held> {
    let from = format!("Came with the takeout of {}", manifest.made_at.rfc3339());
    let reply = "it came with a takeout; it may have been sent by the other installation";
    let mut held = Held {
        made_at: Some(manifest.made_at),
        ..Held::default()
    };
    hold::hold_campaigns(db, &from, reply, now, &mut held).await?;
    held.digest_items = restored::hold_digest_items(db).await?;
    Ok(held)
}

fn compare(manifest: &Manifest, count: &str, file: &str, found: u64) -> Result<()> {
    match manifest.counts.get(count) {
        Some(expected) if *expected == found => Ok(()),
        expected => Err(TakeoutError::Count {
            file: file.to_owned(),
            expected: expected.copied().unwrap_or(0),
            found,
        }),
    }
}

async fn fill(
    db: &mut Db,
    archive: &mut Archive,
    file: &'static takeout::File,
    name: &str,
    progress: Progress<'_>,
) -> Result<u64> {
    let mut rows = Rows::of(file);
    let mut lines = archive.lines(name)?;
    let in_rows = |line, cause| TakeoutError::Rows {
        file: name.to_owned(),
        line,
        cause,
    };
    while let Some(line) = lines.next()? {
        let is_full = rows.add(line);
        if is_full.map_err(|problem| lines.wrong(problem))? {
            let line = lines.number;
            rows.write(db).await.map_err(|cause| in_rows(line, cause))?;
            progress(name, line);
        }
    }
    let line = lines.number;
    rows.write(db).await.map_err(|cause| in_rows(line, cause))?;
    progress(name, line);
    Ok(line)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingLine {
    name: String,
    value: Value,
}

async fn fill_settings(cx: &Context, db: &mut Db, archive: &mut Archive) -> Result<u64> {
    let mut lines = archive.lines("settings.jsonl")?;
    while let Some(line) = lines.next()? {
        let setting: SettingLine =
            serde_json::from_slice(line).map_err(|error| lines.wrong(error.to_string()))?;
        settings::take(cx, db, &setting.name, setting.value).await?;
    }
    Ok(lines.number)
}

async fn fill_media(db: &mut Db, archive: &mut Archive, progress: Progress<'_>) -> Result<u64> {
    let all = takeout::media(db).await?;
    let names = archive.media_names()?;
    let mut done = 0;
    for stored in &all {
        let medium = &stored.medium;
        let name = format!("{MEDIA}{}", stored.path());
        let content = archive.content(&name, media_rules::SIZE_LIMIT as u64)?;
        check_medium(medium, &content).map_err(|problem| TakeoutError::Medium {
            file: name,
            problem: problem.to_owned(),
        })?;
        takeout::insert_content(db, medium.id.0, &content).await?;
        done += 1;
        progress("media", done);
    }
    let by_path: HashMap<String, &Medium> = all
        .iter()
        .map(|stored| (stored.path(), &stored.medium))
        .collect();
    for name in names {
        let Some(rest) = name.strip_prefix(SIZES) else {
            continue;
        };
        let unknown = || TakeoutError::Unknown(name.clone());
        let (width, file) = rest.split_once('/').ok_or_else(unknown)?;
        let width: u32 = width.parse().map_err(|_| unknown())?;
        let medium = by_path.get(file).ok_or_else(unknown)?;
        let content = archive.content(&name, media_rules::SIZE_LIMIT as u64)?;
        if !media_rules::is_picture(&content) {
            let problem = "is no picture".to_owned();
            return Err(TakeoutError::Medium {
                file: name,
                problem,
            });
        }
        takeout::insert_size(db, medium.id.0, i64::from(width), &content).await?;
        done += 1;
    }
    if done != archive.media_names()?.len() as u64 {
        let problem = "there are files in media/ that media.jsonl does not name".to_owned();
        return Err(TakeoutError::Damaged(problem));
    }
    Ok(done)
}

fn check_medium(medium: &Medium, content: &[u8]) -> std::result::Result<(), &'static str> {
    let (name, kind) = (&medium.file_name, medium.kind.as_str());
    media_rules::check_foreign(name, &medium.media_type, kind, content)?;
    if medium.size != content.len() as i64 {
        Err("has another size than media.jsonl says")
    } else if medium.digest != HEXLOWER.encode(&Sha256::digest(content)) {
        Err("has another digest than media.jsonl says")
    } else {
        Ok(())
    }
}

/// Each is what the program reads it as.
async fn check_site_settings(db: &mut Db) -> Result<()> {
    let read: [(&str, std::result::Result<(), StoreError>); 4] = [
        (
            site::SETTING,
            stored_settings::get::<site::Site>(db, site::SETTING)
                .await
                .map(drop),
        ),
        (
            join_fields::SETTING,
            stored_settings::get::<Vec<join_fields::JoinField>>(db, join_fields::SETTING)
                .await
                .map(drop),
        ),
        (
            join_rules::SETTING,
            stored_settings::get::<join_rules::JoinRules>(db, join_rules::SETTING)
                .await
                .map(drop),
        ),
        (
            weekly_digest::SETTING,
            stored_settings::get::<weekly_digest::Schedule>(db, weekly_digest::SETTING)
                .await
                .map(drop),
        ),
    ];
    for (name, read) in read {
        read.map_err(|error| TakeoutError::Setting(name.to_owned(), error.to_string()))?;
    }
    Ok(())
}
