//! Exporting the members of a segment as CSV.

use futures_util::stream::Stream;

use super::export::ExportError;
use super::export_pages::{self, Page, Sheet};
use crate::context::Context;
use crate::model::segment::Rule;
use crate::model::subscription::SuppressionReason;
use crate::store::search::{Search, Start};
use crate::store::subscribers::Subscriber;

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

/// Everybody whom a rule picks now, in the order in which they came. An error ends the stream.
pub fn stream(
    cx: &Context,
    rule: Rule,
) -> impl Stream<Item = std::result::Result<Vec<u8>, ExportError>> + Send + 'static {
    let search = Search {
        segment: Some((rule, cx.clock.now())),
        ..Search::default()
    };
    export_pages::stream(cx, search, Members)
}

struct Members;

impl Sheet for Members {
    fn header(&self) -> Vec<String> {
        HEADER.map(str::to_owned).to_vec()
    }

    fn row(&self, one: &Subscriber, page: &Page<'_>) -> Vec<String> {
        let paused_until = one.paused_until.map(|until| page.zone.rfc3339(until));
        let suppressed = page.facts.suppressed(one);
        vec![
            one.email.to_string(),
            one.name.clone(),
            one.language.tag().to_owned(),
            page.zone.rfc3339(one.created_at),
            one.attributes.to_string(),
            one.frequency.to_string(),
            paused_until.unwrap_or_default(),
            page.facts.tags(one.id).join(", "),
            page.facts.lists_in_words(one.id),
            suppressed.map_or("", SuppressionReason::as_str).to_owned(),
        ]
    }

    fn needs_ends(&self) -> bool {
        false
    }

    fn after(&self, last: Option<&Subscriber>) -> Start {
        Start::After(last.map_or(0, |last| last.id.0))
    }
}
