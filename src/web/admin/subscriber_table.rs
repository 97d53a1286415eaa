//! The table of subscribers, for all and for one list: search, filters, order, pages,
//! bulk selection.

use crate::audience::subscribers::{self, Held};
use crate::audience::{list_admin, segment, tags};
use crate::model::SubscriberId;
use crate::model::list_access::ListAccess;
use crate::store::lists::List;
use crate::store::search::{Reach, Start};
use crate::store::segments::Segment;
use crate::store::subscribers::Subscriber;
use crate::store::tags::TagCount;
use crate::web::admin::subscriber_filter::{Sort, SubscriberFilter};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Rows of one page.
const ROWS: usize = 50;
/// How far the subscribers that a filter finds are counted.
const COUNTED: i64 = 10_000;

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
    /// How many there are on all pages.
    count: Count,
    /// Every list within reach.
    pub lists: Vec<List>,
    /// Every tag in use.
    pub known_tags: Vec<TagCount>,
    /// Every segment.
    pub segments: Vec<Segment>,
    /// The phrase of a note on how the search worked; may be empty.
    pub hint: &'static str,
    /// The link to the next page.
    pub next: Option<String>,
}

/// How many subscribers a filter finds.
enum Count {
    /// All there are: nothing filters.
    All(i64),
    Found(i64),
    MoreThan(i64),
}

impl Table {
    /// Searches for the page at `path`.
    pub async fn find(
        web: &Web,
        access: &ListAccess,
        path: &str,
        filter: SubscriberFilter,
    ) -> Result<Self, HttpError> {
        let lists = list_admin::within(&web.cx, access).await?;
        // Tags are counted over everybody, and segments ask for any list.
        let (known_tags, segments) = if access.is_limited() {
            (Vec::new(), Vec::new())
        } else {
            (tags::all(&web.cx).await?, segment::all(&web.cx).await?)
        };
        let mut table = Self {
            path: path.to_owned(),
            subscribers: Vec::new(),
            held: Vec::new(),
            tags: Vec::new(),
            count: Count::Found(0),
            lists,
            known_tags,
            segments,
            hint: "",
            next: None,
            filter,
        };
        table.fill(web, access).await?;
        Ok(table)
    }

    async fn fill(&mut self, web: &Web, access: &ListAccess) -> Result<(), HttpError> {
        let Some(search) = self.filter.search(web, access).await? else {
            return Ok(());
        };
        let (sort, from) = (self.filter.sort(), self.filter.from.as_str());
        let start = match sort {
            Sort::Newest => Start::Before(from.parse().unwrap_or(i64::MAX)),
            Sort::Oldest => Start::After(from.parse().unwrap_or(0)),
            Sort::Address => Start::Address(from.to_owned()),
        };
        let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
        let found = subscribers::search(&web.cx, &search, start, limit).await?;
        let mut rows = found.subscribers;
        let has_more = rows.len() > ROWS;
        rows.truncate(ROWS);
        // What is found by the start of the address comes in the order of addresses only.
        let goes_on = has_more && (found.reach == Reach::Anywhere || sort == Sort::Address);
        let last = rows.last().filter(|_| goes_on).map(|last| match sort {
            Sort::Newest | Sort::Oldest => last.id.to_string(),
            Sort::Address => last.email.lookup_key(),
        });
        self.next = last.map(|last| self.address(&self.filter.query_from(sort, &last)));
        self.hint = match (found.reach, has_more) {
            (Reach::Anywhere, _) => "",
            (Reach::StartOfShort, true) if sort != Sort::Address => {
                "admin-subscribers-first-of-short"
            }
            (Reach::StartOfShort, _) => "admin-subscribers-start-of-short",
            (Reach::StartForLackOfTrigrams, _) => "admin-subscribers-no-trigrams",
        };
        let is_everybody = self.filter.is_all() && self.filter.list.is_empty();
        self.count = if is_everybody && !access.is_limited() {
            Count::All(subscribers::count(&web.cx).await?)
        } else {
            match subscribers::count_found(&web.cx, &search, COUNTED + 1).await? {
                count if count > COUNTED => Count::MoreThan(COUNTED),
                count => Count::Found(count),
            }
        };
        self.subscribers = rows;
        self.held = found.held;
        self.tags = found.tags;
        Ok(())
    }

    fn address(&self, query: &str) -> String {
        match query {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The filter as a query, for what is done to all that it finds.
    pub fn query(&self) -> String {
        self.filter.query(self.filter.sort())
    }

    /// The first page.
    pub fn first(&self) -> String {
        self.address(&self.query())
    }

    /// The first page in the order of addresses.
    pub fn by_address(&self) -> String {
        self.address(&self.filter.query(Sort::Address))
    }

    /// The first page in the order of time: the newest first, or the oldest where these are.
    pub fn by_time(&self) -> String {
        let sort = match self.filter.sort() {
            Sort::Newest => Sort::Oldest,
            Sort::Oldest | Sort::Address => Sort::Newest,
        };
        self.address(&self.filter.query(sort))
    }

    /// The value of `aria-sort` of the columns of addresses and of time; empty where the table
    /// is not sorted by it.
    pub fn sorted(&self) -> (&'static str, &'static str) {
        match self.filter.sort() {
            Sort::Address => ("ascending", ""),
            Sort::Oldest => ("", "ascending"),
            Sort::Newest => ("", "descending"),
        }
    }

    /// How many there are on all pages, in words.
    pub fn counted(&self, wording: &Wording) -> String {
        let (key, count) = match self.count {
            Count::All(count) => ("admin-subscribers-counted", count),
            Count::Found(count) => ("admin-subscribers-found", count),
            Count::MoreThan(count) => ("admin-subscribers-found-more", count),
        };
        wording.say(key).number("count", count).into()
    }

    /// Whether other pages have more of what the filter finds.
    pub fn has_other_pages(&self) -> bool {
        let (Count::All(count) | Count::Found(count) | Count::MoreThan(count)) = self.count;
        count > self.subscribers.len() as i64
    }

    /// The label of the box that means all that the filter finds.
    pub fn all_matching(&self, wording: &Wording) -> String {
        let (key, count) = match self.count {
            Count::All(count) | Count::Found(count) => ("admin-subscribers-all-matching", count),
            Count::MoreThan(count) => ("admin-subscribers-all-matching-more", count),
        };
        wording.say(key).number("count", count).into()
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
