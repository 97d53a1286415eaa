//! Taking many subscribers onto a list at once: a few statements for any
//! number of rows. They are those of `subscribers` and `subscriptions` for one
//! row, with the rows given as JSON.

use std::collections::HashSet;

use serde_json::Value;
use sqlx::types::Json;

use super::connect::Connection;
use super::{Db, Result, imports, reports, tags, webhooks};
use crate::clock::Timestamp;
use crate::model::subscription::ConsentMethod;
use crate::model::{ListId, SubscriberId};
use crate::text::locale::Language;

/// Rows for one list, each address once.
#[derive(Debug)]
pub struct Intake<'a> {
    /// `{"key", "email", "name", "language", "attributes",
    /// "frequency", "tags"}`; what is `null` leaves a known subscriber as they
    /// are.
    pub rows: Vec<Value>,
    /// The list they are put on as confirmed.
    pub list: ListId,
    /// The language of those who bring none.
    pub language: Language,
    /// How they were added.
    pub method: ConsentMethod,
    /// The network it came from.
    pub network: &'a str,
    /// The program it came from.
    pub user_agent: &'a str,
    /// Why an admin did it.
    pub reason: &'a str,
    /// Whether webhooks are notified of each subscription.
    pub announces_each: bool,
}

/// A statement on the rows of `$1`, in the text of each database.
macro_rules! on_rows {
    ($before:literal, $after:literal) => {
        [
            concat!($before, "(SELECT value FROM json_each($1)) AS r", $after),
            concat!(
                $before,
                "(SELECT value FROM jsonb_array_elements($1)) AS r",
                $after
            ),
        ]
    };
}

const ADD: [&str; 2] = on_rows!(
    "INSERT INTO subscribers (email, email_key, name, language, attributes, created_at,
                              frequency)
     SELECT r.value ->> 'email', r.value ->> 'key', COALESCE(r.value ->> 'name', ''),
            COALESCE(r.value ->> 'language', $2),
            CASE WHEN r.value ->> 'attributes' IS NULL THEN '{}' ELSE r.value -> 'attributes' END,
            $3, COALESCE(r.value ->> 'frequency', 'each')
     FROM ",
    " WHERE TRUE ON CONFLICT (email_key) DO NOTHING"
);

const CHANGE: [&str; 2] = on_rows!(
    "UPDATE subscribers SET
         name = COALESCE(r.value ->> 'name', name),
         language = COALESCE(r.value ->> 'language', language),
         attributes = CASE WHEN r.value ->> 'attributes' IS NULL THEN attributes
                           ELSE r.value -> 'attributes' END
     FROM ",
    " WHERE email_key = r.value ->> 'key'"
);

/// Whom `confirmed` would move: everybody who is not confirmed yet, as
/// `model::subscription::next` has it for an admin who adds them.
const RECORD: [&str; 2] = on_rows!(
    "INSERT INTO consent_records
         (subscriber_id, list_id, action, method, network, user_agent, reason, at)
     SELECT m.id, $2, 'confirmed', $3, $4, $5, $6, $7
     FROM subscribers m JOIN ",
    " ON m.email_key = r.value ->> 'key'
     WHERE NOT EXISTS (SELECT 1 FROM subscriptions s
                       WHERE s.subscriber_id = m.id AND s.list_id = $2 AND s.state = 'confirmed')"
);

/// The same, for webhooks.
const COMING: [&str; 2] = on_rows!(
    "SELECT m.id, m.email, l.slug
     FROM lists l CROSS JOIN subscribers m JOIN ",
    " ON m.email_key = r.value ->> 'key'
     WHERE l.id = $2 AND NOT EXISTS (
         SELECT 1 FROM subscriptions s
         WHERE s.subscriber_id = m.id AND s.list_id = $2 AND s.state = 'confirmed')
     ORDER BY m.id"
);

const SUBSCRIBE: [&str; 2] = on_rows!(
    "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
     SELECT m.id, $2, 'confirmed', $3, $3
     FROM subscribers m JOIN ",
    " ON m.email_key = r.value ->> 'key' WHERE TRUE
     ON CONFLICT (subscriber_id, list_id)
     DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
     WHERE subscriptions.state <> 'confirmed'"
);

/// Runs a statement on rows; gives the number of those it touched.
macro_rules! on {
    ($db:expr, $texts:ident, $rows:expr $(, $value:expr)*) => {
        match $db.connection() {
            Connection::Sqlite(c) => {
                let query = sqlx::query($texts[0]).bind(Json($rows))$(.bind($value))*;
                query.execute(c).await?.rows_affected()
            }
            Connection::Postgres(c) => {
                let query = sqlx::query($texts[1]).bind(Json($rows))$(.bind($value))*;
                query.execute(c).await?.rows_affected()
            }
        }
    };
}

/// Takes the rows; returns how many were not there before.
pub async fn take(db: &mut Db, intake: &Intake<'_>, now: Timestamp) -> Result<u64> {
    let rows = &intake.rows;
    let key = |row: &Value| row["key"].as_str().unwrap_or_default().to_owned();
    let keys: Vec<String> = rows.iter().map(key).collect();
    let (known, _) = imports::standing(db, &keys).await?;
    let known: HashSet<String> = known.into_iter().collect();
    let changed: Vec<&Value> = rows
        .iter()
        .filter(|row| known.contains(&key(row)))
        .collect();

    let list = intake.list;
    let added = on!(db, ADD, rows, intake.language, now);
    on!(db, CHANGE, &changed);
    let method = intake.method;
    let (network, user_agent, reason) = (intake.network, intake.user_agent, intake.reason);
    let came = on!(
        db, RECORD, rows, list, method, network, user_agent, reason, now
    );
    let came = i64::try_from(came).unwrap_or(i64::MAX);
    reports::add_list_day(db, list, now, came, 0).await?;
    if intake.announces_each {
        announce_each(db, intake, now).await?;
    }
    on!(db, SUBSCRIBE, rows, list, now);
    tags::add_of_rows(db, rows).await?;
    Ok(added)
}

/// Tells webhooks of everybody whom the rows put on the list.
async fn announce_each(db: &mut Db, intake: &Intake<'_>, now: Timestamp) -> Result<()> {
    const EVENT: &str = "subscription.confirmed";
    if !webhooks::is_wanted(db, EVENT).await? {
        return Ok(());
    }
    macro_rules! coming {
        ($c:expr, $text:expr) => {
            sqlx::query_as($text)
                .bind(Json(&intake.rows))
                .bind(intake.list)
                .fetch_all($c)
                .await?
        };
    }
    let coming: Vec<(SubscriberId, String, String)> = match db.connection() {
        Connection::Sqlite(c) => coming!(c, COMING[0]),
        Connection::Postgres(c) => coming!(c, COMING[1]),
    };
    for (subscriber, email, list) in coming {
        let data = serde_json::json!({
            "email": email, "list": list, "subscriber": subscriber, "method": intake.method,
        });
        webhooks::announce(db, EVENT, &data, now).await?;
    }
    Ok(())
}
