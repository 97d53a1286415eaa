//! Reading subscribers along one index, with the filters of a search tried on each row.

use sqlx::AssertSqlSafe;

use super::connect::Connection;
use super::search_sources::{
    Filter, LANGUAGE, LIST, LIST_AND_STATE, ROWS, STATE, Search, Source, TAG, filters, within,
};
use super::segment_clause::clause;
use super::sql_clause::{Clause, bind_values};
use super::subscribers::Subscriber;
use super::{Db, Result, run};
use crate::model::ListId;
use crate::model::tag::Tag;
use crate::text::locale::Language;

/// In which order to read, and from which row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Newest first, the rows before this one.
    Before(i64),
    /// Oldest first, the rows after this one.
    After(i64),
    /// By address, those after this one in lower case.
    Address(String),
}

/// Rows that are soon read and looked at: a filter that admits fewer leads,
/// whatever the text.
pub(super) const FEW: i64 = 5_000;

/// A statement with the parameters that every one has, and those of a segment's rule.
struct Statement {
    sql: String,
    segment: Option<Clause>,
}

impl Statement {
    /// Number of the parameters that every statement has.
    const PARAMETERS: usize = 8;

    /// `select` what is from `source`, `beyond` the start, and passes the filters.
    fn new(db: &Db, source: Source, search: &Search, select: &str, beyond: &str) -> Self {
        let segment = search.segment.as_ref();
        let segment = segment.map(|(rule, now)| clause(db, rule, *now, Self::PARAMETERS));
        let picked = segment
            .as_ref()
            .map_or(String::new(), |one| format!("AND {}", one.sql));
        let filters = filters(search, source).join(" ");
        let from = source.from;
        let within = within(&search.within);
        // Both databases want every parameter named somewhere.
        let sql = format!(
            "{select} FROM {from} {beyond} {filters} {within} {picked}
               AND $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL
               AND $4 IS NOT NULL AND $5 IS NOT NULL AND $7 IS NOT NULL AND $8 IS NOT NULL"
        );
        Self { sql, segment }
    }
}

/// Binds the values of a [`Statement`] to a query of either database.
macro_rules! bound {
    ($query:expr, $search:expr, $segment:expr, $row:expr, $text:expr, $limit:expr, $address:expr) => {{
        let query = $query
            // Planned anew for each text: a common one and a rare one want
            // different ways.
            .persistent(false)
            .bind($row)
            .bind($text)
            .bind($search.language.map_or("", Language::tag))
            .bind($search.list.unwrap_or(ListId(0)))
            .bind($search.state.map_or("", |state| state.as_str()))
            .bind($limit)
            .bind($search.tag.as_ref().map_or_else(String::new, Tag::key))
            .bind($address);
        match $segment {
            Some(clause) => bind_values!(query, clause),
            None => query,
        }
    }};
}

/// Reads along one index and tries the other filters on each row. An order that the index does
/// not have begins at its start.
pub(super) async fn along(
    db: &mut Db,
    source: Source,
    text: &str,
    search: &Search,
    start: &Start,
    limit: i64,
) -> Result<Vec<Subscriber>> {
    let Source { key, .. } = source;
    let (row, address, beyond, order) = match (source.is_by_address, start) {
        (false, Start::Before(row)) => (*row, "", format!("AND {key} < $1"), "DESC"),
        (false, Start::After(row)) => (*row, "", format!("AND {key} > $1"), "ASC"),
        (true, Start::Address(after)) => (0, after.as_str(), format!("AND {key} > $8"), "ASC"),
        _ => (0, "", String::new(), "ASC"),
    };
    let select = "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at,
                         m.frequency, m.paused_until";
    let statement = Statement::new(db, source, search, select, &beyond);
    let sql = AssertSqlSafe(format!("{} ORDER BY {key} {order} LIMIT $6", statement.sql));
    let segment = statement.segment;
    macro_rules! rows {
        ($c:expr) => {
            bound!(
                sqlx::query_as(sql),
                search,
                segment,
                row,
                text,
                limit,
                address
            )
            .fetch_all($c)
            .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => rows!(c),
        Connection::Postgres(c) => rows!(c),
    })
}

/// How many rows [`along`] could give, counted no further than `most`.
pub(super) async fn count_along(
    db: &mut Db,
    source: Source,
    text: &str,
    search: &Search,
    most: i64,
) -> Result<i64> {
    let statement = Statement::new(db, source, search, "SELECT 1", "");
    // In the order of a page, so that it is read in the same way.
    let sql = AssertSqlSafe(format!(
        "SELECT COUNT(*) FROM ({} ORDER BY {} LIMIT $6) AS bounded",
        statement.sql, source.key
    ));
    let segment = statement.segment;
    macro_rules! counted {
        ($c:expr) => {
            bound!(
                sqlx::query_scalar(sql),
                search,
                segment,
                0_i64,
                text,
                most,
                ""
            )
            .fetch_one($c)
            .await?
        };
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => counted!(c),
        Connection::Postgres(c) => counted!(c),
    })
}

/// The filter, other than the text, to read along.
pub(super) struct Lead {
    filter: Filter,
    pub(super) admits_few: bool,
}

impl Lead {
    pub(super) fn source(&self) -> Source {
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

pub(super) async fn lead(db: &mut Db, search: &Search) -> Result<Lead> {
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
