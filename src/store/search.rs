//! The search of subscribers: a page of a million rows in a few milliseconds.
//!
//! A page is read along the one index that leads to it soonest: that of the
//! text, of a list or state, of a tag, of a language, or the rows themselves. The other
//! filters are tried on each row it gives. Where the text leads, SQLite walks
//! an FTS5 index of trigrams and PostgreSQL a GIN index of `pg_trgm`.

use sqlx::AssertSqlSafe;

use super::connect::Connection;
use super::subscribers::Subscriber;
use super::{Db, Engine, Result, run};
use crate::address;
use crate::model::ListId;
use crate::model::subscription::SubscriptionState;
use crate::model::tag::Tag;
use crate::text::locale::Language;

/// What to look for. What is empty or `None` admits everybody.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// A part of the address or name.
    pub text: String,
    /// A list they are or were on.
    pub list: Option<ListId>,
    /// The state of a subscription (to `list`, if given).
    pub state: Option<SubscriptionState>,
    /// The language of mail to them.
    pub language: Option<Language>,
    /// A tag they have.
    pub tag: Option<Tag>,
}

/// Which way to read, and from which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Newest first, the rows before this one.
    Before(i64),
    /// Oldest first, the rows after this one.
    After(i64),
}

/// How a text was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere in address and name.
    Anywhere,
    /// At the start of the address, by the alphabet and one page only: the text
    /// has fewer letters than a trigram.
    StartOfShort,
    /// The same, since PostgreSQL lacks the extension `pg_trgm`.
    StartForLackOfTrigrams,
}

const TRIGRAM: usize = 3;
/// Rows that are soon read and looked at: a filter that admits fewer leads,
/// whatever the text.
const FEW: i64 = 5_000;

/// Up to `limit` subscribers, and how their text was looked for. An address with
/// an international domain is found in both of its forms.
pub async fn page(
    db: &mut Db,
    search: &Search,
    start: Start,
    limit: i64,
) -> Result<(Vec<Subscriber>, Reach)> {
    let found = page_of(db, search, &search.text, start, limit).await?;
    match address::stored_form(&search.text) {
        Some(other) if found.0.is_empty() => page_of(db, search, &other, start, limit).await,
        _ => Ok(found),
    }
}

async fn page_of(
    db: &mut Db,
    search: &Search,
    text: &str,
    start: Start,
    limit: i64,
) -> Result<(Vec<Subscriber>, Reach)> {
    let text = text.trim().to_lowercase();
    let lead = lead(db, search).await?;
    if text.is_empty() {
        let found = along(db, lead.source(), "", search, start, limit).await?;
        return Ok((found, Reach::Anywhere));
    }
    if lead.admits_few {
        let mut found = along(db, lead.source(), "", search, start, FEW).await?;
        found.retain(|one| {
            one.email.lookup_key().contains(&text) || one.name.to_lowercase().contains(&text)
        });
        found.truncate(usize::try_from(limit).unwrap_or(0));
        return Ok((found, Reach::Anywhere));
    }
    let reach = match (text.chars().count() >= TRIGRAM, db.engine()) {
        (false, _) => Reach::StartOfShort,
        (true, Engine::Postgres) if !has_trigrams(db).await? => Reach::StartForLackOfTrigrams,
        (true, _) => Reach::Anywhere,
    };
    let found = match (reach, db.engine()) {
        (Reach::Anywhere, Engine::Sqlite) => {
            let phrase = format!("\"{}\"", text.replace('"', "\"\""));
            along(db, SQLITE_TEXT, &phrase, search, start, limit).await?
        }
        (Reach::Anywhere, Engine::Postgres) => {
            let pattern = format!("%{}%", escape_like(&text));
            along(db, POSTGRES_TEXT, &pattern, search, start, limit).await?
        }
        (_, Engine::Sqlite) => along(db, SQLITE_START, &text, search, start, limit).await?,
        (_, Engine::Postgres) => along(db, POSTGRES_START, &text, search, start, limit).await?,
    };
    Ok((found, reach))
}

/// An index to read along.
#[derive(Clone, Copy)]
struct Source {
    /// What gives the rows.
    from: &'static str,
    /// The order it gives them in.
    key: &'static str,
    /// Whether the key is a row's number, so that one can go on from there.
    pages: bool,
    /// What it admits already.
    covers: Filter,
}

