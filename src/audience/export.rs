//! Exporting a list, page by page, so that memory stays flat.

use std::io::Write;

use super::{AudienceError, Result};
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::list::ListSlug;
use crate::store::{lists, subscriptions};

const PAGE: i64 = 1000;

/// The shape of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One header line, one line a member.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What is written to does not take it.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A row cannot be written.
    #[error("the export cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// The list or the database.
    #[error(transparent)]
    Audience(#[from] AudienceError),
}

/// Writes every member of a list, in every state. `progress` is told the number
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
    let mut out = Sheet::new(format, out)?;
    let (mut after, mut written) = (SubscriberId(0), 0);
    loop {
        let page = page(cx, id, after).await?;
        for member in &page {
            out.write(member)?;
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

async fn find(cx: &Context, slug: &ListSlug) -> Result<crate::model::ListId> {
    let list = lists::by_slug(&mut cx.store.read().await?, slug).await?;
    list.map(|list| list.id)
        .ok_or_else(|| AudienceError::UnknownList(slug.to_string()))
}

async fn page(
    cx: &Context,
    list: crate::model::ListId,
    after: SubscriberId,
) -> Result<Vec<subscriptions::Member>> {
    Ok(subscriptions::members(&mut cx.store.read().await?, list, after, PAGE).await?)
}

enum Sheet<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(W),
}

impl<W: Write> Sheet<W> {
    fn new(format: Format, out: W) -> std::result::Result<Self, ExportError> {
        Ok(match format {
            Format::Csv => {
                let mut sheet = csv::Writer::from_writer(out);
                sheet.write_record([
                    "email",
                    "name",
                    "language",
                    "state",
                    "since",
                    "attributes",
                ])?;
                Sheet::Csv(Box::new(sheet))
            }
            Format::Jsonl => Sheet::Jsonl(out),
        })
    }

    fn write(&mut self, member: &subscriptions::Member) -> std::result::Result<(), ExportError> {
        let since = member.changed_at.rfc3339();
        match self {
            Sheet::Csv(sheet) => sheet.write_record([
                member.email.as_str(),
                &defused(&member.name),
                member.language.tag(),
                member.state.as_str(),
                &since,
                &member.attributes.to_string(),
            ])?,
            Sheet::Jsonl(out) => {
                let line = serde_json::json!({
                    "email": member.email,
                    "name": member.name,
                    "language": member.language,
                    "state": member.state,
                    "since": since,
                    "attributes": member.attributes,
                });
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn finish(self) -> std::io::Result<()> {
        match self {
            Sheet::Csv(mut sheet) => sheet.flush(),
            Sheet::Jsonl(mut out) => out.flush(),
        }
    }
}

/// A name that a spreadsheet would take for a formula gets an apostrophe in
/// front, so that opening an export runs nothing.
fn defused(name: &str) -> String {
    match name.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{name}"),
        false => name.to_owned(),
    }
}
