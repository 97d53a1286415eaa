//! What a table of subscribers shows, as CSV: the same people, the same columns.

use futures_util::stream::Stream;

use super::export::ExportError;
use super::export_pages::{self, Page, Sheet};
use super::subscriber_rows::{MailState, attribute};
use crate::context::Context;
use crate::model::subscriber_column::{Column, Columns, Field};
use crate::store::search::{Search, Start};
use crate::store::subscribers::Subscriber;

/// Everybody whom a search finds, in the order of addresses. An error ends the stream.
pub fn stream(
    cx: &Context,
    search: Search,
    columns: Columns,
) -> impl Stream<Item = std::result::Result<Vec<u8>, ExportError>> + Send + 'static {
    export_pages::stream(cx, search, Table(columns))
}

struct Table(Columns);

impl Sheet for Table {
    fn header(&self) -> Vec<String> {
        let names = self.0.iter().map(ToString::to_string);
        ["email".to_owned()].into_iter().chain(names).collect()
    }

    fn row(&self, one: &Subscriber, page: &Page<'_>) -> Vec<String> {
        let cells = self.0.iter().map(|column| cell(one, column, page));
        [one.email.to_string()].into_iter().chain(cells).collect()
    }

    fn needs_ends(&self) -> bool {
        self.0.need_ends()
    }

    /// Any search can be read to its end in the order of addresses.
    fn after(&self, last: Option<&Subscriber>) -> Start {
        Start::Address(last.map_or_else(String::new, |last| last.email.lookup_key()))
    }
}

/// One cell.
fn cell(one: &Subscriber, column: &Column, page: &Page<'_>) -> String {
    let field = match column {
        Column::Attribute(key) => return attribute(one, key),
        Column::Field(field) => field,
    };
    match field {
        Field::Name => one.name.clone(),
        Field::Lists => page.facts.lists_in_words(one.id),
        Field::State => match page.facts.mail_state(one, page.now) {
            MailState::Suppressed(reason) => format!("suppressed={reason}"),
            MailState::PausedUntil(until) => {
                format!("paused_until={}", page.zone.rfc3339(until))
            }
            MailState::Subscribed(state) => state.to_string(),
            MailState::OnNoList => String::new(),
        },
        Field::Language => one.language.tag().to_owned(),
        Field::Tags => page.facts.tags(one.id).join(", "),
        Field::Source => {
            let came_by = page.facts.came_by(one.id);
            came_by.map_or_else(String::new, |method| method.to_string())
        }
        Field::Frequency => one.frequency.to_string(),
        Field::Changed => page.zone.rfc3339(page.facts.changed_at(one)),
        Field::Joined => page.zone.rfc3339(one.created_at),
        Field::LastActive => {
            let last = page.facts.last_active(one.id);
            last.map_or_else(String::new, |at| page.zone.rfc3339(at))
        }
    }
}
