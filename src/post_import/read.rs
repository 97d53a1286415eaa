//! Recognising a file of posts and reading it.

use super::archive::{Files, Lookup};
use super::found::Found;
use super::{PostImportError, Result, SIZE_LIMIT, beehiiv, buttondown, ghost, substack, table};
use crate::clock::Timestamp;
use crate::model::post_import::PostSystem;

/// Reads the posts of a file. `system` says whose it is; `None` recognises it.
///
/// # Errors
/// [`PostImportError`] for a file that has no posts that can be read.
pub async fn read(
    content: Vec<u8>,
    system: Option<PostSystem>,
    now: Timestamp,
) -> Result<(Vec<u8>, Found)> {
    let reading = tokio::task::spawn_blocking(move || {
        let found = read_now(&content, system, now)?;
        Ok::<_, PostImportError>((content, found))
    });
    match reading.await {
        Ok(read) => read,
        // It panicked, which is a defect of a library on this file.
        Err(_) => Err(PostImportError::Broken("it is damaged".to_owned())),
    }
}

/// The same in one step, on the caller's thread.
///
/// # Errors
/// [`PostImportError`] for a file that has no posts that can be read.
pub fn read_now(content: &[u8], system: Option<PostSystem>, now: Timestamp) -> Result<Found> {
    if system == Some(PostSystem::Listmonk) {
        return Err(PostImportError::ListmonkFile);
    }
    if content.len() > SIZE_LIMIT {
        return Err(PostImportError::TooLarge);
    }
    let found = of_any(content, now)?;
    match system {
        Some(given) if given != found.system => Err(PostImportError::OtherSystem {
            found: found.system,
            given,
        }),
        _ => Ok(found),
    }
}

fn of_any(content: &[u8], now: Timestamp) -> Result<Found> {
    if content.starts_with(b"PK\x03\x04") {
        return of_archive(&Files::unpack(content)?, now);
    }
    let plain = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let start = plain.iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        Some(b'{') if ghost::is_export(plain) => ghost::read(plain, now),
        Some(b'[' | b'{') => buttondown::read_table(plain, now),
        Some(_) => of_table(plain, now),
        None => Err(PostImportError::Unknown),
    }
}

fn of_archive(files: &Files, now: Timestamp) -> Result<Found> {
    if files.path(substack::TABLE).is_some() {
        return substack::read(files, now);
    }
    if buttondown::TABLES
        .iter()
        .any(|name| files.path(name).is_some())
    {
        return buttondown::read(files, now);
    }
    for path in files.with_ending(".json") {
        if let Lookup::Content(content) = files.get(path)
            && ghost::is_export(content)
        {
            return ghost::read(content, now);
        }
    }
    for path in files.with_ending(".csv") {
        if let Lookup::Content(content) = files.get(path)
            && beehiiv::is_table(&table::columns(content))
        {
            return beehiiv::read(content, now);
        }
    }
    Err(PostImportError::Unknown)
}

fn of_table(content: &[u8], now: Timestamp) -> Result<Found> {
    let columns = table::columns(content);
    let has = |name: &str| columns.iter().any(|column| column == name);
    if beehiiv::is_table(&columns) {
        beehiiv::read(content, now)
    } else if has("subject") && (has("publish_date") || has("email_type")) {
        buttondown::read_table(content, now)
    } else if has("post_id") && has("audience") {
        Err(PostImportError::Incomplete(
            "this is only the table of posts; their texts are in the ZIP archive of Substack: import that",
        ))
    } else {
        Err(PostImportError::Unknown)
    }
}

#[cfg(test)]
mod tests;
