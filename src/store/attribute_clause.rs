//! Conditions on a subscriber's attributes, as SQL on `subscribers m`.
//!
//! What the databases would read differently (case outside of ASCII, numbers in text, JSON
//! values as text, odd keys) is said in terms that mean the same in each.

use super::Engine;
use super::sql_clause::{Clause, Value};
use crate::text::case_folding;

/// Whether an attribute, or one entry of it where it is a list, passes a test.
/// `test` is SQL on the columns `type` and `value` of `json_each` (SQLite), or
/// on a `value` of JSON (PostgreSQL), of the table that it is given.
fn attribute(clause: &Clause, key: &str, test: impl Fn(&str) -> String) -> String {
    match clause.engine {
        // By `json_each` and not by `->`, which reads some keys as paths.
        Engine::Sqlite => format!(
            "EXISTS (SELECT 1 FROM json_each(m.attributes) a WHERE a.key = {key} AND
                     CASE a.type WHEN 'array'
                          THEN EXISTS (SELECT 1 FROM json_each(a.value) e WHERE {})
                          ELSE {} END)",
            test("e"),
            test("a")
        ),
        Engine::Postgres => format!(
            "EXISTS (SELECT 1 FROM jsonb_array_elements(
                         CASE jsonb_typeof(m.attributes -> {key})
                         WHEN 'array' THEN m.attributes -> {key}
                         ELSE jsonb_build_array(m.attributes -> {key}) END) AS e (value)
                     WHERE {})",
            test("e")
        ),
    }
}

pub(super) fn is_set(clause: &mut Clause, key: &str) -> String {
    let key = clause.text(key);
    match clause.engine {
        Engine::Sqlite => format!(
            "EXISTS (SELECT 1 FROM json_each(m.attributes) a
                     WHERE a.key = {key} AND a.type <> 'null')"
        ),
        Engine::Postgres => format!("(m.attributes ->> {key}) IS NOT NULL"),
    }
}

/// Whether an attribute is this text, or the number or truth value that the text
/// says.
pub(super) fn is(clause: &mut Clause, key: &str, value: &str) -> String {
    let key = clause.text(key);
    let truth = matches!(value, "true" | "false").then_some(value);
    match clause.engine {
        Engine::Sqlite => {
            let text = clause.text(value);
            let number = match (value.parse::<i64>(), number(value)) {
                (Ok(whole), _) => Some(clause.parameter(Value::Whole(whole))),
                (_, Some(number)) => Some(clause.parameter(Value::Number(number))),
                _ => None,
            };
            attribute(clause, &key, |of| {
                let mut tests = vec![format!("({of}.type = 'text' AND {of}.value = {text})")];
                tests.extend(number.as_ref().map(|number| {
                    format!("({of}.type IN ('integer', 'real') AND {of}.value = {number})")
                }));
                tests.extend(truth.map(|truth| format!("{of}.type = '{truth}'")));
                format!("({})", tests.join(" OR "))
            })
        }
        Engine::Postgres => {
            let text = clause.text(serde_json::Value::from(value).to_string());
            let other = truth
                .map(str::to_owned)
                .or_else(|| number(value).and_then(json_number))
                .map(|json| clause.text(json));
            attribute(clause, &key, |of| match &other {
                Some(other) => {
                    format!("{of}.value IN (CAST({text} AS JSONB), CAST({other} AS JSONB))")
                }
                None => format!("{of}.value = CAST({text} AS JSONB)"),
            })
        }
    }
}

/// Characters of a whole number that is looked into: a longer one may have been
/// written with an exponent, which PostgreSQL writes out and SQLite does not.
const WHOLE_LENGTH: usize = 16;

/// Without regard to case in any script: the pattern names each letter in all of
/// its forms, since what the databases know of case depends on their builds and
/// settings. Looks into text and whole numbers.
pub(super) fn contains(clause: &mut Clause, key: &str, value: &str) -> String {
    let key = clause.text(key);
    match clause.engine {
        Engine::Sqlite => {
            let pattern = clause.text(format!("*{}*", case_folding::glob(value)));
            attribute(clause, &key, |of| {
                format!(
                    "(({of}.type = 'text' OR ({of}.type = 'integer'
                        AND LENGTH(CAST({of}.value AS TEXT)) <= {WHOLE_LENGTH}))
                      AND CAST({of}.value AS TEXT) GLOB {pattern})"
                )
            })
        }
        Engine::Postgres => {
            let pattern = clause.text(case_folding::regex(value));
            attribute(clause, &key, |of| {
                let text = format!("({of}.value #>> '{{}}')");
                format!(
                    "((jsonb_typeof({of}.value) = 'string'
                       OR (jsonb_typeof({of}.value) = 'number' AND {text} ~ '^-?[0-9]+$'
                           AND LENGTH({text}) <= {WHOLE_LENGTH}))
                      AND {text} ~ {pattern})"
                )
            })
        }
    }
}

