//! Custom questions of the join form; the answers become attributes.
//!
//! Answers count for new subscribers only. For a known address the form does not
//! prove who filled it in: they change their answers by their own
//! link.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AudienceError, Result};
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
pub use crate::model::list::FieldKind;
use crate::store::settings;
use crate::text::locale::{Language, Preference};

pub const SETTING: &str = "join_fields";
/// The maximum number of questions.
pub const MOST: usize = 12;
/// The maximum length of an answer.
pub const ANSWER_LIMIT: usize = 200;
/// The maximum number of choices.
const CHOICES: usize = 60;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinField {
    /// The attribute that its answer fills.
    pub key: String,
    /// The kind of answer.
    pub kind: FieldKind,
    /// The label, by language tag.
    pub label: BTreeMap<String, String>,
    /// The choices. Those of the first language are the
    /// values; other languages have as many, in the same order.
    #[serde(default)]
    pub choices: BTreeMap<String, Vec<String>>,
    /// Whether an answer is required.
    #[serde(default)]
    pub is_required: bool,
}

/// Why an answer is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerError {
    /// Missing.
    Missing,
    /// Not one of the choices.
    Unknown,
    /// Too long, or more than one line.
    TooLong,
}

impl JoinField {
    /// The field's name in forms.
    pub fn name(&self) -> String {
        format!("field-{}", self.key)
    }

    /// The label in `language`, or the next best.
    pub fn label(&self, reader: Preference) -> &str {
        reader
            .pick_tagged(&self.label)
            .map_or(self.key.as_str(), String::as_str)
    }

    /// The choices: each value with its label in `language`.
    pub fn options(&self, reader: Preference) -> Vec<(&str, &str)> {
        let values = self.values();
        let called = reader.pick_tagged(&self.choices);
        let called = called.filter(|called| called.len() == values.len());
        let called = called.map_or(values, Vec::as_slice);
        values
            .iter()
            .zip(called)
            .map(|(value, called)| (value.as_str(), called.as_str()))
            .collect()
    }

    fn values(&self) -> &[String] {
        // What answers are stored as does not change with the site's language.
        let english = Preference::only(Language::EN);
        english
            .pick_tagged(&self.choices)
            .map_or(&[], Vec::as_slice)
    }

    /// Parses an answer; `None` for an empty optional one.
    ///
    /// # Errors
    /// [`AnswerError`] for an invalid one.
    pub fn read(&self, answer: &str) -> std::result::Result<Option<Value>, AnswerError> {
        let answer = answer.trim();
        match (self.kind, answer.is_empty()) {
            (_, true) if self.is_required => Err(AnswerError::Missing),
            (FieldKind::Tick, is_empty) => Ok(Some(Value::Bool(!is_empty))),
            (_, true) => Ok(None),
            (FieldKind::Choice, _) => {
                if self.values().iter().any(|value| value == answer) {
                    Ok(Some(answer.into()))
                } else {
                    Err(AnswerError::Unknown)
                }
            }
            (FieldKind::Text, _) => {
                let is_line = !answer.chars().any(char::is_control);
                if is_line && answer.chars().count() <= ANSWER_LIMIT {
                    Ok(Some(answer.into()))
                } else {
                    Err(AnswerError::TooLong)
                }
            }
        }
    }

    /// The value of an attribute in the form.
    pub fn shown(&self, attributes: &Value) -> String {
        match attributes.get(&self.key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Bool(true)) => "yes".to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    fn check(&self) -> Result<()> {
        let is_key = !self.key.is_empty()
            && self.key.len() <= 40
            && self
                .key
                .bytes()
                .all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'_');
        let counts: Vec<usize> = self.choices.values().map(Vec::len).collect();
        let is_even = counts.windows(2).all(|two| two[0] == two[1]);
        Err(AudienceError::JoinField(match () {
            () if !is_key => "the attribute's name has small letters, digits and underscores",
            () if self.label.is_empty() => "say in some language what it asks",
            () if self.kind == FieldKind::Choice && self.values().is_empty() => {
                "give at least one choice"
            }
            () if counts.iter().any(|count| *count > CHOICES) => "give at most 60 choices",
            () if !is_even => "give as many choices in each language",
            () => return Ok(()),
        }))
    }
}

/// The questions, in their order.
pub async fn all(cx: &Context) -> Result<Vec<JoinField>> {
    let fields = settings::get(&mut cx.store.read().await?, SETTING).await?;
    Ok(fields.unwrap_or_default())
}

