//! Suppressions as files, from and to other systems.

use std::fs::File;
use std::io::Write;

use tokio::sync::mpsc;

use super::AudienceError;
use super::rejected_rows::RejectedRows;
use super::suppression::{Target, note_of, page};
use crate::account::audit::OngoingEntry;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{self, NewSuppression, Which};
use crate::tabular::{self, ReadError, Stopped, Visitor};
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
    /// It is no table, or breaks off.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The output.
    #[error("the file cannot be written: {0}")]
    Sheet(#[from] csv::Error),
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
    let zone = cx.config().time_zone.clone();
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
            let time = zone.rfc3339(one.created_at);
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

/// Suppressions and since when.
type Slice = Vec<(NewSuppression, Timestamp)>;

/// Imports suppressions from a table of any kind: a column `address` (or `email`) and
/// optionally `reason`, `time` and `note`. A row without a reason is an admin's decision. No
/// existing suppression is weakened. `file_name` is for the audit log.
///
/// # Errors
/// [`FileError`] where the file cannot be read, or not to its end; single rows are rejected.
pub async fn import(
    cx: &Context,
    by: &Actor,
    file_name: &str,
    file: File,
) -> std::result::Result<Imported, FileError> {
    let now = cx.clock.now();
    let (slices, mut incoming) = mpsc::channel(4);
    let name = file_name.to_owned();
    let region = tabular::region(cx.config().language);
    let reading = tokio::task::spawn_blocking(move || {
        let mut reader = Reader::new(slices, now);
        let read = tabular::read(&file, &name, region, &mut reader);
        if let Some(columns) = reader.header_error.take() {
            return Err(FileError::Header(columns));
        }
        read?;
        // The end of the channel tells that this was the last.
        reader.flush().map_err(ReadError::from)?;
        Ok(reader.rejected)
    });
    let mut done = Imported::default();
    let mut entry = OngoingEntry::default();
    while let Some(slice) = incoming.recv().await {
        write_slice(cx, by, file_name, slice, &mut done, &mut entry).await?;
    }
    // It panics where a library has a defect with this file.
    let damaged = |_| ReadError::Workbook("it is damaged".to_owned());
    done.rejected = reading.await.map_err(damaged)??;
    Ok(done)
}

async fn write_slice(
    cx: &Context,
    by: &Actor,
    file_name: &str,
    slice: Slice,
    done: &mut Imported,
    entry: &mut OngoingEntry,
) -> std::result::Result<(), FileError> {
    let mut db = cx.store.write().await?;
    let before = done.added;
    for (new, at) in slice {
        if suppressions::add(&mut db, &new, at).await? {
            done.added += 1;
        } else {
            done.known += 1;
        }
    }
    if done.added > before {
        let subject = format!("{} added {file_name}", done.added);
        let (action, subject) = (AuditAction::SuppressionImport, subject.trim());
        entry
            .record(&mut db, by, action, subject, cx.clock.now())
            .await?;
    }
    db.commit().await?;
    Ok(())
}

/// Collects rows into slices.
struct Reader {
    slices: mpsc::Sender<Slice>,
    slice: Slice,
    now: Timestamp,
    columns: Option<Columns>,
    /// The columns of a table that has none with addresses.
    header_error: Option<String>,
    rejected: RejectedRows,
}

impl Reader {
    fn new(slices: mpsc::Sender<Slice>, now: Timestamp) -> Self {
        Self {
            slices,
            slice: Vec::with_capacity(SLICE),
            now,
            columns: None,
            header_error: None,
            rejected: RejectedRows::default(),
        }
    }

    fn flush(&mut self) -> std::result::Result<(), Stopped> {
        if self.slice.is_empty() {
            return Ok(());
        }
        let slice = std::mem::take(&mut self.slice);
        self.slices.blocking_send(slice).map_err(|_| Stopped)
    }
}

impl Visitor for Reader {
    fn table(&mut self, _name: &str, columns: &[String]) -> std::result::Result<(), Stopped> {
        self.columns = Columns::of(columns);
        if self.columns.is_none() {
            self.header_error = Some(columns.join(", "));
            return Err(Stopped);
        }
        Ok(())
    }

    fn row(&mut self, line: u64, cells: Vec<String>) -> std::result::Result<(), Stopped> {
        let columns = self.columns.as_ref().ok_or(Stopped)?;
        match columns.read(&cells, self.now) {
            Ok(row) => self.slice.push(row),
            Err(reason) => self.rejected.push(line, reason),
        }
        if self.slice.len() == SLICE {
            self.flush()?;
        }
        Ok(())
    }

    fn unreadable(&mut self, line: u64, reason: &str) -> std::result::Result<(), Stopped> {
        self.rejected.push(line, reason.to_owned());
        Ok(())
    }

    fn passed_over(&mut self, _name: &str) {}
}

/// Which column holds what.
struct Columns {
    address: usize,
    reason: Option<usize>,
    time: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    /// `None` where no column has addresses.
    fn of(headers: &[String]) -> Option<Self> {
        let at = |names: &[&str]| {
            headers
                .iter()
                .position(|header| names.iter().any(|name| header.eq_ignore_ascii_case(name)))
        };
        Some(Self {
            address: at(&["address", "email", "e-mail", "email address", "recipient"])?,
            reason: at(&["reason", "type"]),
            time: at(&["time", "created_at", "created", "date", "since"]),
            note: at(&["note", "comment", "description"]),
        })
    }

    fn read(
        &self,
        cells: &[String],
        now: Timestamp,
    ) -> std::result::Result<(NewSuppression, Timestamp), String> {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let target = Target::parse(cell(Some(self.address))).map_err(|error| error.to_string())?;
        let at = match cell(self.time) {
            "" => now,
            text => time_of(text).ok_or_else(|| {
                format!("the time {text:?} is not like 2026-03-01T09:00:00Z or 2026-03-01")
            })?,
        };
        let new = NewSuppression {
            email_key: target.key(),
            reason: reason_of(cell(self.reason))?,
            note: note_of(cell(self.note)),
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