const fn rows(from: &'static str, key: &'static str, covers: Filter) -> Source {
    Source {
        from,
        key,
        pages: true,
        covers,
    }
}

const ROWS: Source = rows("subscribers m WHERE TRUE", "m.id", Filter::None);
const LANGUAGE: Source = rows(
    "subscribers m WHERE m.language = $3",
    "m.id",
    Filter::Language,
);
const TAG: Source = rows(
    "subscriber_tags t CROSS JOIN subscribers m WHERE t.tag_key = $7 AND m.id = t.subscriber_id",
    "t.subscriber_id",
    Filter::Tag,
);
const LIST: Source = rows(
    "subscriptions s CROSS JOIN subscribers m WHERE s.list_id = $4 AND m.id = s.subscriber_id",
    "s.subscriber_id",
    Filter::List,
);
const LIST_AND_STATE: Source = rows(
    "subscriptions s CROSS JOIN subscribers m
     WHERE s.list_id = $4 AND s.state = $5 AND m.id = s.subscriber_id",
    "s.subscriber_id",
    Filter::ListAndState,
);
/// Each subscriber once, by the first of their lists in this state.
const STATE: Source = rows(
    "subscriptions s CROSS JOIN subscribers m
     WHERE s.state = $5 AND m.id = s.subscriber_id AND s.list_id = (
         SELECT MIN(o.list_id) FROM subscriptions o
         WHERE o.subscriber_id = s.subscriber_id AND o.state || '' = $5)",
    "s.subscriber_id",
    Filter::State,
);
const SQLITE_TEXT: Source = rows(
    "subscriber_search t CROSS JOIN subscribers m
     WHERE t.subscriber_search MATCH $2 AND m.id = t.rowid",
    "t.rowid",
    Filter::None,
);
const POSTGRES_TEXT: Source = rows(
    r"subscribers m WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id",
    Filter::None,
);
const SQLITE_START: Source = Source {
    from: "subscribers m WHERE m.email_key >= $2 AND m.email_key < $2 || char(1114111)",
    key: "m.email_key",
    pages: false,
    covers: Filter::None,
};
const POSTGRES_START: Source = Source {
    from: r#"subscribers m WHERE m.email_key COLLATE "C" >= $2
             AND m.email_key COLLATE "C" < $2 || chr(1114111)"#,
    key: r#"m.email_key COLLATE "C""#,
    pages: false,
    covers: Filter::None,
};

/// The filters that an index to read along does not cover, tried on each row.
/// Concatenating with nothing keeps the planner from reading along the indices
/// of what only filters.
fn filters(search: &Search, covered: Filter) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if search.language.is_some() && !matches!(covered, Filter::Language) {
        wanted.push("AND m.language || '' = $3");
    }
    if search.tag.is_some() && !matches!(covered, Filter::Tag) {
        wanted.push(
            "AND EXISTS (SELECT 1 FROM subscriber_tags f
                 WHERE f.subscriber_id = m.id AND f.tag_key || '' = $7)",
        );
    }
    let of_lists = match covered {
        Filter::List | Filter::ListAndState | Filter::State => Filter::None,
        _ => Filter::of_lists(search),
    };
    wanted.extend(match of_lists {
        Filter::List => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.list_id = $4)",
        ),
        Filter::State => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.state || '' = $5)",
        ),
        Filter::ListAndState => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.list_id = $4 AND f.state || '' = $5)",
        ),
        _ => None,
    });
    wanted
}

/// Reads along one index and tries the other filters on each row.
async fn along(
    db: &mut Db,
    source: Source,
    text: &str,
    search: &Search,
    start: Start,
    limit: i64,
) -> Result<Vec<Subscriber>> {
    let Source { from, key, .. } = source;
    let (row, beyond, order) = match (source.pages, start) {
        (true, Start::Before(row)) => (row, format!("AND {key} < $1"), "DESC"),
        (true, Start::After(row)) => (row, format!("AND {key} > $1"), "ASC"),
        (false, _) => (0, String::new(), "ASC"),
    };
    let filters = filters(search, source.covers).join(" ");
    // Both databases want every parameter named somewhere.
    let sql = format!(
        "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at, m.last_join_mail_at,
                m.frequency, m.paused_until
         FROM {from} {beyond} {filters}
           AND $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL
           AND $4 IS NOT NULL AND $5 IS NOT NULL AND $7 IS NOT NULL
         ORDER BY {key} {order} LIMIT $6"
    );
    macro_rules! bound {
        () => {
            sqlx::query_as(AssertSqlSafe(sql))
                // Planned anew for each text: a common one and a rare one want
                // different ways.
                .persistent(false)
                .bind(row)
                .bind(text)
                .bind(search.language.map_or("", Language::tag))
                .bind(search.list.unwrap_or(ListId(0)))
                .bind(search.state.map_or("", |state| state.as_str()))
                .bind(limit)
                .bind(search.tag.as_ref().map_or_else(String::new, Tag::key))
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => bound!().fetch_all(c).await?,
        Connection::Postgres(c) => bound!().fetch_all(c).await?,
    })
}