/// Characters of a text that may be read as a number: more than any real one
/// has, and few enough for every database.
const NUMBER_LENGTH: usize = 40;

/// A text that is a number as a whole.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_number = text.len() <= NUMBER_LENGTH
        && match digits.split_once('.') {
            Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
            None => is_digits(digits),
        };
    is_number.then(|| text.parse().ok()).flatten()
}

/// A number as JSON says it.
fn json_number(number: f64) -> Option<String> {
    let whole = number as i64;
    if whole as f64 == number {
        Some(whole.to_string())
    } else {
        serde_json::Number::from_f64(number).map(|number| number.to_string())
    }
}

pub(super) fn compared(clause: &mut Clause, key: &str, side: &str, value: f64) -> String {
    let key = clause.text(key);
    let value = clause.parameter(Value::Number(value));
    let engine = clause.engine;
    attribute(clause, &key, |of| match engine {
        Engine::Sqlite => {
            let text = format!("{of}.value");
            let digits = format!("LTRIM(SUBSTR({text}, 1, 1), '-') || SUBSTR({text}, 2)");
            format!(
                "CASE WHEN {of}.type IN ('integer', 'real') THEN {text} {side} {value}
                      WHEN {of}.type = 'text' AND LENGTH({text}) <= {NUMBER_LENGTH}
                           AND ({digits}) GLOB '[0-9]*' AND ({digits}) GLOB '*[0-9]'
                           AND ({digits}) NOT GLOB '*[^0-9.]*' AND ({digits}) NOT GLOB '*.*.*'
                      THEN CAST({text} AS REAL) {side} {value} ELSE FALSE END"
            )
        }
        Engine::Postgres => {
            let text = format!("({of}.value #>> '{{}}')");
            format!(
                "CASE WHEN jsonb_typeof({of}.value) = 'number'
                        OR (jsonb_typeof({of}.value) = 'string'
                            AND LENGTH({text}) <= {NUMBER_LENGTH}
                            AND {text} ~ '^-?[0-9]+([.][0-9]+)?$')
                      THEN CAST({text} AS DOUBLE PRECISION) {side} {value} ELSE FALSE END"
            )
        }
    })
}

/// Compares an attribute that is an ISO date, or begins with one before a time.
/// A day that no calendar has is none.
pub(super) fn dated(clause: &mut Clause, key: &str, side: &str, day: &str) -> String {
    let key = clause.text(key);
    let day = clause.text(day);
    let engine = clause.engine;
    attribute(clause, &key, |of| {
        let (text, has_shape, collation) = match engine {
            Engine::Sqlite => {
                let text = format!("{of}.value");
                let shape = format!(
                    "{of}.type = 'text'
                      AND {text} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
                      AND SUBSTR({text}, 11, 1) IN ('', 'T', ' ')"
                );
                (text, shape, "")
            }
            Engine::Postgres => {
                let text = format!("({of}.value #>> '{{}}')");
                let shape = format!(
                    "jsonb_typeof({of}.value) = 'string'
                      AND {text} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([T ]|$)'"
                );
                (text, shape, r#" COLLATE "C""#)
            }
        };
        let number =
            |from: u8, length: u8| format!("CAST(SUBSTR({text}, {from}, {length}) AS INTEGER)");
        let (year, month, day_of_month) = (number(1, 4), number(6, 2), number(9, 2));
        format!(
            "CASE WHEN {has_shape}
             THEN {month} BETWEEN 1 AND 12 AND {day_of_month} BETWEEN 1 AND
                  CASE WHEN {month} IN (4, 6, 9, 11) THEN 30
                       WHEN {month} <> 2 THEN 31
                       WHEN {year} % 400 = 0 OR ({year} % 4 = 0 AND {year} % 100 <> 0) THEN 29
                       ELSE 28 END
                  AND SUBSTR({text}, 1, 10){collation} {side} {day}
             ELSE FALSE END"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_as_a_whole() {
        for (text, read) in [
            ("17", Some(17.0)),
            ("-0.5", Some(-0.5)),
            ("007", Some(7.0)),
            ("18 years", None),
            ("2024-05-01", None),
            ("1e3", None),
            ("1.", None),
            (".5", None),
            ("-", None),
            ("1.2.3", None),
            ("", None),
        ] {
            assert_eq!(number(text), read, "{text}");
        }
    }
}
