//! Who is never mailed, and why: the one way to suppress an address or a whole
//! domain, to look it up, to take it back alone or together, and to carry it
//! from and to other systems.

use std::io::{Read, Write};

use super::export::defused;
use super::import_limits::{BoundedRows, TOO_LONG, is_too_long};
use super::rejected_rows::Refused;
use super::{AudienceError, Result};
use crate::account::audit;
use crate::address::{AddressError, EmailAddress, sender_domain};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{self, NewSuppression, Suppression, Which};

/// Rows that one transaction takes of a file.
const SLICE: usize = 500;
/// Rows that an export reads at a time.
const PAGE: i64 = 1_000;
/// How many characters a note may have.
pub const NOTE_LIMIT: usize = 300;

/// Whom a suppression is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One address.
    Address(EmailAddress),
    /// Every address of a domain, though not of those below it.
    Domain(String),
}

impl Target {
    /// Reads an address, or a domain as `@example.org`.
    ///
    /// # Errors
    /// [`AddressError`] where it is neither.
    pub fn parse(text: &str) -> std::result::Result<Self, AddressError> {
        match text.trim().strip_prefix('@') {
            Some(domain) => Ok(Self::Domain(sender_domain(domain)?)),
            None => Ok(Self::Address(EmailAddress::parse(text)?)),
        }
    }

    /// The key under which it is kept.
    pub fn key(&self) -> String {
        match self {
            Self::Address(address) => address.lookup_key(),
            Self::Domain(domain) => format!("@{domain}"),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => f.write_str(address.as_str()),
            Self::Domain(domain) => write!(f, "@{domain}"),
        }
    }
}

/// Suppresses an address or a domain. The answer is what counts from now on: a
/// stronger reason that was there before stays.
pub async fn suppress(
    cx: &Context,
    target: &Target,
    reason: SuppressionReason,
    note: &str,
    source: SuppressionSource,
) -> Result<Suppression> {
    let new = NewSuppression {
        email_key: target.key(),
        reason,
        note: note_of(note),
        source,
        campaign: None,
    };
    let mut db = cx.store.write().await?;
    suppressions::add(&mut db, &new, cx.clock.now()).await?;
    let stored = suppressions::strongest(&mut db, &new.email_key).await?;
    db.commit().await?;
    stored.ok_or(AudienceError::Moved)
}

fn note_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    line.chars()
        .filter(|c| !c.is_control())
        .take(NOTE_LIMIT)
        .collect()
}

/// The strongest reason why an address is suppressed, its domain's among them.
pub async fn of(cx: &Context, email: &EmailAddress) -> Result<Option<Suppression>> {
    Ok(suppressions::of(&mut cx.store.read().await?, email).await?)
}

/// Lifts every suppression of an address or a domain; `false` where there is none.
pub async fn lift(cx: &Context, by: &Actor, target: &Target) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let lifted = suppressions::lift(&mut db, &target.key()).await?;
    if lifted {
        audit::record(
            &mut db,
            by,
            AuditAction::SuppressionLift,
            target.key(),
            cx.clock.now(),
        )
        .await?;
    }
    db.commit().await?;
    Ok(lifted)
}

/// Up to `limit` suppressions after the address and reason of `after`.
pub async fn page(
    cx: &Context,
    which: &Which,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Suppression>> {
    Ok(suppressions::page(&mut cx.store.read().await?, which, after, limit).await?)
}

/// How many suppressions an [`undo`] would take back.
pub async fn count_to_undo(cx: &Context, which: &Which) -> Result<i64> {
    Ok(suppressions::count_to_undo(&mut cx.store.read().await?, which).await?)
}

/// Takes back together what one campaign, one reason or one span of time made.
/// What people said themselves (complaints, their wish for no mail at all) is
/// only taken back where the reason names it and `why` says why; tells how many.
///
/// # Errors
/// [`AudienceError::Undo`] where nothing narrows it, or the words are missing.
pub async fn undo(cx: &Context, which: &Which, why: &str) -> Result<u64> {
    use SuppressionReason::{Complaint, UnsubscribedAll};
    if !which.is_narrow() {
        return Err(AudienceError::Undo(
            "name a campaign, a reason or a span of time",
        ));
    }
    if matches!(which.reason, Some(Complaint | UnsubscribedAll)) && why.trim().is_empty() {
        return Err(AudienceError::Undo(
            "these people asked for no mail themselves: say why they are mailed again",
        ));
    }
    let mut db = cx.store.write().await?;
    let undone = suppressions::undo(&mut db, which).await?;
    db.commit().await?;
    tracing::info!(undone, ?which, "suppressions taken back");
    Ok(undone)
}

// Files ----------------------------------------------------------------------

/// What became of a file's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Suppressions that were added.
    pub added: u64,
    /// Those that were there before, for the same reason.
    pub known: u64,
    /// Lines that could not be taken, and why.
    pub refused: Refused,
}

