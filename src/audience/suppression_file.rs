//! Suppressions as CSV, from and to other systems.

use std::io::{Read, Write};

use super::AudienceError;
use super::import_limits::{BoundedRows, TOO_LONG, is_too_long};
use super::rejected_rows::RejectedRows;
use super::suppression::{Target, note_of, page};
use crate::account::audit::OngoingEntry;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{self, NewSuppression, Which};
use crate::text::spreadsheet_cell::defused;
/// Rows that one transaction takes of a file.
const SLICE: usize = 500;
/// Rows that an export reads at a time.
const PAGE: i64 = 1_000;

/// The result of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Suppressions that were added.
    pub added: u64,
    /// Suppressions that existed before, for the same reason.
    pub known: u64,
    /// Rejected lines with their reasons.
    pub rejected: RejectedRows,
}

/// Why a file of suppressions cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Its header.
    #[error("the file needs a column `address` (or `email`); it has: {0}")]
    Header(String),
    /// Not CSV.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The output.
    #[error("the file cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Audience(#[from] AudienceError),
}

impl From<crate::store::StoreError> for FileError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Audience(error.into())
    }
}

/// Writes every suppression as CSV: address, reason, time, note; an address that
/// is suppressed for several reasons has a line for each.
///
/// # Errors
/// [`FileError`] names what failed.
pub async fn export(cx: &Context, out: impl Write) -> std::result::Result<u64, FileError> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(["address", "reason", "time", "note"])?;
    let which = Which {
        // From the first one, so that weaker reasons are included.
        since: Some(Timestamp::from_millis(i64::MIN)),
        ..Which::default()
    };
    let mut after = (String::new(), String::new());
    let mut written = 0;
    loop {
        let rows = page(cx, &which, (&after.0, &after.1), PAGE).await?;
        for one in &rows {
            let key = defused(&one.email_key);
            let time = one.created_at.rfc3339();
            sheet.write_record([&key, one.reason.as_str(), &time, &defused(&one.note)])?;
        }
        written += rows.len() as u64;
        match rows.last() {
            Some(last) if rows.len() as i64 == PAGE => {
                after = (last.email_key.clone(), last.reason.to_string());
            }
            _ => break,
        }
    }
    sheet.flush()?;
    Ok(written)
}

/// Imports suppressions from CSV: a column `address` (or `email`) and optionally
/// `reason`, `time` and `note`. A row without a reason is an
/// admin's decision. No existing suppression is weakened. `file_name` is for the
/// audit log.
///
/// # Errors
/// [`FileError`] where the file cannot be read at all; single rows are rejected.
pub async fn import(
    cx: &Context,
    by: &Actor,
    file_name: &str,
    file: impl Read + Send,
) -> std::result::Result<Imported, FileError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(BoundedRows::new(file, b','));
    let headers = reader.headers()?.clone();
    let columns = Columns::of(&headers)?;
    let mut done = Imported::default();
    let mut entry = OngoingEntry::default();
    let now = cx.clock.now();
    let mut slice: Vec<(NewSuppression, Timestamp)> = Vec::with_capacity(SLICE);
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let is_there = match reader.read_record(&mut record) {
            Ok(is_there) => is_there,
            Err(error) if !matches!(error.kind(), csv::ErrorKind::Io(_)) => {
                done.rejected.push(line, error.to_string());
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if is_there {
            let line = record.position().map_or(line, csv::Position::line);
            if is_too_long(&record) {
                done.rejected.push(line, TOO_LONG.to_owned());
                continue;
            }
            match columns.read(&record, now) {
                Ok(row) => slice.push(row),
                Err(reason) => done.rejected.push(line, reason),
            }
        }
        if slice.len() == SLICE || !is_there {
            let mut db = cx.store.write().await?;
            let before = done.added;
            for (new, at) in slice.drain(..) {
                if suppressions::add(&mut db, &new, at).await? {
                    done.added += 1
                } else {
                    done.known += 1
                }
            }
            if done.added > before {
                let subject = format!("{} added {file_name}", done.added);
                let (action, subject) = (AuditAction::SuppressionImport, subject.trim());
                entry.record(&mut db, by, action, subject, now).await?;
            }
            db.commit().await?;
        }
        if !is_there {
            return Ok(done);
        }
    }
}

