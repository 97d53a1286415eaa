//! How [`FILES`](super::FILES) describes files and columns, and what values must be.

use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Column, File, Kind, Part};
use crate::address::EmailAddress;
use crate::model::tag::Tag;

type Checked = std::result::Result<(), String>;

/// The file is of a table by the same name, in order of its numbers, unless it says otherwise.
pub(super) const fn file(name: &'static str, columns: &'static [Column]) -> File {
    File {
        name,
        table: name,
        key: &["id"],
        only: None,
        columns,
        parts: &[],
        is_own: true,
    }
}

impl File {
    pub(super) const fn of(mut self, table: &'static str) -> Self {
        self.table = table;
        self
    }

    pub(super) const fn by(mut self, key: &'static [&'static str]) -> Self {
        self.key = key;
        self
    }

    pub(super) const fn with(mut self, parts: &'static [Part]) -> Self {
        self.parts = parts;
        self
    }
}

pub(super) const fn part(
    name: &'static str,
    table: &'static str,
    parent: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
) -> Part {
    Part {
        name,
        table,
        parent,
        key,
        columns,
    }
}

pub(super) const fn column(name: &'static str, kind: Kind) -> Column {
    Column {
        name,
        kind,
        check: None,
        derived: None,
    }
}

impl Column {
    pub(super) const fn must(mut self, check: fn(&Value) -> Checked) -> Self {
        self.check = Some(check);
        self
    }

    pub(super) const fn gives(mut self, name: &'static str, derive: fn(&str) -> String) -> Self {
        self.derived = Some((name, derive));
        self
    }
}

pub(super) const fn number(name: &'static str) -> Column {
    column(name, Kind::Number)
}
pub(super) const fn flag(name: &'static str) -> Column {
    column(name, Kind::Bool)
}
pub(super) const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}
pub(super) const fn time(name: &'static str) -> Column {
    column(name, Kind::Time)
}
pub(super) const fn json(name: &'static str) -> Column {
    column(name, Kind::Json)
}
pub(super) const fn bytes(name: &'static str) -> Column {
    column(name, Kind::Bytes)
}

pub(super) fn parse<T: FromStr<Err: std::fmt::Display>>(value: &Value) -> Checked {
    let text = value.as_str().unwrap_or_default();
    text.parse::<T>()
        .map(drop)
        .map_err(|error| error.to_string())
}

pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Checked {
    serde_json::from_value::<T>(value.clone())
        .map(drop)
        .map_err(|error| error.to_string())
}

pub(super) fn is_object(value: &Value) -> Checked {
    match value {
        Value::Object(_) => Ok(()),
        _ => Err("must be an object".to_owned()),
    }
}

/// Addresses are written as they are stored.
pub(super) fn is_address(value: &Value) -> Checked {
    let text = value.as_str().unwrap_or_default();
    match text.parse::<EmailAddress>() {
        Ok(address) if address.as_str() == text => Ok(()),
        Ok(address) => Err(format!("must be written as {address}")),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn address_key(text: &str) -> String {
    let address = text.parse::<EmailAddress>();
    address.map_or_else(|_| text.to_lowercase(), |address| address.lookup_key())
}

pub(super) fn is_suppressible(value: &Value) -> Checked {
    let text = value.as_str().unwrap_or_default();
    let key = match text.strip_prefix('@') {
        Some(domain) => crate::address::sender_domain(domain).map(|domain| format!("@{domain}")),
        None => text
            .parse()
            .map(|address: EmailAddress| address.lookup_key()),
    };
    match key {
        Ok(key) if key == text => Ok(()),
        Ok(key) => Err(format!("must be written as {key}")),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn is_tag(value: &Value) -> Checked {
    let text = value.as_str().unwrap_or_default();
    match Tag::parse(text) {
        Ok(tag) if tag.as_str() == text => Ok(()),
        Ok(tag) => Err(format!("must be written as {tag:?}")),
        Err(error) => Err(error.to_string()),
    }
}
