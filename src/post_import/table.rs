//! Tables of posts: CSV, or JSON with the same fields.

use std::collections::HashMap;

use serde_json::Value;

use super::archive::text;
use super::{POSTS_LIMIT, PostImportError, Result, json};

/// Columns that are read: a row of commas is small in a file, and not in memory.
const COLUMNS_LIMIT: usize = 100;

/// A row by the names of its columns, in lower case.
pub(super) struct Row(HashMap<String, String>);

impl Row {
    /// The first of these columns that has a value; empty where none has.
    pub(super) fn get(&self, names: &[&str]) -> &str {
        let values = names.iter().filter_map(|name| self.0.get(*name));
        let mut values = values.map(|value| value.trim());
        values.find(|value| !value.is_empty()).unwrap_or_default()
    }

    /// A long text, which is moved out.
    pub(super) fn take(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }

    /// Whether a column says yes.
    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(
            self.get(&[name]).to_ascii_lowercase().as_str(),
            "true" | "1" | "t" | "yes"
        )
    }
}

/// A name of a column as it is looked for: `Web Title` is `web_title`.
fn key(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    name.replace([' ', '-'], "_")
}

/// The names of a CSV's columns.
pub(super) fn columns(content: &[u8]) -> Vec<String> {
    let end = content.len().min(64 * 1024);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(&content[..end]);
    let headers = reader.byte_headers();
    let headers = headers.map(|headers| {
        let names = headers.iter().take(COLUMNS_LIMIT);
        let names = names.map(|name| key(&text(name)));
        names.collect()
    });
    headers.unwrap_or_default()
}

/// The rows of a CSV. Those that cannot be read are counted.
pub(super) fn csv_rows(content: &[u8]) -> Result<(Vec<Row>, u64)> {
    let names = columns(content);
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(content);
    let (mut rows, mut unreadable) = (Vec::new(), 0);
    for record in reader.byte_records() {
        let Ok(record) = record else {
            unreadable += 1;
            continue;
        };
        if rows.len() >= POSTS_LIMIT {
            return Err(PostImportError::TooMany);
        }
        let cells = names.iter().zip(record.iter());
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(name, cell)| (name.clone(), text(cell)));
        rows.push(Row(cells.collect()));
    }
    Ok((rows, unreadable))
}

/// The objects of a JSON array, or of the one array in an object.
pub(super) fn json_rows(content: &[u8]) -> Result<(Vec<Row>, u64)> {
    let value: Value = json::read(content).map_err(PostImportError::Broken)?;
    let items = match value {
        Value::Array(items) => items,
        Value::Object(fields) => {
            let named = ["emails", "results", "data"];
            let mut fields = fields.into_iter();
            let found = fields.find(|(name, value)| {
                named.contains(&name.as_str()) && matches!(value, Value::Array(_))
            });
            match found {
                Some((_, Value::Array(items))) => items,
                _ => return Err(PostImportError::Unknown),
            }
        }
        _ => return Err(PostImportError::Unknown),
    };
    if items.len() > POSTS_LIMIT {
        return Err(PostImportError::TooMany);
    }
    let (mut rows, mut unreadable) = (Vec::new(), 0);
    for item in items {
        let Value::Object(fields) = item else {
            unreadable += 1;
            continue;
        };
        let cells = fields.into_iter().map(|(name, value)| {
            let text = match value {
                Value::String(text) => text,
                Value::Null => String::new(),
                Value::Array(items) => {
                    let words = items.iter().filter_map(Value::as_str);
                    words.collect::<Vec<_>>().join(";")
                }
                other => other.to_string(),
            };
            (key(&name), text)
        });
        rows.push(Row(cells.collect()));
    }
    Ok((rows, unreadable))
}

/// Tags in one cell.
pub(super) fn tags(cell: &str) -> Vec<String> {
    let tags = cell.split([';', ',']).map(|tag| {
        let tag = tag.trim();
        tag.trim_matches(['"', '[', ']', '\'']).trim().to_owned()
    });
    tags.filter(|tag| !tag.is_empty()).take(20).collect()
}
