//! The table of subscribers, for all and for one list: search, filters, pages,
//! bulk selection.

use serde::Deserialize;

use crate::audience::list_admin;
use crate::audience::subscribers::{self, Held};
use crate::audience::tags;
use crate::model::SubscriberId;
use crate::store::lists::List;
use crate::store::search::{Reach, Search, Start};
use crate::store::subscribers::Subscriber;
use crate::store::tags::TagCount;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Rows of one page.
const ROWS: usize = 50;

/// The filters, as in the query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SubscriberFilter {
    /// A part of the name or address.
    pub q: String,
    /// A list's slug.
    pub list: String,
    /// A subscription's state.
    pub state: String,
    /// A language's tag.
    pub language: String,
    /// A label on the subscriber.
    pub tag: String,
    /// The row that the page before ended with.
    pub before: Option<i64>,
}

impl SubscriberFilter {
    /// Whether nothing filters, apart from the list.
    pub fn is_all(&self) -> bool {
        self.q.trim().is_empty()
            && self.state.is_empty()
            && self.language.is_empty()
            && self.tag.is_empty()
    }
}

/// A page of subscribers.
pub struct Table {
    pub filter: SubscriberFilter,
    /// The path of the page.
    pub path: String,
    /// The rows.
    pub subscribers: Vec<Subscriber>,
    /// Their subscriptions.
    held: Vec<Held>,
    /// Their tags.
    tags: Vec<(SubscriberId, String)>,
    /// Every list.
    pub lists: Vec<List>,
    /// Every tag in use.
    pub known_tags: Vec<TagCount>,
    /// The phrase of a note on how the search worked; may be empty.
    pub hint: &'static str,
    /// The link to the next page.
    pub next: Option<String>,
}

impl Table {
    /// Searches for the page at `path`.
    pub async fn find(web: &Web, path: &str, filter: SubscriberFilter) -> Result<Self, HttpError> {
        let lists = list_admin::all(&web.cx).await?;
        let list = lists.iter().find(|list| list.slug.as_str() == filter.list);
        let search = Search {
            text: filter.q.clone(),
            list: list.map(|list| list.id),
            state: filter.state.parse().ok(),
            language: filter.language.parse().ok(),
            tag: filter.tag.parse().ok(),
        };
        let start = Start::Before(filter.before.unwrap_or(i64::MAX));
        let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
        let found = subscribers::search(&web.cx, &search, start, limit).await?;
        let mut subscribers = found.subscribers;
        let has_more = subscribers.len() > ROWS;
        subscribers.truncate(ROWS);
        let next = match (found.reach, has_more, subscribers.last()) {
            (Reach::Anywhere, true, Some(last)) => Some(address(path, &filter, last.id.0)),
            _ => None,
        };
        let hint = match (found.reach, has_more) {
            (Reach::Anywhere, _) => "",
            (Reach::StartOfShort, false) => "admin-subscribers-start-of-short",
            (Reach::StartOfShort, true) => "admin-subscribers-first-of-short",
            (Reach::StartForLackOfTrigrams, _) => "admin-subscribers-no-trigrams",
        };
        Ok(Self {
            path: path.to_owned(),
            held: found.held,
            tags: found.tags,
            known_tags: tags::all(&web.cx).await?,
            subscribers,
            lists,
            hint,
            next,
            filter,
        })
    }

    /// The tags of one row.
    pub fn tags_of(&self, subscriber: &Subscriber) -> Vec<&str> {
        let tags = self.tags.iter().filter(|(id, _)| *id == subscriber.id);
        tags.map(|(_, tag)| tag.as_str()).collect()
    }

    /// The subscriptions of one row: slug and state.
    pub fn of(&self, subscriber: &Subscriber) -> Vec<(&str, &str)> {
        let held = self.held.iter().filter(|(id, _, _)| *id == subscriber.id);
        held.map(|(_, slug, state)| (slug.as_str(), state.as_str()))
            .collect()
    }
}

/// The address of the page after the row `before`.
fn address(path: &str, filter: &SubscriberFilter, before: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let filters = [
        ("q", filter.q.as_str()),
        ("list", &filter.list),
        ("state", &filter.state),
        ("language", &filter.language),
        ("tag", &filter.tag),
    ];
    for (name, value) in filters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    query.append_pair("before", &before.to_string());
    format!("{path}?{}", query.finish())
}
