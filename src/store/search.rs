//! The search of subscribers: a page of a million rows in a few milliseconds.
//!
//! A page is read along the one index that leads to it soonest: that of the
//! text, of a list or state, of a tag, of a language, of addresses, or the rows themselves. The
//! other filters are tried on each row it gives. Where the text leads, SQLite walks
//! an FTS5 index of trigrams and PostgreSQL a GIN index of `pg_trgm`.

pub use super::search_rows::Start;
use super::search_rows::{FEW, Lead, along, count_along, lead};
pub use super::search_sources::Search;
use super::search_sources::{
    POSTGRES_ADDRESSES, POSTGRES_ADDRESSES_WITH_TEXT, POSTGRES_FIRST_WITH_TEXT,
    POSTGRES_LAST_WITH_TEXT, POSTGRES_NEXT_WITH_TEXT, POSTGRES_START, POSTGRES_TEXT,
    POSTGRES_TEXT_ALONE, SQLITE_ADDRESSES, SQLITE_ADDRESSES_WITH_TEXT, SQLITE_START, SQLITE_TEXT,
    SQLITE_TEXT_BY_ADDRESS, Source,
};
use super::subscribers::Subscriber;
use super::{Db, Engine, Result, kept_counts, run, tags};
use crate::address;

/// How a text was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere in address and name.
    Anywhere,
    /// At the start of the address, in the order of addresses: the text has fewer letters than a
    /// trigram.
    StartOfShort,
    /// The same, since PostgreSQL lacks the extension `pg_trgm`.
    StartForLackOfTrigrams,
}

const TRIGRAM: usize = 3;
/// Rows that SQLite finds by a text before the order of addresses leads: fewer are sorted.
const COMMON: i64 = 20_000;
/// A filter that admits a smaller part of all leads where a text is common.
const PART: i64 = 20;

/// Up to `limit` subscribers, and how their text was looked for. An address with
/// an international domain is found in both of its forms.
pub async fn page(
    db: &mut Db,
    search: &Search,
    start: Start,
    limit: i64,
) -> Result<(Vec<Subscriber>, Reach)> {
    let found = page_of(db, search, &search.text, &start, limit).await?;
    match address::stored_form(&search.text) {
        Some(other) if found.0.is_empty() => page_of(db, search, &other, &start, limit).await,
        _ => Ok(found),
    }
}

/// How many subscribers a search finds, counted no further than `most`.
pub async fn count(db: &mut Db, search: &Search, most: i64) -> Result<i64> {
    let found = count_of(db, search, &search.text, most).await?;
    match address::stored_form(&search.text) {
        Some(other) if found == 0 => count_of(db, search, &other, most).await,
        _ => Ok(found),
    }
}

async fn page_of(
    db: &mut Db,
    search: &Search,
    text: &str,
    start: &Start,
    limit: i64,
) -> Result<(Vec<Subscriber>, Reach)> {
    let text = text.trim().to_lowercase();
    let lead = lead(db, search).await?;
    if let Start::Address(after) = start {
        return by_address(db, search, &lead, &text, after, limit).await;
    }
    if text.is_empty() {
        let found = along(db, lead.source(), "", search, start, limit).await?;
        return Ok((found, Reach::Anywhere));
    }
    if lead.admits_few {
        let mut found = along(db, lead.source(), "", search, start, FEW).await?;
        found.retain(|one| has(one, &text));
        found.truncate(usize::try_from(limit).unwrap_or(0));
        return Ok((found, Reach::Anywhere));
    }
    let (source, pattern, reach) = by_text(db, &text).await?;
    if reach == Reach::Anywhere {
        let found = anywhere(db, search, &lead, (&text, &pattern), start, limit).await?;
        return Ok((found, reach));
    }
    Ok((
        along(db, source, &pattern, search, start, limit).await?,
        reach,
    ))
}

