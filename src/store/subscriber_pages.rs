//! Subscribers by numbered pages with a total, as listmonk's clients ask for them. Our own
//! pages and API read along an index instead: see [`super::search`].

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::fetch;
use super::subscribers::Subscriber;
use super::{Db, Result, kept_counts};
use crate::model::ListId;
use crate::model::subscription::SubscriptionState;

/// Whom to list. What is empty or `None` admits everybody.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A pattern of addresses, with the wildcards of `LIKE`, in lower case.
    pub email_like: String,
    /// A part of the address or name, in lower case.
    pub text: String,
    /// Lists of which they are or were on one.
    pub lists: Vec<ListId>,
    /// The state of a subscription, to one of the lists where these are given.
    pub state: Option<SubscriptionState>,
}

/// The condition of a [`Filter`], in the text of each database.
macro_rules! filtered {
    ($before:literal, $after:literal) => {
        [
            concat!(
                $before,
                r" WHERE ($2 = '' OR m.email_key LIKE $2 ESCAPE '\')
                     AND ($3 = '' OR instr(m.email_key || ' ' || lower(m.name), $3) > 0)
                     AND ($4 = '' AND $5 = 0 OR EXISTS (
                         SELECT 1 FROM subscriptions s
                         WHERE s.subscriber_id = m.id AND ($4 = '' OR s.state = $4)
                           AND ($5 = 0 OR s.list_id IN (SELECT value FROM json_each($1)))))",
                $after
            ),
            concat!(
                $before,
                r" WHERE ($2 = '' OR m.email_key LIKE $2 ESCAPE '\')
                     AND ($3 = '' OR instr(m.email_key || ' ' || lower(m.name), $3) > 0)
                     AND ($4 = '' AND $5 = 0 OR EXISTS (
                         SELECT 1 FROM subscriptions s
                         WHERE s.subscriber_id = m.id AND ($4 = '' OR s.state = $4)
                           AND ($5 = 0 OR s.list_id IN (
                               SELECT CAST(jsonb_array_elements_text($1) AS BIGINT)))))",
                $after
            ),
        ]
    };
}

/// How many subscribers a filter admits.
pub async fn count(db: &mut Db, filter: &Filter) -> Result<i64> {
    const TEXTS: [&str; 2] = filtered!("SELECT COUNT(*) FROM subscribers m", "");
    // What clients ask for again and again, page by page.
    if filter.email_like.is_empty() && filter.text.is_empty() {
        match (filter.lists.as_slice(), filter.state) {
            ([], None) => return kept_counts::subscribers(db).await,
            ([list], state) => return kept_counts::of_list(db, *list, state).await,
            _ => {}
        }
    }
    let (state, lists) = values(filter);
    let rows: Vec<(i64,)> = fetch!(
        db,
        TEXTS,
        &filter.lists,
        &filter.email_like,
        &filter.text,
        state,
        lists
    );
    Ok(rows.first().map_or(0, |(count,)| *count))
}

/// Up to `limit` of them after the first `offset`, by number, the newest first unless
/// `oldest_first`.
pub async fn page(
    db: &mut Db,
    filter: &Filter,
    oldest_first: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<Subscriber>> {
    const NEWEST: [&str; 2] = filtered!(
        "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at,
                m.frequency, m.paused_until
         FROM subscribers m",
        " ORDER BY m.id DESC LIMIT $6 OFFSET $7"
    );
    const OLDEST: [&str; 2] = filtered!(
        "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at,
                m.frequency, m.paused_until
         FROM subscribers m",
        " ORDER BY m.id LIMIT $6 OFFSET $7"
    );
    let texts = if oldest_first { OLDEST } else { NEWEST };
    let (state, lists) = values(filter);
    Ok(fetch!(
        db,
        texts,
        &filter.lists,
        &filter.email_like,
        &filter.text,
        state,
        lists,
        limit,
        offset
    ))
}

/// The state as text, and how many lists there are.
fn values(filter: &Filter) -> (&'static str, i64) {
    let state = filter.state.map_or("", |state| state.as_str());
    (state, i64::try_from(filter.lists.len()).unwrap_or(i64::MAX))
}