/// Why a file of suppressions cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Its header.
    #[error("the file needs a column `address` (or `email`); it has: {0}")]
    Header(String),
    /// Its form.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// What it is written to.
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
        // From the first: so that weaker reasons come too.
        since: Some(Timestamp::from_millis(i64::MIN)),
        ..Which::default()
    };
    let mut after = (String::new(), String::new());
    let mut written = 0;
    loop {
        let page = page(cx, &which, (&after.0, &after.1), PAGE).await?;
        for one in &page {
            let key = defused(&one.email_key);
            let time = one.created_at.rfc3339();
            sheet.write_record([&key, one.reason.as_str(), &time, &defused(&one.note)])?;
        }
        written += page.len() as u64;
        match page.last() {
            Some(last) if page.len() as i64 == PAGE => {
                after = (last.email_key.clone(), last.reason.to_string());
            }
            _ => break,
        }
    }
    sheet.flush()?;
    Ok(written)
}

/// Takes a CSV file of suppressions: a column `address` (or `email`), and where
/// there are some, `reason`, `time` and `note`. A row without a reason is an
/// admin's decision. Nothing is ever weakened by it.
///
/// # Errors
/// [`FileError`] where the file cannot be read at all; single rows are refused.
pub async fn import(
    cx: &Context,
    file: impl Read + Send,
    source: SuppressionSource,
) -> std::result::Result<Imported, FileError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(BoundedRows::new(file, b','));
    let headers = reader.headers()?.clone();
    let columns = Columns::of(&headers)?;
    let mut done = Imported::default();
    let now = cx.clock.now();
    let mut slice: Vec<(NewSuppression, Timestamp)> = Vec::with_capacity(SLICE);
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let is_there = match reader.read_record(&mut record) {
            Ok(is_there) => is_there,
            Err(error) if !matches!(error.kind(), csv::ErrorKind::Io(_)) => {
                done.refused.push(line, error.to_string());
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if is_there {
            let line = record.position().map_or(line, csv::Position::line);
            if is_too_long(&record) {
                done.refused.push(line, TOO_LONG.to_owned());
                continue;
            }
            match columns.read(&record, source, now) {
                Ok(row) => slice.push(row),
                Err(reason) => done.refused.push(line, reason),
            }
        }
        if slice.len() == SLICE || !is_there {
            let mut db = cx.store.write().await?;
            for (new, at) in slice.drain(..) {
                if suppressions::add(&mut db, &new, at).await? {
                    done.added += 1
                } else {
                    done.known += 1
                }
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
        source: SuppressionSource,
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
            source,
            campaign: None,
        };
        Ok((new, at.min(now)))
    }
}

/// A reason in our words or those of other systems.
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

/// The suppressions that mail of one campaign led to.
pub fn of_campaign(id: CampaignId) -> Which {
    Which {
        campaign: Some(id),
        ..Which::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_domain_is_read_and_nothing_else() {
        for (text, key) in [
            ("A@Garden.example", "a@garden.example"),
            (" @Garden.example ", "@garden.example"),
        ] {
            assert_eq!(Target::parse(text).unwrap().key(), key, "{text}");
        }
        for text in ["", "@", "garden.example", "@a b", "@@a.example", "a@"] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }

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
