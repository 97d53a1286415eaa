//! Exporting the members of a segment as CSV, page by page, so that memory stays flat.

use std::collections::HashMap;

use futures_util::stream::{self, Stream, StreamExt};

use super::Result;
use super::export::ExportError;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::import::Standing;
use crate::model::segment::Rule;
use crate::model::subscription::SuppressionReason;
use crate::store::search::{self, Search, Start};
use crate::store::subscribers::Subscriber;
use crate::store::{bulk_lookup, subscriptions, tags};
use crate::text::spreadsheet_cell::defused;

const PAGE: i64 = 1000;

const HEADER: [&str; 10] = [
    "email",
    "name",
    "language",
    "since",
    "attributes",
    "frequency",
    "paused_until",
    "tags",
    "lists",
    "suppressed",
];

/// A member with what a row says of them.
struct Row {
    subscriber: Subscriber,
    /// Separated by commas.
    tags: String,
    /// Such as `news=confirmed`, separated by commas.
    lists: String,
    suppressed: Option<SuppressionReason>,
}

/// Everybody whom a rule picks now: memory holds one page, however slowly it is read. An error
/// ends the stream.
pub fn stream(
    cx: &Context,
    rule: Rule,
) -> impl Stream<Item = std::result::Result<Vec<u8>, ExportError>> + Send + 'static {
    let search = Search {
        segment: Some((rule, cx.clock.now())),
        ..Search::default()
    };
    let begin = (cx.clone(), search, Some(0));
    let pieces = stream::try_unfold(begin, |(cx, search, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let rows = page(&cx, &search, after).await?;
        let mut sheet = csv::Writer::from_writer(Vec::new());
        if after == 0 {
            sheet.write_record(HEADER)?;
        }
        for row in &rows {
            write(&mut sheet, row)?;
        }
        let piece = sheet
            .into_inner()
            .map_err(|error| ExportError::Write(error.into_error()))?;
        let next = rows
            .last()
            .filter(|_| rows.len() == PAGE as usize)
            .map(|last| last.subscriber.id.0);
        Ok(Some((piece, (cx, search, next))))
    });
    // Compression polls once more after the end.
    pieces.fuse()
}

async fn page(cx: &Context, search: &Search, after: i64) -> Result<Vec<Row>> {
    let mut db = cx.store.read().await?;
    let (found, _) = search::page(&mut db, search, Start::After(after), PAGE).await?;
    let ids: Vec<SubscriberId> = found.iter().map(|one| one.id).collect();
    let keys: Vec<String> = found.iter().map(|one| one.email.lookup_key()).collect();
    let mut own_tags: HashMap<SubscriberId, Vec<String>> = HashMap::new();
    for (id, tag) in tags::of(&mut db, &ids).await? {
        own_tags.entry(id).or_default().push(tag);
    }
    let mut own_lists: HashMap<SubscriberId, Vec<String>> = HashMap::new();
    for (id, list, state) in subscriptions::slugs_of(&mut db, &ids).await? {
        own_lists
            .entry(id)
            .or_default()
            .push(format!("{list}={state}"));
    }
    let mut reasons: HashMap<String, SuppressionReason> = HashMap::new();
    for one in bulk_lookup::suppressions(&mut db, &keys).await? {
        let strength = |reason: SuppressionReason| Standing::from(reason).strength();
        let strongest = reasons.entry(one.email_key).or_insert(one.reason);
        if strength(one.reason) > strength(*strongest) {
            *strongest = one.reason;
        }
    }
    let joined = |texts: Option<Vec<String>>| texts.unwrap_or_default().join(", ");
    let rows = found.into_iter().map(|subscriber| Row {
        tags: joined(own_tags.remove(&subscriber.id)),
        lists: joined(own_lists.remove(&subscriber.id)),
        suppressed: reasons.get(&subscriber.email.lookup_key()).copied(),
        subscriber,
    });
    Ok(rows.collect())
}

fn write(sheet: &mut csv::Writer<Vec<u8>>, row: &Row) -> csv::Result<()> {
    let one = &row.subscriber;
    let paused_until = one.paused_until.map(Timestamp::rfc3339);
    sheet.write_record(
        [
            one.email.as_str(),
            &one.name,
            one.language.tag(),
            &one.created_at.rfc3339(),
            &one.attributes.to_string(),
            one.frequency.as_str(),
            paused_until.as_deref().unwrap_or_default(),
            &row.tags,
            &row.lists,
            row.suppressed.map_or("", SuppressionReason::as_str),
        ]
        .map(defused)
        .iter()
        .map(|cell| cell.as_bytes()),
    )
}
