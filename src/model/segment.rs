//! Segments: rules that pick a part of the audience.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use utoipa::PartialSchema;
use utoipa::openapi::schema::{OneOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};

pub use super::segment_condition::{Condition, ConditionError, Membership};
use super::string_enum::string_enum;
use super::tag::{self, Tag};

string_enum! {
    /// How the parts of a rule go together.
    pub enum Match {
        /// Every part must hold.
        All,
        /// One is enough.
        Any,
        /// None may hold.
        None,
    }
}

/// The rule of a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How the parts go together.
    #[serde(rename = "match")]
    pub all_or_any: Match,
    /// What must hold.
    pub conditions: Vec<Part>,
}

/// A part of a rule: one condition, or a group of parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Part {
    /// One condition.
    Condition(Condition),
    /// A rule within the rule.
    Group(Rule),
}

impl<'de> Deserialize<'de> for Part {
    /// An object with `match` is a group. Decided by hand, since an untagged
    /// enum would only say that neither kind fits.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let part = match value.get("match") {
            Some(_) => serde_json::from_value(value).map(Part::Group),
            None => serde_json::from_value(value).map(Part::Condition),
        };
        part.map_err(D::Error::custom)
    }
}

// By hand: a derived schema of a rule within a rule would never end.
impl utoipa::PartialSchema for Part {
    fn schema() -> RefOr<Schema> {
        let named = |name: &str| Ref::from_schema_name(name);
        OneOfBuilder::new()
            .item(named("Condition"))
            .item(named("Rule"))
            .into()
    }
}

impl utoipa::ToSchema for Part {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Condition::name().into_owned(), Condition::schema()));
        Condition::schemas(schemas);
    }
}

impl From<Condition> for Part {
    fn from(condition: Condition) -> Self {
        Part::Condition(condition)
    }
}

/// Groups within groups that a rule may have.
const DEPTH: usize = 5;
/// Conditions that a rule may have, in all of its groups.
const CONDITIONS: usize = 100;

/// Why a rule is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Nothing in it, or in one of its groups.
    #[error("give each group at least one condition")]
    Empty,
    /// Too many groups within groups.
    #[error("groups may be nested at most {DEPTH} deep")]
    Deep,
    /// Too many conditions.
    #[error("a segment may have at most {CONDITIONS} conditions")]
    Many,
    /// A condition that is invalid.
    #[error(transparent)]
    Condition(#[from] ConditionError),
}

impl Rule {
    /// A rule of conditions without groups.
    pub fn of(all_or_any: Match, conditions: impl IntoIterator<Item = Condition>) -> Self {
        Self {
            all_or_any,
            conditions: conditions.into_iter().map(Part::from).collect(),
        }
    }

    /// Calls `see` with every condition, in all of its groups.
    pub fn each_condition(&self, see: &mut impl FnMut(&Condition)) {
        for part in &self.conditions {
            match part {
                Part::Group(rule) => rule.each_condition(see),
                Part::Condition(condition) => see(condition),
            }
        }
    }

    /// Whether a condition is about what is seen of readers who agreed to it.
    pub fn is_about_engagement(&self) -> bool {
        let mut is_found = false;
        self.each_condition(&mut |condition| is_found |= condition.is_about_engagement());
        is_found
    }

    /// Puts `to` wherever a condition names the tag `from`; returns whether one
    /// did.
    pub fn rename_tag(&mut self, from: &Tag, to: &str) -> bool {
        let mut has_changed = false;
        for part in &mut self.conditions {
            match part {
                Part::Group(rule) => has_changed |= rule.rename_tag(from, to),
                Part::Condition(Condition::Tag { value } | Condition::NotTag { value })
                    if tag::key(value) == from.key() =>
                {
                    to.clone_into(value);
                    has_changed = true;
                }
                Part::Condition(_) => {}
            }
        }
        has_changed
    }

    /// Whether the rule is within the bounds that every rule keeps.
    ///
    /// # Errors
    /// [`RuleError`] names the bound.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut conditions = 0;
        self.check_part(1, &mut conditions)
    }

    fn check_part(&self, depth: usize, conditions: &mut usize) -> Result<(), RuleError> {
        if depth > DEPTH {
            return Err(RuleError::Deep);
        }
        if self.conditions.is_empty() {
            return Err(RuleError::Empty);
        }
        for part in &self.conditions {
            match part {
                Part::Group(rule) => rule.check_part(depth + 1, conditions)?,
                Part::Condition(condition) => {
                    *conditions += 1;
                    if *conditions > CONDITIONS {
                        return Err(RuleError::Many);
                    }
                    condition.check()?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Rule, String> {
        let rule: Rule = serde_json::from_str(json).map_err(|error| error.to_string())?;
        rule.check().map_err(|error| error.to_string())?;
        Ok(rule)
    }

    #[test]
    fn groups_are_distinguished_from_conditions() {
        let json = r#"{"match":"all","conditions":[{"about":"language","value":"kk"},{"match":"none","conditions":[{"about":"attribute_before","key":"born","value":"2000-01-31"}]}]}"#;
        let rule = read(json).unwrap();
        assert!(matches!(
            rule.conditions[..],
            [Part::Condition(_), Part::Group(_)]
        ));
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
    }

    #[test]
    fn moments_are_read_in_each_form_and_written_in_one() {
        for value in [
            "1767225600000",
            "\"2026-01-01\"",
            "\"2026-01-01T05:00:00+05:00\"",
        ] {
            let json = |value: &str| {
                format!(
                    r#"{{"match":"all","conditions":[{{"about":"joined_since","value":{value}}}]}}"#
                )
            };
            let rule = read(&json(value)).unwrap();
            let written = serde_json::to_string(&rule).unwrap();
            assert_eq!(written, json("\"2026-01-01T00:00:00Z\""), "{value}");
        }
    }

    #[test]
    fn errors_of_a_rule_are_specific() {
        let within = |inner: &str| format!(r#"{{"match":"all","conditions":[{inner}]}}"#);
        let mut deep = r#"{"about":"tag","value":"x"}"#.to_owned();
        for _ in 0..6 {
            deep = within(&deep);
        }
        let many = vec![r#"{"about":"tag","value":"x"}"#; 101].join(",");
        for (json, said) in [
            (within(""), "at least one"),
            (within(&within("")), "at least one"),
            (deep, "nested"),
            (within(&many), "at most 100"),
            (within(r#"{"about":"tag","value":"a\u0000"}"#), "control"),
            (within(r#"{"about":"tag","value":""}"#), "1 to 200"),
            (within(r#"{"about":"joined_within","value":0}"#), "days"),
            (within(r#"{"about":"moon"}"#), "unknown variant"),
            (
                within(r#"{"about":"tag","value":"x","list":"y"}"#),
                "unknown field",
            ),
            (
                within(r#"{"about":"attribute_since","key":"a","value":"yesterday"}"#),
                "year",
            ),
            (
                within(r#"{"about":"joined_since","value":"yesterday"}"#),
                "give a moment",
            ),
            (within(r#"{"about":"soft_bounced","value":0}"#), "times"),
        ] {
            let error = read(&json).unwrap_err();
            assert!(error.contains(said), "{json}: {error}");
        }
    }
}
