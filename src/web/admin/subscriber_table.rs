//! The table of subscribers, for all and for one list: search, filters, order, pages,
//! columns, saved views, bulk selection.

use strum::VariantArray as _;

use crate::audience::subscriber_rows::{self, Facts, MailState};
use crate::audience::subscribers::{self, Found};
use crate::audience::{list_admin, segment, subscriber_views, tags};
use crate::clock::Timestamp;
use crate::model::list_access::ListAccess;
use crate::model::subscriber_column::{Column, Columns, Field};
use crate::model::subscription::SubscriptionState;
use crate::store::lists::List;
use crate::store::search::{Reach, Start};
use crate::store::segments::Segment;
use crate::store::subscriber_views::SubscriberView;
use crate::store::subscribers::Subscriber;
use crate::store::tags::TagCount;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscriber_filter::{Sort, SubscriberFilter, view_path};
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The page of everybody.
pub const HOME: &str = "/admin/subscribers";
/// Rows of one page.
const ROWS: usize = 50;
/// How far the subscribers that a filter finds are counted, where that is not kept.
const COUNTED: i64 = 1_000;

/// A page of subscribers.
pub struct Table {
    pub filter: SubscriberFilter,
    /// The path of the page.
    pub path: String,
    /// The rows.
    pub subscribers: Vec<Subscriber>,
    /// What is known of them.
    facts: Facts,
    /// What is shown of them.
    columns: Columns,
    /// The attributes that can be columns.
    attributes: Vec<String>,
    /// The saved views that the user sees; none on the page of a list.
    pub views: Vec<SubscriberView>,
    /// The form that saves a view.
    pub view_form: ViewForm,
    now: Timestamp,
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

/// The form that saves a view, as entered, and what is wrong with it.
#[derive(Default)]
pub struct ViewForm {
    pub name: String,
    pub is_shared: bool,
    pub error: String,
    /// Whether it changes the view that is open.
    pub changes: bool,
}

/// A column to choose.
pub struct Choice {
    pub column: Column,
    pub is_shown: bool,
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
        viewer: &Viewer,
        path: &str,
        filter: SubscriberFilter,
    ) -> Result<Self, HttpError> {
        let access = &viewer.access;
        let lists = list_admin::within(&web.cx, access).await?;
        // Tags are counted over everybody, and segments and views ask for any list.
        let (known_tags, segments) = if access.is_limited() {
            (Vec::new(), Vec::new())
        } else {
            (tags::all(&web.cx).await?, segment::all(&web.cx).await?)
        };
        let views = if path == HOME && !access.is_limited() {
            subscriber_views::seen_by(&web.cx, viewer.user.id).await?
        } else {
            Vec::new()
        };
        let columns = columns(web, viewer, &filter).await?;
        let mut table = Self {
            path: path.to_owned(),
            subscribers: Vec::new(),
            facts: Facts::default(),
            attributes: subscriber_views::attributes(&web.cx, &columns).await?,
            columns,
            views,
            view_form: ViewForm::default(),
            now: web.cx.clock.now(),
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
        let with_ends = self.columns.need_ends();
        let (mut rows, reach, facts) =
            subscriber_rows::page(&web.cx, &search, start, limit, with_ends).await?;
        let has_more = rows.len() > ROWS;
        rows.truncate(ROWS);
        // What is found by the start of the address comes in the order of addresses only.
        let goes_on = has_more && (reach == Reach::Anywhere || sort == Sort::Address);
        let last = rows.last().filter(|_| goes_on).map(|last| match sort {
            Sort::Newest | Sort::Oldest => last.id.to_string(),
            Sort::Address => last.email.lookup_key(),
        });
        self.next = last.map(|last| self.address(&self.filter.query_from(sort, &last)));
        self.hint = match (reach, has_more) {
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
        } else if from.is_empty() && !has_more {
            Count::Found(i64::try_from(rows.len()).unwrap_or(0))
        } else {
            match subscribers::found(&web.cx, &search, COUNTED).await? {
                Found::MoreThan(count) => Count::MoreThan(count),
                Found::Exactly(count) => Count::Found(count),
            }
        };
        self.facts = facts;
        self.subscribers = rows;
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

    /// The columns after the first, which has the address.
    pub fn columns(&self) -> Vec<&Column> {
        self.columns.iter().collect()
    }

    /// Every column that there is to choose.
    pub fn choices(&self) -> Vec<Choice> {
        let fields = Field::VARIANTS.iter().map(|field| Column::Field(*field));
        let attributes = self.attributes.iter().cloned().map(Column::Attribute);
        let choice = |column: Column| Choice {
            is_shown: self.columns.iter().any(|one| *one == column),
            column,
        };
        fields.chain(attributes).map(choice).collect()
    }

    /// What a column is called.
    pub fn label(&self, wording: &Wording, column: &Column) -> String {
        match column {
            Column::Field(field) => wording.word("admin-subscribers-column", field),
            Column::Attribute(key) => key.clone(),
        }
    }

    /// Whether a column has a field.
    pub fn is_of(&self, column: &Column, field: &str) -> bool {
        matches!(column, Column::Field(own) if own.as_str() == field)
    }

    /// Whether a field has a column of its own.
    pub fn has(&self, field: &str) -> bool {
        self.columns.iter().any(|column| self.is_of(column, field))
    }

    /// A cell that is text.
    pub fn cell(&self, wording: &Wording, one: &Subscriber, column: &Column) -> String {
        let field = match column {
            Column::Attribute(key) => return subscriber_rows::attribute(one, key),
            Column::Field(field) => field,
        };
        match field {
            Field::Name => one.name.clone(),
            Field::Language => one.language.endonym().to_owned(),
            Field::Tags => self.tags_of(one).join(", "),
            Field::Source => {
                let came_by = self.facts.came_by(one.id);
                came_by.map_or_else(String::new, |method| {
                    wording.word("admin-subscriber-method", method)
                })
            }
            Field::Frequency => wording.word("admin-subscriber-frequency", one.frequency),
            Field::Changed => wording.calendar.date(self.facts.changed_at(one)),
            Field::Joined => wording.calendar.date(one.created_at),
            Field::LastActive => {
                let last = self.facts.last_active(one.id);
                last.map_or_else(String::new, |at| wording.calendar.date(at))
            }
            Field::State => self.mail_state(wording, one).1,
            Field::Lists => {
                let slugs = self.of(one).into_iter().map(|(slug, _)| slug);
                slugs.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Whether mail goes to one row: the class of a badge, and a word.
    pub fn mail_state(&self, wording: &Wording, one: &Subscriber) -> (&'static str, String) {
        match self.facts.mail_state(one, self.now) {
            MailState::Suppressed(reason) => ("failed", wording.word("admin-suppression", reason)),
            MailState::PausedUntil(until) => {
                let paused = wording.say("admin-subscribers-paused-until");
                let day = wording.calendar.date(until);
                ("paused", paused.text("date", day).into())
            }
            MailState::Subscribed(state) => {
                (state.as_str(), wording.word("admin-subscription", state))
            }
            MailState::OnNoList => ("draft", wording.t("admin-subscribers-on-no-list")),
        }
    }

    /// The tags of one row.
    pub fn tags_of(&self, subscriber: &Subscriber) -> Vec<&str> {
        let tags = self.facts.tags(subscriber.id).iter();
        tags.map(String::as_str).collect()
    }

    /// The subscriptions of one row: slug and state.
    pub fn of(&self, subscriber: &Subscriber) -> Vec<(&str, &str)> {
        let lists = self.facts.lists(subscriber.id).iter();
        lists
            .map(|(slug, state)| (slug.as_str(), SubscriptionState::as_str(*state)))
            .collect()
    }

    /// What is wrong with the form that saves a view, by the id of its field.
    pub fn view_errors(&self) -> FormErrors {
        let field = if self.view_form.changes {
            "view-name"
        } else {
            "new-view-name"
        };
        FormErrors::one(field, &self.view_form.error)
    }

    /// The page of a view.
    pub fn view_path(&self, view: &SubscriberView) -> String {
        view_path(view)
    }

    /// Whether a view is open.
    pub fn is_open(&self, view: &SubscriberView) -> bool {
        self.filter.view() == Some(view.id)
    }

    /// The view that is open.
    pub fn open_view(&self) -> Option<&SubscriberView> {
        self.views.iter().find(|view| self.is_open(view))
    }

    /// The file of everybody whom the filter finds.
    pub fn export_path(&self) -> String {
        match self.query().as_str() {
            "" => format!("{HOME}/export.csv"),
            query => format!("{HOME}/export.csv?{query}"),
        }
    }
}

/// The columns of a table: of the view that is open, otherwise the user's own. Who is limited to
/// some lists has the usual ones: others tell of the lists out of reach.
pub async fn columns(
    web: &Web,
    viewer: &Viewer,
    filter: &SubscriberFilter,
) -> Result<Columns, HttpError> {
    let user = viewer.user.id;
    if viewer.is_limited() {
        return Ok(Columns::default());
    }
    if let Some(id) = filter.view()
        && let Some(view) = subscriber_views::by_id(&web.cx, user, id).await?
    {
        return Ok(Columns::stored(&view.columns));
    }
    Ok(subscriber_views::columns_of(&web.cx, user).await?)
}
