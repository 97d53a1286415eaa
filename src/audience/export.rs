//! Exporting a list, page by page, so that memory stays flat.

use std::io::Write;

use futures_util::stream::{self, Stream, StreamExt};

use super::{AudienceError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::list::ListSlug;
use crate::model::subscription::SuppressionReason;
use crate::store::{lists, subscriptions, tags};
use crate::text::datetime::Zone;
use crate::text::spreadsheet_cell::defused;

const PAGE: i64 = 1000;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// CSV with one line per member.
    Csv,
    /// One JSON object per line.
    Jsonl,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A row cannot be written.
    #[error("the export cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// The list or the database.
    #[error(transparent)]
    Audience(#[from] AudienceError),
}

/// Writes every member of a list, in every state. `progress` receives the number
/// of rows written.
///
/// # Errors
/// [`ExportError`] names what failed.
pub async fn export(
    cx: &Context,
    list: &ListSlug,
    format: Format,
    out: impl Write,
    mut progress: impl FnMut(u64),
) -> std::result::Result<u64, ExportError> {
    let id = find(cx, list).await?;
    let mut out = Sheet::new(cx, format, true, out)?;
    let (mut after, mut written) = (SubscriberId(0), 0);
    loop {
        let (page, tags) = page(cx, id, after).await?;
        for member in &page {
            out.write(member, &tags_of(member, &tags))?;
        }
        written += page.len() as u64;
        progress(written);
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = last.id,
            _ => break,
        }
    }
    out.finish()?;
    Ok(written)
}

/// The same as a stream: memory holds one page, however slowly it is read.
///
/// # Errors
/// [`AudienceError::UnknownList`] for an unknown list; a later error
/// ends the stream.
pub async fn stream(
    cx: &Context,
    list: &ListSlug,
    format: Format,
) -> Result<impl Stream<Item = std::result::Result<Vec<u8>, ExportError>> + Send + 'static> {
    let id = find(cx, list).await?;
    let begin = (cx.clone(), Some(SubscriberId(0)));
    let pieces = stream::try_unfold(begin, move |(cx, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let (page, tags) = page(&cx, id, after).await?;
        let mut piece = Vec::new();
        let mut sheet = Sheet::new(&cx, format, after == SubscriberId(0), &mut piece)?;
        for member in &page {
            sheet.write(member, &tags_of(member, &tags))?;
        }
        sheet.finish()?;
        drop(sheet);
        let next = page
            .last()
            .filter(|_| page.len() == PAGE as usize)
            .map(|last| last.id);
        Ok(Some((piece, (cx, next))))
    });
    // Compression polls once more after the end.
    Ok(pieces.fuse())
}

async fn find(cx: &Context, slug: &ListSlug) -> Result<crate::model::ListId> {
    let list = lists::by_slug(&mut cx.store.read().await?, slug).await?;
    list.map(|list| list.id)
        .ok_or_else(|| AudienceError::UnknownList(slug.to_string()))
}

async fn page(
    cx: &Context,
    list: crate::model::ListId,
    after: SubscriberId,
) -> Result<(Vec<subscriptions::Member>, Vec<Tagged>)> {
    let mut db = cx.store.read().await?;
    let members = subscriptions::members(&mut db, list, after, PAGE).await?;
    let ids: Vec<SubscriberId> = members.iter().map(|member| member.id).collect();
    let tags = tags::of(&mut db, &ids).await?;
    Ok((members, tags))
}

/// A tag of a subscriber.
type Tagged = (SubscriberId, String);

/// The tags of one member among those of a page, which are ordered by
/// subscriber id.
fn tags_of<'a>(member: &subscriptions::Member, tags: &'a [Tagged]) -> Vec<&'a str> {
    let start = tags.partition_point(|(id, _)| id.0 < member.id.0);
    let own = tags[start..].iter().take_while(|(id, _)| *id == member.id);
    own.map(|(_, tag)| tag.as_str()).collect()
}

const HEADER: [&str; 10] = [
    "email",
    "name",
    "language",
    "state",
    "since",
    "attributes",
    "frequency",
    "paused_until",
    "tags",
    "suppressed",
];

enum Sheet<W: Write> {
    /// With the zone of its times.
    Csv(Box<csv::Writer<W>>, Zone),
    Jsonl(W),
}

impl<W: Write> Sheet<W> {
    fn new(
        cx: &Context,
        format: Format,
        with_header: bool,
        out: W,
    ) -> std::result::Result<Self, ExportError> {
        Ok(match format {
            Format::Csv => {
                let mut sheet = csv::Writer::from_writer(out);
                if with_header {
                    sheet.write_record(HEADER)?;
                }
                Sheet::Csv(Box::new(sheet), cx.config().time_zone.clone())
            }
            Format::Jsonl => Sheet::Jsonl(out),
        })
    }

    fn write(
        &mut self,
        member: &subscriptions::Member,
        tags: &[&str],
    ) -> std::result::Result<(), ExportError> {
        match self {
            Sheet::Csv(sheet, zone) => sheet.write_record(
                [
                    member.email.as_str(),
                    &member.name,
                    member.language.tag(),
                    member.state.as_str(),
                    &zone.rfc3339(member.changed_at),
                    &member.attributes.to_string(),
                    member.frequency.as_str(),
                    &member
                        .paused_until
                        .map_or_else(String::new, |until| zone.rfc3339(until)),
                    &tags.join(", "),
                    member.suppressed.map_or("", SuppressionReason::as_str),
                ]
                .map(defused)
                .iter()
                .map(|cell| cell.as_bytes()),
            )?,
            Sheet::Jsonl(out) => {
                let line = serde_json::json!({
                    "email": member.email,
                    "name": member.name,
                    "language": member.language,
                    "state": member.state,
                    "since": member.changed_at.rfc3339(),
                    "attributes": member.attributes,
                    "frequency": member.frequency,
                    "paused_until": member.paused_until.map(Timestamp::rfc3339),
                    "tags": tags,
                    "suppressed": member.suppressed,
                });
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> std::io::Result<()> {
        match self {
            Sheet::Csv(sheet, _) => sheet.flush(),
            Sheet::Jsonl(out) => out.flush(),
        }
    }
}
