//! What is known of the people of a file, and writing them: a few statements for any number
//! of rows, which are given as JSON.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::{fetch, on, on_rows};
use super::{Db, Result, subscriptions};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionState, SuppressionReason,
};
use crate::model::{ListId, SubscriberId};
use crate::text::locale::Language;

/// A subscriber whom a file has too.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KnownPerson {
    /// Their id.
    pub id: SubscriberId,
    /// The address in lower case.
    pub email_key: String,
    /// May be empty.
    pub name: String,
    /// The language of mail to them.
    pub language: Language,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: Value,
}

/// The subscribers among `keys`.
pub async fn known(db: &mut Db, keys: &[String]) -> Result<Vec<KnownPerson>> {
    const TEXTS: [&str; 2] = [
        "SELECT id, email_key, name, language, attributes FROM subscribers
         WHERE email_key IN (SELECT value FROM json_each($1))",
        "SELECT id, email_key, name, language, attributes FROM subscribers
         WHERE email_key IN (SELECT jsonb_array_elements_text($1))",
    ];
    Ok(fetch!(db, TEXTS, keys))
}

/// A subscriber to be added.
#[derive(Debug, Serialize)]
pub struct NewPerson<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// The address in lower case.
    pub key: &'a str,
    /// May be empty.
    pub name: &'a str,
    /// The language of mail to them.
    pub language: Language,
    /// A JSON object.
    pub attributes: &'a Map<String, Value>,
    /// How often they want mail.
    pub frequency: Frequency,
    /// No campaign's mail goes to them before this time.
    pub paused_until: Option<Timestamp>,
    /// When they became known.
    pub created_at: Timestamp,
}

/// Adds subscribers; gives their ids. One whom another process added meanwhile is not
/// among them.
pub async fn insert(
    db: &mut Db,
    people: &[NewPerson<'_>],
) -> Result<HashMap<String, SubscriberId>> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO subscribers (email, email_key, name, language, attributes, created_at,
                                  frequency, paused_until)
         SELECT r.value ->> 'email', r.value ->> 'key', r.value ->> 'name',
                r.value ->> 'language', r.value -> 'attributes',
                CAST(r.value ->> 'created_at' AS BIGINT), r.value ->> 'frequency',
                CAST(r.value ->> 'paused_until' AS BIGINT)
         FROM ",
        " WHERE TRUE ON CONFLICT (email_key) DO NOTHING RETURNING email_key, id"
    );
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, SubscriberId)> = fetch!(db, TEXTS, people);
    Ok(rows.into_iter().collect())
}

/// New details of a subscriber.
#[derive(Debug, Serialize)]
pub struct Details<'a> {
    /// Whose.
    pub id: SubscriberId,
    /// May be empty.
    pub name: &'a str,
    /// The language of mail to them.
    pub language: Language,
    /// A JSON object.
    pub attributes: &'a Map<String, Value>,
}

/// Sets details.
pub async fn update(db: &mut Db, people: &[Details<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "UPDATE subscribers SET name = r.value ->> 'name', language = r.value ->> 'language',
                                attributes = r.value -> 'attributes'
         FROM ",
        " WHERE id = CAST(r.value ->> 'id' AS BIGINT)"
    );
    on!(db, TEXTS, people);
    Ok(())
}

/// The tags of a subscriber.
#[derive(Debug, Serialize)]
pub struct Tagged<'a> {
    /// Whose.
    pub id: SubscriberId,
    /// As they were typed.
    pub tag: &'a str,
    /// By what they are compared.
    pub key: String,
}

/// Adds tags. One that is there in another spelling keeps it.
pub async fn add_tags(db: &mut Db, tags: &[Tagged<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO subscriber_tags (subscriber_id, tag, tag_key)
         SELECT CAST(r.value ->> 'id' AS BIGINT),
                COALESCE((SELECT MIN(t.tag) FROM subscriber_tags t
                          WHERE t.tag_key = r.value ->> 'key'), r.value ->> 'tag'),
                r.value ->> 'key'
         FROM ",
        " WHERE TRUE ON CONFLICT DO NOTHING"
    );
    on!(db, TEXTS, tags);
    Ok(())
}