/// Adds a question, or replaces the one for the same attribute.
///
/// # Errors
/// [`AudienceError::JoinField`] for an invalid one.
pub async fn save(cx: &Context, by: &Actor, field: JoinField) -> Result<()> {
    field.check()?;
    let key = field.key.clone();
    let mut db = cx.store.write().await?;
    let mut fields: Vec<JoinField> = settings::get(&mut db, SETTING).await?.unwrap_or_default();
    match fields.iter().position(|known| known.key == field.key) {
        Some(at) => fields[at] = field,
        None if fields.len() == MOST => {
            return Err(AudienceError::JoinField(
                "the form has twelve questions already",
            ));
        }
        None => fields.push(field),
    }
    settings::set(&mut db, SETTING, &fields).await?;
    audit::record(&mut db, by, AuditAction::JoinFormSave, &key, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a question; existing answers stay. `false` where there is none.
pub async fn delete(cx: &Context, by: &Actor, key: &str) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let mut fields: Vec<JoinField> = settings::get(&mut db, SETTING).await?.unwrap_or_default();
    let before = fields.len();
    fields.retain(|field| field.key != key);
    settings::set(&mut db, SETTING, &fields).await?;
    if fields.len() < before {
        audit::record(
            &mut db,
            by,
            AuditAction::JoinFormDelete,
            key,
            cx.clock.now(),
        )
        .await?;
    }
    db.commit().await?;
    Ok(fields.len() < before)
}

/// The answers of a form as attributes.
///
/// # Errors
/// The errors by field.
pub fn answers<'a>(
    fields: &'a [JoinField],
    answer: impl Fn(&str) -> &'a str,
) -> std::result::Result<Map<String, Value>, Vec<(String, AnswerError)>> {
    let mut attributes = Map::new();
    let mut faults = Vec::new();
    for field in fields {
        match field.read(answer(&field.name())) {
            Ok(Some(value)) => {
                attributes.insert(field.key.clone(), value);
            }
            Ok(None) => {}
            Err(fault) => faults.push((field.name(), fault)),
        }
    }
    if faults.is_empty() {
        Ok(attributes)
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind, is_required: bool) -> JoinField {
        let words = |en: &str, ru: &str| {
            BTreeMap::from([
                ("en".to_owned(), en.to_owned()),
                ("ru".to_owned(), ru.to_owned()),
            ])
        };
        let choices = |text: &str| text.split(' ').map(str::to_owned).collect();
        JoinField {
            key: "city".to_owned(),
            kind,
            label: words("City", "Город"),
            choices: BTreeMap::from([
                ("en".to_owned(), choices("Almaty Astana")),
                ("ru".to_owned(), choices("Алматы Астана")),
            ]),
            is_required,
        }
    }

    #[test]
    fn answers_are_read_by_their_kind() {
        let text = field(FieldKind::Text, false);
        assert_eq!(text.read(" Almaty "), Ok(Some("Almaty".into())));
        assert_eq!(text.read(" "), Ok(None));
        assert_eq!(text.read("two\nlines"), Err(AnswerError::TooLong));
        assert_eq!(text.read(&"a".repeat(201)), Err(AnswerError::TooLong));
        assert_eq!(
            field(FieldKind::Text, true).read(""),
            Err(AnswerError::Missing)
        );
        let choice = field(FieldKind::Choice, false);
        assert_eq!(choice.read("Astana"), Ok(Some("Astana".into())));
        assert_eq!(choice.read("Moscow"), Err(AnswerError::Unknown));
        assert_eq!(
            choice.options(Preference::only(Language::RU)),
            [("Almaty", "Алматы"), ("Astana", "Астана")]
        );
        assert_eq!(
            choice.options(Preference::only(Language::KK)),
            [("Almaty", "Almaty"), ("Astana", "Astana")]
        );
        let tick = field(FieldKind::Tick, false);
        assert_eq!(
            (tick.read("yes"), tick.read("")),
            (Ok(Some(true.into())), Ok(Some(false.into())))
        );
        assert_eq!(
            field(FieldKind::Tick, true).read(""),
            Err(AnswerError::Missing)
        );
    }

    #[test]
    fn a_question_must_make_sense() {
        assert!(field(FieldKind::Choice, true).check().is_ok());
        let mut odd = field(FieldKind::Choice, true);
        odd.choices.get_mut("ru").unwrap().pop();
        assert!(odd.check().is_err());
        for key in ["", "City", "a b", "город", "a-b"] {
            let bad = JoinField {
                key: key.to_owned(),
                ..field(FieldKind::Text, true)
            };
            assert!(bad.check().is_err(), "{key}");
        }
    }
}
