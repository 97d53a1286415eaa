//! The names of a table's columns.

use std::collections::HashSet;

use super::COLUMN_LIMIT;

/// The name of a column whose header is not given.
fn unnamed(number: usize) -> String {
    format!("column {number}")
}

/// Unique names for columns: a second `note` is `note (2)`, and a header without text is
/// named by its place. Whether the columns at the end have no name at all is not told apart
/// from missing ones, so they are dropped.
pub(super) fn unique(headers: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut names: Vec<String> = Vec::new();
    let mut used = 0;
    for header in headers.into_iter().take(COLUMN_LIMIT) {
        let number = names.len() + 1;
        let header = header.trim();
        let base = if header.is_empty() {
            unnamed(number)
        } else {
            used = number;
            header.chars().take(200).collect()
        };
        let mut name = base.clone();
        let mut copy = 2;
        while !seen.insert(name.to_lowercase()) {
            name = format!("{base} ({copy})");
            copy += 1;
        }
        names.push(name);
    }
    names.truncate(used);
    names
}

/// What the first row of a table says.
pub(super) struct FirstRow {
    /// The names of the columns.
    pub names: Vec<String>,
    /// Whether it is no header but a person: one of its cells is an address.
    pub is_person: bool,
}

impl FirstRow {
    pub(super) fn of(row: &[String]) -> Self {
        let is_person = row.iter().any(|cell| is_address(cell));
        let names = if is_person {
            for_people(row)
        } else {
            unique(row.iter().cloned())
        };
        Self { names, is_person }
    }
}

pub(super) fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    let bare = cell
        .strip_suffix('>')
        .and_then(|cell| cell.rsplit_once('<'));
    let address = bare.map_or(cell, |(_, address)| address);
    address.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !address.contains(char::is_whitespace)
            && domain.contains('.')
            && !domain.contains('@')
    })
}

/// Names for a table without a header: the first address is `email`.
fn for_people(row: &[String]) -> Vec<String> {
    let email = row.iter().position(|cell| is_address(cell));
    let name = |at| {
        if Some(at) == email {
            "email".to_owned()
        } else {
            unnamed(at + 1)
        }
    };
    (0..row.len().min(COLUMN_LIMIT)).map(name).collect()
}
