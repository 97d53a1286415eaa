//! A CSV file of subscribers, made page by page, so that memory stays flat.

use futures_util::stream::{self, Stream, StreamExt};

use super::export::ExportError;
use super::subscriber_rows::{self, Facts};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::search::{Search, Start};
use crate::store::subscribers::Subscriber;
use crate::text::datetime::Zone;
use crate::text::spreadsheet_cell::defused;

const PAGE: i64 = 1000;

/// What a page of the file is made with.
pub(super) struct Page<'a> {
    pub facts: &'a Facts,
    pub zone: &'a Zone,
    pub now: Timestamp,
}

/// What a file says of each subscriber.
pub(super) trait Sheet: Send + Sync + 'static {
    /// The names of the columns.
    fn header(&self) -> Vec<String>;

    /// The cells of one subscriber, in the order of the columns.
    fn row(&self, one: &Subscriber, page: &Page<'_>) -> Vec<String>;

    /// Whether its cells say how a subscriber joined, or when a subscription last changed.
    fn needs_ends(&self) -> bool;

    /// Where the page before the first subscriber begins, and where the one after a subscriber
    /// does: the order of the file.
    fn after(&self, last: Option<&Subscriber>) -> Start;
}

/// Everybody whom a search finds: memory holds one page, however slowly it is read. An error
/// ends the stream.
pub(super) fn stream(
    cx: &Context,
    search: Search,
    sheet: impl Sheet,
) -> impl Stream<Item = std::result::Result<Vec<u8>, ExportError>> + Send + 'static {
    let first = sheet.after(None);
    let begin = (cx.clone(), search, sheet, Some(first), true);
    let pieces = stream::try_unfold(begin, |(cx, search, sheet, start, is_first)| async move {
        let Some(start) = start else { return Ok(None) };
        let with_ends = sheet.needs_ends();
        let (found, _, facts) = subscriber_rows::page(&cx, &search, start, PAGE, with_ends).await?;
        let config = cx.config();
        let page = Page {
            facts: &facts,
            zone: &config.time_zone,
            now: cx.clock.now(),
        };
        let mut file = csv::Writer::from_writer(Vec::new());
        if is_first {
            let names = sheet.header();
            file.write_record(names.iter().map(|name| defused(name).into_owned()))?;
        }
        for one in &found {
            let cells = sheet.row(one, &page);
            file.write_record(cells.iter().map(|cell| defused(cell).into_owned()))?;
        }
        let piece = file
            .into_inner()
            .map_err(|error| ExportError::Write(error.into_error()))?;
        let is_full = i64::try_from(found.len()).is_ok_and(|count| count == PAGE);
        let next = found.last().filter(|_| is_full);
        let next = next.map(|last| sheet.after(Some(last)));
        Ok(Some((piece, (cx, search, sheet, next, false))))
    });
    // Compression polls once more after the end.
    pieces.fuse()
}