/// Removes tags.
pub async fn remove_tags(db: &mut Db, tags: &[Tagged<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "DELETE FROM subscriber_tags WHERE (subscriber_id, tag_key) IN (
             SELECT CAST(r.value ->> 'id' AS BIGINT), r.value ->> 'key' FROM ",
        ")"
    );
    on!(db, TEXTS, tags);
    Ok(())
}

/// A subscription to be written. The state machine has decided on it.
#[derive(Debug, Serialize)]
pub struct Membership {
    /// Who.
    pub subscriber: SubscriberId,
    /// On which list.
    pub list: ListId,
    /// The state.
    pub state: SubscriptionState,
    /// When it was reached.
    pub at: Timestamp,
}

/// Writes subscriptions, each of a subscriber and a list once.
pub async fn set_memberships(db: &mut Db, memberships: &[Membership]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
         SELECT CAST(r.value ->> 'subscriber' AS BIGINT), CAST(r.value ->> 'list' AS BIGINT),
                r.value ->> 'state', CAST(r.value ->> 'at' AS BIGINT),
                CAST(r.value ->> 'at' AS BIGINT)
         FROM ",
        " WHERE TRUE ON CONFLICT (subscriber_id, list_id)
          DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at"
    );
    on!(db, TEXTS, memberships);
    Ok(())
}

/// Evidence of a change.
#[derive(Debug, Serialize)]
pub struct Evidence<'a> {
    /// Who.
    pub subscriber: SubscriberId,
    /// On which list.
    pub list: ListId,
    /// What changed.
    pub action: ConsentAction,
    /// The network that it came from.
    pub network: &'a str,
    /// Which import it was, and what the file and the operator say of it.
    pub reason: &'a str,
    /// When it changed.
    pub at: Timestamp,
}

/// Adds consent records.
pub async fn record(db: &mut Db, records: &[Evidence<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO consent_records (subscriber_id, list_id, action, method, network, reason, at)
         SELECT CAST(r.value ->> 'subscriber' AS BIGINT), CAST(r.value ->> 'list' AS BIGINT),
                r.value ->> 'action', $2, r.value ->> 'network', r.value ->> 'reason',
                CAST(r.value ->> 'at' AS BIGINT)
         FROM ",
        ""
    );
    on!(db, TEXTS, records, ConsentMethod::Import);
    Ok(())
}

/// Queues the webhooks that subscribe to these changes.
pub async fn announce(db: &mut Db, records: &[Evidence<'_>], now: Timestamp) -> Result<()> {
    for one in records {
        let (action, method) = (one.action, ConsentMethod::Import);
        subscriptions::announce(db, action, one.subscriber, one.list, method, now).await?;
    }
    Ok(())
}

/// A suppression to be added or lifted.
#[derive(Debug, Serialize)]
pub struct Suppressed<'a> {
    /// The address in lower case.
    pub key: String,
    /// Why.
    pub reason: SuppressionReason,
    /// Which import it was.
    pub note: &'a str,
    /// Since when.
    pub at: Timestamp,
}

/// Adds suppressions; one for the same reason keeps its time and words.
pub async fn suppress(db: &mut Db, suppressions: &[Suppressed<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO suppressions (email_key, reason, note, source, created_at)
         SELECT r.value ->> 'key', r.value ->> 'reason', r.value ->> 'note', 'import',
                CAST(r.value ->> 'at' AS BIGINT)
         FROM ",
        " WHERE TRUE ON CONFLICT (email_key, reason) DO NOTHING"
    );
    on!(db, TEXTS, suppressions);
    Ok(())
}

/// Lifts suppressions of addresses. What stands against their domains stays.
pub async fn lift(db: &mut Db, suppressions: &[Suppressed<'_>]) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "DELETE FROM suppressions WHERE (email_key, reason) IN (
             SELECT r.value ->> 'key', r.value ->> 'reason' FROM ",
        ")"
    );
    on!(db, TEXTS, suppressions);
    Ok(())
}
