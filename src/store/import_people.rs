//! What is known of the people of a file, and writing them: a few statements for any number
//! of rows. What every new person has is inserted column by column; what few have is given as
//! JSON.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::types::Json;

use super::column_rows::Insert;
use super::connect::Connection;
use super::json_rows::{by_keys, on, on_rows};
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
         WHERE email_key = ANY($1)",
    ];
    Ok(by_keys!(db, TEXTS, keys))
}

/// A subscriber to be added.
#[derive(Debug)]
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
    let attributes = people
        .iter()
        .map(|one| serde_json::to_string(one.attributes));
    // A map with texts for keys is always JSON.
    let attributes = attributes.map(|json| json.unwrap_or_default());
    let rows: Vec<(String, SubscriberId)> = Insert::into("subscribers")
        .texts("email", people.iter().map(|one| one.email.as_str()))
        .texts("email_key", people.iter().map(|one| one.key))
        .texts("name", people.iter().map(|one| one.name))
        .texts("language", people.iter().map(|one| one.language.tag()))
        .json("attributes", attributes)
        .numbers(
            "created_at",
            people.iter().map(|one| one.created_at.millis()),
        )
        .texts("frequency", people.iter().map(|one| one.frequency.as_str()))
        .numbers(
            "paused_until",
            people
                .iter()
                .map(|one| one.paused_until.map(Timestamp::millis)),
        )
        .returning(
            db,
            "ON CONFLICT (email_key) DO NOTHING RETURNING email_key, id",
        )
        .await?;
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

/// Whose rows are written. PostgreSQL takes a tenth less time for an import where it need not look
/// for what is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// People whom this transaction has added: nothing is there, and nobody else sees them.
    New,
    /// Others too.
    Anybody,
}

impl Of {
    fn on_conflict(self, what: &'static str) -> &'static str {
        match self {
            Self::New => "",
            Self::Anybody => what,
        }
    }
}

/// Adds tags, each to a subscriber once. One that is there in another spelling keeps it.
pub async fn add_tags(db: &mut Db, of: Of, tags: &[Tagged<'_>]) -> Result<()> {
    // A file has many people and few tags.
    let keys: BTreeSet<&str> = tags.iter().map(|tagged| tagged.key.as_str()).collect();
    let spellings = spellings(db, &Vec::from_iter(keys)).await?;
    let spelt = tags.iter().map(|tagged| {
        let known = spellings.get(&tagged.key);
        known.map_or(tagged.tag, String::as_str)
    });
    Insert::into("subscriber_tags")
        .numbers("subscriber_id", tags.iter().map(|tagged| tagged.id.0))
        .texts("tag", spelt)
        .texts("tag_key", tags.iter().map(|tagged| tagged.key.as_str()))
        .run(db, of.on_conflict("ON CONFLICT DO NOTHING"))
        .await
}

/// How those of these tags are written that somebody has, by their keys.
async fn spellings(db: &mut Db, keys: &[&str]) -> Result<HashMap<String, String>> {
    const TEXTS: [&str; 2] = [
        "SELECT k.value, (SELECT MIN(t.tag) FROM subscriber_tags t WHERE t.tag_key = k.value)
         FROM json_each($1) k",
        "SELECT k.value, (SELECT MIN(t.tag) FROM subscriber_tags t WHERE t.tag_key = k.value)
         FROM UNNEST($1) k (value)",
    ];
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(String, Option<String>)> = by_keys!(db, TEXTS, keys);
    let found = found.into_iter();
    Ok(found.filter_map(|(key, tag)| Some((key, tag?))).collect())
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
#[derive(Debug)]
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
pub async fn set_memberships(db: &mut Db, of: Of, memberships: &[Membership]) -> Result<()> {
    let rows = || memberships.iter();
    Insert::into("subscriptions")
        .numbers("subscriber_id", rows().map(|one| one.subscriber.0))
        .numbers("list_id", rows().map(|one| one.list.0))
        .texts("state", rows().map(|one| one.state.as_str()))
        .numbers("created_at", rows().map(|one| one.at.millis()))
        .numbers("changed_at", rows().map(|one| one.at.millis()))
        .run(
            db,
            of.on_conflict(
                "ON CONFLICT (subscriber_id, list_id)
                 DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at",
            ),
        )
        .await
}

/// Evidence of a change.
#[derive(Debug)]
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
    let rows = || records.iter();
    Insert::into("consent_records")
        .numbers("subscriber_id", rows().map(|one| one.subscriber.0))
        .numbers("list_id", rows().map(|one| one.list.0))
        .texts("action", rows().map(|one| one.action.as_str()))
        .texts("method", rows().map(|_| ConsentMethod::Import.as_str()))
        .texts("network", rows().map(|one| one.network))
        .texts("reason", rows().map(|one| one.reason))
        .numbers("at", rows().map(|one| one.at.millis()))
        .run(db, "")
        .await
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
