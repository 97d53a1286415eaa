//! The attributes that subscribers have, with values that occur, to choose from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Result;
use crate::context::Context;
use crate::store::subscribers;

/// The newest subscribers that are looked at: enough to know what a site collects, few enough
/// to be fast with a million.
const LOOKED_AT: i64 = 2_000;
/// Attributes that are offered.
const KEYS: usize = 100;
/// Values that are offered of one attribute.
const VALUES: usize = 50;
/// Characters of a key or value that is offered.
const LENGTH: usize = 200;

/// Attributes with their values, both in order.
pub type KnownAttributes = BTreeMap<String, BTreeSet<String>>;

/// The attributes of the newest subscribers.
pub async fn all(cx: &Context) -> Result<KnownAttributes> {
    let rows = subscribers::newest_attributes(&mut cx.store.read().await?, LOOKED_AT).await?;
    let mut known = KnownAttributes::new();
    for row in rows {
        note(&mut known, row.0);
    }
    Ok(known)
}

fn note(known: &mut KnownAttributes, attributes: Value) {
    let Value::Object(attributes) = attributes else {
        return;
    };
    for (key, value) in attributes {
        if !fits(&key) || known.len() >= KEYS && !known.contains_key(&key) {
            continue;
        }
        let values = known.entry(key).or_default();
        let entries = match value {
            Value::Array(entries) => entries,
            one => vec![one],
        };
        let texts = entries.iter().filter_map(text).filter(|text| fits(text));
        for text in texts {
            if values.len() < VALUES {
                values.insert(text);
            }
        }
    }
}

/// A value as conditions compare it.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn fits(text: &str) -> bool {
    (1..=LENGTH).contains(&text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_offered_as_they_are_compared() {
        let mut known = KnownAttributes::new();
        note(
            &mut known,
            json!({ "city": "Astana", "age": 42, "vip": true }),
        );
        note(
            &mut known,
            json!({ "city": "Almaty", "tags": ["a", "b", null], "": "x" }),
        );
        note(&mut known, json!("odd"));
        let values = |key: &str| known[key].iter().cloned().collect::<Vec<_>>().join(",");
        assert_eq!(
            known.keys().cloned().collect::<Vec<_>>().join(" "),
            "age city tags vip"
        );
        assert_eq!(values("city"), "Almaty,Astana");
        assert_eq!(values("age"), "42");
        assert_eq!(values("vip"), "true");
        assert_eq!(values("tags"), "a,b");
    }

    #[test]
    fn what_is_offered_has_bounds() {
        let mut known = KnownAttributes::new();
        for number in 0..500 {
            note(
                &mut known,
                json!({ "one": number, (format!("key{number}")): "x" }),
            );
        }
        assert_eq!((known.len(), known["one"].len()), (KEYS, VALUES));
        note(&mut known, json!({ "one": "y".repeat(201) }));
        assert!(!known["one"].iter().any(|value| value.starts_with('y')));
    }
}