/// A page of those with a text anywhere in address or name.
async fn anywhere(
    db: &mut Db,
    search: &Search,
    lead: &Lead,
    (text, pattern): (&str, &str),
    start: &Start,
    limit: i64,
) -> Result<Vec<Subscriber>> {
    if db.engine() == Engine::Sqlite {
        return match leads_with_text(db, search, lead, text, pattern).await? {
            Some(source) => along(db, source, text, search, start, limit).await,
            None => along(db, SQLITE_TEXT, pattern, search, start, limit).await,
        };
    }
    let near = match start {
        Start::Before(_) => POSTGRES_LAST_WITH_TEXT,
        Start::After(_) | Start::Address(_) => POSTGRES_NEXT_WITH_TEXT,
    };
    let found = along(db, near, pattern, search, start, limit).await?;
    if found.len() as i64 == limit {
        return Ok(found);
    }
    along(db, POSTGRES_TEXT_ALONE, pattern, search, start, limit).await
}

/// The filter that leads where it admits few of those who have the text, and the text can be looked
/// for in each row: SQLite changes the case of ASCII alone.
async fn leads_with_text(
    db: &mut Db,
    search: &Search,
    lead: &Lead,
    text: &str,
    pattern: &str,
) -> Result<Option<Source>> {
    let admitted = match (search.list, search.state, &search.tag) {
        (Some(list), state, _) => kept_counts::of_list(db, list, state).await?,
        (None, None, Some(tag)) => tags::find(db, tag).await?.map_or(0, |tag| tag.subscribers),
        _ => return Ok(None),
    };
    let is_part = admitted < kept_counts::subscribers(db).await? / PART;
    // To find a row by a text costs some ten times what it costs to look for the text in one.
    let common = (admitted / 10).clamp(1_000, FEW);
    let leads = is_part && text.is_ascii() && is_in(db, pattern, common).await?;
    Ok(leads.then(|| lead.source().with_text()))
}

/// Whether SQLite finds a text in so many rows.
async fn is_in(db: &mut Db, pattern: &str, rows: i64) -> Result<bool> {
    let found: i64 = run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM (SELECT 1 FROM subscriber_search
                               WHERE subscriber_search MATCH $1 LIMIT $2) AS bounded",
    )
    .bind(pattern)
    .bind(rows)
    .fetch_one(c))?;
    Ok(found == rows)
}

/// A page in the order of addresses. Where few are found, they are sorted here; otherwise the
/// index of addresses leads.
async fn by_address(
    db: &mut Db,
    search: &Search,
    lead: &Lead,
    text: &str,
    after: &str,
    limit: i64,
) -> Result<(Vec<Subscriber>, Reach)> {
    let (addresses, with_text) = match db.engine() {
        Engine::Sqlite => (SQLITE_ADDRESSES, SQLITE_ADDRESSES_WITH_TEXT),
        Engine::Postgres => (POSTGRES_ADDRESSES, POSTGRES_ADDRESSES_WITH_TEXT),
    };
    let start = Start::Address(after.to_owned());
    let oldest = Start::After(0);
    if lead.admits_few {
        let mut found = along(db, lead.source(), "", search, &oldest, FEW).await?;
        found.retain(|one| text.is_empty() || has(one, text));
        return Ok((sorted(found, after, limit), Reach::Anywhere));
    }
    if text.is_empty() {
        let found = along(db, addresses, "", search, &start, limit).await?;
        return Ok((found, Reach::Anywhere));
    }
    let (source, pattern, reach) = by_text(db, text).await?;
    if reach != Reach::Anywhere {
        return Ok((
            along(db, source, &pattern, search, &start, limit).await?,
            reach,
        ));
    }
    let few = along(db, source, &pattern, search, &oldest, FEW).await?;
    if (few.len() as i64) < FEW {
        return Ok((sorted(few, after, limit), reach));
    }
    if db.engine() == Engine::Sqlite {
        let is_common = is_in(db, &pattern, COMMON).await?;
        let (source, text) = match (is_common, text.is_ascii()) {
            (false, _) => (SQLITE_TEXT_BY_ADDRESS, pattern.as_str()),
            (true, true) => (addresses.with_text(), text),
            (true, false) => (with_text, pattern.as_str()),
        };
        return Ok((along(db, source, text, search, &start, limit).await?, reach));
    }
    Ok((
        along(db, with_text, &pattern, search, &start, limit).await?,
        reach,
    ))
}