/// Which column holds what.
struct Columns {
    address: usize,
    reason: Option<usize>,
    time: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(headers: &csv::StringRecord) -> std::result::Result<Self, FileError> {
        let at = |names: &[&str]| {
            headers.iter().position(|header| {
                let header = header.trim_start_matches('\u{feff}').trim();
                names.iter().any(|name| header.eq_ignore_ascii_case(name))
            })
        };
        let address = at(&["address", "email", "e-mail", "email address", "recipient"]);
        let named: Vec<&str> = headers.iter().collect();
        Ok(Self {
            address: address.ok_or_else(|| FileError::Header(named.join(", ")))?,
            reason: at(&["reason", "type"]),
            time: at(&["time", "created_at", "created", "date", "since"]),
            note: at(&["note", "comment", "description"]),
        })
    }

    fn read(
        &self,
        record: &csv::StringRecord,
        now: Timestamp,
    ) -> std::result::Result<(NewSuppression, Timestamp), String> {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let address = cell(Some(self.address));
        let target = Target::parse(address.strip_prefix('\'').unwrap_or(address))
            .map_err(|error| error.to_string())?;
        let at = match cell(self.time) {
            "" => now,
            text => time_of(text).ok_or_else(|| {
                format!("the time {text:?} is not like 2026-03-01T09:00:00Z or 2026-03-01")
            })?,
        };
        let note = cell(self.note);
        let new = NewSuppression {
            email_key: target.key(),
            reason: reason_of(cell(self.reason))?,
            note: note_of(note.strip_prefix('\'').unwrap_or(note)),
            source: SuppressionSource::Import,
            campaign: None,
        };
        Ok((new, at.min(now)))
    }
}

/// A reason in the words of this or other systems.
fn reason_of(text: &str) -> std::result::Result<SuppressionReason, String> {
    use SuppressionReason::{Complaint, HardBounce, Manual, UnsubscribedAll};
    let word = text.to_lowercase().replace([' ', '-'], "_");
    Ok(match word.as_str() {
        "" | "blocked" | "blocklist" | "blocklisted" | "blacklist" | "blacklisted" => Manual,
        "bounce" | "bounced" | "bounces" | "hard" | "invalid" | "cleaned" => HardBounce,
        "spam" | "spam_complaint" | "spamcomplaint" | "complained" | "abuse" => Complaint,
        "unsubscribed" | "unsubscribe" | "opt_out" | "optout" => UnsubscribedAll,
        word => word
            .parse()
            .map_err(|_| format!("the reason {text:?} is not known"))?,
    })
}

fn time_of(text: &str) -> Option<Timestamp> {
    let whole = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        _ => text.replacen(' ', "T", 1),
    };
    Timestamp::parse_rfc3339(&whole)
        .or_else(|_| Timestamp::parse_rfc3339(&format!("{whole}Z")))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_and_times_of_other_systems_are_understood() {
        assert_eq!(reason_of("Bounced"), Ok(SuppressionReason::HardBounce));
        assert_eq!(
            reason_of("Spam complaint"),
            Ok(SuppressionReason::Complaint)
        );
        assert_eq!(reason_of("hard_bounce"), Ok(SuppressionReason::HardBounce));
        assert_eq!(reason_of(""), Ok(SuppressionReason::Manual));
        assert!(reason_of("because").is_err());
        for text in [
            "2026-03-01",
            "2026-03-01 09:00:00",
            "2026-03-01T09:00:00Z",
            "2026-03-01T09:00:00+05:00",
        ] {
            assert!(time_of(text).is_some(), "{text}");
        }
        assert_eq!(time_of("yesterday"), None);
    }
}
