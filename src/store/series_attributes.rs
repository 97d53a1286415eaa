//! Lets subscribers into the series that an attribute starts, in the transaction that sets it.

use serde_json::Value;

use super::series_readers::{self, Entry};
use super::{Db, Result, run};
use crate::clock::Timestamp;
use crate::model::{ListId, SeriesId, SubscriberId};

#[derive(sqlx::FromRow)]
struct Waiting {
    id: SeriesId,
    start_key: String,
    start_value: String,
}

/// Whether an attribute is set: to this value, in capitals or not, or to any where it is empty.
pub fn has(attributes: &Value, attribute: &str, value: &str) -> bool {
    !fitting(attributes, attribute, value).is_empty()
}

/// What an attribute says of what is wanted.
fn fitting(attributes: &Value, attribute: &str, value: &str) -> Vec<String> {
    let wanted = value.trim().to_lowercase();
    let mut texts = texts(attributes.get(attribute.trim()));
    texts.retain(|text| wanted.is_empty() || text.to_lowercase() == wanted);
    texts
}

impl Waiting {
    fn is_started_by(&self, before: Option<&Value>, after: &Value) -> bool {
        let set = |attributes: &Value| fitting(attributes, &self.start_key, &self.start_value);
        let had = before.map(set).unwrap_or_default();
        set(after).iter().any(|text| !had.contains(text))
    }
}

/// What an attribute says, as texts: of a list, each entry.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(entries)) => entries.iter().flat_map(|one| texts(Some(one))).collect(),
        Some(other) => vec![other.to_string()],
    }
}

/// Lets a subscriber whose attributes have changed into the series of their lists that these
/// start.
pub async fn changed(
    db: &mut Db,
    subscriber: SubscriberId,
    (before, after): (&Value, &Value),
    now: Timestamp,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let waiting: Vec<Waiting> = run!(db, c => sqlx::query_as(
        "SELECT z.id, z.start_key, z.start_value FROM series z
         WHERE z.start_kind = 'attribute' AND z.state IN ('running', 'paused')
           AND NOT z.is_closed",
    )
    .fetch_all(c))?;
    enter(db, subscriber, &waiting, (Some(before), after), now).await
}

/// Lets a subscriber who has just confirmed into the series of the list that an attribute of
/// theirs starts.
pub async fn confirmed(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    now: Timestamp,
) -> Result<()> {
    let waiting: Vec<Waiting> = run!(db, c => sqlx::query_as(
        "SELECT z.id, z.start_key, z.start_value FROM series z
         WHERE z.list_id = $1 AND z.start_kind = 'attribute'
           AND z.state IN ('running', 'paused') AND NOT z.is_closed",
    )
    .bind(list)
    .fetch_all(c))?;
    if waiting.is_empty() {
        return Ok(());
    }
    let attributes = super::subscribers::by_id(db, subscriber).await?;
    let Some(attributes) = attributes.map(|one| one.attributes) else {
        return Ok(());
    };
    enter(db, subscriber, &waiting, (None, &attributes), now).await
}

async fn enter(
    db: &mut Db,
    subscriber: SubscriberId,
    waiting: &[Waiting],
    (before, after): (Option<&Value>, &Value),
    now: Timestamp,
) -> Result<()> {
    let started = waiting
        .iter()
        .filter(|one| one.is_started_by(before, after));
    for one in started {
        let entry = Entry {
            series: one.id,
            subscriber,
            round: 0,
            overlaps: false,
            due_at: now,
        };
        series_readers::enter(db, &entry, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_attribute_starts_a_series_when_it_is_set() {
        let waiting = |value: &str| Waiting {
            id: SeriesId(1),
            start_key: "plan".to_owned(),
            start_value: value.to_owned(),
        };
        let (without, gold) = (json!({}), json!({ "plan": "Gold" }));
        for (value, before, after, expected) in [
            ("", Some(&without), &gold, true),
            ("gold", Some(&without), &gold, true),
            ("silver", Some(&without), &gold, false),
            ("", Some(&gold), &gold, false),
            ("", Some(&gold), &without, false),
            ("", None, &gold, true),
            (
                "gold",
                Some(&gold),
                &json!({ "plan": ["Gold", "Silver"] }),
                false,
            ),
            (
                "silver",
                Some(&gold),
                &json!({ "plan": ["Gold", "Silver"] }),
                true,
            ),
        ] {
            let found = waiting(value).is_started_by(before, after);
            assert_eq!(found, expected, "{value} {before:?} {after:?}");
        }
    }
}
