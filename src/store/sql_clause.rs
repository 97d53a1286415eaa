//! A condition of SQL that is put together, with the values of its parameters.

use super::Engine;

/// A value of a condition.
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
}

/// A rule as SQL: text without anything that a person typed, and the values for
/// its parameters.
pub(super) struct Clause {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    pub(super) engine: Engine,
    /// For how many months what was seen of readers counts, if the site sees anything.
    pub(super) engagement_months: Option<u32>,
    /// The number of the parameter before its first.
    pub(super) before: usize,
}

impl Clause {
    /// The next parameter, for `value`.
    pub(super) fn parameter(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.before + self.values.len())
    }

    pub(super) fn text(&mut self, text: impl Into<String>) -> String {
        self.parameter(Value::Text(text.into()))
    }
}

/// Binds a clause's values to a query of either database.
macro_rules! bind_values {
    ($query:expr, $clause:expr) => {{
        let mut query = $query;
        for value in $clause.values {
            query = match value {
                $crate::store::sql_clause::Value::Text(text) => query.bind(text),
                $crate::store::sql_clause::Value::Whole(number) => query.bind(number),
                $crate::store::sql_clause::Value::Number(number) => query.bind(number),
            };
        }
        query
    }};
}
pub(super) use bind_values;
