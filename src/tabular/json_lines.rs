//! JSON Lines: an object in each line. Its keys are the columns.

use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::{COLUMN_LIMIT, ROW_LIMIT, ReadError, Reopen, Visitor, header};

pub(super) fn read(
    file: &mut dyn Reopen,
    name: &str,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    // Rows may have different keys: all are known after a first reading.
    let mut columns: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    each_line(file, |_, line| {
        if let Ok(object) = object(line) {
            for key in object.keys() {
                if columns.len() < COLUMN_LIMIT && !known.contains(key) {
                    known.insert(key.clone());
                    columns.push(key.clone());
                }
            }
        }
        Ok(())
    })?;
    if columns.is_empty() {
        return Err(ReadError::Empty);
    }
    visitor.table(name, &header::unique(columns.clone()))?;
    each_line(file, |number, line| {
        match object(line) {
            Ok(mut object) => {
                let cell = |column: &String| object.remove(column).map_or_else(String::new, text);
                let cells = columns.iter().map(cell).collect();
                if object.is_empty() {
                    visitor.row(number, cells)?;
                } else {
                    visitor.unreadable(number, "the file has more than 1,000 different keys")?;
                }
            }
            Err(reason) => visitor.unreadable(number, &reason)?,
        }
        Ok(())
    })
}

fn each_line(
    file: &mut dyn Reopen,
    mut take: impl FnMut(u64, &[u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut content = BufReader::with_capacity(64 * 1024, file.reopen()?);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        line.clear();
        let limit = ROW_LIMIT as u64 + 2;
        let count = (&mut content).take(limit).read_until(b'\n', &mut line);
        if count.map_err(ReadError::from_io)? == 0 {
            return Ok(());
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        let text = text.trim_ascii();
        if !text.is_empty() {
            take(number, text)?;
        }
        if !line.ends_with(b"\n") {
            skip_line(&mut content)?;
        }
    }
}

fn skip_line(content: &mut impl BufRead) -> Result<(), ReadError> {
    loop {
        let buffer = content.fill_buf().map_err(ReadError::from_io)?;
        match memchr::memchr(b'\n', buffer) {
            Some(at) => {
                content.consume(at + 1);
                return Ok(());
            }
            None if buffer.is_empty() => return Ok(()),
            None => {
                let length = buffer.len();
                content.consume(length);
            }
        }
    }
}

fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    if line.len() > ROW_LIMIT {
        return Err("the line is longer than a row may be (64 KiB)".to_owned());
    }
    serde_json::from_slice(line).map_err(|error: serde_json::Error| match error.classify() {
        serde_json::error::Category::Data => "the line is no JSON object".to_owned(),
        _ => format!("the line is not valid JSON: {error}"),
    })
}

/// A value as the text of a cell: texts as they are, lists of texts or names with commas, the
/// rest as JSON.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(", ")
        }
        Value::Array(items) => match names(&items) {
            Some(names) => names.join(", "),
            None => Value::Array(items).to_string(),
        },
        other => other.to_string(),
    }
}

/// The names of things that are listed with their ids, such as tags.
fn names(items: &[Value]) -> Option<Vec<&str>> {
    items
        .iter()
        .map(|item| item.get("name")?.as_str())
        .collect()
}
