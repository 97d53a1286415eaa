//! Lines of JSON as rows. Everything in them is hostile until it was checked.

use data_encoding::HEXLOWER_PERMISSIVE;
use serde_json::{Map, Value};

use super::super::bulk_rows::{self, Batch, Table};
use super::super::{Db, Result};
use super::{Column, File, Kind};
use crate::clock::Timestamp;

/// Rows of one file on their way into the database, with their parts.
pub struct Rows {
    file: &'static File,
    own: Filling,
    parts: Vec<Filling>,
}

/// Rows of one table that are not there yet.
struct Filling {
    table: Table,
    batch: Batch,
}

impl Filling {
    fn new(name: &str, parent: Option<&str>, columns: &[Column]) -> Self {
        let stored = |name: &str, kind| bulk_rows::Column {
            name: name.to_owned(),
            kind,
        };
        let own = columns.iter().flat_map(|column| {
            let derived = column.derived;
            let derived = derived.map(|(name, _)| stored(name, bulk_rows::Kind::Text));
            std::iter::once(stored(column.name, column.kind.stored())).chain(derived)
        });
        let parent = parent.map(|parent| stored(parent, bulk_rows::Kind::Number));
        Self {
            table: Table {
                name: name.to_owned(),
                columns: parent.into_iter().chain(own).collect(),
            },
            batch: Batch::default(),
        }
    }

    async fn write(&mut self, db: &mut Db) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        bulk_rows::insert(db, &self.table, batch).await.map(drop)
    }
}

impl Rows {
    pub fn of(file: &'static File) -> Self {
        let parts = file.parts.iter();
        Self {
            file,
            own: Filling::new(file.table, None, file.columns),
            parts: parts
                .map(|part| Filling::new(part.table, Some(part.parent), part.columns))
                .collect(),
        }
    }

    /// Takes a line; `true` where it is time to [write](Self::write).
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, line: &[u8]) -> std::result::Result<bool, String> {
        let mut fields: Map<String, Value> =
            serde_json::from_slice(line).map_err(|error| format!("is no JSON object: {error}"))?;
        let mut row = Vec::new();
        let id = fields.get("id").and_then(Value::as_i64);
        values(self.file.columns, &mut fields, &mut row)?;
        for (part, filling) in self.file.parts.iter().zip(&mut self.parts) {
            let items = match fields.remove(part.name) {
                Some(Value::Array(items)) => items,
                _ => return Err(format!("{} must be an array", part.name)),
            };
            for item in items {
                let mut row = vec![bulk_rows::Value::Number(id)];
                let mut fields = match (item, part.columns) {
                    (item, [column]) => Map::from_iter([(column.name.to_owned(), item)]),
                    (Value::Object(fields), _) => fields,
                    _ => return Err(format!("{} must hold objects", part.name)),
                };
                values(part.columns, &mut fields, &mut row)
                    .and_then(|()| nothing_else(&fields))
                    .map_err(|problem| format!("{}: {problem}", part.name))?;
                filling.batch.push(row);
            }
        }
        nothing_else(&fields)?;
        self.own.batch.push(row);
        let mut all = std::iter::once(&self.own).chain(&self.parts);
        Ok(all.any(|filling| filling.batch.is_full(&filling.table)))
    }

    /// Writes what was taken.
    pub async fn write(&mut self, db: &mut Db) -> Result<()> {
        self.own.write(db).await?;
        for part in &mut self.parts {
            part.write(db).await?;
        }
        Ok(())
    }
}

fn nothing_else(fields: &Map<String, Value>) -> std::result::Result<(), String> {
    match fields.keys().next() {
        Some(name) => {
            let name: String = name.chars().take(40).collect();
            Err(format!("{name:?} is not known"))
        }
        None => Ok(()),
    }
}

fn values(
    columns: &[Column],
    fields: &mut Map<String, Value>,
    row: &mut Vec<bulk_rows::Value>,
) -> std::result::Result<(), String> {
    for column in columns {
        let value = fields
            .remove(column.name)
            .ok_or_else(|| format!("{} is missing", column.name))?;
        if let Some(check) = column.check.filter(|_| !value.is_null()) {
            check(&value).map_err(|problem| format!("{}: {problem}", column.name))?;
        }
        if let Some((_, derive)) = column.derived {
            let derived = value.as_str().map(derive);
            row.push(stored(column.kind, value).ok_or_else(|| wrong(column))?);
            row.push(bulk_rows::Value::Text(derived));
        } else {
            row.push(stored(column.kind, value).ok_or_else(|| wrong(column))?);
        }
    }
    Ok(())
}

fn wrong(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Number => "a whole number",
        Kind::Bool => "true or false",
        Kind::Text => "a text without NUL",
        Kind::Time => "a time such as 2026-01-31T09:00:00Z",
        Kind::Json => "a value without NUL",
        Kind::Bytes => "hexadecimal digits",
    };
    format!("{} must be {kind}", column.name)
}

fn stored(kind: Kind, value: Value) -> Option<bulk_rows::Value> {
    Some(match (kind, value) {
        (Kind::Number | Kind::Time, Value::Null) => bulk_rows::Value::Number(None),
        (Kind::Number | Kind::Time, Value::Number(number)) => {
            bulk_rows::Value::Number(Some(number.as_i64()?))
        }
        (Kind::Time, Value::String(text)) => {
            let at = Timestamp::parse_rfc3339(&text).ok()?;
            bulk_rows::Value::Number(Some(at.millis()))
        }
        (Kind::Bool, Value::Null) => bulk_rows::Value::Bool(None),
        (Kind::Bool, Value::Bool(value)) => bulk_rows::Value::Bool(Some(value)),
        (Kind::Text | Kind::Json, Value::Null) => bulk_rows::Value::Text(None),
        // Neither database keeps one as it is.
        (Kind::Text, Value::String(text)) if !text.contains('\0') => {
            bulk_rows::Value::Text(Some(text))
        }
        (Kind::Json, value) => {
            if has_nul(&value) {
                return None;
            }
            bulk_rows::Value::Text(Some(value.to_string()))
        }
        (Kind::Bytes, Value::Null) => bulk_rows::Value::Bytes(None),
        (Kind::Bytes, Value::String(text)) => {
            let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
            bulk_rows::Value::Bytes(Some(bytes))
        }
        _ => return None,
    })
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}