fn sorted(mut found: Vec<Subscriber>, after: &str, limit: i64) -> Vec<Subscriber> {
    found.sort_by_cached_key(|one| one.email.lookup_key());
    found.retain(|one| one.email.lookup_key().as_str() > after);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    found
}

async fn count_of(db: &mut Db, search: &Search, text: &str, most: i64) -> Result<i64> {
    let text = text.trim().to_lowercase();
    let lead = lead(db, search).await?;
    if text.is_empty() {
        return count_along(db, lead.source(), "", search, most).await;
    }
    if lead.admits_few {
        let found = along(db, lead.source(), "", search, &Start::After(0), FEW).await?;
        let count = found.iter().filter(|one| has(one, &text)).count() as i64;
        return Ok(count.min(most));
    }
    let (source, pattern, reach) = by_text(db, &text).await?;
    match (reach, db.engine()) {
        (Reach::Anywhere, Engine::Sqlite) => {
            match leads_with_text(db, search, &lead, &text, &pattern).await? {
                Some(source) => count_along(db, source, &text, search, most).await,
                None => count_along(db, source, &pattern, search, most).await,
            }
        }
        (Reach::Anywhere, Engine::Postgres) => {
            let first = count_along(db, POSTGRES_FIRST_WITH_TEXT, &pattern, search, most).await?;
            if first == most {
                return Ok(most);
            }
            count_along(db, POSTGRES_TEXT_ALONE, &pattern, search, most).await
        }
        _ => count_along(db, source, &pattern, search, most).await,
    }
}

/// How many subscribers a search finds, where that is kept, however many there are.
pub async fn kept_total(db: &mut Db, search: &Search) -> Result<Option<i64>> {
    let is_within_reach =
        !search.within.is_limited() || search.list.is_some_and(|list| search.within.has(list));
    let has_more = !search.text.trim().is_empty()
        || search.language.is_some()
        || search.segment.is_some()
        || !is_within_reach;
    Ok(match (search.list, search.state, &search.tag) {
        _ if has_more => None,
        (None, None, None) => Some(kept_counts::subscribers(db).await?),
        (Some(list), state, None) => Some(kept_counts::of_list(db, list, state).await?),
        (None, None, Some(tag)) => {
            Some(tags::find(db, tag).await?.map_or(0, |one| one.subscribers))
        }
        _ => None,
    })
}

/// Whether a text is in the address or the name.
fn has(one: &Subscriber, text: &str) -> bool {
    one.email.lookup_key().contains(text) || one.name.to_lowercase().contains(text)
}

/// The index that leads to a text, and how the text stands in its query.
async fn by_text(db: &mut Db, text: &str) -> Result<(Source, String, Reach)> {
    let reach = match (text.chars().count() >= TRIGRAM, db.engine()) {
        (false, _) => Reach::StartOfShort,
        (true, Engine::Postgres) if !has_trigrams(db).await? => Reach::StartForLackOfTrigrams,
        (true, _) => Reach::Anywhere,
    };
    Ok(match (reach, db.engine()) {
        (Reach::Anywhere, Engine::Sqlite) => {
            let phrase = format!("\"{}\"", text.replace('"', "\"\""));
            (SQLITE_TEXT, phrase, reach)
        }
        (Reach::Anywhere, Engine::Postgres) => {
            (POSTGRES_TEXT, format!("%{}%", escape_like(text)), reach)
        }
        (_, Engine::Sqlite) => (SQLITE_START, text.to_owned(), reach),
        (_, Engine::Postgres) => (POSTGRES_START, text.to_owned(), reach),
    })
}

pub(super) async fn has_trigrams(db: &mut Db) -> Result<bool> {
    run!(db, c => sqlx::query_scalar("SELECT to_regclass('subscribers_by_text') IS NOT NULL")
        .fetch_one(c))
}

/// A text as a part of a pattern of `LIKE … ESCAPE '\'`.
pub(super) fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('%', r"\%")
        .replace('_', r"\_")
}