/// The filter, other than the text, to read along.
struct Lead {
    filter: Filter,
    admits_few: bool,
}

#[derive(Clone, Copy)]
enum Filter {
    None,
    Language,
    Tag,
    List,
    ListAndState,
    State,
}

impl Filter {
    /// The filter on lists and states that a search has.
    fn of_lists(search: &Search) -> Self {
        match (search.list, search.state) {
            (Some(_), Some(_)) => Filter::ListAndState,
            (Some(_), None) => Filter::List,
            (None, Some(_)) => Filter::State,
            (None, None) => Filter::None,
        }
    }
}

impl Lead {
    fn source(&self) -> Source {
        match self.filter {
            Filter::None => ROWS,
            Filter::Language => LANGUAGE,
            Filter::Tag => TAG,
            Filter::List => LIST,
            Filter::ListAndState => LIST_AND_STATE,
            Filter::State => STATE,
        }
    }
}

async fn lead(db: &mut Db, search: &Search) -> Result<Lead> {
    let of_lists = Filter::of_lists(search);
    let language = match search.language {
        Some(_) => Filter::Language,
        None => Filter::None,
    };
    let tag = match search.tag {
        Some(_) => Filter::Tag,
        None => Filter::None,
    };
    for filter in [of_lists, tag, language] {
        if admitted(db, filter, search).await? < FEW {
            return Ok(Lead {
                filter,
                admits_few: true,
            });
        }
    }
    Ok(Lead {
        filter: match (of_lists, tag) {
            (Filter::None, Filter::None) => language,
            (Filter::None, tag) => tag,
            (of_lists, _) => of_lists,
        },
        admits_few: false,
    })
}

/// How many rows a filter admits, counted no further than [`FEW`].
async fn admitted(db: &mut Db, filter: Filter, search: &Search) -> Result<i64> {
    let state = search.state.map_or("", |state| state.as_str());
    let tag = search.tag.as_ref().map_or_else(String::new, Tag::key);
    let word = match filter {
        Filter::Language => search.language.map_or("", Language::tag),
        Filter::Tag => &tag,
        _ => state,
    };
    let sql = match filter {
        Filter::None => return Ok(FEW),
        Filter::Language => {
            "SELECT COUNT(*) FROM (
                 SELECT 1 FROM subscribers WHERE language = $2 AND $1 >= 0 LIMIT $3) AS bounded"
        }
        Filter::Tag => {
            "SELECT COUNT(*) FROM (
                 SELECT 1 FROM subscriber_tags WHERE tag_key = $2 AND $1 >= 0 LIMIT $3) AS bounded"
        }
        Filter::List => {
            "SELECT COUNT(*) FROM (
                 SELECT 1 FROM subscriptions WHERE list_id = $1 AND $2 = '' LIMIT $3) AS bounded"
        }
        Filter::ListAndState => {
            "SELECT COUNT(*) FROM (
                 SELECT 1 FROM subscriptions WHERE list_id = $1 AND state = $2 LIMIT $3) AS bounded"
        }
        Filter::State => {
            "SELECT COUNT(*) FROM (
                 SELECT 1 FROM subscriptions WHERE state = $2 AND $1 >= 0 LIMIT $3) AS bounded"
        }
    };
    run!(db, c => sqlx::query_scalar(sql)
        .bind(search.list.unwrap_or(ListId(0)))
        .bind(word)
        .bind(FEW)
        .fetch_one(c))
}

async fn has_trigrams(db: &mut Db) -> Result<bool> {
    run!(db, c => sqlx::query_scalar("SELECT to_regclass('subscribers_by_text') IS NOT NULL")
        .fetch_one(c))
}

/// A text as a part of a pattern of `LIKE … ESCAPE '\'`.
pub(super) fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('%', r"\%")
        .replace('_', r"\_")
}
