//! Rows as lines of JSON, one at a time.

use data_encoding::HEXLOWER;
use futures_util::stream::{BoxStream, StreamExt as _};
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Row as _};

use super::super::connect::Connection;
use super::super::{Db, Engine, Result, StoreError};
use super::{Column, File, Kind, Part};

/// The lines of a file, each with its line break. Memory holds a few rows, however many there
/// are.
pub fn lines<'a>(db: &'a mut Db, file: &'static File) -> BoxStream<'a, Result<Vec<u8>>> {
    let sql = AssertSqlSafe(select(file, db.engine()));
    // For the rows of either driver.
    macro_rules! written {
        ($rows:expr) => {
            $rows
                .map(move |row| -> Result<Vec<u8>> {
                    let row = row?;
                    let mut line = Line::default();
                    for (place, column) in file.columns.iter().enumerate() {
                        line.add(
                            column.name,
                            match column.kind {
                                Kind::Number => json!(row.try_get::<Option<i64>, _>(place)?),
                                Kind::Time => row
                                    .try_get::<Option<i64>, _>(place)?
                                    .map_or(Value::Null, time),
                                Kind::Bool => json!(row.try_get::<Option<bool>, _>(place)?),
                                Kind::Text => json!(row.try_get::<Option<String>, _>(place)?),
                                Kind::Json => match row.try_get::<Option<String>, _>(place)? {
                                    Some(text) => canonical(parsed(file, &text)?),
                                    None => Value::Null,
                                },
                                Kind::Bytes => row
                                    .try_get::<Option<Vec<u8>>, _>(place)?
                                    .map_or(Value::Null, |bytes| HEXLOWER.encode(&bytes).into()),
                            },
                        );
                    }
                    for (number, part) in file.parts.iter().enumerate() {
                        let text: String = row.try_get(file.columns.len() + number)?;
                        line.add_part(part, parsed(file, &text)?);
                    }
                    Ok(line.end())
                })
                .boxed()
        };
    }
    match db.connection() {
        Connection::Sqlite(c) => written!(sqlx::query(sql).fetch(c)),
        Connection::Postgres(c) => written!(sqlx::query(sql).fetch(c)),
    }
}

fn select(file: &File, engine: Engine) -> String {
    let columns = file
        .columns
        .iter()
        .map(|column| match (engine, column.kind) {
            (Engine::Postgres, Kind::Json) => format!("t.\"{}\"::TEXT", column.name),
            _ => format!("t.\"{}\"", column.name),
        });
    let parts = file.parts.iter().map(|part| aggregate(part, engine));
    let selected: Vec<String> = columns.chain(parts).collect();
    format!(
        "SELECT {} FROM {} AS t WHERE {} ORDER BY {}",
        selected.join(", "),
        file.table,
        file.only.unwrap_or("TRUE"),
        ordered(file.key, "t", file.columns, engine),
    )
}

/// The rows of a part as an array of arrays.
fn aggregate(part: &Part, engine: Engine) -> String {
    let values: Vec<String> = part
        .columns
        .iter()
        .map(|column| match (engine, column.kind) {
            // A text that must not be quoted again.
            (Engine::Sqlite, Kind::Json) => format!("json(p.\"{}\")", column.name),
            _ => format!("p.\"{}\"", column.name),
        })
        .collect();
    let (values, order) = (
        values.join(", "),
        ordered(part.key, "p", part.columns, engine),
    );
    let from = format!("FROM {} AS p WHERE p.{} = t.id", part.table, part.parent);
    match engine {
        Engine::Sqlite => {
            format!("(SELECT json_group_array(json_array({values}) ORDER BY {order}) {from})")
        }
        Engine::Postgres => format!(
            "(SELECT COALESCE(json_agg(json_build_array({values}) ORDER BY {order}), '[]')::TEXT \
             {from})"
        ),
    }
}

/// Texts in the order of their bytes, whatever the collation of the database.
fn ordered(key: &[&str], table: &str, columns: &[Column], engine: Engine) -> String {
    let is_text = |name: &str| {
        let of = |column: &&Column| column.name == name;
        // What is derived is a text.
        columns
            .iter()
            .find(of)
            .is_none_or(|column| column.kind == Kind::Text)
    };
    let parts = key.iter().map(|name| match engine {
        Engine::Postgres if *name != "id" && is_text(name) => {
            format!("{table}.\"{name}\" COLLATE \"C\"")
        }
        _ => format!("{table}.\"{name}\""),
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn parsed(file: &File, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| StoreError::Refused {
        table: file.table.to_owned(),
        cause: sqlx::Error::Decode(error.into()),
    })
}

/// A line in the making: fields stay in the order of the format.
#[derive(Default)]
struct Line(String);

impl Line {
    fn add(&mut self, name: &str, value: Value) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&format!("\"{name}\":{value}"));
    }

    fn add_part(&mut self, part: &Part, rows: Value) {
        let Value::Array(rows) = rows else { return };
        let rows: Vec<String> = rows.into_iter().map(|row| of_part(part, row)).collect();
        self.0
            .push_str(&format!(",\"{}\":[{}]", part.name, rows.join(",")));
    }

    fn end(mut self) -> Vec<u8> {
        self.0.push_str("}\n");
        self.0.into_bytes()
    }
}

fn of_part(part: &Part, row: Value) -> String {
    let Value::Array(values) = row else {
        return row.to_string();
    };
    let values = values.into_iter().zip(part.columns);
    let mut values = values.map(|(value, column)| {
        let value = match (column.kind, &value) {
            (Kind::Time, Value::Number(number)) => number.as_i64().map_or(Value::Null, time),
            // SQLite has no other.
            (Kind::Bool, Value::Number(number)) => (number.as_i64() == Some(1)).into(),
            _ => value,
        };
        (column.name, value)
    });
    if let [_] = part.columns {
        let only = values.next();
        return only.map_or_else(String::new, |(_, value)| value.to_string());
    }
    let mut line = Line::default();
    for (name, value) in values {
        line.add(name, value);
    }
    line.0.push('}');
    line.0
}

/// RFC 3339, to the millisecond where there are some; a number of milliseconds where no
/// calendar reaches.
fn time(millis: i64) -> Value {
    match jiff::Timestamp::from_millisecond(millis) {
        Ok(at) => at.to_string().into(),
        Err(_) => millis.into(),
    }
}

/// The one form that a value has in both databases: PostgreSQL sorts the names of objects, and
/// writes large numbers out.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            let fields = fields
                .into_iter()
                .map(|(name, value)| (name, canonical(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(values) => values.into_iter().map(canonical).collect(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float == 0.0 => json!(0.0),
            // Those below are written out by both; those above do not fit a whole number.
            Some(float)
                if number.is_f64()
                    && float.fract() == 0.0
                    && (1e16..9e18).contains(&float.abs()) =>
            {
                json!(float as i64)
            }
            _ => Value::Number(number),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_form() {
        let given = r#"{"b": 1e16, "a": [-0.0, 1.5, {"d": 1, "c": 2}], "e": 1e300}"#;
        let value: Value = serde_json::from_str(given).unwrap();
        assert_eq!(
            canonical(value).to_string(),
            r#"{"a":[0.0,1.5,{"c":2,"d":1}],"b":10000000000000000,"e":1e+300}"#
        );
    }

    #[test]
    fn times_keep_their_milliseconds() {
        assert_eq!(time(0), json!("1970-01-01T00:00:00Z"));
        assert_eq!(time(1_750_000_000_123), json!("2025-06-15T15:06:40.123Z"));
        assert_eq!(time(i64::MAX), json!(i64::MAX));
    }
}
